"""What a manager writes for everybody to read: no person in it, of a school's office at most."""

import re
from urllib.parse import urlsplit

from passport.answering import parse_phone
from passport.parsing import has_contact, looks_like_person
from passport.parsing.text import ascii_digits, clean, has_letter
from passport.values import Refusal, Text

EXAMPLE = "День открытых дверей в школе № 33 – 15 июня в 17:00, ул. Ленинградская, 100."
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+\s?)?[\d(][\d()\s\-–]{4,20}\d")
_CITY = "8 (415"
SHORTEST = 10  # signs: a number or a word typed by mistake is no text for everybody


def parse_announcement(text: str, most: int) -> Text | Refusal:
    """Several lines, their breaks kept; telephones of the city's offices and links may be there."""
    said = "\n".join(line.rstrip() for line in clean(text).strip().split("\n"))
    said = re.sub(r"\n{3,}", "\n\n", said)
    if not has_letter(said):
        return Refusal(f"Напишите текст словами, например: {EXAMPLE}")
    if len(said) < SHORTEST:
        return Refusal(f"Слишком коротко для канала. Напишите, что и когда, например: {EXAMPLE}")
    length = len(said.encode("utf-16-le")) // 2
    if length > most:
        return Refusal(f"Слишком длинно: {length} знаков, а можно до {most}. Сократите текст.")
    checked = _without_offices(said)
    contact = has_contact(checked)
    if contact == "телефон":
        return Refusal(
            "Похоже на личный телефон. В канал можно только телефон приёмной школы, "
            "например: 8 (4152) 23-45-67"
        )
    if contact or any(looks_like_person(line) for line in checked.split("\n")):
        return Refusal(
            f"Похоже на личные данные: {contact or 'имя или фамилия'}. Канал читают все, напишите "
            f"без них, например: {EXAMPLE}"
        )
    return Text(said)


def _without_offices(text: str) -> str:
    """The text less what may stand in it though it looks personal."""
    text = _LINK.sub(lambda link: link[0] if _names_somebody(link[0]) else " ", ascii_digits(text))
    return _NUMBER.sub(lambda number: " " if _is_office(number[0]) else number[0], text)


def _names_somebody(link: str) -> bool:
    try:
        return "@" in urlsplit(link).netloc
    except ValueError:
        return True


def _is_office(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if len(digits) == 6:
        return True
    marked = len(digits) == 11 or "(" in number
    found = parse_phone(number, "")
    return marked and isinstance(found, Text) and found.text.startswith(_CITY)
