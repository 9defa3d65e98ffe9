"""The quarterly form as data: the printed lines, and the questions that fill them.

Source: the passport's «ФОРМА ПРОМЕЖУТОЧНОЙ ОТЧЕТНОСТИ ОБРАЗОВАТЕЛЬНОЙ ОРГАНИЗАЦИИ», kept
verbatim in ``data/form.json`` beside the questions, which are our reading of it.
"""

from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

PeriodKey = Literal["base", "I", "II", "III", "IV"]
PERIODS: tuple[PeriodKey, ...] = ("base", "I", "II", "III", "IV")


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(Frozen):
    key: PeriodKey
    label: str  # as printed in the head of the form
    name: str  # in a sentence: «II четверть»
    moment: str  # «на конец четверти»
    span: str  # «за четверть»


class Line(Frozen):
    """One of the 29 printed lines; ``label`` and ``unit`` are verbatim."""

    seq: int
    row: int
    no: str
    label: str
    unit: str
    italic: bool
    key: str
    kind: Literal["count", "group", "level_total", "item"]


class Section(Frozen):
    """A numbered row of the form with everything under it: one group of the report's card."""

    key: str
    title: str
    head: str | None = None  # the question whose «не было» closes the whole row
    nothing: str | None = None  # the wording of that button


class Offer(Frozen):
    """A value that can be worked out of other answers; asked only when that is ambiguous."""

    rule: Literal["items_sum", "distinct_names", "sum_of"]
    of: tuple[str, ...]


class Question(Frozen):
    """One thing that is asked.

    ``per`` says for whom: once a school, once a class, once a subject of a class.
    ``required`` are the periods in which a report is not complete without it; in ``optional``
    ones it may be filled from the card (F10).
    """

    key: str
    section: str
    kind: Literal["classes", "subjects", "count", "average", "named"]
    per: Literal["school", "class", "subject"] = "school"
    ask: str
    short: str
    unit: str = ""
    hint: str = ""
    example: str
    stock: bool = False  # a number on a day, not a flow: last period's value is worth offering
    skippable: bool = False  # one tap «не было» (a level, a list, a count of what happened)
    level: str | None = None
    reasons: tuple[str, ...] = ()
    offer: Offer | None = None
    required: tuple[PeriodKey, ...]
    optional: tuple[PeriodKey, ...] = ()


class Check(Frozen):
    """The sentence of a doubt: V06–V23; the hard V01–V05 refuse at once and need none."""

    kind: Literal["soft", "comment", "info"]
    text: str


class Form(Frozen):
    title: str
    periodicity: str
    column_headings: tuple[str, ...]
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    checks: dict[str, Check]
    footnotes: dict[str, str]

    @model_validator(mode="after")
    def _questions_hang_together(self) -> Self:
        keys = [question.key for question in self.questions]
        if len(keys) != len(set(keys)):
            raise ValueError("a question key stands twice")
        sections = {section.key for section in self.sections}
        for question in self.questions:
            if question.section not in sections:
                raise ValueError(f"question {question.key}: no section {question.section!r}")
            for part in question.offer.of if question.offer else ():
                if part not in keys:
                    raise ValueError(f"question {question.key}: offer of unknown {part!r}")
        for section in self.sections:
            if section.head and section.head not in keys:
                raise ValueError(f"section {section.key}: no question {section.head!r}")
        if [line.seq for line in self.lines] != list(range(1, len(self.lines) + 1)):
            raise ValueError("printed lines are not numbered 1, 2, 3 …")
        return self

    @cached_property
    def _by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    def question(self, key: str) -> Question:
        """The question with this key; KeyError if there is none (an old button)."""
        return self._by_key[key]

    def keys_of(self, section: str, kind: str) -> tuple[str, ...]:
        """Keys of a row's questions of one kind: its levels, in printed order."""
        return tuple(q.key for q in self.questions if q.section == section and q.kind == kind)

    def section(self, key: str) -> Section:
        return self._sections[key]

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    def period(self, key: str) -> Period:
        for period in self.periods:
            if period.key == key:
                return period
        raise KeyError(key)
