"""From «a seat has come up» to rows of the outbox, one for every chat that wants to know.

In the hours in which the bot may speak; what came up at night waits for the morning, and goes out
as one message. Outside of enrolment nobody is told of anything.
"""

from collections.abc import Sequence
from datetime import date, time

from passport.calendar import Calendar
from passport.loader import Passport
from reminders.campaigning import campaign_now
from reminders.hours import may_speak, morning
from storage import bulletins, class_cards, openings
from storage.bulletins import Day
from storage.database import Database, Transaction
from storage.openings import Opening


async def hand_on(database: Database, passport: Passport) -> int:
    """Writes to subscribers what has come up; how many messages are new."""
    async with database.read() as tx:
        if not may_speak(passport.calendar, tx.now) or not await _something_to_do(tx, passport):
            return 0
    async with database.write() as tx:
        return await _hand_on(tx, passport)


async def _something_to_do(tx: Transaction, passport: Passport) -> bool:
    return bool(await openings.waiting(tx)) or await _begun_too_early(tx, passport)


async def _begun_too_early(tx: Transaction, passport: Passport) -> bool:
    """Enrolment was said to have begun, and its first day was moved on: before today, for a slip
    that is mended on the same day must not tell everybody twice."""
    campaign = await campaign_now(tx, passport)
    at = await openings.begun_at(tx, campaign.year)
    if at is None:
        return False
    day = passport.calendar.today(at)
    return day < campaign.opens and day < passport.calendar.today(tx.now)


async def _hand_on(tx: Transaction, passport: Passport) -> int:
    campaign = await campaign_now(tx, passport)
    if await _begun_too_early(tx, passport):
        await openings.withdraw(tx, campaign.year)
    found = await openings.waiting(tx)
    today = passport.calendar.today(tx.now)
    news = [one for one in found if one.year == campaign.year]
    written = 0
    if news and campaign.stage(today) == "open":
        written = await _write(tx, passport.calendar, today, news)
    await openings.hand_on(tx, [one.id for one in found])
    return written


async def _write(tx: Transaction, calendar: Calendar, today: date, news: Sequence[Opening]) -> int:
    whom = await _whom(tx, news)
    if whom is not None and not whom:
        return 0  # taken already, or the class was closed
    next_ = calendar.add_working_days(today, 1)
    return await bulletins.write(
        tx,
        whom,
        min(one.id for one in news),
        Day(today, calendar.moment(today, time.min), tx.now),
        Day(next_, calendar.moment(next_, time.min), morning(calendar, next_)),
    )


async def _whom(tx: Transaction, news: Sequence[Opening]) -> list[tuple[str, str]] | None:
    """(track, school) of the classes that have a seat; None when everybody is to be told."""
    pairs = []
    for one in news:
        if one.class_id is None:
            return None
        card = await class_cards.get(tx, one.class_id)
        if card is not None and card.closed_at is None and card.track and card.vacancies:
            pairs.append((card.track, card.school))
    return pairs
