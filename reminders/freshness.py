"""When a school is asked to look through its class cards, and how old they may be.

Monthly from September to April, about the classes of the year, on the first working morning from
the 20th on: reports are due around the turn of a month, and a school that is being reminded of one
is not asked about cards as well. Weekly while a campaign runs, about the classes that it fills, on
Tuesday morning: parents are warned of cards older than a week till its end, also after enrolment.
Between the two nobody is asked anything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from passport.calendar import Calendar, school_year_of
from passport.campaign import FRESH, Campaign
from passport.loader import Passport
from passport.season import RUNNING
from reminders.campaigning import campaign_now
from reminders.hours import morning
from storage import card_ages, people, schools
from storage.database import Transaction
from storage.outbox import Notice

PATIENCE = 3  # working days: who was not asked on the day itself is not asked much later
BY_STAFF = "asked"  # why a message was written: a methodist has asked for it
TUESDAY = 1
LAST_MONTH = 4
FIRST_MONTH = 9
DAY_OF_MONTH = 20


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often cards of a year are looked through; ``days`` is how old one is by then."""

    every: Literal["week", "month"]
    year: str
    days: int

    @property
    def long(self) -> int:
        """Days after which staff should know of it: a time or two was missed."""
        return 2 * self.days


@dataclass(frozen=True, slots=True)
class Asking:
    """One time of asking, from a morning on (UTC); ``key`` tells it from every other."""

    rhythm: Rhythm
    key: str
    from_: datetime


def rhythm(campaign: Campaign, today: date) -> Rhythm | None:
    """The rhythm that holds on a local day; None when cards need not be looked through."""
    if campaign.stage(today) in RUNNING:
        return Rhythm("week", campaign.year, FRESH.days)
    if today.month >= FIRST_MONTH or today.month <= LAST_MONTH:
        return Rhythm("month", school_year_of(today), 28)
    return None


def asking(calendar: Calendar, campaign: Campaign, now: datetime) -> Asking | None:
    """What is asked at a moment: from 09:00 of its day, and for three working days more."""
    today = calendar.today(now)
    held = rhythm(campaign, today)
    if held is None:
        return None
    if held.every == "week":
        monday = today - timedelta(days=today.weekday())
        wanted, key = monday + timedelta(days=TUESDAY), f"{monday:%G-W%V}"
    else:
        wanted, key = today.replace(day=DAY_OF_MONTH), f"{today:%Y-%m}"
    day = wanted if calendar.is_working_day(wanted) else calendar.add_working_days(wanted, 1)
    last = calendar.add_working_days(day, PATIENCE)
    if now < morning(calendar, day) or today > last:
        return None
    return Asking(held, key, morning(calendar, day))


def stale_before(calendar: Calendar, now: datetime, days: int) -> datetime:
    """A card that was looked at before this is so many days old (UTC)."""
    return calendar.moment(calendar.today(now) - timedelta(days=days - 1), time.min)


async def due(
    tx: Transaction, passport: Passport, calendar: Calendar, debtors: Collection[str] = ()
) -> list[Notice]:
    """A message to each coordinator of a school with a card that is too old.

    ``debtors``: schools that are being reminded of a report.
    """
    asked = asking(calendar, await campaign_now(tx, passport), tx.now)
    if asked is None:
        return []
    year = asked.rhythm.year
    ages = await card_ages.stale(tx, year, stale_before(calendar, tx.now, asked.rhythm.days))
    if not ages:
        return []
    candidates = [one.slug for one in passport.schools.schools if one.list == "candidate"]
    expected = await schools.participants(tx, year, candidates, calendar.today(tx.now))
    taking_part = {one.slug for one in expected}
    begins = calendar.moment(calendar.today(asked.from_), time.min)
    by_staff = await card_ages.asked_since(tx, begins, BY_STAFF)
    wanted = {one.school for one in ages} & taking_part - by_staff
    if asked.rhythm.every == "month":
        wanted -= set(debtors)
    return await _to_coordinators(tx, wanted, asked)


async def _to_coordinators(tx: Transaction, wanted: Collection[str], asked: Asking) -> list[Notice]:
    return [
        Notice(
            key=f"cards_check:{one.school}/{asked.key}:{one.id}",
            kind="cards_check",
            person=one.id,
            school=one.school,
            year=asked.rhythm.year,
            why=asked.key,
        )
        for one in await people.coordinators(tx)
        if one.school in wanted and one.reachable and not one.suspended
    ]
