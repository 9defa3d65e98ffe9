"""Moves of dates, the yearly confirmation of them, and requests for more time."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.sqlite import insert

from passport.deadlines import Move
from passport.form import PeriodKey
from storage.database import Transaction
from storage.tables import confirmed_years, deadline_moves, time_requests

_MOVES = select(
    deadline_moves.c.year,
    deadline_moves.c.period,
    deadline_moves.c.school,
    deadline_moves.c.opens,
    deadline_moves.c.due,
).order_by(deadline_moves.c.id)


async def moves(tx: Transaction) -> tuple[Move, ...]:
    """What holds now: of each period and school the last dates that were set."""
    latest: dict[tuple[str, PeriodKey, str | None], Move] = {}
    for row in await tx.connection.execute(_MOVES):
        key = (row.year, row.period, row.school)
        before = latest.get(key)
        opens = row.opens or (before.opens if before else None)
        due = row.due or (before.due if before else None)
        latest[key] = Move(row.year, row.period, row.school, opens, due)
    return tuple(latest.values())


async def move(tx: Transaction, wanted: Move, reason: str, by: int) -> int:
    """Writes a move; its number. What holds is decided by the last one."""
    added = await tx.connection.execute(
        deadline_moves.insert()
        .values(
            year=wanted.year,
            period=wanted.period,
            school=wanted.school,
            opens=wanted.opens,
            due=wanted.due,
            reason=reason,
            at=tx.now,
            by=by,
        )
        .returning(deadline_moves.c.id)
    )
    return int(added.scalar_one())


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was written. ``holds``: no later one of the same school (or of all) stands."""

    school: str | None
    opens: date | None
    due: date | None
    reason: str
    holds: bool


async def moved(tx: Transaction, move_id: int) -> Moved | None:
    rows = await tx.connection.execute(select(deadline_moves).where(deadline_moves.c.id == move_id))
    row = rows.first()
    if row is None:
        return None
    later = await tx.connection.execute(
        select(deadline_moves.c.id)
        .where(
            deadline_moves.c.year == row.year,
            deadline_moves.c.period == row.period,
            deadline_moves.c.school.is_not_distinct_from(row.school),
            deadline_moves.c.id > move_id,
        )
        .limit(1)
    )
    return Moved(row.school, row.opens, row.due, row.reason, later.first() is None)


async def confirm(tx: Transaction, year: str, by: int) -> None:
    """Once a year staff say that the dates are right."""
    await tx.connection.execute(
        insert(confirmed_years).values(year=year, at=tx.now, by=by).on_conflict_do_nothing()
    )


async def confirmed_at(tx: Transaction, year: str) -> datetime | None:
    found = await tx.connection.execute(
        select(confirmed_years.c.at).where(confirmed_years.c.year == year)
    )
    moment: datetime | None = found.scalar()
    return moment


@dataclass(frozen=True, slots=True)
class TimeRequest:
    """A school asks to be due later; ``granted`` None while nobody has decided."""

    id: int
    school: str
    year: str
    period: PeriodKey
    due: date
    reason: str
    asked_at: datetime
    asked_by: int
    decided_at: datetime | None
    decided_by: int | None
    granted: bool | None


def _request(row: Row[tuple[object, ...]]) -> TimeRequest:
    return TimeRequest(**row._mapping)


async def ask_for_time(
    tx: Transaction, school: str, year: str, period: str, *, due: date, reason: str, by: int
) -> int:
    """Writes down that a school asks to be due on another day; the request's number."""
    added = await tx.connection.execute(
        time_requests.insert()
        .values(
            school=school,
            year=year,
            period=period,
            due=due,
            reason=reason,
            asked_at=tx.now,
            asked_by=by,
        )
        .returning(time_requests.c.id)
    )
    return int(added.scalar_one())


async def request(tx: Transaction, request_id: int) -> TimeRequest | None:
    row = (
        await tx.connection.execute(select(time_requests).where(time_requests.c.id == request_id))
    ).first()
    return None if row is None else _request(row)


async def waiting_request(
    tx: Transaction, school: str, year: str, period: str
) -> TimeRequest | None:
    """The request of a school that nobody has answered yet."""
    row = (
        await tx.connection.execute(
            select(time_requests)
            .where(
                time_requests.c.school == school,
                time_requests.c.year == year,
                time_requests.c.period == period,
                time_requests.c.decided_at.is_(None),
            )
            .order_by(time_requests.c.id.desc())
        )
    ).first()
    return None if row is None else _request(row)


async def waiting_requests(tx: Transaction) -> list[TimeRequest]:
    rows = await tx.connection.execute(
        select(time_requests)
        .where(time_requests.c.decided_at.is_(None))
        .order_by(time_requests.c.id)
    )
    return [_request(row) for row in rows]


async def decide(tx: Transaction, request_id: int, *, granted: bool | None, by: int | None) -> None:
    """Answers a request; ``granted`` None: it has become pointless (the report was sent)."""
    await tx.connection.execute(
        update(time_requests)
        .where(time_requests.c.id == request_id)
        .values(decided_at=tx.now, decided_by=by, granted=granted)
    )
