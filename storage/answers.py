"""Answers of reports and the log of every change: who, when, old → new."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Row, bindparam, delete, func, insert, select

from passport.change import Edit
from passport.form import PeriodKey
from passport.values import (
    Chosen,
    Item,
    Named,
    NotApplicable,
    Nothing,
    Number,
    Pending,
    Slot,
    Text,
    Value,
)
from storage import codec
from storage.database import Transaction
from storage.tables import answer_log, answers, reports

Revisions = dict[Slot, int]


def value_of(rows: list[Row[tuple[object, ...]]]) -> Value:
    """One answer from its rows, row 0 first."""
    head = rows[0]
    match head.kind:
        case "number":
            return Number(Decimal(head.number))
        case "none":
            return Nothing()
        case "na":
            return NotApplicable(head.text)
        case "text":
            return Text(head.text)
        case "chosen":
            return Chosen(tuple(json.loads(head.text)))
    items = tuple(Item(row.text, int(row.number)) for row in rows[1:] if row.kind == "item")
    pending = tuple(
        Pending(row.text, row.note or "", row.kind == "person")
        for row in rows[1:]
        if row.kind in ("line", "person")
    )
    return Named(items, pending)


def collect(rows: Iterable[Row[tuple[object, ...]]]) -> tuple[dict[Slot, Value], Revisions]:
    """Answers and their revisions from rows of one report, ordered by slot and row."""
    grouped: dict[Slot, list[Row[tuple[object, ...]]]] = {}
    for row in rows:
        grouped.setdefault(Slot(row.question, row.class_id, row.subject_id), []).append(row)
    values = {slot: value_of(group) for slot, group in grouped.items()}
    return values, {slot: group[0].revision for slot, group in grouped.items()}


# Statements of every answer are built once: building costs as much as running them.
_LOG = insert(answer_log).returning(answer_log.c.id)
_INSERT = insert(answers)
_DELETE = delete(answers).where(
    *(
        answers.c[column] == bindparam(f"at_{column}")
        for column in ("report_id", "question", "class_id", "subject_id")
    )
)


async def save(
    tx: Transaction,
    report_id: int,
    edits: Iterable[Edit],
    by: int | None,
    *,
    on_behalf: bool = False,
) -> Revisions:
    """Writes the edits and their log lines; the caller has checked them. The new revisions.

    ``on_behalf``: staff enters for a school that phoned.
    """
    revisions: Revisions = {}
    for edit in edits:
        place = {
            "report_id": report_id,
            "question": edit.slot.question,
            "class_id": edit.slot.class_id,
            "subject_id": edit.slot.subject_id,
        }
        logged = await tx.connection.execute(
            _LOG,
            {
                **place,
                "old": codec.dump(edit.old),
                "new": codec.dump(edit.new),
                "at": tx.now,
                "by": by,
                "on_behalf": on_behalf,
            },
        )
        revision = logged.scalar_one()
        if edit.old is not None:
            here = {f"at_{column}": key for column, key in place.items()}
            await tx.connection.execute(_DELETE, here)
        if edit.new is not None:
            rows = [
                {**place, "row": number, "revision": revision, **columns}
                for number, columns in enumerate(_rows(edit.new))
            ]
            await tx.connection.execute(_INSERT, rows)
        revisions[edit.slot] = revision if edit.new is not None else 0
    return revisions


def _rows(value: Value) -> list[dict[str, str | None]]:
    match value:
        case Number(number):
            return [_row("number", number=str(number))]
        case Nothing():
            return [_row("none")]
        case NotApplicable(reason):
            return [_row("na", text=reason)]
        case Text(text):
            return [_row("text", text=text)]
        case Chosen(options):
            return [_row("chosen", text=json.dumps(options, ensure_ascii=False))]
        case Named(items, pending):
            named = [_row("item", number=str(one.persons), text=one.name) for one in items]
            aside = [
                _row("person" if one.person else "line", text=one.line, note=one.why)
                for one in pending
            ]
            return [_row("list"), *named, *aside]


def _row(
    kind: str, number: str | None = None, text: str | None = None, note: str | None = None
) -> dict[str, str | None]:
    return {"kind": kind, "number": number, "text": text, "note": note}


async def recently_changed(tx: Transaction, year: str, period: str, since: datetime) -> set[str]:
    """Schools in whose report of the period an answer was given since then."""
    rows = await tx.connection.execute(
        select(reports.c.school)
        .distinct()
        .join(answer_log, answer_log.c.report_id == reports.c.id)
        .where(answer_log.c.at > since, reports.c.year == year, reports.c.period == period)
    )
    return set(rows.scalars())


async def entered_by_staff(tx: Transaction, report_id: int) -> int:
    """How many answers that stand now were entered for the school by staff."""
    rows = await tx.connection.execute(
        select(func.count())
        .select_from(answers)
        .join(answer_log, answer_log.c.id == answers.c.revision)
        .where(answers.c.report_id == report_id, answers.c.row == 0, answer_log.c.on_behalf)
    )
    return int(rows.scalar_one())


async def history(tx: Transaction, report_id: int, slot: Slot) -> list[Row[tuple[object, ...]]]:
    """Log lines of one slot, oldest first: old and new as JSON, at, by."""
    rows = await tx.connection.execute(
        select(answer_log)
        .where(
            answer_log.c.report_id == report_id,
            answer_log.c.question == slot.question,
            answer_log.c.class_id == slot.class_id,
            answer_log.c.subject_id == slot.subject_id,
        )
        .order_by(answer_log.c.id)
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class Authorship:
    """When an answer got its present value, by which account, and whether for a school."""

    at: datetime
    by: int | None
    on_behalf: bool


async def authors(tx: Transaction, report_ids: Sequence[int]) -> dict[tuple[int, Slot], Authorship]:
    """Of the answers of several reports as they stand."""
    rows = await tx.connection.execute(
        select(
            answers.c.report_id,
            answers.c.question,
            answers.c.class_id,
            answers.c.subject_id,
            answer_log.c.at,
            answer_log.c.by,
            answer_log.c.on_behalf,
        )
        .join(answer_log, answer_log.c.id == answers.c.revision)
        .where(answers.c.report_id.in_(report_ids), answers.c.row == 0)
    )
    return {
        (row.report_id, Slot(row.question, row.class_id, row.subject_id)): Authorship(
            row.at, row.by, row.on_behalf
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Changed:
    """A line of the log: which answer of which report became what."""

    id: int
    at: datetime
    by: int | None
    on_behalf: bool
    school: str
    period: PeriodKey
    slot: Slot
    old: Value | None
    new: Value | None


async def changes(tx: Transaction, year: str, after: int, most: int) -> list[Changed]:
    """Changes of a year's answers after their first value, oldest first, some at a time."""
    rows = await tx.connection.execute(
        select(answer_log, reports.c.school, reports.c.period)
        .join(reports, reports.c.id == answer_log.c.report_id)
        .where(reports.c.year == year, answer_log.c.id > after, answer_log.c.old.is_not(None))
        .order_by(answer_log.c.id)
        .limit(most)
    )
    return [
        Changed(
            row.id,
            row.at,
            row.by,
            row.on_behalf,
            row.school,
            row.period,
            Slot(row.question, row.class_id, row.subject_id),
            codec.load(row.old),
            codec.load(row.new),
        )
        for row in rows
    ]
