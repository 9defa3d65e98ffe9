"""When a school is reminded of one report, and on which days staff get their digest.

Coordinators are reminded at 09:00 of working days: when the report opens, two working days before
it is due, on the day it is due, on the working day after; then three times more, every two working
days. After that it is staff's turn: they see who is missing in their digest, and telephone.

A rung has an end as well as a beginning. A bot that was down for a week sends the one message that
is right now, or none, instead of five that were. Where several rungs meet on one day the one named
last, nearest to the deadline, is sent. Moments are UTC; days are the calendar's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from passport.calendar import Calendar, Window
from reminders.hours import QUIET, morning

LATE = ("late1", "late2", "late3")
STEP = 2  # working days: from "before" to the due day, between late ones, from a return on


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder: why, since when it is right, and until when (that moment is out)."""

    why: str
    at: datetime
    until: datetime


def ladder(calendar: Calendar, window: Window) -> tuple[Rung, ...]:
    """The reminders of one report of one school, in order; no two of them overlap.

    "opening", "before" and "due" end with the deadline, for nobody is reminded of a moment that
    has passed; all end when the report closes. If the due day is a day off, "due" comes on the
    last working day before it.
    """
    due_day = calendar.today(window.due_at)
    after, *late = _days_after(calendar, window)
    end = calendar.moment(calendar.add_working_days(late[-1], 1), QUIET)
    mornings = [
        ("opening", _opening(calendar, window), window.due_at),
        ("before", morning(calendar, calendar.add_working_days(due_day, -STEP)), window.due_at),
        ("due", morning(calendar, _last_working_day(calendar, due_day)), window.due_at),
        ("after", morning(calendar, after), end),
        *((why, morning(calendar, day), end) for why, day in zip(LATE, late, strict=True)),
    ]
    steps = [
        (why, at, min(last, window.closes_at))
        for why, at, last in mornings
        if window.opens_at <= at < last
    ]
    nexts = [*(at for _, at, _ in steps), end][1:]
    rungs = (
        Rung(why, at, min(last, following))
        for (why, at, last), following in zip(steps, nexts, strict=True)
    )
    # Of two on one day the first ends as it begins; so does one that begins after the closing.
    return tuple(rung for rung in rungs if rung.at < rung.until)


def current(rungs: Iterable[Rung], now: datetime) -> Rung | None:
    """The rung that is right now; there is never more than one."""
    return next((rung for rung in rungs if rung.at <= now < rung.until), None)


def returned(calendar: Calendar, at: datetime) -> Rung:
    """The one reminder of a report that staff returned at this moment.

    09:00 two working days later; worth sending on that day and on the working day after it.
    """
    day = calendar.add_working_days(calendar.today(at), STEP)
    last = calendar.add_working_days(day, 1)
    return Rung("returned", morning(calendar, day), calendar.moment(last, QUIET))


def digest_day(calendar: Calendar, windows: Iterable[Window], now: datetime) -> bool:
    """Whether staff get a digest at 09:00 of today's local day.

    Every working day while a report of ``windows`` is reminded of, the day of the last reminder
    included; from then on until it closes, only on the first working day of a week.
    """
    today = calendar.today(now)
    if not calendar.is_working_day(today):
        return False
    at = morning(calendar, today)
    taken = [window for window in windows if window.state(at) in ("open", "late")]
    if any(today <= _days_after(calendar, window)[-1] for window in taken):
        return True
    return bool(taken) and _week(calendar.add_working_days(today, -1)) != _week(today)


def _opening(calendar: Calendar, window: Window) -> datetime:
    """The first 09:00 of a working day on which the report is open."""
    day = calendar.today(window.opens_at)
    if calendar.is_working_day(day) and window.opens_at <= morning(calendar, day):
        return morning(calendar, day)
    return morning(calendar, calendar.add_working_days(day, 1))


def _days_after(calendar: Calendar, window: Window) -> tuple[date, ...]:
    """The days of "after" and of the late reminders."""
    days = [calendar.add_working_days(calendar.today(window.due_at), 1)]
    days.extend(
        calendar.add_working_days(days[0], STEP * count) for count in range(1, len(LATE) + 1)
    )
    return tuple(days)


def _last_working_day(calendar: Calendar, day: date) -> date:
    return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)


def _week(day: date) -> tuple[int, int]:
    iso = day.isocalendar()
    return iso.year, iso.week
