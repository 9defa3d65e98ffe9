"""What subscribers are told of: enrolment has begun, a seat has come up in a class."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from passport.register import ClassCard
from storage.database import Transaction
from storage.tables import openings

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Opening:
    """``class_id`` None: enrolment as a whole has begun."""

    id: int
    year: str
    class_id: int | None
    at: datetime


async def seat(tx: Transaction, card: ClassCard) -> None:
    """A class that had no free seat, or had not said so, has one now."""
    key = f"class:{card.id}/{tx.now:%Y-%m-%dT%H:%M:%S}"
    await _add(tx, key, card.year, card.id)


async def campaign(tx: Transaction, year: str) -> bool:
    """Enrolment has begun; whether that is news."""
    return await _add(tx, f"campaign:{year}", year, None)


async def begun_at(tx: Transaction, year: str) -> datetime | None:
    """When the beginning of this campaign's enrolment was written down; None while it is not."""
    found = await tx.connection.execute(
        select(openings.c.at).where(openings.c.key == f"campaign:{year}")
    )
    return found.scalar_one_or_none()


async def _add(tx: Transaction, key: str, year: str, class_id: int | None) -> bool:
    values = {"key": key, "year": year, "class_id": class_id, "at": tx.now}
    added = await tx.connection.execute(
        insert(openings).values(values).on_conflict_do_nothing(index_elements=["key"])
    )
    return added.rowcount > 0


async def waiting(tx: Transaction) -> list[Opening]:
    """Those whose subscribers were not looked for yet, oldest first."""
    rows = await tx.connection.execute(
        select(openings.c.id, openings.c.year, openings.c.class_id, openings.c.at)
        .where(openings.c.handed_on_at.is_(None))
        .order_by(openings.c.id)
    )
    return [Opening(*row) for row in rows]


async def hand_on(tx: Transaction, ids: list[int]) -> None:
    await tx.connection.execute(
        update(openings).where(openings.c.id.in_(ids)).values(handed_on_at=tx.now)
    )


async def withdraw(tx: Transaction, year: str) -> None:
    """Enrolment has not begun after all: its date was moved, and the new one will be news."""
    await tx.connection.execute(delete(openings).where(openings.c.key == f"campaign:{year}"))


async def trim(tx: Transaction) -> int:
    """Forgets seats that came up more than a month ago; how many rows.

    That enrolment has begun is kept: otherwise it would be news again a month later.
    """
    gone = await tx.connection.execute(
        delete(openings).where(openings.c.class_id.is_not(None), openings.c.at < tx.now - KEPT)
    )
    return gone.rowcount
