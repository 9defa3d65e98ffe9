"""The calendar as staff have moved it: for all schools, or for one.

Cyclones and quarantines move quarters here (§9.1), so a date is moved in the chat and everything
that asks the calendar follows at once. A school's own date holds until the city's is later: whoever
was given time does not lose it by a move that is meant to give time to all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from passport.calendar import WEEKDAYS, Calendar, PeriodDates, Window, YearDates
from passport.form import PeriodKey


@dataclass(frozen=True, slots=True)
class Move:
    """The last word on a period's local dates; ``school`` None is for all, a date None as before.

    Only the date of all schools may move ``opens``.
    """

    year: str
    period: PeriodKey
    school: str | None = None
    opens: date | None = None
    due: date | None = None


@dataclass(frozen=True)
class Deadlines:
    """The passport's calendar with the moves laid over it."""

    calendar: Calendar
    moves: tuple[Move, ...] = ()
    _made: dict[str | None, Calendar] = field(default_factory=dict, repr=False, compare=False)

    def of(self, school: str | None) -> Calendar:
        """The calendar that holds for a school; for None the one of all schools."""
        if school not in self._made:
            self._made[school] = self._laid_over(school)
        return self._made[school]

    def window(self, school: str | None, year: str, period: PeriodKey) -> Window:
        return self.of(school).window(year, period)

    def has_own(self, school: str, year: str, period: PeriodKey) -> bool:
        """Whether the school has another due date than all."""
        return self.window(school, year, period).due_at != self.window(None, year, period).due_at

    def _laid_over(self, school: str | None) -> Calendar:
        mine = [move for move in self.moves if move.school in (None, school)]
        if not mine:
            return self.calendar
        years = tuple(
            _year(year, [move for move in mine if move.year == year.key])
            for year in self.calendar.years
        )
        return self.calendar.model_copy(update={"years": years})


def is_late(first: datetime | None, late_then: bool, window: Window) -> bool:
    """Whether a report counts as late, by the deadline as it is now.

    ``first`` is when it was sent first, ``late_then`` what was said of it then. A deadline that is
    moved on takes the mark away; one that is moved nearer gives none to who was in time.
    """
    return late_then and first is not None and window.state(first) in ("late", "closed")


def working_day_from(calendar: Calendar, day: date) -> date:
    """The day itself, or the first working day after it."""
    return calendar.add_working_days(day - timedelta(days=1), 1)


@dataclass(frozen=True, slots=True)
class WrongDay:
    """Why a date cannot be moved to a day, and the day that could be meant."""

    text: str
    instead: date | None = None


def check_due(
    calendar: Calendar, year: str, period: PeriodKey, day: date, now: datetime
) -> WrongDay | None:
    """Whether a report may be due on ``day`` (at the calendar's hour): None when it may."""
    dates = calendar.dates(year, period)
    closes = calendar.year(year).closes
    today = calendar.today(now)
    soonest = today if calendar.moment(today, calendar.due_time) > now else None
    soonest = max(soonest or today + timedelta(days=1), dates.opens)
    first = working_day_from(calendar, soonest)
    nearest = first if first <= closes else None
    if calendar.moment(day, calendar.due_time) <= now:
        return WrongDay(f"{_said(day)}, {calendar.due_time:%H:%M} – уже прошло.", nearest)
    if day < dates.opens:
        text = f"Отчёт откроется только {_said(dates.opens)}: срок не может быть раньше."
        return WrongDay(text, nearest)
    if day > closes:
        text = f"Приём отчётов закрывается {_said(closes)}: выберите день не позже."
        return WrongDay(text)
    if not calendar.is_working_day(day):
        after = working_day_from(calendar, day)
        return WrongDay(f"{_said(day)} – нерабочий день.", after if after <= closes else None)
    return None


def check_opening(
    calendar: Calendar, year: str, period: PeriodKey, day: date, now: datetime
) -> WrongDay | None:
    """Whether a report may open on ``day``: None when it may."""
    dates = calendar.dates(year, period)
    if calendar.state(year, period, now) != "future":
        return WrongDay("Отчёт уже открыт: школы его заполняют.")
    if day < calendar.today(now):
        return WrongDay(f"{_said(day)} – уже прошло.", calendar.today(now))
    if day > dates.due:
        text = f"Срок отчёта – {_said(dates.due)}: открыть его нужно не позже."
        return WrongDay(text, dates.due)
    return None


def _said(day: date) -> str:
    """«вс 17.01.2027»: with the year, because a typed date may be of a wrong one."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d.%m.%Y}"


def _year(year: YearDates, moves: list[Move]) -> YearDates:
    if not moves:
        return year
    periods = tuple(
        _period(dates, [m for m in moves if m.period == dates.key]) for dates in year.periods
    )
    return year.model_copy(update={"periods": periods})


def _period(dates: PeriodDates, moves: Iterable[Move]) -> PeriodDates:
    city = {"opens": dates.opens, "due": dates.due}
    own: list[date] = []
    for move in moves:
        if move.school is not None:
            own += [move.due] if move.due else []
            continue
        city |= {"opens": move.opens or city["opens"], "due": move.due or city["due"]}
    return dates.model_copy(update=city | {"due": max([city["due"], *own])})
