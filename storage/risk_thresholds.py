"""Thresholds of signals that staff have set; those of the data hold for all others."""

from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from passport.risks import Overrides
from storage.database import Transaction
from storage.tables import risk_thresholds


async def every(tx: Transaction) -> Overrides:
    """By (signal, threshold)."""
    rows = await tx.connection.execute(
        select(risk_thresholds.c.signal, risk_thresholds.c.name, risk_thresholds.c.value)
    )
    return {(row.signal, row.name): Decimal(row.value) for row in rows}


async def put(tx: Transaction, signal: str, name: str, value: Decimal, by: int | None) -> None:
    """From now on; the caller has checked that it may be so."""
    values = {"value": str(value), "at": tx.now, "by": by}
    await tx.connection.execute(
        insert(risk_thresholds)
        .values(signal=signal, name=name, **values)
        .on_conflict_do_update(index_elements=["signal", "name"], set_=values)
    )


async def reset(tx: Transaction, signal: str, name: str) -> None:
    """Back to the data's."""
    await tx.connection.execute(
        delete(risk_thresholds).where(
            risk_thresholds.c.signal == signal, risk_thresholds.c.name == name
        )
    )
