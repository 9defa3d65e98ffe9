"""Who has sent what: one line a school for one period, without the answers themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, bindparam, cast, func, select

from passport.form import PeriodKey
from storage import schools
from storage.database import Transaction
from storage.reports import Status
from storage.schools import School
from storage.tables import people, reports


@dataclass(frozen=True, slots=True)
class BoardLine:
    """``status`` None: not begun. ``expected``: the school takes part in this year."""

    school: School
    expected: bool
    report_id: int | None = None
    status: Status | None = None
    unsent: bool = False
    first_submitted_at: datetime | None = None
    late: bool = False  # by the deadline of that day: see passport.deadlines.is_late
    doubts: int | None = 0  # None: sent before they were counted
    submission: int = 0
    reopened_at: datetime | None = None

    @property
    def owes(self) -> bool:
        """Whether something is still to be sent: never sent, or returned."""
        return self.status in (None, "draft", "returned")


_LINES = select(
    reports.c.school,
    reports.c.id,
    reports.c.status,
    reports.c.unsent,
    reports.c.first_submitted_at,
    reports.c.late,
    reports.c.doubts,
    reports.c.submission,
    reports.c.reopened_at,
).where(reports.c.year == bindparam("year"), reports.c.period == bindparam("period"))


async def lines(
    tx: Transaction,
    year: str,
    period: PeriodKey,
    candidates: Iterable[str],
    today: date,
) -> list[BoardLine]:
    """Every school that is expected or has a report that was sent, by number."""
    rows = await tx.connection.execute(_LINES, {"year": year, "period": period})
    found = {row.school: row for row in rows}
    made = []
    for school, expected in await schools.expected(tx, year, candidates, today):
        row = found.get(school.slug)
        if row is None:
            if expected:
                made.append(BoardLine(school, expected=True))
        elif expected or row.first_submitted_at is not None:
            made.append(BoardLine(school, expected, *row[1:]))
    return made


async def periods_with_reports(tx: Transaction) -> set[tuple[str, PeriodKey]]:
    """(year, period) of which the bot has any report."""
    rows = await tx.connection.execute(select(reports.c.year, reports.c.period).distinct())
    return {(row.year, row.period) for row in rows}


@dataclass(frozen=True, slots=True)
class Hands:
    """Who answers for a school: how many accounts, and how many of them can be written to."""

    accounts: int = 0
    reachable: int = 0


async def hands(tx: Transaction) -> dict[str, Hands]:
    """Of every school that has a coordinator."""
    rows = await tx.connection.execute(
        select(
            people.c.school,
            func.count().label("accounts"),
            func.sum(cast(people.c.reachable, Integer)).label("reachable"),
        )
        .where(
            people.c.role == "coordinator",
            people.c.telegram_id.is_not(None),
            people.c.suspended_at.is_(None),
        )
        .group_by(people.c.school)
    )
    return {row.school: Hands(row.accounts, row.reachable) for row in rows}
