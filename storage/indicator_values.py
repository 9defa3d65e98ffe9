"""Official values: fixed on their dates, or brought from the years before the bot.

Nothing is overwritten. The last row of an indicator, year and point that was not withdrawn holds;
an import that is undone withdraws its rows, and what was there before holds again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select, update

from passport.indicators import Part, Point, Value
from storage.database import Transaction
from storage.tables import indicator_values

Official = dict[tuple[str, Point], Value]

# What a value is said to come from, when the bot itself took it.
TAKEN = "зафиксировано ботом"


@dataclass(frozen=True, slots=True)
class Fixing:
    """A value to become official, with what each school brought to it."""

    key: str
    year: str
    point: Point
    value: Value
    parts: Sequence[Part] = ()


async def official(tx: Transaction) -> dict[str, Official]:
    """All official values by school year."""
    rows = await tx.connection.execute(
        select(indicator_values)
        .where(indicator_values.c.withdrawn_at.is_(None))
        .order_by(indicator_values.c.id)
    )
    found: dict[str, Official] = {}
    for row in rows:
        found.setdefault(row.year, {})[(row.key, row.point)] = _value(row)
    return found


def _value(row: object) -> Value:
    get = row._mapping  # type: ignore[attr-defined]
    numerator, denominator = get["numerator"], get["denominator"]
    given = None if denominator is not None or numerator is not None else Decimal(get["value"])
    return Value(
        numerator=Decimal(numerator if numerator is not None else get["value"]),
        denominator=Decimal(denominator) if denominator is not None else None,
        on=get["on"],
        reported=get["reported"],
        expected=get["expected"],
        official=True,
        source=get["source"],
        given=given,
    )


async def fix(
    tx: Transaction, fixing: Fixing, by: int | None, import_id: int | None = None
) -> None:
    """From now on this is the official value."""
    value = fixing.value
    # A share without its two numbers is kept as the percent that was given.
    bare = value.given is not None
    await tx.connection.execute(
        indicator_values.insert().values(
            key=fixing.key,
            year=fixing.year,
            point=fixing.point,
            value=str(value.given if value.given is not None else value.shown),
            numerator=None if bare else str(value.numerator),
            denominator=None if value.denominator is None else str(value.denominator),
            on=value.on,
            reported=value.reported,
            expected=value.expected,
            source=value.source or TAKEN,
            detail=_dump(fixing.parts),
            import_id=import_id,
            at=tx.now,
            by=by,
        )
    )


async def parts(tx: Transaction, key: str, year: str, point: Point) -> list[Part]:
    """What schools had brought to the official value when it was fixed; empty if not known."""
    row = (
        await tx.connection.execute(
            select(indicator_values.c.detail)
            .where(
                indicator_values.c.key == key,
                indicator_values.c.year == year,
                indicator_values.c.point == point,
                indicator_values.c.withdrawn_at.is_(None),
            )
            .order_by(indicator_values.c.id.desc())
        )
    ).first()
    return _load(row.detail) if row is not None and row.detail else []


async def withdraw(tx: Transaction, import_id: int) -> int:
    """Takes back what an import brought; how many values."""
    taken = await tx.connection.execute(
        update(indicator_values)
        .where(indicator_values.c.import_id == import_id, indicator_values.c.withdrawn_at.is_(None))
        .values(withdrawn_at=tx.now)
    )
    return taken.rowcount


def _dump(found: Sequence[Part]) -> str:
    rows = [
        [one.school, str(one.amount), None if one.of is None else str(one.of), one.where]
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _load(text: str) -> list[Part]:
    return [
        Part(school, Decimal(amount), None if of is None else Decimal(of), where)
        for school, amount, of, where in json.loads(text)
    ]
