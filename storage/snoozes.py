"""«Напомнить завтра»: until when a person wants to hear nothing of one report."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.tables import snoozes


async def put(tx: Transaction, person: int, year: str, period: str, until: datetime) -> None:
    await tx.connection.execute(
        insert(snoozes)
        .values(person=person, year=year, period=period, until=until)
        .on_conflict_do_update(index_elements=["person", "year", "period"], set_={"until": until})
    )


async def of_period(tx: Transaction, year: str, period: str) -> dict[int, datetime]:
    """Account → until when it sleeps, or slept."""
    rows = await tx.connection.execute(
        select(snoozes.c.person, snoozes.c.until).where(
            snoozes.c.year == year, snoozes.c.period == period
        )
    )
    return {row.person: row.until for row in rows}
