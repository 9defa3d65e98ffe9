"""When the side that answers for a measure of the plan is written to.

A letter opens (three days before the first day) or closes (ten days before the last one: 4.1 by
10.08, as 4.2) on a working day at or before that; from its morning on it is worth saying as long
as it is true. Measures that open or close on one day, and whatever was missed while the bot was
down, are one letter. Continuous measures have no deadline but the project's end; what is reminded
of in part is named in a letter that goes out anyway, never alone.

Which marks and data there are is looked at when a letter goes out (``handlers/notices``): here are
days only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from passport.calendar import Calendar
from passport.plan import Measure, Plan, Side
from passport.plan_windows import Terms, Window, windows
from reminders.hours import morning
from storage.people import Role

What = Literal["opens", "closes"]
BEFORE_OPENING = timedelta(days=3)
BEFORE_CLOSING = timedelta(days=10)
AROUND = timedelta(days=30)  # no letter is so much earlier, whatever the holidays
APRIL = 4
# Whose measures a role answers for.
SIDES: Mapping[Role, Side] = {
    "coordinator": "schools",
    "methodist": "centre",
    "manager": "department",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One measure in a letter; ``on`` is the letter's local day, ``last`` when it is still true."""

    measure: Measure
    window: Window
    what: What
    on: date
    last: date


def items(calendar: Calendar, plan: Plan, terms: Terms, today: date) -> tuple[Item, ...]:
    """What is worth saying on a local day, by the day of its letter."""
    found = [
        item
        for measure in plan.measures
        if measure.remind != "no"
        for window in windows(measure, terms)
        if window.start - AROUND <= today <= window.end
        if terms.last_summer or not window.is_last_summer(terms)
        for item in _of_window(calendar, measure, window)
        if item.on <= today <= item.last
    ]
    found.sort(key=lambda one: (one.on, one.what, one.last))
    return tuple(found)


def _of_window(calendar: Calendar, measure: Measure, window: Window) -> Iterable[Item]:
    if window.recurrence == "once":
        return  # of 2022
    if window.recurrence != "continuous":
        on = working_day(calendar, window.start - BEFORE_OPENING)
        yield Item(measure, window, "opens", on, window.start)
    on = working_day(calendar, window.end - BEFORE_CLOSING)
    yield Item(measure, window, "closes", on, window.end)


def working_day(calendar: Calendar, day: date) -> date:
    """This day, or the last working day before it."""
    return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)


def whole(found: Iterable[Item]) -> tuple[Item, ...]:
    """Without the days of which only measures are left that are named beside others."""
    every = tuple(found)
    days = {one.on for one in every if one.measure.remind == "yes"}
    return tuple(one for one in every if one.on in days)


@dataclass(frozen=True, slots=True)
class Reader:
    """An account that may be written to; ``told``: the day of its last letter, None for none.

    ``joined``: the summer before the first year of a school that has joined later.
    """

    person: int
    role: Role
    school: str | None
    told: date | None = None
    joined: int | None = None

    def own(self, found: Iterable[Item]) -> tuple[Item, ...]:
        """What this person answers for and has not been told of yet."""
        return whole(
            one
            for one in found
            if SIDES[self.role] in one.measure.sides
            if self.told is None or one.on > self.told
            if not one.window.soft or one.window.start.year == self.joined
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, about the items of which day and of those before it."""

    person: int
    school: str | None
    on: date


def due(
    calendar: Calendar,
    found: Collection[Item],
    readers: Iterable[Reader],
    busy: Collection[int],
    now: datetime,
) -> list[Letter]:
    """Letters that are due at a moment.

    ``busy``: who hears of a report, or of class cards, this day; theirs come on another morning.
    """
    today = calendar.today(now)
    if not found or now < morning(calendar, today) or not calendar.is_working_day(today):
        return []
    letters = []
    for one in readers:
        if one.person in busy:
            continue
        own = one.own(found)
        if own:
            letters.append(Letter(one.person, one.school, max(item.on for item in own)))
    return letters


def last_summer_asked(calendar: Calendar, terms: Terms, today: date) -> bool:
    """Whether staff are told of the windows of the last summer: from the first working day of its
    April on, until they open."""
    first = date(terms.ends.year, APRIL, 1)
    if not calendar.is_working_day(first):
        first = calendar.add_working_days(first, 1)
    return first <= today < date(terms.ends.year, 5, 1)
