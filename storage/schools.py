"""Schools as the bot knows them: filled from the passport's lists, then kept by staff."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from passport.schools import School as ListedSchool
from storage.database import Transaction
from storage.tables import schools


@dataclass(frozen=True, slots=True)
class School:
    slug: str
    number: int
    name: str
    short_name: str


async def add_missing(tx: Transaction, listed: Iterable[ListedSchool]) -> None:
    """Schools of the passport that the table lacks; a renamed school keeps its new name."""
    known = set((await tx.connection.execute(select(schools.c.slug))).scalars())
    missing = [
        {"slug": one.slug, "number": one.number, "name": one.name, "short_name": one.short_name}
        for one in listed
        if one.slug not in known
    ]
    if missing:
        await tx.connection.execute(schools.insert(), missing)


async def get(tx: Transaction, slug: str) -> School | None:
    row = (await tx.connection.execute(select(schools).where(schools.c.slug == slug))).first()
    return None if row is None else School(**row._mapping)
