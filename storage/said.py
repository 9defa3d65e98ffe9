"""What the bot has said on its own initiative, or is about to: the outbox, looked back on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from storage.database import Transaction
from storage.outbox import Kind, Posted, State, posted_row
from storage.tables import outbox


async def last_sent(tx: Transaction, kind: Kind, person: int) -> datetime | None:
    """When an account last got a message of this kind."""
    found = await tx.connection.execute(
        select(func.max(outbox.c.sent_at)).where(
            outbox.c.person == person, outbox.c.kind == kind, outbox.c.state == State.SENT
        )
    )
    latest: datetime | None = found.scalar()
    return latest


async def last_sent_of_each(tx: Transaction, kind: Kind) -> dict[int, datetime]:
    """When each account last got a message of this kind; nothing of those that never did."""
    rows = await tx.connection.execute(
        select(outbox.c.person, func.max(outbox.c.sent_at).label("at"))
        .where(outbox.c.kind == kind, outbox.c.state == State.SENT, outbox.c.person.is_not(None))
        .group_by(outbox.c.person)
    )
    return {row.person: row.at for row in rows}


async def told(tx: Transaction, kind: Kind, person: int | None = None) -> list[Posted]:
    """Rows of a kind, to one account or to everybody, whatever became of them; oldest first."""
    query = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)
    if person is not None:
        query = query.where(outbox.c.person == person)
    return [posted_row(row) for row in await tx.connection.execute(query)]


async def written_together(tx: Transaction, posted: Posted) -> list[Posted]:
    """A row with those of its kind that were written to the same account at the same moment."""
    rows = await tx.connection.execute(
        select(outbox)
        .where(
            outbox.c.person == posted.person,
            outbox.c.kind == posted.kind,
            outbox.c.created_at == posted.created_at,
        )
        .order_by(outbox.c.id)
    )
    return [posted_row(row) for row in rows]


async def newest_why(tx: Transaction, kind: Kind) -> dict[int, str]:
    """The greatest ``why`` of a kind by account, whatever became of it: of days, the last one."""
    rows = await tx.connection.execute(
        select(outbox.c.person, func.max(outbox.c.why).label("why"))
        .where(outbox.c.kind == kind, outbox.c.person.is_not(None))
        .group_by(outbox.c.person)
    )
    return {row.person: row.why for row in rows}


async def spoken_to(tx: Transaction, kinds: Sequence[Kind], since: datetime) -> set[int]:
    """Accounts to which a message of these kinds was written, or sent, after a moment."""
    rows = await tx.connection.execute(
        select(outbox.c.person)
        .where(
            outbox.c.kind.in_(kinds),
            outbox.c.state.in_((State.WAITING, State.SENT)),
            or_(outbox.c.created_at >= since, outbox.c.sent_at >= since),
        )
        .distinct()
    )
    return {one for one in rows.scalars() if one is not None}


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder; ``at`` is when it went out, or may."""

    id: int
    person: int
    school: str
    why: str
    at: datetime
    state: State

    @property
    def lost(self) -> bool:
        """It came to nothing."""
        return self.state in (State.DROPPED, State.FAILED)


_REMINDERS = select(
    outbox.c.id,
    outbox.c.person,
    outbox.c.school,
    outbox.c.why,
    outbox.c.not_before,
    outbox.c.sent_at,
    outbox.c.state,
).where(
    outbox.c.kind == "reminder",
    outbox.c.year == bindparam("of_year"),
    outbox.c.period == bindparam("of_period"),
)
_REMINDERS_OF = _REMINDERS.where(outbox.c.person == bindparam("whose"))


async def reminders(
    tx: Transaction, year: str, period: str, person: int | None = None
) -> list[Reminded]:
    """The reminders of a period, to one account or to everybody, whatever became of them."""
    which: dict[str, str | int] = {"of_year": year, "of_period": period}
    query = _REMINDERS
    if person is not None:
        query, which = _REMINDERS_OF, which | {"whose": person}
    return [
        Reminded(
            row.id,
            row.person,
            row.school,
            row.why,
            row.sent_at or row.not_before,
            State(row.state),
        )
        for row in await tx.connection.execute(query, which)
    ]
