"""A typed date: «21.01», «21.01.2027», «21 января»."""

import re
from datetime import date, timedelta

from passport.values import Refusal

_NUMBERS = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{4}|\d{2}))?(?: ?г\.?)?")
_WORDS = re.compile(r"(\d{1,2}) ([а-яё]+)(?: (\d{4}))?(?: ?г(?:ода|\.)?)?")
_MONTHS = (
    ("января", "январь"),
    ("февраля", "февраль"),
    ("марта", "март"),
    ("апреля", "апрель"),
    ("мая", "май"),
    ("июня", "июнь"),
    ("июля", "июль"),
    ("августа", "август"),
    ("сентября", "сентябрь"),
    ("октября", "октябрь"),
    ("ноября", "ноябрь"),
    ("декабря", "декабрь"),
)
SHORTEST = 3  # «янв», «мая»
EXAMPLE = "21.01"


def parse_day(text: str, today: date, example: str = EXAMPLE) -> date | Refusal:
    """Without a year the nearest such day that is not past is meant. A refusal names ``example``:
    a day that would do."""
    said = " ".join(text.casefold().removeprefix("до ").split())
    found = _NUMBERS.fullmatch(said)
    if found:
        made = _made(int(found[1]), int(found[2]), found[3], today)
        return made or _no_such_day(example)
    found = _WORDS.fullmatch(said)
    if found:
        month = _month(found[2])
        if month:
            return _made(int(found[1]), month, found[3], today) or _no_such_day(example)
    return Refusal(_how(example))


def _how(example: str) -> str:
    return f"Напишите день и месяц, например: {example}"


def _no_such_day(example: str) -> Refusal:
    return Refusal(f"Такого дня нет. {_how(example)}")


def _month(word: str) -> int | None:
    if len(word) < SHORTEST:
        return None
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(word) for name in names):
            return number
    return None


def _made(day: int, month: int, year: str | None, today: date) -> date | None:
    """None: the calendar has no such day."""
    try:
        if year is not None:
            return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        made = date(today.year, month, day)
    except ValueError:
        return None
    if made >= today:
        return made
    # In December «14.01» is of the next year; in January «20.12» is most likely a slip.
    if today - made > timedelta(days=180):
        try:
            return made.replace(year=today.year + 1)
        except ValueError:
            return None
    return made
