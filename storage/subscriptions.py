"""Who wants to know of enrolment: a chat and a filter, nothing else is kept of a parent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.tables import subscriptions

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
    """All of a chat; whether there were any."""
    gone = await tx.connection.execute(
        subscriptions.delete().where(subscriptions.c.chat_id == chat_id)
    )
    return gone.rowcount > 0


async def everybody(tx: Transaction) -> list[int]:
    """Every chat that wants to know of anything."""
    rows = await tx.connection.execute(select(subscriptions.c.chat_id).distinct())
    return list(rows.scalars())


async def interested(tx: Transaction, classes: Iterable[tuple[str, str]]) -> list[int]:
    """Chats whose filter takes one of the classes, each given as (track, school)."""
    pairs = list(classes)
    tracks = sorted({track for track, _ in pairs})
    schools = sorted({school for _, school in pairs})
    rows = await tx.connection.execute(
        select(subscriptions.c.chat_id)
        .where(
            or_(
                subscriptions.c.kind == "all",
                and_(subscriptions.c.kind == "track", subscriptions.c.value.in_(tracks)),
                and_(subscriptions.c.kind == "school", subscriptions.c.value.in_(schools)),
            )
        )
        .distinct()
    )
    return list(rows.scalars())
