"""Every change of a card: of a class, a contract, a partner, a school."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import card_log

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
    """``by``: the account that changed it; None when the bot did."""

    at: datetime
    card: Card
    school: str | None
    field: str
    old: str
    new: str
    by: int | None


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
        select(
            card_log.c.at,
            card_log.c.card,
            card_log.c.school,
            card_log.c.field,
            card_log.c.old,
            card_log.c.new,
            card_log.c.by,
        ).order_by(card_log.c.id)
    )
    return [CardChange(*row) for row in rows]
