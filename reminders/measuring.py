"""When values of indicators become official: by themselves, on their dates.

What is counted in the registers is fixed as of its date, however late the bot wakes up, but in its
own school year only: registers that are filled today know little of the years before. What comes
from reports is fixed on its date if every expected school is in it, else as soon as that is so, and
at the latest a month after: with its completeness, which a manager can mend by fixing it anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from passport.calendar import Calendar, school_year_of
from passport.deadlines import Deadlines
from passport.indicators import Indicator, Indicators, Measuring, Value, measure, measuring_day
from passport.loader import Passport
from storage import city_facts, deadlines, facts, indicator_lines, indicator_values
from storage.database import Database, Transaction
from storage.indicator_lines import all_schools, teachers_of

PATIENCE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A value that may become official from a local day on."""

    year: str
    indicator: Indicator
    point: Measuring
    day: date


def due(
    passport: Indicators, calendar: Calendar, known: set[tuple[str, str, str]], today: date
) -> Iterator[Due]:
    """What has come to its date and is not official yet; ``known`` are (key, year, point)."""
    present = school_year_of(today)
    for year in passport.years:
        for indicator in passport.indicators:
            for point in indicator.points:
                if not point.period and year != present:
                    continue
                day = measuring_day(year, point.key, point.day)
                if point.period:
                    # Nobody is measured before the report is due (a deadline may be moved).
                    day = max(day, calendar.dates(year, point.period).due)
                if day <= today and (indicator.key, year, point.key) not in known:
                    yield Due(year, indicator, point, day)


def is_ripe(one: Due, value: Value | None, today: date) -> bool:
    """Whether to fix it now; what was not measured at all is never fixed."""
    if value is None:
        return False
    return not one.point.period or value.is_whole or today >= one.day + PATIENCE


async def fix_due(database: Database, passport: Passport) -> int:
    """Makes official what is due and ripe; how many values."""
    async with database.read() as tx:
        ripe = await _ripe(tx, passport)
    if not ripe:
        return 0
    async with database.write() as tx:
        for one in ripe:
            day = None if one.point.period else one.day
            await indicator_lines.fix(
                tx, passport, one.year, one.indicator, None, point=one.point.key, day=day
            )
    return len(ripe)


async def _ripe(tx: Transaction, passport: Passport) -> list[Due]:
    today = passport.calendar.today(tx.now)
    official = await indicator_values.official(tx)
    known: set[tuple[str, str, str]] = {
        (key, year, point) for year, one in official.items() for key, point in one
    }
    calendar = Deadlines(passport.calendar, await deadlines.moves(tx)).of(None)
    waiting = list(due(passport.indicators, calendar, known, today))
    if not waiting:
        return []
    ripe = []
    said = await city_facts.every(tx)
    for one in waiting:
        day = one.day if not one.point.period else None
        days = indicator_lines.days(calendar, one.year, today, day)
        counts = {one.year: all_schools(passport.indicators, said, one.year)}
        found = (await facts.read(tx, [days], counts))[one.year]
        value = measure(one.indicator.key, found, teachers_of(said, one.year), one.point.key)
        if is_ripe(one, value, today):
            ripe.append(one)
    return ripe
