"""How long ago the cards of a school's classes were looked at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select

from storage.database import Transaction
from storage.tables import classes, outbox, schools


@dataclass(frozen=True, slots=True)
class Age:
    """A school with ``stale`` of its ``classes`` cards too old; ``oldest`` None: one never was."""

    school: str
    number: int
    classes: int
    stale: int
    oldest: datetime | None


async def stale(tx: Transaction, year: str, before: datetime) -> list[Age]:
    """Schools with an open class whose card nobody has looked at since then, by number."""
    is_old = or_(classes.c.confirmed_at.is_(None), classes.c.confirmed_at < before)
    old = func.sum(case((is_old, 1), else_=0))
    rows = await tx.connection.execute(
        select(
            schools.c.slug,
            schools.c.number,
            func.count(),
            old,
            case(
                (
                    func.count(classes.c.confirmed_at) == func.count(),
                    func.min(classes.c.confirmed_at),
                )
            ),
        )
        .select_from(classes.join(schools, schools.c.slug == classes.c.school))
        .where(classes.c.year == year, classes.c.closed_at.is_(None))
        .group_by(schools.c.slug, schools.c.number)
        .having(old > 0)
        .order_by(schools.c.number)
    )
    return [Age(*row) for row in rows]


async def asked_since(tx: Transaction, moment: datetime, why: str | None = None) -> set[str]:
    """Schools that were asked to look through their cards, or will be, after a moment."""
    query = (
        select(outbox.c.school)
        .where(outbox.c.kind == "cards_check", outbox.c.not_before >= moment)
        .distinct()
    )
    if why is not None:
        query = query.where(outbox.c.why == why)
    return set((await tx.connection.execute(query)).scalars())
