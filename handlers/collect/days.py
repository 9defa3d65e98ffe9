"""Choosing the day that a date is moved to, and the school that it is moved for."""

from datetime import timedelta

from handlers.collect import board
from handlers.collect.callbacks import DateTap, report_tap, school_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import date_words, day, q, school_year, when
from passport.calendar import Calendar
from passport.deadlines import (
    check_due,
    check_opening,
    working_day_from,
)
from passport.values import Slot
from storage import prompts, reports
from storage.prompts import Prompt

STEPS = (1, 2, 3, 5, 7, 10)  # working days to offer
DEBTORS = 30  # every school of the city: whichever it is, three taps move its date


def date_tap(act: str, data: DateTap, **changes: object) -> str:
    return data.model_copy(update={"act": act, **changes}).pack()


async def show_days(visit: Visit, data: DateTap, notice: str = "") -> Screen:
    """Days to choose from; a typed date does as well."""
    calendar = visit.calendar_of(data.school or None)
    window = calendar.window(data.year, data.period)
    opening = data.act == "opening"
    draft = date_tap("opening" if opening else "pick", data)
    await prompts.put(visit.tx, visit.chat_id, Prompt("move_date", 0, Slot(""), draft=draft))
    lines = [notice, ""] if notice else []
    lines += [head(visit, data), f"Открытие: {day(window.opens_at, visit.zone)}"]
    lines += [f"Срок: {when(window.due_at, visit.zone)}", ""]
    word = "Когда открыть" if opening else "На какой день перенести срок"
    lines.append(f"{word}? Нажмите день или напишите дату, например: <code>21.01</code>")
    rows = _days(visit, data, calendar)
    if not opening and not data.school:
        rows += await debtors(visit, data)
        if calendar.state(data.year, data.period, visit.now) == "future":
            rows.append((Button("Перенести открытие", date_tap("opening", data)),))
    rows.append(await _back(visit, data))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def head(visit: Visit, data: DateTap) -> str:
    name = visit.passport.forms.period(data.period).name
    whom = visit.school_name(data.school) if data.school else "все школы"
    return f"<b>{q(name)}, {school_year(data.year)}: {q(whom)}</b>"


def _days(visit: Visit, data: DateTap, calendar: Calendar) -> list[Row]:
    dates = calendar.dates(data.year, data.period)
    today = calendar.today(visit.now)
    if data.act == "opening":
        first = max(today, dates.opens - timedelta(days=14))
        offered = [
            working_day_from(calendar, first + timedelta(days=step)) for step in range(0, 28, 4)
        ]
        wrong = check_opening
    else:
        start = max(dates.due, today)
        offered = [calendar.add_working_days(start, step) for step in STEPS]
        wrong = check_due
    good = [
        one
        for one in dict.fromkeys(offered)
        if wrong(calendar, data.year, data.period, one, visit.now) is None
        and one != (dates.opens if data.act == "opening" else dates.due)
    ]
    act = "open_day" if data.act == "opening" else "day"
    buttons = [Button(date_words(one), date_tap(act, data, day=one.isoformat())) for one in good]
    return [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]


async def debtors(visit: Visit, data: DateTap) -> list[Row]:
    """«Одной школе»: first those who owe, one tap each."""
    found = await board.read(visit, data.year, data.period)
    buttons = [
        Button(f"№ {line.school.number}", date_tap("pick", data, school=line.school.slug))
        for line in found.owes[:DEBTORS]
    ]
    rows: list[Row] = [tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)]
    if len(found.owes) > DEBTORS:
        rows.append((Button("Другой школе", date_tap("schools", data)),))
    name = visit.passport.forms.period(data.period).name
    head = Button(f"Одной школе ({name}):", date_tap("schools", data))
    return [(head,), *rows] if buttons else []


async def show_schools(visit: Visit, data: DateTap) -> Screen:
    """All schools of the year, to choose one."""
    found = await board.read(visit, data.year, data.period)
    buttons = [
        Button(f"№ {line.school.number}", date_tap("pick", data, school=line.school.slug))
        for line in found.owes[:90]
    ]
    rows: list[Row] = [tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)]
    rows.append((Button("← Назад", date_tap("pick", data, school="")),))
    text = "Какой школе перенести срок? Здесь те, кто ещё не сдал."
    return Screen(f"{head(visit, data)}\n{text}", tuple(rows))


async def _back(visit: Visit, data: DateTap) -> Row:
    if not data.school:
        return (Button("← Сроки", date_tap("list", data)),)
    report = await reports.find(visit.tx, data.school, data.year, data.period)
    where = report_tap("show", report.id) if report else school_tap("show", data.school)
    return (Button("← Школа", where), Button("Сроки", date_tap("list", data)))
