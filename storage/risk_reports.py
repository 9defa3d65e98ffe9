"""Accepted reports and questionnaires as the signals of risks need them: added up in SQL."""

import json
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import bindparam, func, select, text

from passport.form import PERIODS, YEARLY
from passport.register import ProfileClass
from passport.risk_evidence import MarkSaid, QuarterReport, Questionnaire, Returned
from storage.database import Transaction
from storage.tables import answers, class_subjects, classes, reports, returns

# Levels of row 3 from the regional one up; the fourth is read as the international one (F1).
_JOINT = ("regional", "national", "fourth")


def _persons(question: str, name: str) -> str:
    """The total of a list: as stored, else the sum of its items, else 0 where it was answered."""
    return f"""
  coalesce(
    max(CASE WHEN a.question = '{question}.total' AND a.kind = 'number'
      THEN CAST(a.number AS INTEGER) END),
    sum(CASE WHEN a.question = '{question}' AND a.kind = 'item'
      THEN CAST(a.number AS INTEGER) END),
    max(CASE WHEN a.question = '{question}' AND a."row" = 0 THEN 0 END)) AS {name}"""


_COLUMNS = text(
    f"""
SELECT r.id, r.school, r.year, r.period,
  sum(CASE WHEN a.question = 'r1' AND a.kind = 'number' THEN CAST(a.number AS INTEGER) END)
    AS pupils,
  max(CASE WHEN a.question = 'r3' AND a.kind = 'number' THEN CAST(a.number AS INTEGER)
    WHEN a.question = 'r3' AND a.kind = 'none' THEN 0 END) AS events,
  {_persons("r8", "teachers")},
  {", ".join(_persons(f"r3.{level}", level) for level in _JOINT)}
FROM reports r LEFT JOIN answers a ON a.report_id = r.id AND a.question IN :questions
WHERE r.status = 'accepted' AND r.year IN :years AND r.period IN :periods
GROUP BY r.id ORDER BY r.id"""  # noqa: S608  # nothing in it comes from outside
).bindparams(*(bindparam(name, expanding=True) for name in ("questions", "years", "periods")))
_QUESTIONS = (
    *("r1", "r3", "r8", "r8.total"),
    *(f"r3.{level}" for level in _JOINT),
    *(f"r3.{level}.total" for level in _JOINT),
)


async def columns(tx: Transaction, years: Sequence[str]) -> tuple[QuarterReport, ...]:
    """Columns of the quarterly form of these years that were accepted."""
    given = {"questions": _QUESTIONS, "years": years, "periods": PERIODS}
    found = []
    for row in await tx.connection.execute(_COLUMNS, given):
        levels = [getattr(row, level) for level in _JOINT]
        joint = None if row.events is None else 0
        if row.events:
            joint = sum(one for one in levels if one is not None)
        found.append(
            QuarterReport(
                row.id,
                row.school,
                row.year,
                row.period,
                row.pupils,
                row.events,
                joint,
                row.teachers,
            )
        )
    return tuple(found)


async def marks(tx: Transaction, year: str) -> tuple[MarkSaid, ...]:
    """Row 2 of accepted reports of a year; «аттестация по полугодиям» is no mark."""
    pupils = answers.alias("pupils")
    rows = await tx.connection.execute(
        select(
            reports.c.id,
            reports.c.school,
            reports.c.period,
            answers.c.class_id,
            classes.c.grade,
            classes.c.letter,
            classes.c.kind,
            answers.c.subject_id,
            class_subjects.c.name,
            answers.c.number,
            pupils.c.number.label("pupils"),
        )
        .join(answers, answers.c.report_id == reports.c.id)
        .join(classes, classes.c.id == answers.c.class_id)
        .join(class_subjects, class_subjects.c.id == answers.c.subject_id)
        .outerjoin(
            pupils,
            (pupils.c.report_id == reports.c.id)
            & (pupils.c.question == "r1")
            & (pupils.c.class_id == answers.c.class_id)
            & (pupils.c.kind == "number"),
        )
        .where(
            reports.c.status == "accepted",
            reports.c.year == year,
            reports.c.period.in_(PERIODS),
            answers.c.question == "r2",
            answers.c.kind == "number",
        )
        .order_by(reports.c.id, answers.c.class_id, answers.c.subject_id)
    )
    return tuple(
        MarkSaid(
            row.id,
            row.school,
            row.period,
            row.class_id,
            ProfileClass(row.class_id, row.grade, row.letter, row.kind, "").name,
            row.subject_id,
            row.name,
            Decimal(row.number),
            None if row.pupils is None else int(row.pupils),
        )
        for row in rows
    )


async def questionnaires(tx: Transaction, years: Sequence[str]) -> tuple[Questionnaire, ...]:
    """Accepted ones of these years: what they say of the school as a whole."""
    rows = await tx.connection.execute(
        select(
            reports.c.id,
            reports.c.school,
            reports.c.year,
            reports.c.period,
            answers.c.question,
            answers.c.kind,
            answers.c.number,
            answers.c.text,
        )
        .outerjoin(
            answers,
            (answers.c.report_id == reports.c.id)
            & (answers.c.class_id == 0)
            & (answers.c.row == 0),
        )
        .where(
            reports.c.status == "accepted",
            reports.c.year.in_(years),
            reports.c.period.in_(YEARLY),
        )
        .order_by(reports.c.id)
    )
    heads: dict[int, Questionnaire] = {}
    numbers: dict[int, dict[str, int]] = {}
    has: dict[int, tuple[str, ...]] = {}
    for row in rows:
        heads.setdefault(row.id, Questionnaire(row.id, row.school, row.year, row.period))
        said = numbers.setdefault(row.id, {})
        if row.kind == "number" and Decimal(row.number) == int(Decimal(row.number)):
            said[row.question] = int(Decimal(row.number))
        elif row.kind == "none":
            said[row.question] = 0  # «не было» is an answer
        elif row.kind == "chosen" and row.question == "equipment":
            has[row.id] = tuple(json.loads(row.text))
    return tuple(
        Questionnaire(one.id, one.school, one.year, one.period, numbers[one.id], has.get(one.id))
        for one in heads.values()
    )


async def returned(tx: Transaction, year: str) -> tuple[Returned, ...]:
    """Every report of a year that was ever returned, and how often."""
    rows = await tx.connection.execute(
        select(reports.c.id, reports.c.school, reports.c.period, func.count().label("times"))
        .join(returns, returns.c.report_id == reports.c.id)
        .where(reports.c.year == year)
        .group_by(reports.c.id, reports.c.school, reports.c.period)
        .order_by(reports.c.id)
    )
    return tuple(Returned(row.id, row.school, row.period, row.times) for row in rows)


async def submitted(tx: Transaction, year: str) -> int:
    """How many reports of a year were ever sent."""
    found = await tx.connection.execute(
        select(func.count())
        .select_from(reports)
        .where(reports.c.year == year, reports.c.first_submitted_at.is_not(None))
    )
    return int(found.scalar_one())
