"""What a person said to a doubt: «да, верно» or a comment; holds while the doubt says the same."""

from sqlalchemy import delete, select

from passport.doubts import Doubt
from storage.database import Transaction
from storage.tables import doubt_answers


async def settled(tx: Transaction, report_id: int) -> dict[tuple[str, str], str]:
    """(doubt key, doubt text) → comment, "" for a plain «да, верно»."""
    rows = await tx.connection.execute(
        select(doubt_answers).where(doubt_answers.c.report_id == report_id)
    )
    return {(row.doubt, row.text): row.comment for row in rows}


async def settle(tx: Transaction, report_id: int, doubt: Doubt, comment: str, by: int) -> None:
    await tx.connection.execute(
        delete(doubt_answers).where(
            doubt_answers.c.report_id == report_id, doubt_answers.c.doubt == doubt.key
        )
    )
    await tx.connection.execute(
        doubt_answers.insert().values(
            report_id=report_id,
            doubt=doubt.key,
            text=doubt.text,
            comment=comment,
            at=tx.now,
            by=by,
        )
    )
