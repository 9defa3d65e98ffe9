"""Reports of schools, their states and their submissions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Row, bindparam, func, select, update

from passport.calendar import next_year
from passport.change import difference
from passport.form import EVERY_PERIOD, PERIODS, Forms, PeriodKey
from passport.register import ProfileClass
from passport.sheet import Sheet
from passport.values import Slot, Value
from storage import answers as answer_rows
from storage import codec
from storage.answers import Revisions, collect
from storage.classes import Registered, register, registers
from storage.database import Transaction
from storage.returns import Return, end, open_return
from storage.tables import answer_log, answers, reports, submissions

Status = Literal["draft", "submitted", "returned", "accepted"]


@dataclass(frozen=True, slots=True)
class Report:
    """One period of one school's form; times in UTC."""

    id: int
    school: str
    year: str
    period: PeriodKey
    status: Status
    created_at: datetime
    submitted_at: datetime | None
    accepted_at: datetime | None
    unsent: bool  # whether some answer is not in the last submission
    first_submitted_at: datetime | None = None
    late: bool = False  # whether the first submission came after the deadline of that day
    submission: int = 0  # number of the last one; 0 before the first
    doubts: int | None = None  # of the last submission; None: not counted then
    reopened_at: datetime | None = None  # since the last submission

    @property
    def is_settled(self) -> bool:
        """Sent, and not given back: it speaks of the classes that it holds, and of no newer one."""
        return self.status in ("submitted", "accepted") and self.reopened_at is None

    @property
    def has_unsent_changes(self) -> bool:
        """Whether an answer was changed after the report had been sent."""
        return self.submitted_at is not None and self.unsent


@dataclass(frozen=True)
class Filling:
    """A report with everything that its screens need."""

    report: Report
    sheet: Sheet
    revisions: Revisions
    returned: Return | None = None  # what a methodist wants corrected

    def revision(self, slot: Slot) -> int:
        """Which version of the answer a button is drawn for; 0 where there is none."""
        return self.revisions.get(slot, 0)

    @property
    def to_mend(self) -> tuple[Slot, ...]:
        """Returned numbers that wait for a correction or a «верно», in the order of the form."""
        if self.returned is None:
            return ()
        waiting = set(self.returned.open_slots(self.revisions))
        return tuple(slot for slot in self.sheet.slots if slot in waiting)


@dataclass(frozen=True, slots=True)
class Submission:
    number: int
    at: datetime
    late: bool
    on_behalf: bool = False


def _report(row: Row[tuple[object, ...]]) -> Report:
    return Report(*(row._mapping[column] for column in reports.c))


async def get(tx: Transaction, report_id: int) -> Report | None:
    row = (await tx.connection.execute(select(reports).where(reports.c.id == report_id))).first()
    return None if row is None else _report(row)


async def find(tx: Transaction, school: str, year: str, period: PeriodKey) -> Report | None:
    row = (
        await tx.connection.execute(
            select(reports).where(
                reports.c.school == school, reports.c.year == year, reports.c.period == period
            )
        )
    ).first()
    return None if row is None else _report(row)


async def open_report(tx: Transaction, school: str, year: str, period: PeriodKey) -> Report:
    """The school's report of the period, begun now if there is none."""
    found = await find(tx, school, year, period)
    if found is None:
        await tx.connection.execute(
            reports.insert().values(
                school=school, year=year, period=period, status="draft", created_at=tx.now
            )
        )
        found = await find(tx, school, year, period)
    assert found is not None
    return found


async def of_school(tx: Transaction, school: str) -> list[Report]:
    rows = await tx.connection.execute(select(reports).where(reports.c.school == school))
    return [_report(row) for row in rows]


@dataclass(frozen=True)
class FormYear:
    """What one school has begun of a school year: columns of its form, and questionnaires."""

    register: Registered
    fillings: dict[PeriodKey, Filling]

    @property
    def classes(self) -> tuple[ProfileClass, ...]:
        """Every class that some column speaks of."""
        slots = {slot for one in self.fillings.values() for slot in one.sheet.answers}
        return self.register.asked_with(slots)


_JOINED = (
    select(reports, answers)
    .outerjoin(answers, answers.c.report_id == reports.c.id)
    .order_by(
        reports.c.id,
        answers.c.question,
        answers.c.class_id,
        answers.c.subject_id,
        answers.c.row,
    )
)
# Statements of every answer are built once: building costs as much as running them.
_YEAR = _JOINED.where(
    reports.c.school.in_(bindparam("schools", expanding=True)),
    reports.c.year == bindparam("of_year"),
)
_this = reports.alias("this")
_YEAR_OF_REPORT = _JOINED.join(
    _this, (_this.c.school == reports.c.school) & (_this.c.year == reports.c.year)
).where(_this.c.id == bindparam("report"))


async def form_year(tx: Transaction, forms: Forms, school: str, year: str) -> FormYear:
    """The reports of a school's year in the order of the form's columns, each with its sheet."""
    return (await form_years(tx, forms, [school], year))[school]


async def form_years(
    tx: Transaction, forms: Forms, schools: Sequence[str], year: str
) -> dict[str, FormYear]:
    """The same of several schools at once."""
    rows = await tx.connection.execute(_YEAR, {"schools": schools, "of_year": year})
    found: dict[str, list[Row[tuple[object, ...]]]] = {school: [] for school in schools}
    for row in rows:
        found[row.school].append(row)
    known = await registers(tx, schools, year)
    ahead = [school for school in schools if _looks_ahead(forms, found[school])]
    following = await registers(tx, ahead, next_year(year)) if ahead else {}
    return {
        school: _fillings(forms, found[school], known[school], following.get(school))
        for school in schools
    }


def _looks_ahead(forms: Forms, rows: list[Row[tuple[object, ...]]]) -> bool:
    """Whether a questionnaire asks about the classes of the next school year."""
    return any(forms.of(row.period).classes == "next" for row in rows)


def _fillings(
    forms: Forms,
    rows: list[Row[tuple[object, ...]]],
    known: Registered,
    following: Registered | None,
) -> FormYear:
    by_period: dict[PeriodKey, list[Row[tuple[object, ...]]]] = {}
    for row in rows:
        by_period.setdefault(row.period, []).append(row)
    fillings: dict[PeriodKey, Filling] = {}
    for period in EVERY_PERIOD:
        if period not in by_period:
            continue
        form = forms.of(period)
        # Worked out only for a column that has another one behind it.
        columns = fillings.items() if period in PERIODS else ()
        earlier = tuple((key, one.sheet.values) for key, one in columns)
        group = by_period[period]
        values, revisions = collect(row for row in group if row.question is not None)
        report = _report(group[0])
        register_ = following if form.classes == "next" and following is not None else known
        asked = register_.asked_with(values, sent=report.is_settled)
        sheet = Sheet(form, period, asked, values, earlier)
        fillings[period] = Filling(report, sheet, revisions)
    return FormYear(known, fillings)


async def filling(tx: Transaction, forms: Forms, report: Report) -> Filling:
    """One report with its sheet."""
    year = await form_year(tx, forms, report.school, report.year)
    return await _with_return(tx, year.fillings[report.period])


async def filling_by_id(tx: Transaction, forms: Forms, report_id: int) -> Filling | None:
    """The same, when only its number is known; None when there is no such report."""
    rows = list(await tx.connection.execute(_YEAR_OF_REPORT, {"report": report_id}))
    if not rows:
        return None
    school, year = rows[0].school, rows[0].year
    known = await register(tx, school, year)
    ahead = _looks_ahead(forms, rows)
    following = await register(tx, school, next_year(year)) if ahead else None
    fillings = _fillings(forms, rows, known, following).fillings.values()
    found = next(one for one in fillings if one.report.id == report_id)
    return await _with_return(tx, found)


async def _with_return(tx: Transaction, found: Filling) -> Filling:
    if found.report.status != "returned":
        return found
    return replace(found, returned=await open_return(tx, found.report.id))


async def last_change(tx: Transaction, school: str, year: str) -> datetime | None:
    """When an answer of the school's year was changed last."""
    found = await tx.connection.execute(
        select(func.max(answer_log.c.at))
        .join(reports, reports.c.id == answer_log.c.report_id)
        .where(reports.c.school == school, reports.c.year == year)
    )
    latest: datetime | None = found.scalar()
    return latest


async def mark_changed(tx: Transaction, report: Report) -> None:
    """Some answer is now newer than what was sent."""
    await tx.connection.execute(
        update(reports).where(reports.c.id == report.id).values(unsent=True)
    )


@dataclass(frozen=True, slots=True)
class Sending:
    """How a report is sent: by which account, too late or not, with how many doubts.

    ``on_behalf``: by staff for a school that phoned.
    """

    by: int
    late: bool
    doubts: int = 0
    on_behalf: bool = False


async def submit(tx: Transaction, filled: Filling, how: Sending) -> Submission:
    """Sends the answers as they stand; the snapshot is what staff see and accept."""
    report = filled.report
    number = report.submission + 1
    await tx.connection.execute(
        submissions.insert().values(
            report_id=report.id,
            number=number,
            at=tx.now,
            by=how.by,
            late=how.late,
            on_behalf=how.on_behalf,
            answers=codec.dump_answers(filled.sheet.answers),
        )
    )
    await end(tx, report.id)
    first = {} if report.first_submitted_at else {"first_submitted_at": tx.now, "late": how.late}
    await tx.connection.execute(
        update(reports)
        .where(reports.c.id == report.id)
        .values(
            status="submitted",
            submitted_at=tx.now,
            unsent=False,
            reopened_at=None,
            submission=number,
            doubts=how.doubts,
            **first,
        )
    )
    return Submission(number, tx.now, how.late, how.on_behalf)


async def accept(tx: Transaction, filled: Filling, by: int) -> None:
    """Accepts what was sent last. What was changed since is put back, logged as every change."""
    report = filled.report
    sent = await submission(tx, report.id)
    assert sent is not None
    edits = difference(dict(filled.sheet.answers), sent[1])
    await answer_rows.save(tx, report.id, edits, by)
    await tx.connection.execute(
        update(reports)
        .where(reports.c.id == report.id)
        .values(status="accepted", accepted_at=tx.now, unsent=False)
    )


async def set_status(tx: Transaction, report_id: int, status: Status) -> None:
    """Returned, or open again («submitted»); an acceptance is taken back with it."""
    reopened_at = tx.now if status == "submitted" else None
    if status != "returned":
        await end(tx, report_id)
    await tx.connection.execute(
        update(reports)
        .where(reports.c.id == report_id)
        .values(status=status, accepted_at=None, reopened_at=reopened_at)
    )


async def submission(
    tx: Transaction, report_id: int, number: int | None = None
) -> tuple[Submission, dict[Slot, Value]] | None:
    """A submission and its answers: the numbered one, else the last."""
    query = select(submissions).where(submissions.c.report_id == report_id)
    if number is not None:
        query = query.where(submissions.c.number == number)
    row = (await tx.connection.execute(query.order_by(submissions.c.number.desc()))).first()
    if row is None:
        return None
    return Submission(row.number, row.at, row.late, row.on_behalf), codec.load_answers(row.answers)


async def schools_with_reports(tx: Transaction, year: str) -> set[str]:
    """Slugs of schools that have sent a report of the year."""
    rows = await tx.connection.execute(
        select(reports.c.school)
        .distinct()
        .where(reports.c.year == year, reports.c.first_submitted_at.is_not(None))
    )
    return set(rows.scalars())
