"""«Напомнить»: a reminder now, to those who owe, at most once a day a school."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.collect import board
from handlers.tell import About, tell
from handlers.visit import Visit
from handlers.words import when
from passport.form import PeriodKey
from passport.numbers import plural
from reminders.hours import may_speak, next_moment
from storage import audit, people
from storage.board import BoardLine
from storage.people import Person


@dataclass
class Nudged:
    """School numbers: reminded now, reminded for this day already, with nobody to remind."""

    now: list[int]
    already: list[int]
    nobody: list[int]


async def nudge_all(visit: Visit, year: str, period: PeriodKey) -> str:
    """Reminds everybody who owes; the sentence for the methodist."""
    found = await board.read(visit, year, period)
    return await nudge(visit, year, period, found.owes)


async def nudge(visit: Visit, year: str, period: PeriodKey, owing: Sequence[BoardLine]) -> str:
    """Reminds these schools; the sentence for the methodist."""
    assert visit.person is not None
    done = Nudged([], [], [])
    # The day on which it is read: two presses on one weekend are one message on Monday.
    calendar = visit.passport.calendar
    day = calendar.today(next_moment(calendar, visit.now))
    hands: dict[str | None, list[Person]] = {}
    for one in await people.coordinators(visit.tx):
        if one.reachable and not one.suspended:
            hands.setdefault(one.school, []).append(one)
    for line in owing:
        slug = line.school.slug
        state = visit.deadlines.window(slug, year, period).state(visit.now)
        if state not in ("open", "late") and line.status != "returned":
            return "Приём этого отчёта закрыт: школа его уже не отправит, внести можете только вы."
        whom = hands.get(slug)
        if not whom:
            done.nobody.append(line.school.number)
            continue
        about = About(slug, year, period, why="nudge")
        sent = await tell(visit, "reminder", whom, f"{year}/{period}/nudge/{day}", about)
        (done.now if sent else done.already).append(line.school.number)
    if done.now:
        detail = _numbers(done.now)
        await audit.add(visit.tx, "nudge", visit.person.id, year=year, period=period, detail=detail)
    return _sentence(visit, done)


def _sentence(visit: Visit, done: Nudged) -> str:
    parts = []
    if done.now:
        count = len(done.now)
        noun = plural(count, "школе", "школам", "школам")
        text = f"Напоминаю {count} {noun}: {_numbers(done.now)}."
        if not may_speak(visit.passport.calendar, visit.now):
            moment = next_moment(visit.passport.calendar, visit.now)
            text += f" Сейчас нерабочее время, сообщения уйдут {when(moment, visit.zone)}."
        parts.append(text)
    if done.already:
        now = may_speak(visit.passport.calendar, visit.now)
        words = "Сегодня уже напоминали" if now else "Напоминание уже ждёт утра"
        parts.append(f"{words}: {_numbers(done.already)}.")
    if done.nobody:
        parts.append(f"⚠️ Некому напомнить, нет координатора на связи: {_numbers(done.nobody)}.")
    return "\n".join(parts) or "Напоминать некому: все сдали."


def _numbers(numbers: list[int]) -> str:
    return "№ " + ", ".join(str(one) for one in numbers)
