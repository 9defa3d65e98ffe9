"""The outbox as staff read it: what went to whom, and what did not arrive."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from storage.database import Transaction
from storage.outbox import Posted, State, posted_row
from storage.people import Role
from storage.tables import outbox, people


@dataclass(frozen=True, slots=True)
class Line:
    """A row for the journal, with whose account it was: role, school and post, no more."""

    posted: Posted
    role: Role
    person_school: str | None
    post: str


async def page(
    tx: Transaction, size: int, offset: int = 0, school: str | None = None
) -> list[Line]:
    """Newest first; of one school: what was about it or went to its people."""
    query = (
        select(outbox, people.c.role, people.c.school.label("person_school"), people.c.post)
        .join(people, people.c.id == outbox.c.person)
        .order_by(outbox.c.id.desc())
        .limit(size)
        .offset(offset)
    )
    if school is not None:
        query = query.where(or_(outbox.c.school == school, people.c.school == school))
    return [
        Line(
            posted_row(row),
            row.role,
            row.person_school,
            row.post,
        )
        for row in await tx.connection.execute(query)
    ]


async def failed(tx: Transaction, since: datetime) -> int:
    """How many messages Telegram has refused since then."""
    found = await tx.connection.execute(
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.state == State.FAILED, outbox.c.created_at >= since)
    )
    return int(found.scalar_one())
