"""Russian wording that every view shares: dates, numbers with their nouns, quoting."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from passport.calendar import WEEKDAYS
from passport.numbers import plain, plural
from passport.values import Chosen, Item, Named, NotApplicable, Nothing, Number, Text, Value

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
HALF_A_YEAR = timedelta(days=183)
SHOWN_LINES = 12
SHOWN_NAME = 70

EARLIER = "⚠️ Это сообщение пришло раньше вопроса, я его не записал. Ответьте ещё раз:"


def q(text: str) -> str:
    """Any value on its way into HTML."""
    return escape(text, quote=False)


def capital(text: str) -> str:
    """«IV четверть» stays as it is, unlike with ``str.capitalize``."""
    return text[:1].upper() + text[1:]


def when(moment: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """«чт 14 января, 17:00», local; see ``day``."""
    return f"{day(moment, zone, now)}, {moment.astimezone(zone):%H:%M}"


def day(moment: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """«чт 14 января», local. With ``now``, a day over half a year away is told with its year."""
    local = moment.astimezone(zone).date()
    far = now is not None and abs(moment - now) > HALF_A_YEAR
    return f"{date_words(local)} {local.year}" if far else date_words(local)


def date_words(local: date) -> str:
    """«чт 14 января» of a local date."""
    return f"{WEEKDAYS[local.weekday()]} {day_words(local)}"


def day_words(local: date) -> str:
    """«1 июня»: where neither the weekday nor the year is wanted."""
    return f"{local.day} {MONTHS[local.month - 1]}"


def seats_words(count: int) -> str:
    return f"{count} {plural(count, 'место', 'места', 'мест')}"


def classes_words(count: int) -> str:
    return f"{count} {plural(count, 'класс', 'класса', 'классов')}"


def school_year(year: str) -> str:
    """2026-2027 → «2026/27»."""
    return f"{year[:4]}/{year[-2:]}"


def answers_left(count: int) -> str:
    """«осталось 4 ответа»."""
    verb = plural(count, "остался", "осталось", "осталось")
    return f"{verb} {count} {plural(count, 'ответ', 'ответа', 'ответов')}"


def value_text(value: Value | None, unit: str = "") -> str:
    """A value in one line, quoted: «24 чел.», «не было», «Ярмарка – 24, Экскурсия – 12»."""
    match value:
        case None:
            return "нет ответа"
        case Number(number):
            return f"{plain(number)} {unit}".strip() if unit != "балл" else plain(number)
        case Nothing():
            return "не было"
        case NotApplicable(reason):
            return q(reason)
        case Text(text):
            return q(text)
        case Chosen(options):
            return q(", ".join(options)) or "ничего из этого"
        case Named(items):
            return "; ".join(item_line(item) for item in items[:3]) + _more(items, 3)


def item_line(item: Item) -> str:
    return f"{q(shorten(item.name))} – {item.persons}"


def listed(items: Sequence[Item]) -> str:
    """Items row by row, numbered; a very long list is cut with «и ещё N»."""
    rows = [f"{n}. {item_line(item)}" for n, item in enumerate(items[:SHOWN_LINES], start=1)]
    if len(items) > SHOWN_LINES:
        rows.append(_more(items, SHOWN_LINES).lstrip("; "))
    return "\n".join(rows)


def shorten(text: str, limit: int = SHOWN_NAME) -> str:
    """Cut behind a word, unless that would cost more than half of what there is room for."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ") if text[limit - 1] != " " else len(cut)
    if space >= limit // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:–·(«№") + "…"


def _more(items: Sequence[Item], shown: int) -> str:
    hidden = len(items) - shown
    if hidden <= 0:
        return ""
    return f"; и ещё {hidden} {plural(hidden, 'строка', 'строки', 'строк')}"
