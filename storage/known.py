"""What the bot knows of a school beside the report at hand: what doubts are raised by."""

from decimal import Decimal
from typing import Any

from sqlalchemy import text

from passport.calendar import previous_year
from storage.database import Transaction
from storage.reports import Report

_QUESTIONNAIRE = """
SELECT a.question, a.number FROM reports r JOIN answers a ON a.report_id = r.id AND a."row" = 0
WHERE r.school = :school AND r.year = :year AND r.period = 'may'
  AND r.status IN ('submitted', 'accepted') AND a.kind = 'number'"""
_CAPACITY = """
SELECT sum(capacity) AS capacity, count(*) AS classes, count(capacity) AS known
FROM classes WHERE school = :school AND year = :year AND closed_at IS NULL"""
# Of the last quarter that was sent: their keys come in order of the alphabet.
_LAST_PUPILS = """
SELECT sum(CAST(a.number AS INTEGER)) FROM reports r
JOIN answers a ON a.report_id = r.id AND a."row" = 0 AND a.question = 'r1'
JOIN classes c ON c.id = a.class_id AND c.grade = 11
WHERE r.school = :school AND r.year = :year AND r.status IN ('submitted', 'accepted')
  AND r.period = (SELECT max(period) FROM reports
    WHERE school = :school AND year = :year AND status IN ('submitted', 'accepted')
      AND period IN ('I', 'II', 'III', 'IV'))"""
_TRAINED = """
SELECT sum(CAST(a.number AS INTEGER)) FROM reports r
JOIN answers a ON a.report_id = r.id AND a."row" = 0 AND a.question = 'r7'
WHERE r.school = :school AND r.year = :year AND r.period IN ('I', 'II', 'III', 'IV')
  AND r.status IN ('submitted', 'accepted')"""


async def facts(tx: Transaction, report: Report) -> dict[str, Decimal]:
    """See ``passport.doubts.Facts``; what is not known is not there."""
    place = {"school": report.school, "year": report.year}
    before = {**place, "year": previous_year(report.year)}
    found: dict[str, Decimal] = {}
    may = await _numbers(tx, place) or await _numbers(tx, before)
    if "teachers_all" in may:
        found["teachers"] = may["teachers_all"]
    seats = (await tx.connection.execute(text(_CAPACITY), place)).first()
    if seats is not None and seats.classes and seats.known == seats.classes:
        found["capacity"] = Decimal(seats.capacity)
    if report.period == "sept":
        _keep(found, "pupils_11", (await tx.connection.execute(text(_LAST_PUPILS), place)).scalar())
    if report.period == "may":
        last = (await _numbers(tx, before)).get("teachers_trained")
        trained = (await tx.connection.execute(text(_TRAINED), place)).scalar()
        if last is not None and trained is not None:
            found["trained"] = last + Decimal(trained)
    return found


async def _numbers(tx: Transaction, place: dict[str, str]) -> dict[str, Decimal]:
    rows = await tx.connection.execute(text(_QUESTIONNAIRE), place)
    return {row.question: Decimal(row.number) for row in rows}


def _keep(found: dict[str, Decimal], key: str, number: Any) -> None:
    if number is not None:
        found[key] = Decimal(number)
