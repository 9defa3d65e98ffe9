"""What accepted reports and registers come to, year by year: the facts behind the indicators.

Added up by the database: a manager's question must not read a thousand schools row by row. What
each school brought to a value is read apart (``storage.parts``), by the same conditions.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, bindparam, text

from passport.form import PeriodKey
from passport.indicators import Contracts, Facts, Tally
from passport.register import PartnerType
from storage.database import Transaction
from storage.tables import UtcTime


@dataclass(frozen=True, slots=True)
class Days:
    """The local days that the facts of a year are about.

    ``start`` and ``end`` say who takes part when the year begins and ends; ``on`` is the day of
    the registers, ``moment`` its end (UTC); ``told`` the day as of which reports are counted.
    ``counted`` are the days that row 1 of the form is about.
    """

    year: str
    start: date
    end: date
    on: date
    moment: datetime
    told: date
    counted: Mapping[PeriodKey, date]


# Who takes part has a row in the table, candidates of the passport from the first year on.
_PARTICIPANTS = """
p(year, school, left_on) AS MATERIALIZED (
  SELECT y.year, s.slug, q.left_on
  FROM y CROSS JOIN schools s
  JOIN participation q ON q.school = s.slug AND q.year = (
    SELECT max(last.year) FROM participation last
    WHERE last.school = s.slug AND last.year <= y.year)
  WHERE q.takes_part
)"""
STARTS = "(p.left_on IS NULL OR p.left_on > y.first_day)"
ENDS = "(p.left_on IS NULL OR p.left_on > y.last_day)"
NOW = "(p.left_on IS NULL OR p.left_on > y.day)"


def _years(count: int) -> str:
    rows = ", ".join(f"(:year{n}, :start{n}, :end{n}, :on{n}, :moment{n})" for n in range(count))
    return f"WITH y(year, first_day, last_day, day, moment) AS (VALUES {rows})"


def statement(count: int, body: str) -> Any:
    """A statement about ``count`` years, with their participants at hand."""
    typed = [
        bindparam(f"{name}{n}", type_=Date) for n in range(count) for name in ("start", "end", "on")
    ] + [bindparam(f"moment{n}", type_=UtcTime) for n in range(count)]
    return text(f"{_years(count)}, {_PARTICIPANTS} {body}").bindparams(*typed)


def parameters(days: Sequence[Days]) -> dict[str, object]:
    return {
        f"{name}{n}": value
        for n, one in enumerate(days)
        for name, value in (
            ("year", one.year),
            ("start", one.start),
            ("end", one.end),
            ("on", one.on),
            ("moment", one.moment),
        )
    }


_SCHOOLS = f"""
SELECT y.year, count(*) AS starting,
  sum({ENDS}) AS ending, sum({NOW}) AS taking_part,
  sum({NOW} AND EXISTS (
    SELECT 1 FROM classes c WHERE c.school = p.school AND c.year = p.year
      AND (c.closed_at IS NULL OR c.closed_at > y.moment))) AS with_classes,
  (SELECT count(*) FROM classes c WHERE c.year = y.year) AS classes
FROM y JOIN p ON p.year = y.year
WHERE {STARTS}
GROUP BY y.year"""  # noqa: S608  # nothing in it comes from outside

_REPORTS = f"""
SELECT y.year, r.period, a.question,
  count(DISTINCT r.id) AS schools, sum(CAST(a.number AS INTEGER)) AS total
FROM y JOIN p ON p.year = y.year
JOIN reports r ON r.school = p.school AND r.year = p.year AND r.status = 'accepted'
  AND r.period IN ('base', 'IV', 'sept', 'may')
JOIN answers a ON a.report_id = r.id AND a."row" = 0
  AND a.question IN ('r1', 'grads_he', 'grads_vet', 'teachers_all', 'teachers_profile',
    'teachers_trained')
WHERE CASE r.period WHEN 'base' THEN {STARTS} ELSE {ENDS} END
GROUP BY y.year, r.period, a.question"""  # noqa: S608  # as above

_WAITING = f"""
SELECT y.year, r.period, count(*) AS waiting
FROM y JOIN reports r ON r.year = y.year AND r.status = 'submitted'
  AND r.period IN ('base', 'IV', 'sept', 'may')
JOIN p ON p.year = y.year AND p.school = r.school
WHERE CASE r.period WHEN 'base' THEN {STARTS} ELSE {ENDS} END
GROUP BY y.year, r.period"""  # noqa: S608  # as above

_CONTRACTS = """
SELECT y.year, n.type, count(*) AS contracts, count(DISTINCT n.id) AS partners
FROM y JOIN contracts c ON c.removed_at IS NULL AND c.signed_on <= y.day
  AND (c.valid_until IS NULL OR c.valid_until >= y.day)
  AND (c.ended_on IS NULL OR c.ended_on > y.day)
JOIN partners n ON n.id = c.partner
GROUP BY y.year, n.type"""
_FIRST_CONTRACT = text("SELECT min(signed_on) AS day FROM contracts WHERE removed_at IS NULL")


@dataclass(frozen=True, slots=True)
class _Schools:
    starting: int
    ending: int
    taking_part: int
    with_classes: int | None


# Added up already, by what was asked: (version of the tables, facts). A manager asks again and
# again what changes a few times a day; with a thousand schools adding up takes a tenth of a second.
_ADDED_UP: OrderedDict[object, tuple[int, dict[str, Facts]]] = OrderedDict()
KEPT = 64
_VERSION = text("SELECT version FROM facts_version WHERE id = 1")


async def read(
    tx: Transaction, days: Sequence[Days], all_schools: dict[str, int]
) -> dict[str, Facts]:
    """The facts of each year; ``all_schools`` is how many schools the city has in it."""
    version = (await tx.connection.execute(_VERSION)).scalar() or 0
    asked = (str(tx.connection.engine.url), repr(days), repr(sorted(all_schools.items())))
    known = _ADDED_UP.get(asked)
    if known is not None and known[0] == version:
        return known[1]
    found = await _read(tx, days, all_schools)
    _ADDED_UP[asked] = (version, found)
    if len(_ADDED_UP) > KEPT:
        _ADDED_UP.popitem(last=False)
    return found


async def _read(
    tx: Transaction, days: Sequence[Days], all_schools: dict[str, int]
) -> dict[str, Facts]:
    given, count = parameters(days), len(days)
    known = {}
    for row in await tx.connection.execute(statement(count, _SCHOOLS), given):
        with_classes = row.with_classes if row.classes else None
        known[row.year] = _Schools(row.starting, row.ending, row.taking_part, with_classes)
    sums: dict[tuple[str, str, str], tuple[int, Decimal]] = {}
    for row in await tx.connection.execute(statement(count, _REPORTS), given):
        sums[(row.year, row.period, row.question)] = (row.schools, Decimal(row.total or 0))
    waiting: dict[tuple[str, str], int] = {}
    for row in await tx.connection.execute(statement(count, _WAITING), given):
        waiting[(row.year, row.period)] = row.waiting
    contracts = await _contracts(tx, days)
    return {
        one.year: _facts(
            one,
            all_schools[one.year],
            known.get(one.year, _Schools(0, 0, 0, None)),
            _Sums(one, sums, waiting),
            contracts.get(one.year),
        )
        for one in days
    }


async def _contracts(tx: Transaction, days: Sequence[Days]) -> dict[str, Contracts]:
    """Nothing before the register's first contract: nothing was counted, and 0 would be a lie."""
    first = (await tx.connection.execute(_FIRST_CONTRACT.columns(day=Date))).scalar()
    if first is None:
        return {}
    days = [one for one in days if first <= one.on]
    if not days:
        return {}
    by_type: dict[str, dict[PartnerType, int]] = {one.year: {} for one in days}
    partners = dict.fromkeys(by_type, 0)
    rows = await tx.connection.execute(statement(len(days), _CONTRACTS), parameters(days))
    for row in rows:
        by_type[row.year][row.type] = row.contracts
        partners[row.year] += row.partners
    return {year: Contracts(found, partners[year]) for year, found in by_type.items()}


@dataclass(frozen=True, slots=True)
class _Sums:
    days: Days
    sums: dict[tuple[str, str, str], tuple[int, Decimal]]
    waiting: dict[tuple[str, str], int]

    def tally(
        self, period: PeriodKey, questions: Sequence[str], expected: int, of: str | None = None
    ) -> Tally:
        found = [self.sums.get((self.days.year, period, one), (0, Decimal(0))) for one in questions]
        whole = self.sums.get((self.days.year, period, of)) if of else None
        return Tally(
            total=sum((total for _, total in found), Decimal(0)),
            reported=max(schools for schools, _ in found),
            expected=expected,
            of=whole[1] if whole else None,
            waiting=self.waiting.get((self.days.year, period), 0),
            on=self.days.counted.get(period),
        )


def _facts(
    days: Days, all_schools: int, schools: _Schools, sums: _Sums, contracts: Contracts | None
) -> Facts:
    trained = ("teachers_trained",)
    return Facts(
        year=days.year,
        on=days.on,
        told=days.told,
        all_schools=all_schools,
        participants=schools.taking_part,
        with_classes=schools.with_classes,
        pupils_start=sums.tally("base", ("r1",), schools.starting),
        pupils_end=sums.tally("IV", ("r1",), schools.ending),
        graduates=sums.tally("sept", ("grads_he", "grads_vet"), schools.ending),
        contracts=contracts,
        teachers=sums.tally("may", trained, schools.ending, of="teachers_profile"),
        teachers_of_all=sums.tally("may", trained, schools.ending, of="teachers_all"),
    )
