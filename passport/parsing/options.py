"""Answers out of a list: one option, several, «всё верно»."""

import re

from passport.parsing.text import clean_line
from passport.values import Chosen, Refusal, Text

CONFIRMED = Chosen(("всё верно",))
_YES = re.compile(r"(да|верно|вс[её] верно|подтверждаю|ок|ok|\+)[.!]?")
_SPLIT = re.compile(r"[,;\n]+")


def parse_option(text: str, options: tuple[str, ...]) -> Text | Refusal:
    """One of the options by its words or by an unambiguous beginning."""
    found = _meant(text, options)
    if found is not None:
        return Text(found)
    return Refusal(f"Выберите кнопкой или напишите одно из: {', '.join(options)}.")


def parse_options(text: str, options: tuple[str, ...]) -> Chosen | Refusal:
    """Any of the options, with commas or line by line."""
    parts = [part for part in _SPLIT.split(text) if part.strip()]
    found = {_meant(part, options) for part in parts}
    if not parts or None in found:
        return Refusal(f"Отметьте кнопками или напишите через запятую: {', '.join(options)}.")
    return Chosen(tuple(option for option in options if option in found))


def parse_confirmation(text: str) -> Chosen | Refusal:
    if _YES.fullmatch(clean_line(text).casefold().strip()):
        return CONFIRMED
    return Refusal("Нажмите «Всё верно» или «Исправить» под вопросом.")


def _meant(text: str, options: tuple[str, ...]) -> str | None:
    said = " ".join(clean_line(text).casefold().replace("ё", "е").split()).strip(" .")
    folded = {option: option.casefold().replace("ё", "е") for option in options}
    exact = [option for option, known in folded.items() if known == said]
    begun = [option for option, known in folded.items() if said and known.startswith(said)]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 else None
