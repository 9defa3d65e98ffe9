"""What stands in one cell: a number, «нет», a mark that Excel took for a date, or a problem."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from exports.reading.grids import Raw
from passport.parsing import clean_line, parse_average, parse_count
from passport.parsing.text import is_nothing
from passport.values import NotApplicable, Nothing, Number, Refusal

HALF_YEAR = "отметок нет (аттестация по полугодиям)"
SHOWN = 60
_ERROR = re.compile(r"#(REF|N/A|VALUE|DIV/0|NAME|NUM|NULL)[!?]?.*", re.IGNORECASE)
_NOT_APPLICABLE = re.compile(r"н\s*/\s*п|не применимо", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell is no value: a sentence with an example."""

    text: str


Said = Number | Nothing | NotApplicable | None | Wrong


def shown(raw: Raw) -> str:
    """What stood there, short, for the person who is to mend it."""
    text = f"{raw:%d.%m.%Y}" if isinstance(raw, date) else " ".join(str(raw).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def count(raw: Raw, unit: str = "чел.") -> Said:
    """A whole number, 0 or more; «нет», «-» is «не было»; an empty cell is no answer."""
    if raw is None or (isinstance(raw, str) and not clean_line(raw).strip()):
        return None
    if isinstance(raw, bool):
        return Wrong("Нужно число. Например: 24")
    if isinstance(raw, date):
        return Wrong("Excel принял число за дату. Впишите его снова, например: 24")
    if isinstance(raw, int | float):
        return _whole(raw)
    if _ERROR.fullmatch(raw.strip()):
        return Wrong("В ячейке ошибка Excel. Впишите число, например: 24")
    if _NOT_APPLICABLE.fullmatch(raw.strip()):
        return NotApplicable(HALF_YEAR)
    read = parse_count(raw, "24", unit)
    return Wrong(read.text) if isinstance(read, Refusal) else read


def mark(raw: Raw) -> Said:
    """An average 1..5; a date is read back as the mark that Excel took it for, if it can be."""
    if raw is None or (isinstance(raw, str) and not clean_line(raw).strip()):
        return None
    if isinstance(raw, bool):
        return Wrong("Нужен балл. Например: 4,35")
    if isinstance(raw, date):
        return _mark_of_date(raw)
    if isinstance(raw, int | float):
        return _average(raw)
    if _ERROR.fullmatch(raw.strip()):
        return Wrong("В ячейке ошибка Excel. Впишите балл, например: 4,35")
    if _NOT_APPLICABLE.fullmatch(raw.strip()):
        return NotApplicable(HALF_YEAR)
    if is_nothing(raw):
        return NotApplicable(HALF_YEAR)
    read = parse_average(raw, "4,35")
    if isinstance(read, Nothing):
        return NotApplicable(HALF_YEAR)
    return Wrong(read.text) if isinstance(read, Refusal) else read


def _whole(raw: float) -> Said:
    number = _decimal(raw)
    if number is None or number < 0:
        return Wrong("Нужно число 0 или больше. Например: 24")
    if number != number.to_integral_value():
        return Wrong("Нужно целое число, без дробей. Например: 24")
    read = parse_count(str(int(number)))
    return Wrong(read.text) if isinstance(read, Refusal) else read


def _average(raw: float) -> Said:
    number = _decimal(raw)
    if number is None or not 1 <= number <= 5:
        return Wrong("Средний балл – от 1 до 5. Например: 4,35")
    return Number(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _mark_of_date(raw: date) -> Said:
    """«4.5» becomes 4 May, «4.35» April 2035: the mark can be read back, if it is one."""
    day = raw.date() if isinstance(raw, datetime) else raw
    meant = f"{day.day}.{day.month}"
    if day.day == 1 and day.year % 100 > 31:
        meant = f"{day.month}.{day.year % 100:02d}"
    number = _decimal(float(meant))
    if number is not None and 1 <= number <= 5 and not (day.day == 1 and day.year % 100 <= 31):
        return Number(number.quantize(Decimal("0.01")))
    return Wrong("Excel принял балл за дату. Впишите его снова, например: 4,35")


def _decimal(raw: float) -> Decimal | None:
    try:
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
