"""Numbers and choices of the city that no school reports; each holds from its year on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.tables import city_facts

# «количество ООО ПКГО» (D04), who counts as 100 % of the teachers (D06), and how many schools
# wish to take part (plan 2.1); whether 6.2 is a measure of every year («yes», «no»), and whether
# the plan's windows of the last summer stand («on», «off»); grants of a year in thousands of
# roubles (plan 6.2), of it alone.
Key = Literal["all_schools", "teachers_of", "schools_wishing", "plan_6_2", "last_summer", "grants"]


async def every(tx: Transaction) -> dict[tuple[str, str], str]:
    """All that was ever said, by (key, year)."""
    rows = await tx.connection.execute(
        select(city_facts.c.key, city_facts.c.year, city_facts.c.value)
    )
    return {(row.key, row.year): row.value for row in rows}


def held(said: Mapping[tuple[str, str], str], key: Key, year: str) -> str | None:
    """What holds in a year: the last word of it or of a year before; None if nobody spoke."""
    years = [known for name, known in said if name == key and known <= year]
    return said[(key, max(years))] if years else None


async def said_at(tx: Transaction, key: Key, year: str) -> datetime | None:
    """When that of this very year was said; None when it holds from an earlier year, or is not."""
    found = await tx.connection.execute(
        select(city_facts.c.at).where(city_facts.c.key == key, city_facts.c.year == year)
    )
    return found.scalar_one_or_none()


async def put(tx: Transaction, key: Key, year: str, value: str, by: int | None) -> None:
    """From this year on; a later year may be told otherwise."""
    values = {"value": value, "at": tx.now, "by": by}
    await tx.connection.execute(
        insert(city_facts)
        .values(key=key, year=year, **values)
        .on_conflict_do_update(index_elements=["key", "year"], set_=values)
    )
