"""Staff's morning: who has not sent, what waits, whom nobody reminds."""

from datetime import time, timedelta

from handlers.collect import board
from handlers.collect.board import Board
from handlers.collect.callbacks import DateTap, DigestTap, board_tap
from handlers.registers import stale
from handlers.risks import wording
from handlers.risks.callbacks import risk_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, day, q, school_year, when
from passport.numbers import plural
from storage import board as board_rows
from storage import deadlines, journal, risk_lights, said
from storage.outbox import Posted
from storage.risk_lights import Turned

SHOWN_NUMBERS = 30


async def digest(visit: Visit, posted: Posted) -> Screen | None:
    """«14 из 18, ждём: № 24, 31, 40, 46»; None when there is nothing to do."""
    calendar = visit.calendar_of(None)
    if calendar.today(posted.created_at) != calendar.today(visit.now):
        return None  # yesterday's morning
    if visit.person is None or not visit.person.digest:
        return None
    found = [await board.read(visit, *pair) for pair in calendar.owed(visit.now)]
    found = [one for one in found if one.owes or one.waiting]
    found = [one for one in found if _matters(visit, one)]
    today = calendar.today(visit.now)
    asked = [one for one in await deadlines.waiting_requests(visit.tx) if one.due >= today]
    turned = await _turned(visit)
    if not found and not asked and not turned:
        return None
    lines = [f"<b>Сводка на {day(visit.now, visit.zone)}</b>"]
    for one in reversed(found):
        lines += ["", *_period(visit, one)]
    if asked:
        names = ", ".join(visit.school_name(one.school) for one in asked)
        lines += ["", f"🙏 Просят продлить срок: {q(names)}"]
    if turned:
        lines += ["", *(wording.turned(visit.passport.risks, one) for one in turned)]
    lines += await _troubles(visit, found)
    old = (await stale.read(visit)).line
    if old:
        lines += ["", f"🗂 {old}"]
    rows: list[Row] = [
        (Button("Кто не сдал", board_tap("show", one.year, one.period, "owes")),)
        for one in found[-1:]
    ]
    if turned:
        rows.append((Button("Риски", risk_tap("list")),))
    if old:
        rows.append((stale.button(),))
    rows.append((Button("Не присылать сводку", DigestTap(act="off").pack()),))
    return Screen("\n".join(lines), tuple(rows))


async def _turned(visit: Visit) -> list[Turned]:
    """Lights of the risks that are others now than they were in this person's last digest."""
    assert visit.person is not None
    calendar = visit.calendar_of(None)
    told = await said.last_sent(visit.tx, "digest", visit.person.id)
    morning = calendar.moment(calendar.today(visit.now), time.min)
    return await risk_lights.turned_since(visit.tx, told or morning)


def _matters(visit: Visit, found: Board) -> bool:
    """An earlier period of which nothing was ever sent is history, not a debt."""
    if (found.year, found.period) == board.period_at_hand(visit):
        return True
    if found.waiting or any(line.status == "returned" for line in found.lines):
        return True
    calendar = visit.calendar_of(None)
    if calendar.state(found.year, found.period, visit.now) == "open":
        return True
    return not calendar.is_history(found.year, found.period, visit.now) and bool(found.sent)


def _period(visit: Visit, found: Board) -> list[str]:
    window = visit.calendar_of(None).window(found.year, found.period)
    name = capital(visit.passport.forms.period(found.period).name)
    word = "срок" if window.state(visit.now) == "open" else "срок был"
    lines = [
        f"<b>{q(name)}, {school_year(found.year)}</b> ({word} {when(window.due_at, visit.zone)})"
    ]
    head = f"Сдали {len(found.sent)} из {len(found.expected)}"
    if found.owes:
        head += f", ждём: {_numbers(found)}"
    lines.append(head)
    if found.waiting:
        easy = len(found.acceptable)
        lines.append(f"На проверке {len(found.waiting)}, без сомнений {easy}")
    return lines


def _numbers(found: Board) -> str:
    numbers = [str(line.school.number) for line in found.owes]
    more = f" и ещё {len(numbers) - SHOWN_NUMBERS}" if len(numbers) > SHOWN_NUMBERS else ""
    return "№ " + ", ".join(numbers[:SHOWN_NUMBERS]) + more


async def _troubles(visit: Visit, found: list[Board]) -> list[str]:
    """Schools that nobody can be reminded of, and messages that did not arrive."""
    hands = await board_rows.hands(visit.tx)
    lonely = {
        line.school.number
        for one in found
        for line in one.owes
        if not (line.school.slug in hands and hands[line.school.slug].reachable)
    }
    lines = []
    if lonely:
        numbers = ", ".join(str(one) for one in sorted(lonely))
        lines += [
            "",
            f"⚠️ Некому напомнить (нет координатора на связи): № {numbers}\nПригласить: /invite",
        ]
    count = await journal.failed(visit.tx, visit.now - timedelta(days=1))
    if count:
        noun = plural(count, "сообщение", "сообщения", "сообщений")
        lines += ["", f"⚠️ За сутки не дошло {count} {noun}. Почему – /reports, «Журнал»"]
    return lines


async def confirm_dates(visit: Visit, posted: Posted) -> Screen | None:
    """Once a year: are the dates right?"""
    year = posted.year or ""
    if await deadlines.confirmed_at(visit.tx, year) is not None:
        return None
    period = visit.calendar_of(None).year(year).periods[0].key
    return Screen(
        f"📅 <b>Проверьте сроки отчётов на {school_year(year)} учебный год</b>\n"
        "Они взяты по образцу прошлых лет. Перенесите неверные и нажмите «Даты верны».",
        ((Button("Сроки", DateTap(act="list", year=year, period=period).pack()),),),
    )
