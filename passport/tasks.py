"""The six tasks of the passport («3. Задачи Проекта») and what is measured of each.

Names and results are verbatim, with the money behind them («4. Финансовое обеспечение»). Some
tasks hide a threshold: classes filled by 60 %, all teachers, 70 % of schools equipped; section 5
adds a third of the work outside lessons. What has no threshold is shown without one.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from passport.form import Frozen

MeasureKey = Literal[
    "local_acts",
    "cards_fresh",
    "announcements",
    "contracts",
    "schools_with_contract",
    "filled",
    "extracurricular",
    "trained",
    "events",
    "equipped",
]
Unit = Literal["class", "school", "seat", "teacher", "number"]


class Measure(Frozen):
    """One thing that is measured; ``threshold`` in percent, None where the passport has none.

    ``clause`` says where the passport or its plan asks for it.
    """

    key: MeasureKey
    name: str
    clause: str
    threshold: int | None
    threshold_printed: str
    unit: Unit


class Task(Frozen):
    """``name`` and ``result`` are verbatim; ``section`` is that of the plan of measures."""

    no: str
    name: str
    short: str
    result: str
    section: str
    measures: tuple[Measure, ...]


class Financing(Frozen):
    """A line of «4. Финансовое обеспечение реализации мероприятий», verbatim; it gives no sums."""

    no: str
    name: str
    source: str


class Tasks(Frozen):
    """``fresh_days``: how old a class card may be outside of a campaign."""

    document: str
    heading: str
    columns: tuple[str, ...]
    fresh_days: int
    tasks: tuple[Task, ...]
    financing_heading: str
    financing_within: str
    financing: tuple[Financing, ...]

    @model_validator(mode="after")
    def _everything_once(self) -> Self:
        keys = [one.key for task in self.tasks for one in task.measures]
        if len(keys) != len(set(keys)):
            raise ValueError("ключи измерений (measures) не должны повторяться")
        numbers = [one.no for one in self.tasks]
        if len(numbers) != len(set(numbers)):
            raise ValueError("номера задач не должны повторяться")
        return self

    @cached_property
    def measures(self) -> dict[str, Measure]:
        return {one.key: one for task in self.tasks for one in task.measures}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row behind a value: of a school, in one sentence.

    ``report`` opens the report that it came from, ``class_id`` the class card; 0 for none.
    """

    school: str
    says: str
    report: int = 0
    class_id: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a measure on a local day; a value never measured says why in ``missing``.

    ``share`` is in percent, None where there is none. ``told`` of ``expected`` schools or classes
    have said what is needed. ``reached`` None: the passport has no threshold, or what is known
    cannot tell yet. ``asked``: the questionnaire that it comes from, «анкета мая 2027».
    ``later``: what it has become since ``on``, with a date of its own.
    """

    measure: Measure
    on: date
    says: str = ""
    missing: str = ""
    share: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    told: int = 0
    expected: int = 0
    reached: bool | None = None
    rows: tuple[TaskRow, ...] = ()
    asked: str = ""
    later: str = ""

    @property
    def sentence(self) -> str:
        """What is known, each number with its day."""
        return "; ".join(one for one in (f"{self.says}, {self.as_of}", self.later) if one)

    @property
    def as_of(self) -> str:
        """«на 12.01.2027», or the questionnaire."""
        return self.asked or f"на {self.on:%d.%m.%Y}"

    @property
    def is_known(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class TaskState:
    task: Task
    measured: tuple[Measured, ...]

    @property
    def reached(self) -> bool | None:
        """Whether every threshold is reached; None when there is none, or one is not known."""
        said = [one.reached for one in self.measured if one.measure.threshold_printed]
        if not said or (None in said and False not in said):
            return None
        return False not in said
