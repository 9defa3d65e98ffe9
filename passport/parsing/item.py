"""One line of a list: a name and how many people, in whatever order and with whatever sign.

What could be read in two ways is not guessed: the line comes back with a sentence to the person.
"""

import re

from passport.parsing.tail import EXAMPLE, LARGEST, ONE_ONLY, Tail, last_number
from passport.parsing.text import DASHES, ascii_digits, has_letter
from passport.parsing.units import EVENTS, PEOPLE, WHOLE
from passport.values import Item

LONGEST_NAME = 200
NO_NAME = f"Не вижу названия. Например: {EXAMPLE}"
NO_NUMBER = f"Не вижу числа участников. Например: {EXAMPLE}"
NUMBER_LAST = f"Поставьте число участников в конце строки. Например: {EXAMPLE}"
TOTAL = "Это похоже на итог, его спросим отдельно: обойдитесь без этой строки"

_CELL = re.compile(rf"{WHOLE}\s*{PEOPLE}?[.,;]*", re.IGNORECASE)
_PLACE = re.compile(r"(?:№\s*)?\d{1,3}[.)]?")
_FIRST = re.compile(
    rf"(?P<number>[1-9] \d{{3}}|\d{{1,9}})(?:(?P<unit>\s*{PEOPLE})\s*[{DASHES}:;=|]*\s*"
    rf"|\s*[:;=|]\s*|\s+[{DASHES}]+\s*|[{DASHES}]+\s+|[–—]+)(?=[^\d\s.,:;=|){DASHES[1:]}-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:\s*[,(:;]|\s[{DASHES}])\s*(?:(?:кол-?во|количество|число|участвовал[иоа]?|всего"
    rf"|приняли участие|{PEOPLE})\s*){{1,3}}\Z",
    re.IGNORECASE,
)
_ONLY_UNITS = re.compile(
    rf"(?:(?:кол-?во|количество|число|всего|мероприятий|олимпиад|конкурсов|экскурсий|{PEOPLE})"
    r"\W*){1,4}",
    re.IGNORECASE,
)
_ONLY_EVENTS = re.compile(EVENTS, re.IGNORECASE)
_TOTAL = re.compile(
    r"\W*(?:всего|итого|итог|общее (?:количество|число)|в сумме)\b\W*"
    r"(?:(?:по|за|в|на|уровн[юе]|четверть|год|приняли|участие|участвовало|школе|список|списку"
    rf"|{PEOPLE}|{EVENTS})\b\W*){{0,5}}(?:\d[\d ]{{0,8}}\W*(?:{PEOPLE})?\W*)?",
    re.IGNORECASE,
)


def is_total(line: str) -> bool:
    """«Всего – 48», «Итого: 48 чел.», «48 всего»."""
    text = " ".join(ascii_digits(line[:120]).split())
    turned = re.sub(r"\A(\d{1,6})\W+(?=всего|итого)", "", text, flags=re.IGNORECASE)
    return len(line) <= 120 and _TOTAL.fullmatch(turned) is not None


def read_item(line: str) -> Item | str:
    """The entry's name and number, or the sentence that says what is missing."""
    cells = _by_columns(line) if "\t" in line else None
    found = cells or _by_signs(" ".join(line.split()))
    return found if isinstance(found, str) else _checked(*found)


def _by_columns(line: str) -> tuple[str, int] | str | None:
    """Cells of a table: the last that is a number, else the only one that is.

    A number in front of a name that has its own is the place in the list.
    """
    cells = [" ".join(cell.split()) for cell in line.split("\t") if cell.strip()]
    if len(cells) > 2 and _PLACE.fullmatch(ascii_digits(cells[0])):
        cells = cells[1:]
    numbers = [place for place, cell in enumerate(cells) if _cell(cell) is not None]
    if not numbers or (numbers[-1] != len(cells) - 1 and len(numbers) > 1):
        return None
    number = _cell(cells.pop(numbers[-1]))
    name = " ".join(cells)
    own = last_number(name) if numbers == [0] else None
    if isinstance(own, Tail):
        return _by_signs(name) if own.spoken else ONE_ONLY
    return (name, number) if number is not None else None


def _cell(text: str) -> int | None:
    found = _CELL.fullmatch(ascii_digits(text))
    if found is None or len(found["number"]) > 12:
        return None
    return int(found["number"].replace(" ", ""))


def _by_signs(line: str) -> tuple[str, int] | str:
    found = last_number(line)
    if isinstance(found, Tail):
        label = _LABEL.search(found.name[-60:])
        name = found.name[: -len(label.group())] if label else found.name
        return name or found.name, found.number
    if first := _FIRST.match(ascii_digits(line)):
        year = first["unit"] is None and 1990 <= int(first["number"].replace(" ", "")) <= 2100
        if not year and not _ONLY_EVENTS.fullmatch(line[first.end() :]):
            return line[first.end() :], int(first["number"].replace(" ", ""))
    if found is not None:
        return found
    if not has_letter(line):
        return NO_NAME
    return NUMBER_LAST if any(sign.isdecimal() for sign in line) else NO_NUMBER


def _checked(name: str, number: int) -> Item | str:
    name = name.strip()
    if not has_letter(name) or len(name) < 2 or _ONLY_UNITS.fullmatch(name[:80]):
        return NO_NAME
    if len(name) > LONGEST_NAME:
        return (
            f"Слишком длинное название: {len(name)} знаков, можно до {LONGEST_NAME}. "
            f"Сократите его. Например: {EXAMPLE}"
        )
    if number < 1:
        return f"Число участников – не меньше 1. Например: {EXAMPLE}"
    if number > LARGEST:
        return f"Слишком большое число участников: можно до {LARGEST}. Например: {EXAMPLE}"
    return Item(name, number)
