"""What the plan's windows depend on: choices of staff, and schools that have joined later."""

from collections.abc import Mapping

from sqlalchemy import func, select

from passport.calendar import next_year, previous_year, school_year_of
from passport.loader import Passport
from passport.plan_windows import Terms
from storage import audit, city_facts
from storage.database import Transaction
from storage.schools import FIRST_YEAR
from storage.tables import participation


async def read(tx: Transaction, passport: Passport) -> Terms:
    said = await city_facts.every(tx)
    ends = passport.calendar.project_end
    last = _last_year(passport)
    return Terms(
        ends,
        last_summer=city_facts.held(said, "last_summer", last) != "off",
        chosen=frozenset(
            int(year[:4])
            for year in _years(last)
            if city_facts.held(said, "plan_6_2", year) == "yes"
        ),
        entrants=frozenset((await entrants(tx)).values()),
    )


def _last_year(passport: Passport) -> str:
    """The last school year of the project."""
    return previous_year(school_year_of(passport.calendar.project_end))


def _years(last: str) -> list[str]:
    years = [FIRST_YEAR]
    while years[-1] < last:
        years.append(next_year(years[-1]))
    return years


async def entrants(tx: Transaction) -> Mapping[str, int]:
    """Schools that have joined after the first year: the summer before their first school year."""
    rows = await tx.connection.execute(
        select(participation.c.school, func.min(participation.c.year).label("year"))
        .where(participation.c.takes_part)
        .group_by(participation.c.school)
    )
    return {row.school: int(row.year[:4]) for row in rows if row.year > FIRST_YEAR}


async def switch_last_summer(
    tx: Transaction, passport: Passport, by: int | None, *, on: bool
) -> None:
    year = _last_year(passport)
    await city_facts.put(tx, "last_summer", year, "on" if on else "off", by)
    words = f"окна лета {year[5:]} {'включены' if on else 'отключены'}"
    await audit.add(tx, "switch_plan", by, year=year, detail=words)


async def switch_funding(tx: Transaction, year: str, by: int | None, *, on: bool) -> None:
    """Whether 6.2 is a measure of every year, from this school year on."""
    await city_facts.put(tx, "plan_6_2", year, "yes" if on else "no", by)
    words = f"п. 6.2 – {'каждый год' if on else 'один раз, в 2022/23'}"
    await audit.add(tx, "switch_plan", by, year=year, detail=words)
