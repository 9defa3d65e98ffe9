"""Every change of a card: of a class, a contract, a partner, a school."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from storage.database import Transaction
from storage.people import Role
from storage.tables import card_log, people

Card = Literal["class", "contract", "partner", "school"]


@dataclass(frozen=True, slots=True)
class CardEdit:
    """One field of a card that changed; empty is «not said»."""

    card: Card
    card_id: int
    field: str
    old: str
    new: str
    school: str | None = None


@dataclass(frozen=True, slots=True)
class CardChange:
    """``role`` and ``post`` are of whoever changed it; no name is kept anywhere."""

    at: datetime
    card: Card
    card_id: int
    school: str | None
    field: str
    old: str
    new: str
    role: Role | None
    post: str


async def add(tx: Transaction, edit: CardEdit, by: int | None) -> None:
    await tx.connection.execute(
        card_log.insert().values(
            card=edit.card,
            card_id=edit.card_id,
            school=edit.school,
            field=edit.field,
            old=edit.old,
            new=edit.new,
            at=tx.now,
            by=by,
        )
    )


async def every(tx: Transaction) -> list[CardChange]:
    """Oldest first."""
    rows = await tx.connection.execute(
        select(card_log, people.c.role, people.c.post)
        .outerjoin(people, people.c.id == card_log.c.by)
        .order_by(card_log.c.id)
    )
    return [
        CardChange(
            row.at,
            row.card,
            row.card_id,
            row.school,
            row.field,
            row.old,
            row.new,
            row.role,
            row.post or "",
        )
        for row in rows
    ]
