"""The plan of measures: six sections, twenty-eight measures, their windows and states.

«ПЛАН МЕРОПРИЯТИЙ по реализации Пилотного проекта …» prints a start and an end for each measure, and
«далее ежегодно» for some. Read so:

* a **once** window is what is printed; those of 2022 are history as soon as they have ended;
* a **yearly** one comes back on the same day and month, as long as its start is before the
  project's end; 01.09–30.05 crosses the new year;
* a **continuous** one runs to the project's end.

2.1, 5.1 and 6.1 are printed with two pairs of dates: one of 2022 and a yearly one. 1.4 comes back
for schools that join later («entrants»), 6.2 where staff say so («choice»). Days are local.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from passport.calendar import next_year, school_year_of
from passport.form import Frozen

Recurrence = Literal["once", "yearly", "continuous"]
# Who answers for a measure: УО, ИМЦ, the schools, the partners, the ministry.
Side = Literal["department", "centre", "schools", "partners", "ministry"]
SIDES: dict[Side, str] = {
    "department": "УО ПКГО",
    "centre": "МАУ «ИМЦ»",
    "schools": "ООО ПКГО",
    "partners": "представители ВО, СПО",
    "ministry": "Министерство образования",
}
State = Literal["ahead", "running", "soon", "late", "done", "history", "over", "off"]
STATES: dict[State, str] = {
    "late": "просрочено",
    "soon": "срок в ближайшие 30 дней",
    "running": "идёт",
    "ahead": "впереди",
    "done": "выполнено",
    "off": "отключено",
    "history": "история 2022 года",
    "over": "Проект завершён",
}
# 1.4 in a later summer: no history of 2022, and nobody was late with it.
PAST_OFFER = "срок прошёл, для новых школ, необязательно"
Evidence = Literal[
    "tracks",
    "local_acts",
    "year_report",
    "campaign",
    "parents_meetings",
    "fresh_cards",
    "full_cards",
    "contracts",
    "partners",
    "participants",
    "enrolment",
    "joint_events",
    "parents_as_speakers",
    "equipment",
    "pupils_events",
    "staff",
    "training",
    "teachers_events",
    "readiness",
]
SOON = timedelta(days=30)
# What has ended is shown to the end of its school year, and for two months at the least: what ends
# on 31 August must not be forgotten on 1 September.
SHOWN_AFTER = timedelta(days=60)
SUMMER = (5, 1)  # windows that begin since then, in the last year, prepare a year without targets


class UnknownMeasureError(KeyError):
    """A measure that the plan lacks: an old or a forged button."""


class Printed(Frozen):
    """The first window as it is read; a yearly one comes back."""

    start: date
    end: date
    recurrence: Recurrence


class Measure(Frozen):
    """One row of the plan. ``name``, ``*_printed``, ``responsible`` and ``result`` are verbatim.

    ``short`` is our name for lists. ``again``: who else may get the window of a one-off measure.
    ``remind``: «yes» is reminded of, «part» is named in a letter that goes out anyway.
    ``evidence``: what the bot knows of it; empty: staff say when it is done. ``note``: how the
    plan's slips are read.
    """

    key: str
    section: str
    name: str
    short: str
    start_printed: str
    end_printed: str
    responsible: str
    result: str
    windows: tuple[Printed, ...]
    again: Literal["", "entrants", "choice"]
    sides: tuple[Side, ...]
    remind: Literal["yes", "part", "no"]
    evidence: Evidence | Literal[""]
    note: str

    @property
    def is_yearly(self) -> bool:
        return any(one.recurrence == "yearly" for one in self.windows)

    @property
    def is_continuous(self) -> bool:
        return any(one.recurrence == "continuous" for one in self.windows)

    @property
    def is_once(self) -> bool:
        return not (self.is_yearly or self.is_continuous)

    @model_validator(mode="after")
    def _windows_make_sense(self) -> Self:
        if not self.windows:
            raise ValueError(f"у мероприятия {self.key} нет ни одного окна")
        for one in self.windows:
            if one.end < one.start:
                raise ValueError(f"у мероприятия {self.key} окно кончается раньше, чем начинается")
            if one.recurrence == "yearly" and one.end >= _in_year(one.start, one.start.year + 1):
                raise ValueError(f"у мероприятия {self.key} ежегодное окно длиннее года")
        if not self.sides:
            raise ValueError(f"у мероприятия {self.key} нет ответственных")
        return self


class Section(Frozen):
    """``short`` is our name for a button."""

    key: str
    name: str
    short: str


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


@dataclass(frozen=True, slots=True)
class Done:
    """That a measure is done: by a mark of staff (``link`` to its document), or by the data, then
    ``on`` is the day that the data are of. ``mark`` is the number of the mark."""

    on: date
    source: Literal["mark", "data"]
    link: str = ""
    mark: int = 0


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure as of a day; ``says`` is one sentence about what the bot's data have of it.

    ``missing``: schools that still owe something to it; None when nobody can say.
    """

    measure: Measure
    window: Window
    state: State
    done: Done | None = None
    says: str = ""
    missing: frozenset[str] | None = None

    @property
    def word(self) -> str:
        """The state in Russian, for the chat and for paper."""
        return PAST_OFFER if self.state == "history" and self.window.soft else STATES[self.state]


class Plan(Frozen):
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]

    @model_validator(mode="after")
    def _measures_have_a_place(self) -> Self:
        keys = [one.key for one in self.measures]
        if len(set(keys)) != len(keys):
            raise ValueError("мероприятие записано дважды")
        sections = {one.key for one in self.sections}
        for one in self.measures:
            if one.section not in sections:
                raise ValueError(f"у мероприятия {one.key} нет раздела {one.section}")
        return self

    @cached_property
    def _by_key(self) -> dict[str, Measure]:
        return {one.key: one for one in self.measures}

    def measure(self, key: str) -> Measure:
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownMeasureError(key) from None

    def section(self, key: str) -> Section:
        return next(one for one in self.sections if one.key == key)


def _in_year(day: date, year: int) -> date:
    """The same day and month; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


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
            start = _in_year(one.start, year)
            if one.start < start < terms.ends:
                end = _in_year(one.end, one.end.year + year - one.start.year)
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


def state(window: Window, terms: Terms, day: date, done: Done | None) -> State:
    """How the window of a measure stands on a day.

    A continuous measure runs until the project ends, however well it stands by the data: only in
    its last days can the data show it done. A mark of staff holds always.
    """
    if (window.recurrence == "once" or window.soft) and day > window.end:
        return "history"
    if done is not None and (done.source == "mark" or _may_be_done(window, day)):
        return "done"
    if day > terms.ends:
        return "over"
    if not terms.last_summer and window.is_last_summer(terms):
        return "off"
    if day < window.start:
        return "ahead"
    if day > window.end:
        return "late"
    return "soon" if window.end - day <= SOON else "running"


def _may_be_done(window: Window, day: date) -> bool:
    """By the data: never before it has begun, and at the end of what is continuous."""
    if window.recurrence == "continuous":
        return window.end - day <= SOON
    return day >= window.start


def campaign_of(window: Window) -> str:
    """The school year whose classes a window of the summer fills."""
    return next_year(school_year_of(window.start))


@dataclass(frozen=True, slots=True)
class PlanState:
    """The whole plan as of a local day, in the passport's order."""

    day: date
    terms: Terms
    measures: tuple[MeasureState, ...]

    def those(self, *states: State) -> tuple[MeasureState, ...]:
        """The measures that stand so, the nearest end first (of what is ahead, the start)."""
        found = [one for one in self.measures if one.state in states]
        found.sort(key=lambda one: one.window.start if one.state == "ahead" else one.window.end)
        return tuple(found)

    def of(self, key: str) -> MeasureState:
        return next(one for one in self.measures if one.measure.key == key)
