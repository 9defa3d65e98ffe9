"""Dates of periods: seen, and confirmed once a year; from here they are moved.

Two taps move a date for all (the day, the reason), three for one school (the school first).
"""

from handlers.collect import board
from handlers.collect.callbacks import DateTap, board_tap
from handlers.collect.days import debtors
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, day, q, school_year, when
from passport.form import PeriodKey
from storage import audit, deadlines, prompts

SHOWN_SCHOOLS = 8  # with a date of their own, a period


async def show_deadlines(visit: Visit, year: str | None = None, notice: str = "") -> Screen:
    """All periods of a year; the one that is collected now can be moved at once."""
    await prompts.put(visit.tx, visit.chat_id, None)
    calendar = visit.calendar_of(None)
    now_year, now_period = board.period_at_hand(visit)
    year = year or now_year
    confirmed = await deadlines.confirmed_at(visit.tx, year)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Сроки, {school_year(year)} уч. год</b>", ""]
    rows: list[Row] = []
    for dates in calendar.year(year).periods:
        window = calendar.window(year, dates.key)
        name = visit.passport.forms.period(dates.key).name
        lines.append(
            f"<b>{q(capital(name))}</b>: открытие {day(window.opens_at, visit.zone, visit.now)}, "
            f"срок {when(window.due_at, visit.zone, visit.now)}{_moved(visit, year, dates.key)}"
        )
        lines += _extensions(visit, year, dates.key)
        data = DateTap(act="pick", year=year, period=dates.key)
        here = " (идёт)" if (year, dates.key) == (now_year, now_period) else ""
        if calendar.state(year, dates.key, visit.now) != "closed":
            rows.append((Button(f"Перенести: {name}{here}", data.pack()),))
    if confirmed is None and not calendar.year(year).confirmed:
        lines += ["", "⚠️ Даты взяты по образцу прошлых лет. Проверьте и нажмите «Даты верны»."]
        confirm = DateTap(act="confirm", year=year, period=now_period).pack()
        rows.insert(0, (Button("Даты верны", confirm, style="success"),))
    elif confirmed is not None:
        lines += ["", f"Даты подтверждены {day(confirmed, visit.zone)}."]
    if year == now_year:
        rows += await debtors(visit, DateTap(act="pick", year=year, period=now_period))
    rows.append((Button("← Кто сдал", board_tap("show", now_year, now_period)),))
    return Screen("\n".join(lines), tuple(rows))


def _moved(visit: Visit, year: str, period: PeriodKey) -> str:
    before = visit.passport.calendar.window(year, period).due_at
    if before == visit.calendar_of(None).window(year, period).due_at:
        return ""
    return f" (был {day(before, visit.zone)})"


def _extensions(visit: Visit, year: str, period: PeriodKey) -> list[str]:
    lines = []
    for move in visit.deadlines.moves:
        if (move.year, move.period) != (year, period) or move.school is None:
            continue
        if visit.deadlines.has_own(move.school, year, period):
            due = visit.deadlines.window(move.school, year, period).due_at
            lines.append(f"   {q(visit.school_name(move.school))}: {when(due, visit.zone)}")
    more = [f"   и ещё {len(lines) - SHOWN_SCHOOLS}"] if len(lines) > SHOWN_SCHOOLS else []
    return lines[:SHOWN_SCHOOLS] + more


async def confirm(visit: Visit, year: str) -> Screen:
    assert visit.person is not None
    if await deadlines.confirmed_at(visit.tx, year) is not None:
        return await show_deadlines(visit, year, "Даты уже подтвердили.")
    await deadlines.confirm(visit.tx, year, visit.person.id)
    await audit.add(visit.tx, "confirm_dates", visit.person.id, year=year)
    return await show_deadlines(visit, year, "✅ Даты подтверждены.")
