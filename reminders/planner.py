"""What is due now, out of the tables and into the outbox.

Woken every few seconds. It reads, decides (``reminders.due``, ``reminders.ladder``), and writes
only what is not written yet: after an hour or a week of downtime the result is the same.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from passport.calendar import Calendar
from passport.deadlines import Deadlines
from passport.form import PeriodKey
from passport.loader import Passport
from passport.register import ENDS_SOON
from reminders import freshness, plan_letters
from reminders.due import Hand, Owing, Past, Reminder, due
from reminders.hours import may_speak, morning
from reminders.ladder import digest_day, ladder
from reminders.risk_watch import unheard
from storage import answers, board, contracts, deadlines, outbox, people, returns, said, snoozes
from storage.database import Database, Transaction
from storage.outbox import Notice
from storage.people import Person

# Somebody who answered this recently is at it: a reminder would only push the question away.
BUSY = timedelta(minutes=15)
CONTRACT_RUNGS = (30, ENDS_SOON.days)  # days before the last one


async def plan(database: Database, passport: Passport) -> int:
    """Writes what is due; how many messages are new."""
    async with database.read() as tx:
        notices = await due_notices(tx, passport)
    if not notices:
        return 0
    async with database.write() as tx:
        return await outbox.post(tx, notices)


async def due_notices(tx: Transaction, passport: Passport) -> list[Notice]:
    """Reminders to coordinators, the digest and questions to staff, as of now."""
    calendar = passport.calendar
    if not may_speak(calendar, tx.now):
        return []
    dates = Deadlines(calendar, await deadlines.moves(tx))
    city = dates.of(None)
    found: list[Notice] = []
    debtors: set[str] = set()
    for year, period in await _collected(tx, dates):
        notices, owing = await _reminders(tx, passport, dates, (year, period))
        found += notices
        debtors |= owing
    staff = [one for one in await people.staff(tx) if one.reachable and not one.suspended]
    found += await _digests(tx, city, staff)
    found += await _questions(tx, city, staff)
    found += await _contracts(tx, city, staff)
    found += await freshness.due(tx, passport, city, debtors)
    found += await plan_letters.due(tx, passport, city, staff, found)
    return await _fresh(tx, found)


async def _fresh(tx: Transaction, notices: list[Notice]) -> list[Notice]:
    """Less those that are written already: most of the time nothing is left, and nothing locked."""
    known = await outbox.known_keys(tx, [one.key for one in notices])
    return [one for one in notices if one.key not in known]


async def _collected(tx: Transaction, dates: Deadlines) -> list[tuple[str, PeriodKey]]:
    """Periods that some school can fill now: opened and not closed, or with a report returned."""
    owed = dates.of(None).owed(tx.now)
    return [*owed, *(pair for pair in await returns.open_periods(tx) if pair not in owed)]


async def _reminders(
    tx: Transaction, passport: Passport, dates: Deadlines, which: tuple[str, PeriodKey]
) -> tuple[list[Notice], set[str]]:
    """With the schools that still are, or will be, reminded of this period."""
    year, period = which
    city = dates.of(None)
    own = {move.school for move in dates.moves if move.school and (move.year, move.period) == which}
    back = await returns.open_of_period(tx, year, period)
    last = ladder(city, city.window(year, period))
    quiet = await snoozes.of_period(tx, year, period)
    if (not last or tx.now >= last[-1].until) and not (own or back or quiet):
        return [], set()  # an old period: nobody is reminded of it any more
    candidates = passport.schools.candidates
    lines = await board.lines(tx, year, period, candidates, city.today(tx.now))
    busy = await answers.recently_changed(tx, year, period, tx.now - BUSY)
    window = city.window(year, period)
    owing = [
        Owing(
            line.school.slug,
            dates.window(line.school.slug, year, period) if line.school.slug in own else window,
            back.get(line.report_id) if line.report_id is not None else None,
            line.school.slug in busy,
        )
        for line in lines
        if line.expected and line.owes
    ]
    hands = await _hands(tx, quiet)
    past = [
        Past(one.person, one.school, one.why, one.at, one.lost)
        for one in await said.reminders(tx, year, period)
    ]
    found = due(city, owing, hands, past, tx.now)
    notices = [notice_of(one, year, period, city) for one in found]
    return notices, _debtors(city, owing, tx.now)


def _debtors(calendar: Calendar, owing: list[Owing], now: datetime) -> set[str]:
    """Those whose ladder of reminders is not over, and those who have a report given back."""
    over = {
        window: not (rungs := ladder(calendar, window)) or now >= rungs[-1].until
        for window in {one.window for one in owing}
    }
    return {one.school for one in owing if one.returned_at or not over[one.window]}


async def _hands(tx: Transaction, quiet: Mapping[int, datetime]) -> dict[str, list[Hand]]:
    hands: dict[str, list[Hand]] = {}
    for one in await people.coordinators(tx):
        if one.school is not None and one.reachable and not one.suspended:
            hands.setdefault(one.school, []).append(Hand(one.id, one.school, quiet.get(one.id)))
    return hands


def notice_of(reminder: Reminder, year: str, period: PeriodKey, calendar: Calendar) -> Notice:
    day = calendar.today(reminder.since)
    return Notice(
        key=f"reminder:{year}/{period}/{reminder.school}/{reminder.why}/{day}:{reminder.person}",
        kind="reminder",
        person=reminder.person,
        school=reminder.school,
        year=year,
        period=period,
        why=reminder.why,
    )


async def _digests(tx: Transaction, calendar: Calendar, staff: list[Person]) -> list[Notice]:
    """One a morning while reports are collected, or when a risk's light has got worse; what stands
    in it is worked out at sending."""
    now = tx.now
    today = calendar.today(now)
    windows = [calendar.window(*pair) for pair in calendar.owed(now)]
    if now < morning(calendar, today):
        return []
    readers = [one for one in staff if one.digest]
    if not digest_day(calendar, windows, now):
        readers = await unheard(tx, calendar, readers)
    return [Notice(key=f"digest:{today}:{one.id}", kind="digest", person=one.id) for one in readers]


async def _contracts(tx: Transaction, calendar: Calendar, staff: list[Person]) -> list[Notice]:
    """Contracts that end: once sixty and once thirty days before, to their schools and methodists.

    After a silence of the bot only the rung that is right now is written.
    """
    today = calendar.today(tx.now)
    soon = await contracts.ending(tx, today, today + timedelta(days=CONTRACT_RUNGS[-1]))
    if not soon:
        return []
    coordinators = [
        one for one in await people.coordinators(tx) if one.reachable and not one.suspended
    ]
    found = []
    for one in soon:
        assert one.last_day is not None
        left = (one.last_day - today).days
        rung = next(days for days in CONTRACT_RUNGS if left <= days)
        whom = [person for person in coordinators if person.school in one.schools]
        whom += [person for person in staff if person.role == "methodist"]
        found += [
            Notice(
                key=f"contract_ends:{one.id}/{rung}/{one.last_day}:{person.id}",
                kind="contract_ends",
                person=person.id,
                school=person.school,
                why=str(rung),
                ref=one.id,
            )
            for person in whom
        ]
    return found


async def _questions(tx: Transaction, calendar: Calendar, staff: list[Person]) -> list[Notice]:
    """Dates that were taken from earlier years are shown to a methodist once a year."""
    year = calendar.current(tx.now)[0]
    if calendar.year(year).confirmed or await deadlines.confirmed_at(tx, year) is not None:
        return []
    return [
        Notice(key=f"confirm_dates:{year}:{one.id}", kind="confirm_dates", person=one.id, year=year)
        for one in staff
        if one.role == "methodist"
    ]
