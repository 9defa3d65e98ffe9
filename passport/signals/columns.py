"""Which column of the form, or which year of a questionnaire, is spoken of; and its neighbours."""

from collections.abc import Mapping
from itertools import pairwise

from passport.form import PERIODS, PeriodKey
from passport.risk_evidence import Evidence, QuarterReport, Questionnaire

QUARTERS: tuple[PeriodKey, ...] = ("I", "II", "III", "IV")


def column(evidence: Evidence, year: str, period: PeriodKey) -> dict[str, QuarterReport]:
    """Accepted reports of a column, by school; only of schools that take part."""
    found = {one: evidence.by_school.get(one, {}).get((year, period)) for one in evidence.schools}
    return {school: one for school, one in found.items() if one is not None}


def quarter_at_hand(found: Mapping[PeriodKey, int], whole: int) -> PeriodKey | None:
    """The last quarter that at least half of ``whole`` schools speak of, else the last of any.

    While the first reports of a quarter come in, the one before says more.
    """
    some = [one for one in QUARTERS if found.get(one)]
    most = [one for one in some if 2 * found[one] >= whole]
    return most[-1] if most else (some[-1] if some else None)


def sequence(evidence: Evidence) -> tuple[tuple[str, PeriodKey], ...]:
    """The quarters of the last year and of this one, in order; without base columns."""
    return tuple((year, one) for year in (evidence.before, evidence.year) for one in QUARTERS)


def latest(evidence: Evidence, school: str) -> QuarterReport | None:
    """A school's last accepted quarter of this year."""
    own = evidence.by_school.get(school, {})
    found = (own.get((evidence.year, one)) for one in reversed(QUARTERS))
    return next((one for one in found if one is not None), None)


def neighbours(evidence: Evidence, school: str) -> tuple[QuarterReport, QuarterReport] | None:
    """A school's last accepted column of this year and the one just before it, if that is
    accepted, too."""
    own = evidence.by_school.get(school, {})
    for earlier, later in reversed(tuple(pairwise(PERIODS))):
        now = own.get((evidence.year, later))
        if now is not None and now.pupils is not None:
            was = own.get((evidence.year, earlier))
            return (was, now) if was is not None and was.pupils is not None else None
    return None


def questionnaires(evidence: Evidence, period: PeriodKey) -> tuple[Questionnaire, ...]:
    """Those of the last year in which at least half of the schools have an accepted one, else of
    the last year that has any; by school."""
    known = set(evidence.schools)
    by_year: dict[str, list[Questionnaire]] = {}
    for one in evidence.questionnaires:
        if one.period == period and one.school in known:
            by_year.setdefault(one.year, []).append(one)
    if not by_year:
        return ()
    whole = [year for year, found in by_year.items() if 2 * len(found) >= len(evidence.schools)]
    order = {school: place for place, school in enumerate(evidence.schools)}
    return tuple(sorted(by_year[max(whole or by_year)], key=lambda one: order[one.school]))
