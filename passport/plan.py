"""The plan of measures as printed: six sections, twenty-eight measures, their first windows.

«ПЛАН МЕРОПРИЯТИЙ по реализации Пилотного проекта …» prints a start and an end for each measure, and
«далее ежегодно» for some. Read so:

* a **once** window is what is printed; those of 2022 are history as soon as they have ended;
* a **yearly** one comes back on the same day and month, as long as its start is before the
  project's end; 01.09–30.05 crosses the new year;
* a **continuous** one runs to the project's end.

2.1, 5.1 and 6.1 are printed with two pairs of dates: one of 2022 and a yearly one. 1.4 comes back
for schools that join later («entrants»), 6.2 where staff say so («choice»). Days are local.
"""

from datetime import date
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

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
            if one.recurrence == "yearly" and one.end >= in_year(one.start, one.start.year + 1):
                raise ValueError(f"у мероприятия {self.key} ежегодное окно длиннее года")
        if not self.sides:
            raise ValueError(f"у мероприятия {self.key} нет ответственных")
        return self


class Section(Frozen):
    """``short`` is our name for a button."""

    key: str
    name: str
    short: str


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


def in_year(day: date, year: int) -> date:
    """The same day and month; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
