"""Writes down who is to hear of the plan: see ``reminders.measures``."""

from collections.abc import Collection
from datetime import date, time

from passport.calendar import Calendar, next_year, school_year_of
from passport.loader import Passport
from passport.plan_windows import Terms
from reminders import measures
from reminders.hours import morning
from reminders.measures import Reader
from storage import people, plan_terms, said, schools
from storage.database import Transaction
from storage.outbox import Kind, Notice
from storage.people import Person

# Of these a school hears first; its letter about the plan comes on another morning.
FIRST: tuple[Kind, ...] = ("reminder", "cards_check")


async def due(
    tx: Transaction,
    passport: Passport,
    calendar: Calendar,
    staff: Collection[Person],
    beside: Collection[Notice],
) -> list[Notice]:
    """Letters of the plan, and the question about its last summer. ``beside``: what else is due."""
    terms = await plan_terms.read(tx, passport)
    today = calendar.today(tx.now)
    found = _last_summer(tx, calendar, terms, staff)
    items = measures.items(calendar, passport.plan, terms, today)
    if not items:
        return found
    busy = {one.person for one in beside if one.kind in FIRST and one.person is not None}
    busy |= await said.spoken_to(tx, FIRST, calendar.moment(today, time.min))
    readers = await _readers(tx, passport, today, staff)
    return found + [
        Notice(
            key=f"measures:{one.on}:{one.person}",
            kind="measures",
            person=one.person,
            school=one.school,
            why=one.on.isoformat(),
        )
        for one in measures.due(calendar, items, readers, busy, tx.now)
    ]


async def _readers(
    tx: Transaction, passport: Passport, today: date, staff: Collection[Person]
) -> list[Reader]:
    """Staff, and coordinators of the schools that take part in this year or in the next."""
    newest = await said.newest_why(tx, "measures")
    told = {person: date.fromisoformat(why) for person, why in newest.items()}
    joined = await plan_terms.entrants(tx)
    year, taking_part = school_year_of(today), set[str]()
    for one in (year, next_year(year)):
        found = await schools.participants(tx, one, passport.schools.candidates, today)
        taking_part |= {school.slug for school in found}
    hands = [
        one
        for one in await people.coordinators(tx)
        if one.school in taking_part and one.reachable and not one.suspended
    ]
    return [
        Reader(one.id, one.role, one.school, told.get(one.id), joined.get(one.school or ""))
        for one in (*hands, *staff)
    ]


def _last_summer(
    tx: Transaction, calendar: Calendar, terms: Terms, staff: Collection[Person]
) -> list[Notice]:
    """Once a person; not any more when the windows are switched off already."""
    today = calendar.today(tx.now)
    if not terms.last_summer or not measures.last_summer_asked(calendar, terms, today):
        return []
    if tx.now < morning(calendar, today):
        return []
    return [
        Notice(key=f"last_summer:{terms.ends.year}:{one.id}", kind="last_summer", person=one.id)
        for one in staff
    ]
