"""Dates of periods: seen, confirmed once a year, moved for all or for one school.

Two taps move a date for all (the day, the reason), three for one school (the school first).
"""

from dataclasses import replace
from datetime import date, timedelta

from handlers.collect import board
from handlers.collect.callbacks import DateTap, board_tap, report_tap, school_tap
from handlers.errors import Outdated
from handlers.screen import Button, Reply, Row, Screen
from handlers.tell import About, tell, told
from handlers.visit import Visit
from handlers.words import date_words, day, q, school_year, when
from passport.calendar import Calendar
from passport.deadlines import (
    Deadlines,
    Move,
    WrongDay,
    check_due,
    check_opening,
    working_day_from,
)
from passport.form import PeriodKey
from passport.numbers import plural
from passport.parsing import clean_line, has_contact, looks_like_person, parse_day
from passport.values import Refusal, Slot
from storage import audit, deadlines, people, prompts, reports, schools
from storage.prompts import Prompt

# Why a date moves, one tap each; the last word can always be typed.
REASONS = ("Погода, циклон", "Карантин", "Перенесли каникулы", "По просьбе школы", "Без причины")
STEPS = (1, 2, 3, 5, 7, 10)  # working days to offer
DEBTORS = 10
SHOWN_SCHOOLS = 8  # with a date of their own, a period
LONGEST_REASON = 200


def date_tap(act: str, data: DateTap, **changes: object) -> str:
    return data.model_copy(update={"act": act, **changes}).pack()


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
        name = visit.passport.form.period(dates.key).name
        lines.append(
            f"<b>{q(name)}</b>: открытие {day(window.opens_at, visit.zone)}, "
            f"срок {when(window.due_at, visit.zone)}{_moved(visit, year, dates.key)}"
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
        rows += await _debtors(visit, DateTap(act="pick", year=year, period=now_period))
    rows.append((Button("← Кто сдал", board_tap("show", now_year, now_period)),))
    return Screen("\n".join(lines), tuple(rows))


def _moved(visit: Visit, year: str, period: PeriodKey) -> str:
    before = visit.passport.calendar.window(year, period).due_at
    if before == visit.calendar_of(None).window(year, period).due_at:
        return ""
    return f" (было {day(before, visit.zone)})"


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


# --- choosing the day ----------------------------------------------------------------------------


async def show_days(visit: Visit, data: DateTap, notice: str = "") -> Screen:
    """Days to choose from; a typed date does as well."""
    calendar = visit.calendar_of(data.school or None)
    window = calendar.window(data.year, data.period)
    opening = data.act == "opening"
    draft = date_tap("opening" if opening else "pick", data)
    await prompts.put(visit.tx, visit.chat_id, Prompt("move_date", 0, Slot(""), draft=draft))
    lines = [notice, ""] if notice else []
    lines += [_head(visit, data), f"Открытие: {day(window.opens_at, visit.zone)}"]
    lines += [f"Срок: {when(window.due_at, visit.zone)}", ""]
    word = "Когда открыть" if opening else "На какой день перенести срок"
    lines.append(f"{word}? Нажмите день или напишите дату, например: <code>21.01</code>")
    rows = _days(visit, data, calendar)
    if not opening and not data.school:
        rows += await _debtors(visit, data)
        if calendar.state(data.year, data.period, visit.now) == "future":
            rows.append((Button("Перенести открытие", date_tap("opening", data)),))
    rows.append(await _back(visit, data))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def _head(visit: Visit, data: DateTap) -> str:
    name = visit.passport.form.period(data.period).name
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


async def _debtors(visit: Visit, data: DateTap) -> list[Row]:
    """«Одной школе»: first those who owe, one tap each."""
    found = await board.read(visit, data.year, data.period)
    buttons = [
        Button(f"№ {line.school.number}", date_tap("pick", data, school=line.school.slug))
        for line in found.owes[:DEBTORS]
    ]
    rows: list[Row] = [tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)]
    if len(found.owes) > DEBTORS:
        rows.append((Button("Другой школе", date_tap("schools", data)),))
    name = visit.passport.form.period(data.period).name
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
    return Screen(f"{_head(visit, data)}\n{text}", tuple(rows))


async def _back(visit: Visit, data: DateTap) -> Row:
    if not data.school:
        return (Button("← Сроки", date_tap("list", data)),)
    report = await reports.find(visit.tx, data.school, data.year, data.period)
    where = report_tap("show", report.id) if report else school_tap("show", data.school)
    return (Button("← Школа", where), Button("Сроки", date_tap("list", data)))


async def typed_day(visit: Visit, prompt: Prompt, text: str) -> Reply:
    """A date that was typed instead of tapped."""
    data = DateTap.unpack(prompt.draft or "")
    calendar = visit.calendar_of(data.school or None)
    wanted = parse_day(text, calendar.today(visit.now))
    if isinstance(wanted, Refusal):
        return Reply(await show_days(visit, data, f"⚠️ {q(wanted.text)}"))
    act = "open_day" if data.act == "opening" else "day"
    return Reply(await show_reasons(visit, _with(data, act, wanted)))


def _with(data: DateTap, act: str, wanted: date) -> DateTap:
    return data.model_copy(update={"act": act, "day": wanted.isoformat()})


# --- the reason, and the move --------------------------------------------------------------------


def _wrong(visit: Visit, data: DateTap, wanted: date) -> WrongDay | None:
    calendar = visit.calendar_of(data.school or None)
    if data.act.startswith("open"):
        return check_opening(calendar, data.year, data.period, wanted, visit.now)
    wrong = check_due(calendar, data.year, data.period, wanted, visit.now)
    city = visit.calendar_of(None).dates(data.year, data.period).due
    if wrong is None and data.school and wanted < city:
        return WrongDay(f"Срок всех школ – {date_words(city)}: одной школе нельзя раньше.")
    return wrong


def _day_of(data: DateTap) -> date:
    try:
        return date.fromisoformat(data.day)
    except ValueError:
        raise Outdated from None


async def show_reasons(visit: Visit, data: DateTap) -> Screen:
    """The last question; a wrong day is told with the day that could be meant."""
    wanted = _day_of(data)
    picking = data.model_copy(update={"act": "opening" if data.act == "open_day" else "pick"})
    wrong = _wrong(visit, data, wanted)
    if wrong is not None:
        screen = await show_days(visit, picking, f"⚠️ {q(wrong.text)}")
        if wrong.instead is None:
            return screen
        instead = date_tap(data.act, data, day=wrong.instead.isoformat())
        row = (Button(f"Перенести на {date_words(wrong.instead)}", instead, style="primary"),)
        return Screen(screen.text, (row, *screen.keyboard))
    await prompts.put(
        visit.tx, visit.chat_id, Prompt("move_reason", 0, Slot(""), draft=data.pack())
    )
    act = "open_set" if data.act == "open_day" else "set"
    what = "Открытие" if data.act == "open_day" else "Срок"
    rows: list[Row] = [
        (Button(reason, date_tap(act, data, reason=number)),)
        for number, reason in enumerate(REASONS)
    ]
    rows.append((Button("← Другой день", date_tap(picking.act, data, day="")),))
    who = "Школа увидит" if data.school else "Школы увидят"
    hour = "" if data.act == "open_day" else f", {visit.passport.calendar.due_time:%H:%M}"
    return Screen(
        f"{_head(visit, data)}\n{what}: <b>{date_words(wanted)}{hour}</b>\n"
        f"Почему? {who} причину. Нажмите или напишите свою.",
        tuple(rows),
    )


async def typed_reason(visit: Visit, prompt: Prompt, text: str) -> Reply:
    data = DateTap.unpack(prompt.draft or "")
    said = " ".join(clean_line(text).split())
    if has_contact(said) or looks_like_person(said) or not 2 <= len(said) <= LONGEST_REASON:
        screen = await show_reasons(visit, data)
        notice = "⚠️ Напишите причину одной фразой без фамилий и телефонов, например: циклон"
        return Reply(Screen(f"{notice}\n\n{screen.text}", screen.keyboard))
    return Reply(await move(visit, data, said))


async def move(visit: Visit, data: DateTap, reason: str) -> Screen:
    """Moves the date; whoever still owes the report is told at once."""
    assert visit.person is not None
    wanted = _day_of(data)
    if _wrong(visit, data, wanted) is not None:
        act = "open_day" if data.act.startswith("open") else "day"
        return await show_reasons(visit, data.model_copy(update={"act": act}))
    if data.school and await schools.get(visit.tx, data.school) is None:
        raise Outdated
    opening = data.act.startswith("open")
    count = await apply(visit, data, wanted, reason, opening=opening)
    what = "Открытие" if opening else "Срок"
    whom = f" ({q(visit.school_name(data.school))})" if data.school else ""
    after = await refreshed(visit)
    done = "перенесено" if opening else "перенесён"
    noun = plural(count, "координатору", "координаторам", "координаторам")
    spread = f"Пишу {count} {noun}. {told(visit, count)}" if count else "Сообщать некому."
    notice = f"✅ {what} {done}: {date_words(wanted)}{whom}. {spread}"
    return await show_deadlines(after, data.year, notice)


async def apply(
    visit: Visit,
    data: DateTap,
    wanted: date,
    reason: str,
    *,
    opening: bool = False,
    telling: bool = True,
) -> int:
    """Writes the move, logs it, and tells the coordinators of those who still owe; how many.

    ``telling`` False: they learn of it by another message.
    """
    assert visit.person is not None
    school = data.school or None
    moved = Move(
        data.year,
        data.period,
        school,
        opens=wanted if opening else None,
        due=None if opening else wanted,
    )
    number = await deadlines.move(visit.tx, moved, reason, visit.person.id)
    detail = f"{'открытие' if opening else 'срок'} {date_words(wanted)} ({reason})"
    await audit.add(
        visit.tx,
        "move_deadline",
        visit.person.id,
        school=school,
        year=data.year,
        period=data.period,
        detail=detail,
    )
    after = await refreshed(visit)
    count = await _tell_debtors(visit, after, data, number) if telling else 0
    if not opening:
        await _answer_requests(after, data)
    return count


async def refreshed(visit: Visit) -> Visit:
    """The visit with the dates as they are now."""
    moves = await deadlines.moves(visit.tx)
    return replace(visit, deadlines=Deadlines(visit.passport.calendar, moves))


async def _tell_debtors(before: Visit, visit: Visit, data: DateTap, number: int) -> int:
    """Those who still owe, and whose own date has really changed; how many people."""
    count = 0
    found = await board.read(visit, data.year, data.period)
    owing = {line.school.slug for line in found.owes}
    for one in await people.coordinators(visit.tx, data.school or None):
        if one.school not in owing:
            continue
        was = before.deadlines.window(one.school, data.year, data.period)
        if was != visit.deadlines.window(one.school, data.year, data.period):
            about = About(one.school, data.year, data.period, ref=number)
            count += await tell(visit, "moved", [one], str(number), about)
    return count


async def _answer_requests(visit: Visit, data: DateTap) -> None:
    """Whoever asked for no more than is given now needs no other answer."""
    assert visit.person is not None
    for asked in await deadlines.waiting_requests(visit.tx):
        if (asked.year, asked.period) != (data.year, data.period):
            continue
        if visit.calendar_of(asked.school).dates(asked.year, asked.period).due >= asked.due:
            await deadlines.decide(visit.tx, asked.id, granted=True, by=visit.person.id)


async def confirm(visit: Visit, year: str) -> Screen:
    assert visit.person is not None
    await deadlines.confirm(visit.tx, year, visit.person.id)
    await audit.add(visit.tx, "confirm_dates", visit.person.id, year=year)
    return await show_deadlines(visit, year, "✅ Даты подтверждены.")
