"""Files that were read: previewed, applied or dropped, undone. They themselves are not kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select, update

from storage.database import Transaction
from storage.tables import imports

Kind = Literal["form", "history"]


@dataclass(frozen=True, slots=True)
class Import:
    """``read`` is what was understood, ``edits`` what it changed, both as JSON."""

    id: int
    kind: Kind
    school: str | None
    year: str | None
    read: str
    at: datetime
    by: int | None
    applied_at: datetime | None
    edits: str
    undone_at: datetime | None


async def add(
    tx: Transaction, kind: Kind, read: str, by: int | None, *, school: str | None, year: str | None
) -> int:
    """Keeps what a file says until it is confirmed; its number."""
    added = await tx.connection.execute(
        imports.insert()
        .values(kind=kind, school=school, year=year, read=read, at=tx.now, by=by)
        .returning(imports.c.id)
    )
    number: int = added.scalar_one()
    return number


async def get(tx: Transaction, import_id: int) -> Import | None:
    row = (await tx.connection.execute(select(imports).where(imports.c.id == import_id))).first()
    return None if row is None else Import(**row._mapping)


async def last_applied(tx: Transaction, most: int) -> list[Import]:
    """What was written and not taken back, from the chat or by command: newest first."""
    rows = await tx.connection.execute(
        select(imports)
        .where(imports.c.applied_at.is_not(None), imports.c.undone_at.is_(None))
        .order_by(imports.c.applied_at.desc(), imports.c.id.desc())
        .limit(most)
    )
    return [Import(**row._mapping) for row in rows]


async def mark_applied(tx: Transaction, import_id: int, edits: str) -> None:
    await tx.connection.execute(
        update(imports).where(imports.c.id == import_id).values(applied_at=tx.now, edits=edits)
    )


async def mark_undone(tx: Transaction, import_id: int) -> None:
    await tx.connection.execute(
        update(imports).where(imports.c.id == import_id).values(undone_at=tx.now)
    )
