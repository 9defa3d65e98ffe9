"""What a methodist sent back: the sentence, the numbers in question, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from passport.form import PeriodKey
from passport.values import Slot
from storage.answers import Revisions
from storage.database import Transaction
from storage.tables import reports, return_slots, returns


@dataclass(frozen=True)
class Return:
    """``slots``: slot → revision of the answer when it was returned.

    ``kept`` are those of which the coordinator said that they are right as they stand.
    """

    id: int
    report_id: int
    comment: str
    at: datetime
    by: int
    slots: Mapping[Slot, int]
    kept: frozenset[Slot] = frozenset()

    def open_slots(self, revisions: Revisions) -> tuple[Slot, ...]:
        """The numbers in question that nobody has corrected or confirmed yet."""
        return tuple(
            slot
            for slot, revision in self.slots.items()
            if slot not in self.kept and revisions.get(slot, 0) == revision
        )


async def add(
    tx: Transaction, report_id: int, submission: int, comment: str, *, slots: Revisions, by: int
) -> int:
    """Stores a return; an earlier one that is still open ends with it."""
    await end(tx, report_id)
    added = await tx.connection.execute(
        returns.insert()
        .values(report_id=report_id, submission=submission, comment=comment, at=tx.now, by=by)
        .returning(returns.c.id)
    )
    return_id = added.scalar_one()
    if slots:
        await tx.connection.execute(
            return_slots.insert(),
            [
                {
                    "return_id": return_id,
                    "question": slot.question,
                    "class_id": slot.class_id,
                    "subject_id": slot.subject_id,
                    "revision": revision,
                }
                for slot, revision in slots.items()
            ],
        )
    return int(return_id)


async def open_return(tx: Transaction, report_id: int) -> Return | None:
    """The return that waits for the coordinator; None when there is none."""
    return await _one(tx, returns.c.report_id == report_id, returns.c.ended_at.is_(None))


async def get(tx: Transaction, return_id: int) -> Return | None:
    return await _one(tx, returns.c.id == return_id)


async def _one(tx: Transaction, *which: ColumnElement[bool]) -> Return | None:
    query = (
        select(returns, return_slots)
        .outerjoin(return_slots, return_slots.c.return_id == returns.c.id)
        .where(*which)
        .order_by(
            returns.c.id.desc(),
            return_slots.c.question,
            return_slots.c.class_id,
            return_slots.c.subject_id,
        )
    )
    rows = list(await tx.connection.execute(query))
    if not rows:
        return None
    head = rows[0]
    slots: dict[Slot, int] = {}
    kept = set()
    for row in rows:
        if row.id != head.id or row.question is None:
            continue
        slot = Slot(row.question, row.class_id, row.subject_id)
        slots[slot] = row.revision
        if row.kept_at is not None:
            kept.add(slot)
    return Return(head.id, head.report_id, head.comment, head.at, head.by, slots, frozenset(kept))


async def open_of_period(tx: Transaction, year: str, period: str) -> dict[int, datetime]:
    """Report → when it was returned, of every report of the period that waits for a correction."""
    rows = await tx.connection.execute(
        select(returns.c.report_id, returns.c.at)
        .join(reports, reports.c.id == returns.c.report_id)
        .where(returns.c.ended_at.is_(None), reports.c.year == year, reports.c.period == period)
    )
    return {row.report_id: row.at for row in rows}


async def open_periods(tx: Transaction) -> list[tuple[str, PeriodKey]]:
    """(year, period) of every report that waits for a correction."""
    rows = await tx.connection.execute(
        select(reports.c.year, reports.c.period)
        .distinct()
        .join(returns, returns.c.report_id == reports.c.id)
        .where(returns.c.ended_at.is_(None))
        .order_by(reports.c.year, reports.c.period)
    )
    return [(row.year, row.period) for row in rows]


async def keep(tx: Transaction, return_id: int, slot: Slot) -> None:
    """The coordinator says that the number is right as it stands."""
    await tx.connection.execute(
        update(return_slots)
        .where(
            return_slots.c.return_id == return_id,
            return_slots.c.question == slot.question,
            return_slots.c.class_id == slot.class_id,
            return_slots.c.subject_id == slot.subject_id,
        )
        .values(kept_at=tx.now)
    )


async def end(tx: Transaction, report_id: int) -> None:
    """The report was sent again, or opened or accepted by staff."""
    await tx.connection.execute(
        update(returns)
        .where(returns.c.report_id == report_id, returns.c.ended_at.is_(None))
        .values(ended_at=tx.now)
    )


async def count(tx: Transaction, report_id: int) -> int:
    """How often the report was returned."""
    found = await tx.connection.execute(
        select(func.count()).select_from(returns).where(returns.c.report_id == report_id)
    )
    return int(found.scalar_one())


async def counts(tx: Transaction, year: str) -> dict[int, int]:
    """How often each report of a year was returned."""
    rows = await tx.connection.execute(
        select(returns.c.report_id, func.count())
        .join(reports, reports.c.id == returns.c.report_id)
        .where(reports.c.year == year)
        .group_by(returns.c.report_id)
    )
    return {row[0]: row[1] for row in rows}
