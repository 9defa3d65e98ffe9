"""Windows of the measures: what is printed, each year's, and the one that a day is about.

Windows of a yearly measure come back as long as their start is before the project's end. Days are
local.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from passport.calendar import next_year, school_year_of
from passport.plan import Measure, Recurrence, in_year

# What has ended is shown to the end of its school year, and for two months at the least: what ends
# on 31 August must not be forgotten on 1 September.
SHOWN_AFTER = timedelta(days=60)
SUMMER = (5, 1)  # windows that begin since then, in the last year, prepare a year without targets


@dataclass(frozen=True, slots=True)
class Terms:
    """What windows depend on besides the plan.

    ``ends`` is the project's end. ``last_summer`` False: staff have switched off the windows of its
    last summer. ``chosen``: years in which a window of 6.2 begins; ``entrants``: summers before
    which, or in which, schools have joined, for 1.4.
    """

    ends: date
    last_summer: bool = True
    chosen: frozenset[int] = frozenset()
    entrants: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """Both days belong to it. ``soft``: an offer to new schools, nobody is ever late with it."""

    start: date
    end: date
    recurrence: Recurrence
    soft: bool = False

    @property
    def year(self) -> str:
        """The school year in which it begins: «2026-2027»."""
        return school_year_of(self.start)

    def has(self, day: date) -> bool:
        return self.start <= day <= self.end

    def is_last_summer(self, terms: Terms) -> bool:
        """Whether it prepares the school year after the project."""
        return self.recurrence == "yearly" and self.start >= date(terms.ends.year, *SUMMER)


def windows(measure: Measure, terms: Terms) -> tuple[Window, ...]:
    """Every window of the project, the earliest first."""
    return tuple(sorted(_windows(measure, terms), key=lambda one: one.start))


def _windows(measure: Measure, terms: Terms) -> Iterator[Window]:
    for one in measure.windows:
        yield Window(one.start, one.end, one.recurrence)
        if one.recurrence == "yearly":
            again: frozenset[int] = frozenset(range(one.start.year + 1, terms.ends.year + 1))
        elif measure.again:
            again = terms.chosen if measure.again == "choice" else terms.entrants
        else:
            again = frozenset()
        for year in again:
            start = in_year(one.start, year)
            if one.start < start < terms.ends:
                end = in_year(one.end, one.end.year + year - one.start.year)
                yield Window(start, end, "yearly", soft=measure.again == "entrants")


def windows_of_year(measure: Measure, terms: Terms, year: str) -> tuple[Window, ...]:
    """Those that have a day in a school year, «2026-2027»."""
    first, last = date(int(year[:4]), 9, 1), date(int(year[5:]), 8, 31)
    return tuple(one for one in windows(measure, terms) if one.start <= last and one.end >= first)


def window_at(measure: Measure, terms: Terms, day: date) -> Window:
    """The window that a day is about: the current one, else the last one as long as it matters,
    else the next; after all of them the last."""
    every = windows(measure, terms)
    begun = [one for one in every if one.start <= day]
    coming = [one for one in every if one.start > day]
    if begun and (begun[-1].has(day) or not coming or _matters(begun[-1], day)):
        return begun[-1]
    return coming[0]


def _matters(ended: Window, day: date) -> bool:
    """Whether a window that has ended is more to the point than the next one."""
    if ended.soft or ended.recurrence == "once":
        return False
    rest = date(int(school_year_of(ended.end)[5:]), 8, 31)
    return day <= max(rest, ended.end + SHOWN_AFTER)


def campaign_of(window: Window) -> str:
    """The school year whose classes a window of the summer fills."""
    return next_year(school_year_of(window.start))
