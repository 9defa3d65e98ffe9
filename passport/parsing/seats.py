"""Seats, the enrolled and applications of a class, typed in one go: «25 21 14»."""

import re
from dataclasses import dataclass

from passport.parsing.numbers import LARGEST
from passport.parsing.text import DASHES, folded
from passport.values import Refusal

EXAMPLE = "25 21 14"
_ORDER = ("capacity", "enrolled", "applications")
# What people write beside the numbers, by its beginning.
_LABELS = {"мест": 0, "место": 0, "зачисл": 1, "занят": 1, "принят": 1, "заявл": 2, "подан": 2}
_SILENT = ("чел", "учен", "все", "ед", "и", "из", "них", "на", "по")
_TOKEN = re.compile(r"\d+|[а-я]+")
_MINUS = re.compile(rf"(?:^|[\s,;])[{DASHES}]\d")


@dataclass(frozen=True, slots=True)
class SeatNumbers:
    """None: not said."""

    capacity: int | None = None
    enrolled: int | None = None
    applications: int | None = None


def parse_seats(text: str) -> SeatNumbers | Refusal:
    """Two numbers or three in the order of the question, or any with their words beside."""
    line = folded(text)
    if _MINUS.search(line):
        return Refusal(f"Напишите числа без минуса, 0 или больше. Например: {EXAMPLE}")
    tokens = _TOKEN.findall(line)
    numbers = [token for token in tokens if token.isdecimal()]
    if not numbers:
        return _refused("Нужны числа цифрами")
    if any(len(one.lstrip("0")) > len(str(LARGEST)) for one in numbers):
        return Refusal(f"Слишком большое число: бывает не больше {LARGEST}. Например: {EXAMPLE}")
    words = [(token, _label(token)) for token in tokens if not token.isdecimal()]
    strange = next((word for word, label in words if label is None and not _is_silent(word)), None)
    if strange is not None:
        return _refused(f"Не понял слово «{strange[:30]}»")
    if any(label is not None for _, label in words):
        return _labelled(tokens)
    if not 2 <= len(numbers) <= len(_ORDER):
        return _refused("Нужны два или три числа")
    return SeatNumbers(*(int(one) for one in numbers))


def _refused(why: str) -> Refusal:
    order = "мест всего, зачислено, заявлений"
    return Refusal(f"{why}: {order}. Например: {EXAMPLE}")


def _label(word: str) -> int | None:
    return next((place for stem, place in _LABELS.items() if word.startswith(stem)), None)


def _is_silent(word: str) -> bool:
    return any(word.startswith(one) if len(one) > 2 else word == one for one in _SILENT)


def _labelled(tokens: list[str]) -> SeatNumbers | Refusal:
    """«25 мест, зачислено 21»: each number belongs to the word that is nearest to it."""
    spoken = [token for token in tokens if token.isdecimal() or _label(token) is not None]
    found: dict[str, int] = {}
    word: int | None = None  # that waits for its number
    number: int | None = None  # that waits for its word
    last: int | None = None  # «14 заявлений подано» says it twice
    for token in spoken:
        if token.isdecimal():
            if number is not None:
                return _refused("Не понял, какое число к чему относится")
            number = int(token)
        elif word is None and (number is not None or _label(token) != last):
            word = _label(token)
        if word is not None and number is not None:
            if _ORDER[word] in found:
                return _refused("Одно и то же названо дважды")
            found[_ORDER[word]] = number
            last = word
            word = number = None
    if word is not None or number is not None:
        return _refused("Не понял, какое число к чему относится")
    return SeatNumbers(**found)
