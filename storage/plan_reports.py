"""What accepted reports of a school year come to, for the plan: sums by period and question.

People of a level are the «всего» that the school gave, else the sum of its named events: so the
form itself counts them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import text

from passport.plan_reports import QUARTERS, Reports, YearReports
from storage.database import Transaction

# A sum for the plan, and the lists whose people it adds up.
PEOPLE = {
    "r3.people": ("r3.municipal", "r3.regional", "r3.national", "r3.fourth"),
    "r4.people": ("r4.municipal", "r4.regional", "r4.national"),
    "r8.people": ("r8",),
}
_LISTS = {question: total for total, questions in PEOPLE.items() for question in questions} | {
    f"{question}.total": total for total, questions in PEOPLE.items() for question in questions
}

_REPORTS = text(
    "SELECT id, school, period, status FROM reports "
    "WHERE year = :year AND status IN ('accepted', 'submitted')"
)
_ANSWERS = text(
    "SELECT r.id, r.school, r.period, a.question, "
    'min(CASE a."row" WHEN 0 THEN a.kind END) AS kind, '
    "count(CASE a.kind WHEN 'number' THEN 1 END) AS numbers, "
    "count(CASE a.kind WHEN 'chosen' THEN nullif(a.text, '[]') END) AS chosen, "
    "sum(CAST(a.number AS REAL)) AS total "
    "FROM reports r JOIN answers a ON a.report_id = r.id "
    "WHERE r.year = :year AND r.status = 'accepted' "
    "AND (a.question IN ('r3', 'r5', 'r7', 'announcements', 'applications', 'teachers_profile', "
    "'teachers_trained', 'equipment', 'parents_meetings', 'parents_as_speakers', 'satisfaction') "
    "OR a.question LIKE 'r3.%' OR a.question LIKE 'r4.%' OR a.question LIKE 'r8%') "
    "GROUP BY r.id, a.question"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """``equipped``: schools that ticked anything; ``satisfied``: percents, by school."""

    periods: Mapping[str, Reports] = field(default_factory=dict)
    equipped: frozenset[str] = frozenset()
    satisfied: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, period: str) -> Reports:
        return self.periods.get(period, Reports())

    @property
    def year(self) -> YearReports:
        return YearReports({one: self.of(one) for one in QUARTERS}, self.of("may"))


async def read(tx: Transaction, year: str, expected: Collection[str]) -> Counted:
    """Of the schools that are expected; of others nothing counts."""
    accepted: dict[str, set[str]] = defaultdict(set)
    checked: dict[str, int] = defaultdict(int)
    for row in await tx.connection.execute(_REPORTS, {"year": year}):
        if row.school not in expected:
            continue
        if row.status == "accepted":
            accepted[row.period].add(row.school)
        else:
            checked[row.period] += 1
    totals: dict[str, dict[str, Decimal]] = defaultdict(dict)
    lists: dict[tuple[int, str], Decimal] = {}
    where: dict[int, str] = {}
    equipped, satisfied = set(), {}
    for row in await tx.connection.execute(_ANSWERS, {"year": year}):
        if row.school not in expected:
            continue
        number = _number(row.kind, row.numbers, row.total)
        if row.question in _LISTS:
            if number is not None:
                lists[(row.id, row.question)] = number
                where[row.id] = row.period
        elif row.question == "equipment":
            equipped |= {row.school} if row.chosen else set()
        elif row.question == "satisfaction":
            if number is not None:
                satisfied[row.school] = number
        elif number is not None:
            period = totals[row.period]
            period[row.question] = period.get(row.question, Decimal(0)) + number
    _add_people(totals, lists, where)
    periods = {
        one: Reports(frozenset(accepted[one]), checked[one], totals[one])
        for one in {*accepted, *checked}
    }
    return Counted(periods, frozenset(equipped), satisfied)


def _number(kind: str, numbers: int, total: float | None) -> Decimal | None:
    """Of an answer that says a number; «не было» says 0, «н/п» says nothing."""
    if kind in ("none", "list") and total is None:
        return Decimal(0)
    if kind in ("number", "list") and total is not None and (numbers or kind == "list"):
        return Decimal(str(total)).normalize()
    return None


def _add_people(
    totals: dict[str, dict[str, Decimal]],
    lists: Mapping[tuple[int, str], Decimal],
    where: Mapping[int, str],
) -> None:
    for (report, question), number in lists.items():
        if not question.endswith(".total") and (report, f"{question}.total") in lists:
            continue  # the school's own «всего» holds
        period = totals[where[report]]
        period[_LISTS[question]] = period.get(_LISTS[question], Decimal(0)) + number
