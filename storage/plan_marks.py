"""Marks of staff: a measure of the plan is done, on which day, by which document.

A window keeps all its marks; the last one holds until it is withdrawn, and then none does.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update

from passport.plan import Measure
from passport.plan_states import Done
from passport.plan_windows import Window
from storage import audit
from storage.database import Transaction
from storage.tables import plan_marks

# By (measure, first day of the window).
Marks = Mapping[tuple[str, date], Done]


async def every(tx: Transaction) -> Marks:
    """The marks that hold."""
    rows = await tx.connection.execute(
        select(
            plan_marks.c.id,
            plan_marks.c.measure,
            plan_marks.c.window_start,
            plan_marks.c.done_on,
            plan_marks.c.link,
        )
        .where(plan_marks.c.withdrawn_at.is_(None))
        .order_by(plan_marks.c.id)
    )
    return {
        (row.measure, row.window_start): Done(row.done_on, "mark", row.link, row.id) for row in rows
    }


async def of_window(tx: Transaction, measure: Measure, window: Window) -> Done | None:
    return (await every(tx)).get((measure.key, window.start))


async def put(
    tx: Transaction, measure: Measure, window: Window, done: Done, by: int | None
) -> None:
    """From now on this one holds."""
    await tx.connection.execute(
        plan_marks.insert().values(
            measure=measure.key,
            window_start=window.start,
            done_on=done.on,
            link=done.link,
            at=tx.now,
            by=by,
        )
    )
    words = f"п. {measure.key}, выполнено {done.on:%d.%m.%Y}" + (f", {done.link}" * bool(done.link))
    await audit.add(tx, "mark_plan", by, year=window.year, detail=words)


async def withdraw(tx: Transaction, measure: Measure, window: Window, by: int | None) -> bool:
    """The window is not marked any more; False when it was not."""
    found = await tx.connection.execute(
        update(plan_marks)
        .where(
            plan_marks.c.measure == measure.key,
            plan_marks.c.window_start == window.start,
            plan_marks.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=tx.now)
    )
    if not found.rowcount:
        return False
    await audit.add(tx, "withdraw_plan", by, year=window.year, detail=f"п. {measure.key}")
    return True
