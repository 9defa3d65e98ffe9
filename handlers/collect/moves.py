"""The reason of a move, and the move itself: written, logged, and told to who still owes."""

from dataclasses import replace
from datetime import date

from handlers.collect import board
from handlers.collect.callbacks import DateTap
from handlers.collect.days import date_tap, head, show_days
from handlers.collect.deadlines import show_deadlines
from handlers.errors import Outdated
from handlers.screen import Button, Reply, Row, Screen
from handlers.tell import About, tell, told
from handlers.visit import Visit
from handlers.words import date_words, q
from passport.deadlines import (
    Deadlines,
    Move,
    WrongDay,
    check_due,
    check_opening,
)
from passport.numbers import plural
from passport.parsing import clean_line, has_contact, looks_like_person, parse_day
from passport.values import Refusal, Slot
from storage import audit, deadlines, people, prompts, schools
from storage.prompts import Prompt

# Why a date moves, one tap each; the last word can always be typed.
REASONS = ("Погода, циклон", "Карантин", "Перенесли каникулы", "По просьбе школы", "Без причины")
LONGEST_REASON = 200


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
        f"{head(visit, data)}\n{what}: <b>{date_words(wanted)}{hour}</b>\n"
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


def _day_of(data: DateTap) -> date:
    try:
        return date.fromisoformat(data.day)
    except ValueError:
        raise Outdated from None


def _wrong(visit: Visit, data: DateTap, wanted: date) -> WrongDay | None:
    calendar = visit.calendar_of(data.school or None)
    if data.act.startswith("open"):
        return check_opening(calendar, data.year, data.period, wanted, visit.now)
    wrong = check_due(calendar, data.year, data.period, wanted, visit.now)
    city = visit.calendar_of(None).dates(data.year, data.period).due
    if wrong is None and data.school and wanted < city:
        return WrongDay(f"Срок всех школ – {date_words(city)}: одной школе нельзя раньше.")
    return wrong


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
    dates = visit.calendar_of(data.school or None).dates(data.year, data.period)
    if wanted == (dates.opens if opening else dates.due):  # pressed twice, or by a colleague
        return await show_deadlines(visit, data.year, f"Эта дата уже стоит: {date_words(wanted)}.")
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
