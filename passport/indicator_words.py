"""How values of indicators are said: number, mark, date, completeness, and what is missing."""

from datetime import date
from decimal import Decimal

from passport.calendar import Calendar
from passport.indicators import Indicator, Line, Mark, Value, measuring_day
from passport.numbers import plain, plural

MARKS: dict[Mark | None, str] = {"done": "●", "near": "◐", "below": "○", None: "·"}
LEGEND = "● выполнено · ◐ от 90 % цели · ○ ниже"
_MONTHS = (
    "январе",
    "феврале",
    "марте",
    "апреле",
    "мае",
    "июне",
    "июле",
    "августе",
    "сентябре",
    "октябре",
    "ноябре",
    "декабре",
)
# What is counted: (школа, школы, школ).
_NOUNS = {
    "schools_share": ("школа", "школы", "школ"),
    "pupils": ("ученик", "ученика", "учеников"),
    "graduates_admitted": ("выпускник", "выпускника", "выпускников"),
    "teachers_trained_share": ("педагог", "педагога", "педагогов"),
}
_CONTRACT = ("договор", "договора", "договоров")
# Of how many: «из 31 школы», «из 30 школ».
_OF_SCHOOLS = ("школы", "школ", "школ")
_OF_TEACHERS = ("педагога", "педагогов", "педагогов")


def percent(number: Decimal) -> str:
    """«56,7 %», always with one decimal."""
    return f"{number:.1f}".replace(".", ",") + " %"


def amount(indicator: Indicator, value: Value) -> str:
    """«56,7 %» of a share, else «472»."""
    return percent(value.shown) if indicator.is_share else plain(value.shown)


def target(indicator: Indicator, number: Decimal) -> str:
    return f"{plain(number)} %" if indicator.is_share else plain(number)


def noun(key: str, count: int) -> str:
    return plural(count, *_NOUNS.get(key, _CONTRACT))


def numbers(line: Line, value: Value) -> str:
    """«18 из 30 школ» behind a share; nothing where there are no two numbers."""
    if value.denominator is None:
        return ""
    whole = int(value.denominator)
    words = _OF_SCHOOLS if line.indicator.key == "schools_share" else _OF_TEACHERS
    return f"{plain(value.numerator)} из {whole} {plural(whole, *words)}"


def completeness(value: Value) -> str:
    """«по 16 из 18 школ», and how many more wait to be looked at."""
    if value.expected is None or value.reported is None:
        return ""
    text = by_schools(value.reported, value.expected)
    return f"{text}, ещё {value.waiting} на проверке" if value.waiting else text


def by_schools(reported: int, expected: int) -> str:
    """«по 16 из 17 школ», «по 20 из 21 школы»."""
    return f"по {reported} из {expected} {plural(expected, *_OF_SCHOOLS)}"


def gap(line: Line) -> str:
    """«нужно ещё 3 школы»; nothing when the target is reached, or the gap is not known."""
    if line.missing is None or line.needed is None or line.missing == 0:
        return ""
    return f"нужно ещё {line.missing} {noun(line.indicator.key, line.missing)}"


def day(local: date) -> str:
    return f"{local:%d.%m.%Y}"


def dated(value: Value) -> str:
    return f"на {day(value.on)}"


def now_word(value: Value, today: date) -> str:
    """«Сейчас» is today alone: a year that is over is counted as of its own day."""
    return "Сейчас" if value.on == today else "По данным бота"


def today(line: Line, day_: date) -> str:
    """«Сейчас 24», «По данным бота 18 на 15.09.2024»: what stands beside the official value."""
    value = line.live
    assert value is not None
    said = f"{now_word(value, day_)} {amount(line.indicator, value)}"
    return said if value.on == day_ else f"{said} {dated(value)}"


def when_measured(line: Line, calendar: Calendar, today: date) -> str:
    """Why there is no value: still to come, late, or never brought in."""
    point = line.indicator.points[0]
    due = measuring_day(line.year, point.key, point.day)
    if point.period:
        due = max(due, calendar.dates(line.year, point.period).due)
    if due >= today:
        return f"соберём в {_MONTHS[due.month - 1]} {due.year}"
    if point.period and today <= calendar.year(line.year).closes:
        return "ждём данные школ"  # what is late is taken, too
    return "не измерено"
