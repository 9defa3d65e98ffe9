"""What each school, or each contract, brings to a value: the rows that it was added up from.

The conditions are those of ``storage.facts``; a test holds that the parts add up to the value.
"""

from dataclasses import dataclass
from decimal import Decimal

from passport.form import PeriodKey
from passport.indicators import Part, Point, TeachersOf
from passport.register import PARTNER_TYPES
from storage.database import Transaction
from storage.facts import ENDS, NOW, STARTS, Days, parameters, statement

PERIOD_OF: dict[tuple[str, Point], PeriodKey] = {
    ("pupils", "start"): "base",
    ("pupils", "end"): "IV",
    ("graduates_admitted", "end"): "sept",
    ("teachers_trained_share", "end"): "may",
}
QUESTIONS: dict[str, tuple[str, ...]] = {
    "pupils": ("r1",),
    "graduates_admitted": ("grads_he", "grads_vet"),
    "teachers_trained_share": ("teachers_trained",),
}
TYPES = {"contracts_he": "he", "contracts_vet": "vet", "contracts_industry": "industry"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A value opened down to its rows. ``silent``: schools that are still to report."""

    parts: tuple[Part, ...]
    silent: tuple[str, ...] = ()


_SHARE = f"""
SELECT p.school, EXISTS (
    SELECT 1 FROM classes c WHERE c.school = p.school AND c.year = p.year
      AND (c.closed_at IS NULL OR c.closed_at > y.moment)) AS has_class,
  (SELECT count(*) FROM classes c WHERE c.school = p.school AND c.year = p.year
      AND (c.closed_at IS NULL OR c.closed_at > y.moment)) AS classes
FROM y JOIN p ON p.year = y.year JOIN schools s ON s.slug = p.school
WHERE {NOW} ORDER BY s.number"""  # noqa: S608  # nothing in it comes from outside

_REPORTED = f"""
SELECT p.school, r.id AS report, r.status, a.question, sum(CAST(a.number AS INTEGER)) AS total
FROM y JOIN p ON p.year = y.year JOIN schools s ON s.slug = p.school
LEFT JOIN reports r ON r.school = p.school AND r.year = p.year AND r.period = :period
LEFT JOIN answers a ON a.report_id = r.id AND a."row" = 0 AND r.status = 'accepted'
WHERE CASE :period WHEN 'base' THEN {STARTS} ELSE {ENDS} END
GROUP BY p.school, a.question ORDER BY s.number"""  # noqa: S608  # as above

_CONTRACTS = """
SELECT c.id, n.name, n.type, c.number, c.signed_on,
  (SELECT group_concat(x.school) FROM contract_schools x WHERE x.contract = c.id) AS schools
FROM y JOIN contracts c ON c.removed_at IS NULL AND c.signed_on <= y.day
  AND (c.valid_until IS NULL OR c.valid_until >= y.day)
  AND (c.ended_on IS NULL OR c.ended_on > y.day)
JOIN partners n ON n.id = c.partner
ORDER BY n.type, n.name, c.id"""


async def opened(
    tx: Transaction,
    key: str,
    days: Days,
    point: Point = "start",
    teachers_of: TeachersOf = "profile",
) -> Opened:
    """The rows behind a value as of the days; KeyError for an unknown indicator."""
    if key == "schools_share":
        return await _schools(tx, days)
    if key == "contracts" or key in TYPES:
        return await _contracts(tx, days, TYPES.get(key))
    return await _reported(tx, key, days, PERIOD_OF[(key, point)], teachers_of)


async def _schools(tx: Transaction, days: Days) -> Opened:
    rows = await tx.connection.execute(statement(1, _SHARE), parameters([days]))
    parts, silent = [], []
    for row in rows:
        if row.has_class:
            parts.append(Part(row.school, Decimal(1), where=f"классов: {row.classes}"))
        else:
            silent.append(row.school)
    return Opened(tuple(parts), tuple(silent))


async def _contracts(tx: Transaction, days: Days, type_: str | None) -> Opened:
    rows = await tx.connection.execute(statement(1, _CONTRACTS), parameters([days]))
    parts = []
    for row in rows:
        if type_ is not None and row.type != type_:
            continue
        number = f" № {row.number}" if row.number else ""
        signed = ".".join(reversed(row.signed_on.split("-")))
        where = f"{row.name} ({PARTNER_TYPES[row.type]}), договор{number} от {signed}"
        parts.append(Part(row.schools or "", Decimal(1), where=where))
    return Opened(tuple(parts))


async def _reported(
    tx: Transaction, key: str, days: Days, period: PeriodKey, teachers_of: TeachersOf
) -> Opened:
    given = {**parameters([days]), "period": period}
    whole = "teachers_profile" if teachers_of == "profile" else "teachers_all"
    found: dict[str, Part] = {}
    silent = []
    for row in await tx.connection.execute(statement(1, _REPORTED), given):
        if row.status != "accepted":
            silent.append(row.school)
            continue
        part = found.get(row.school) or Part(row.school, Decimal(0), report=row.report)
        amount, of = part.amount, part.of
        if row.question in QUESTIONS[key]:
            amount += Decimal(row.total or 0)
        if key == "teachers_trained_share" and row.question == whole:
            of = Decimal(row.total or 0)
        found[row.school] = Part(row.school, amount, of, report=row.report)
    return Opened(tuple(found.values()), tuple(silent))
