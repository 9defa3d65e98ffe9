"""Personal numbers and addresses, which a report never needs and never keeps."""

import re

from passport.parsing.text import ascii_digits, clean_line
from passport.values import Pending

_GAP = r"[\s()\-–—]{0,3}"
_PHONE = (
    re.compile(rf"(?<!\d)(?:\+\s?7|[78])(?:{_GAP}\d){{10}}(?!\d)"),
    re.compile(r"(?<!\d)[78]\.\d{3}\.\d{3}\.\d\d\.\d\d(?!\d)"),
    re.compile(r"(?<!\d)\(?9\d\d\)?[\s-]{0,2}\d{3}[\s-]?\d\d[\s-]?\d\d(?!\d)"),
    re.compile(r"\b(?:тел|моб)(?:\.|ефон\w{0,3})?[\s:№]{0,3}\d(?:[\s-]?\d){4,9}", re.IGNORECASE),
)
_SNILS = (
    re.compile(r"(?<!\d)\d{3}[-–]\d{3}[-–]\d{3}[-–\s]{0,3}\d\d(?!\d)"),
    re.compile(r"(?<!\d)\d{3} ?\d{3} ?\d{3} ?\d\d(?!\d)"),
)
_MAIL = re.compile(r"(?<=[\w.+-])@[\w-]+(?:\.[\w-]+)+")
_PASSPORT = (
    re.compile(r"(?<!\d)\d\d\s?\d\d\s?(?:№|[NnН])?\s?\d{6}(?!\d)"),
    re.compile(r"\bпаспорт\w{0,3}[^\d]{1,20}\d\d", re.IGNORECASE),
)
_KINDS = (
    ("почта", (_MAIL,)),
    ("СНИЛС", _SNILS[:1]),
    ("телефон", _PHONE),
    ("СНИЛС", _SNILS[1:]),
    ("паспорт", _PASSPORT),
)
_MASKS = {
    "телефон": "с телефоном",
    "СНИЛС": "со СНИЛС",
    "почта": "с почтой",
    "паспорт": "с паспортом",
}


def has_contact(text: str) -> str | None:
    """What personal thing stands in the text: «телефон», «СНИЛС», «почта», «паспорт»."""
    line = ascii_digits(clean_line(text))
    for kind, patterns in _KINDS:
        if any(pattern.search(line) for pattern in patterns):
            return kind
    return None


def masked(text: str, example: str) -> Pending | None:
    """The line put aside without a word of it kept; None if there is nothing personal in it."""
    kind = has_contact(text)
    if kind is None:
        return None
    why = (
        f"В строке личные данные: {kind}. Их не храним, напишите строку без них. "
        f"Например: {example}"
    )
    return Pending(f"••• (строка {_MASKS[kind]})", why)
