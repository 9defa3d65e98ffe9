"""Acts that others may ask about: who accepted, returned, moved a date, invited, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select

from storage.database import Transaction
from storage.people import Role
from storage.tables import audit, people

Act = Literal[
    "submit",
    "accept",
    "return",
    "reopen",
    "move_deadline",
    "confirm_dates",
    "grant_time",
    "refuse_time",
    "invite",
    "revoke_invite",
    "join",
    "hand_over",
    "suspend",
    "restore",
    "leave",
    "take_part",
    "drop_out",
    "nudge",
    "ask_cards",
    "set_number",
    "set_threshold",
    "add_school",
    "rename_school",
    "fix_value",
    "import",
    "undo_import",
    "publish",
    "cancel_post",
    "change_post",
    "move_post",
    "announce",
    "move_campaign",
    "mark_plan",
    "withdraw_plan",
    "switch_plan",
    "make_report",
    "recover",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """``role`` and ``post`` are of whoever did it; no name is kept anywhere."""

    at: datetime
    act: Act
    role: Role | None
    post: str
    school: str | None
    year: str | None
    period: str | None
    detail: str


async def add(
    tx: Transaction,
    act: Act,
    by: int | None,
    *,
    school: str | None = None,
    year: str | None = None,
    period: str | None = None,
    person: int | None = None,
    detail: str = "",
) -> None:
    await tx.connection.execute(
        audit.insert().values(
            at=tx.now,
            by=by,
            act=act,
            school=school,
            year=year,
            period=period,
            person=person,
            detail=detail,
        )
    )


async def last(tx: Transaction, act: Act, year: str) -> datetime | None:
    """When it was done last about a school year; None for never."""
    found = await tx.connection.execute(
        select(func.max(audit.c.at)).where(audit.c.act == act, audit.c.year == year)
    )
    moment: datetime | None = found.scalar_one_or_none()
    return moment


async def page(
    tx: Transaction, size: int, offset: int = 0, school: str | None = None
) -> list[Entry]:
    """Newest first."""
    query = (
        select(
            audit.c.at,
            audit.c.act,
            people.c.role,
            people.c.post,
            audit.c.school,
            audit.c.year,
            audit.c.period,
            audit.c.detail,
        )
        .outerjoin(people, people.c.id == audit.c.by)
        .order_by(audit.c.id.desc())
        .limit(size)
        .offset(offset)
    )
    if school is not None:
        query = query.where(audit.c.school == school)
    rows = await tx.connection.execute(query)
    return [Entry(**(dict(row._mapping) | {"post": row.post or ""})) for row in rows]
