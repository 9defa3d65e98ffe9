"""The report that a message is about, as its reader's screens need it."""

from handlers.visit import Visit
from handlers.words import q, school_year
from passport.calendar import Window
from passport.form import EVERY_PERIOD, PeriodKey
from storage import reports
from storage.outbox import Posted
from storage.reports import Filling


def account(posted: Posted) -> int:
    """Whose message it is; one to a chat without an account has none."""
    assert posted.person is not None
    return posted.person


def place(posted: Posted) -> tuple[str, str, PeriodKey]:
    """(school, year, period) of a message about one report."""
    assert posted.school is not None
    assert posted.year is not None
    period = next(one for one in EVERY_PERIOD if one == posted.period)
    return posted.school, posted.year, period


def window(visit: Visit, posted: Posted) -> Window:
    return visit.deadlines.window(*place(posted))


def name(visit: Visit, posted: Posted) -> str:
    """«II четверть, 2026/27 уч. год», for HTML."""
    _, year, period = place(posted)
    return f"{q(visit.passport.forms.period(period).name)}, {school_year(year)} уч. год"


async def filling(visit: Visit, posted: Posted) -> Filling | None:
    """The report with its sheet; None when nobody has begun it."""
    report = await reports.find(visit.tx, *place(posted))
    if report is None:
        return None
    return await reports.filling(visit.tx, visit.passport.forms, report)


def is_own(visit: Visit, posted: Posted) -> bool:
    """Whether the reader still answers for the school that the message is about."""
    return visit.person is not None and visit.person.school == posted.school
