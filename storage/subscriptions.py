"""Who wants to know of enrolment: a chat and a filter, nothing else is kept of a parent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.tables import outbox, subscriptions

Kind = Literal["all", "track", "school"]
MOST = 20  # of one chat


@dataclass(frozen=True, slots=True)
class Filter:
    """``value`` is a track («медицинская»), a school's slug, or nothing for «all»."""

    kind: Kind
    value: str = ""

    def takes(self, track: str, school: str) -> bool:
        return self.kind == "all" or self.value == (track if self.kind == "track" else school)


async def of_chat(tx: Transaction, chat_id: int) -> list[Filter]:
    rows = await tx.connection.execute(
        select(subscriptions.c.kind, subscriptions.c.value)
        .where(subscriptions.c.chat_id == chat_id)
        .order_by(subscriptions.c.kind, subscriptions.c.value)
    )
    return [Filter(*row) for row in rows]


async def add(tx: Transaction, chat_id: int, wanted: Filter) -> bool:
    """Whether there was room for it: one chat has at most MOST."""
    known = await of_chat(tx, chat_id)
    if wanted in known:
        return True
    if len(known) >= MOST:
        return False
    await tx.connection.execute(
        insert(subscriptions)
        .values(chat_id=chat_id, kind=wanted.kind, value=wanted.value)
        .on_conflict_do_nothing()
    )
    return True


async def drop(tx: Transaction, chat_id: int, gone: Filter) -> None:
    await tx.connection.execute(
        subscriptions.delete().where(
            subscriptions.c.chat_id == chat_id,
            subscriptions.c.kind == gone.kind,
            subscriptions.c.value == gone.value,
        )
    )


async def forget(tx: Transaction, chat_id: int) -> bool:
    """All of a chat, with what was written to it; whether it wanted to know of anything."""
    gone = await tx.connection.execute(
        subscriptions.delete().where(subscriptions.c.chat_id == chat_id)
    )
    await tx.connection.execute(
        outbox.delete().where(outbox.c.chat == chat_id, outbox.c.kind == "bulletin")
    )
    return gone.rowcount > 0


def interest(classes: Iterable[tuple[str, str]] | None) -> ColumnElement[bool]:
    """Subscriptions that take one of the classes, each given as (track, school); None: any."""
    if classes is None:
        return true()
    pairs = list(classes)
    tracks = sorted({track for track, _ in pairs})
    schools = sorted({school for _, school in pairs})
    return or_(
        subscriptions.c.kind == "all",
        and_(subscriptions.c.kind == "track", subscriptions.c.value.in_(tracks)),
        and_(subscriptions.c.kind == "school", subscriptions.c.value.in_(schools)),
    )
