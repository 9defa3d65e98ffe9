"""When a period is reported: quarters, dates, working days.

The form says only «1 раз в четверть»; the dates are ours and lie in ``data/calendar.json``. They
follow one rule, and staff may move any of them:

* a report opens five working days before the last day of its quarter (that day is not counted:
  a quarter that ends on a Friday opens on the Friday before, if no holiday falls between);
* it is due on the first Thursday with at least three working days between the quarter's last
  day and it, at 17:00; the base column (on 1 September) on the second Thursday of September;
* late reports are taken until the end of the 30 September after the school year; then only a
  methodist enters.

Working days are the country's (``production.py``); what the region or the city decrees on top, a
day off for a cyclone, stands in the same file under ``days_off`` and ``working_days``.

Days begin and end in the calendar's zone; moments are UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, model_validator

from passport import production
from passport.form import EVERY_PERIOD, PERIODS, YEARLY, Frozen, PeriodKey

State = Literal["future", "open", "late", "closed"]
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
SEPTEMBER = 9
LAST_SECOND = time(23, 59, 59)


class UnknownYearError(KeyError):
    """A school year that the calendar lacks: an old button, a year not entered yet."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(key)
        self.key = key
        self.text = f"Учебного года {key} в календаре нет: есть с {known[0]} по {known[-1]}."

    def __str__(self) -> str:
        return self.text


def _school_year(key: str) -> str:
    if not re.fullmatch("[0-9]{4}-[0-9]{4}", key) or int(key[5:]) != int(key[:4]) + 1:
        raise ValueError(f"учебный год пишется как «2026-2027», а не «{key}»")
    return key


SchoolYear = Annotated[str, AfterValidator(_school_year)]


def school_year_of(day: date) -> str:
    """«2026-2027» for any day from 1 September 2026 to 31 August 2027."""
    first = day.year if day.month >= SEPTEMBER else day.year - 1
    return f"{first}-{first + 1}"


def previous_year(key: str) -> str:
    first = int(_school_year(key)[:4])
    return f"{first - 1}-{first}"


def next_year(key: str) -> str:
    first = int(_school_year(key)[:4])
    return f"{first + 1}-{first + 2}"


@dataclass(frozen=True, slots=True)
class Window:
    """The moments of one report, aware and in UTC. Seconds decide, not their fractions."""

    opens_at: datetime
    due_at: datetime  # still in time
    closes_at: datetime  # still taken, late

    def state(self, now: datetime) -> State:
        moment = now.replace(microsecond=0)
        if moment < self.opens_at:
            return "future"
        if moment <= self.due_at:
            return "open"
        return "late" if moment <= self.closes_at else "closed"


class PeriodDates(Frozen):
    """Local dates; for the base column ``start`` and ``end`` are the day it is taken on."""

    key: PeriodKey
    start: date
    end: date
    opens: date
    due: date

    @model_validator(mode="after")
    def _dates_follow(self) -> Self:
        if not self.start <= self.opens <= self.end <= self.due:
            raise ValueError("даты должны идти по порядку: start, opens, end, due")
        return self


class YearDates(Frozen):
    key: SchoolYear
    confirmed: bool  # taken from a published calendar; otherwise staff are asked to confirm
    source: str
    closes: date
    periods: tuple[PeriodDates, ...]

    @model_validator(mode="after")
    def _periods_fill_the_year(self) -> Self:
        keys = EVERY_PERIOD
        if tuple(period.key for period in self.periods) != keys:
            raise ValueError(f"в году {self.key} нужны периоды {', '.join(keys)} по порядку")
        for period in self.periods:
            # The September questionnaire asks about the summer's graduates: it closes their year.
            last = {school_year_of(period.start), school_year_of(period.due)}
            if last != {next_year(self.key) if period.key == "sept" else self.key}:
                raise ValueError(f"даты периода {period.key} не из {self.key} учебного года")
        for one, two in pairwise(self.periods[1 : len(PERIODS)]):
            if two.start <= one.end:
                raise ValueError(f"период {two.key} начинается раньше, чем кончается {one.key}")
        if self.closes <= max(period.due for period in self.periods):
            raise ValueError(f"приём за {self.key} закрывается раньше последнего срока")
        return self


class Calendar(Frozen):
    zone: ZoneInfo
    project_start: date
    project_end: date
    due_time: time
    years: tuple[YearDates, ...]
    # What the region or the city decrees for itself, on top of the production calendar.
    days_off: tuple[date, ...]
    working_days: tuple[date, ...]

    @model_validator(mode="after")
    def _years_hang_together(self) -> Self:
        if not self.years:
            raise ValueError("в календаре нет ни одного учебного года")
        for one, two in pairwise(self.years):
            if previous_year(two.key) != one.key:
                raise ValueError(f"после {one.key} учебного года стоит {two.key}")
        for year, period in self._everything():
            due = self.dates(year, period).due
            if not self.is_working_day(due):
                raise ValueError(f"срок {due} ({year}, {period}) приходится на выходной")
        return self

    @model_validator(mode="after")
    def _own_days_change_something(self) -> Self:
        """A date that changes nothing is a slip of the pen: of the day, the month or the list."""
        first, last = self.project_start, self.years[-1].closes
        for day in self.days_off + self.working_days:
            if not first <= day <= last:
                raise ValueError(
                    f"{day:%d.%m.%Y} не из календаря: он с {first:%d.%m.%Y} по {last:%d.%m.%Y}"
                )
        for day in self.days_off:
            if not production.is_working_day(day):
                raise ValueError(f"{day:%d.%m.%Y} и так выходной: уберите его из days_off")
        for day in self.working_days:
            if production.is_working_day(day):
                raise ValueError(f"{day:%d.%m.%Y} и так рабочий: уберите его из working_days")
        return self

    # --- periods -----------------------------------------------------------------------------

    def year(self, key: str) -> YearDates:
        for year in self.years:
            if year.key == key:
                return year
        raise UnknownYearError(key, tuple(year.key for year in self.years))

    def dates(self, year: str, period: PeriodKey) -> PeriodDates:
        for dates in self.year(year).periods:
            if dates.key == period:
                return dates
        raise KeyError(period)

    def window(self, year: str, period: PeriodKey) -> Window:
        dates = self.dates(year, period)
        return Window(
            opens_at=self.moment(dates.opens, time.min),
            due_at=self.moment(dates.due, self.due_time),
            closes_at=self.moment(self.year(year).closes, LAST_SECOND),
        )

    def state(self, year: str, period: PeriodKey, now: datetime) -> State:
        return self.window(year, period).state(now)

    def current(self, now: datetime) -> tuple[str, PeriodKey]:
        """The quarter that contains today, else the last one that began.

        Quarter I begins on the base column's day, so that column is current only before all.
        """
        today = self.today(now)
        pairs = self._pairs()
        return next((p for p in reversed(pairs) if self.dates(*p).start <= today), pairs[0])

    def at_hand(self, now: datetime) -> tuple[str, PeriodKey]:
        """What is being collected now: the newest that has opened.

        The form goes before a questionnaire that is due on the same day.
        """
        owed = [pair for pair in self.owed(now) if self.state(*pair, now) == "open"]
        columns = [pair for pair in owed if pair[1] in PERIODS]
        if columns or owed:
            return (columns or owed)[-1]
        late = [pair for pair in self.owed(now) if pair[1] in PERIODS]
        return late[-1] if late else self.current(now)

    def previous_period(self, year: str, period: PeriodKey) -> tuple[str, PeriodKey] | None:
        """Before the base column stands quarter IV of the year before, if it is known.

        Before a questionnaire stands the same one of the year before.
        """
        self.dates(year, period)
        if period in YEARLY:
            before = previous_year(year)
            known = before in {one.key for one in self.years}
            return (before, period) if known else None
        place = self._pairs().index((year, period))
        return self._pairs()[place - 1] if place else None

    def owed(self, now: datetime) -> list[tuple[str, PeriodKey]]:
        """What can be sent now, oldest first: this year's, and last year's until it closes."""
        return [pair for pair in self._everything() if self.state(*pair, now) in ("open", "late")]

    def is_history(self, year: str, period: PeriodKey, now: datetime) -> bool:
        """Whether it was due in an earlier school year: what was never begun then is no debt."""
        return school_year_of(self.dates(year, period).due) < self.current(now)[0]

    def _pairs(self) -> list[tuple[str, PeriodKey]]:
        """The columns of the quarterly form, in the order of their quarters."""
        return [(year.key, period) for year in self.years for period in PERIODS]

    def _everything(self) -> list[tuple[str, PeriodKey]]:
        """With the questionnaires, in the order in which they are due."""
        every = [(year.key, one) for year in self.years for one in year.periods]
        every.sort(key=lambda pair: (pair[1].due, pair[0], EVERY_PERIOD.index(pair[1].key)))
        return [(year, one.key) for year, one in every]

    # --- days --------------------------------------------------------------------------------

    def today(self, now: datetime) -> date:
        """The local date; a time without a zone is refused, it could be any day."""
        if now.tzinfo is None:
            raise ValueError("a time without a zone")
        return now.astimezone(self.zone).date()

    def moment(self, day: date, at: time) -> datetime:
        """A local date and time as UTC."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def is_working_day(self, day: date) -> bool:
        """By the country's production calendar, unless it was decreed otherwise here."""
        if day in self.days_off:
            return False
        return day in self.working_days or production.is_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it, if negative); 0 is ``day``."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day
