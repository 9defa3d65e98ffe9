"""Lights of the risks, worked out once each working morning before the digest goes out.

What has changed is written down; a light that was seen for the first time is no change. A bot that
starts later leaves it to the next morning: a digest at four o'clock is none.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from passport.calendar import Calendar
from passport.loader import Passport
from reminders.hours import morning
from storage import risk_lights, risk_state, said
from storage.database import Database, Transaction
from storage.people import Person

LAST = time(10, 0)  # later it would be no morning digest
MADE_UP_FOR = timedelta(days=7)


def is_time(calendar: Calendar, now: datetime) -> bool:
    """Whether lights are looked at: from 09:00 to 10:00 of a working day of the project.

    What has ended has no risks: contracts that run out a year later wake nobody.
    """
    today = calendar.today(now)
    if today > calendar.project_end or not calendar.is_working_day(today):
        return False
    return morning(calendar, today) <= now < calendar.moment(today, LAST)


async def watch(database: Database, passport: Passport, watched_on: date | None) -> date | None:
    """The local day on which lights were last looked at. Run twice, it writes nothing twice."""
    async with database.read() as tx:
        today = passport.calendar.today(tx.now)
        if watched_on == today or not is_time(passport.calendar, tx.now):
            return watched_on
        states = await risk_state.of_day(tx, passport)
        changed = await risk_lights.fresh(tx, states)
    if changed:
        async with database.write() as tx:
            await risk_lights.note(tx, states)
    return today


async def unheard(tx: Transaction, calendar: Calendar, staff: Collection[Person]) -> list[Person]:
    """To whom a light that has come on or deepened is still to be told: they get a digest even
    when nothing is being collected. A morning on which the bot or Telegram was down is made up for
    on the next ones, for a week."""
    changed = await risk_lights.changed_at(tx)
    if changed is None or changed < tx.now - MADE_UP_FOR:
        return []
    told = await said.last_sent_of_each(tx, "digest")
    midnight = calendar.moment(calendar.today(tx.now), time.min)
    found = []
    for one in staff:
        since = told.get(one.id, midnight)
        if since < changed:
            turned = await risk_lights.turned_since(tx, since)
            if any(light.is_worse for light in turned):
                found.append(one)
    return found
