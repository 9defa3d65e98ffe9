"""The quarterly form as data: the printed lines, and the questions that fill them.

Source: the passport's «ФОРМА ПРОМЕЖУТОЧНОЙ ОТЧЕТНОСТИ ОБРАЗОВАТЕЛЬНОЙ ОРГАНИЗАЦИИ», kept
verbatim in ``data/form.json`` beside the questions, which are our reading of it.
"""

from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

PeriodKey = Literal["base", "I", "II", "III", "IV", "may", "campaign", "sept"]
# The columns of the quarterly form, and the questionnaires that are filled once a year beside it.
PERIODS: tuple[PeriodKey, ...] = ("base", "I", "II", "III", "IV")
YEARLY: tuple[PeriodKey, ...] = ("may", "campaign", "sept")
EVERY_PERIOD = PERIODS + YEARLY

Kind = Literal[
    "classes",
    "subjects",
    "count",
    "average",
    "percent",
    "named",
    "choice",  # one of the options
    "checklist",  # any of them
    "confirm",  # «всё верно» about a register of the school
    "text",
    "link",
    "phone",
    "date",
]


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
    kind: Kind
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
    options: tuple[str, ...] = ()  # of a choice; of a confirmation: which register is meant
    offer: Offer | None = None
    required: tuple[PeriodKey, ...] = ()
    optional: tuple[PeriodKey, ...] = ()


class Check(Frozen):
    """The sentence of a doubt: V06–V23; the hard V01–V05 refuse at once and need none."""

    kind: Literal["soft", "comment", "info"]
    text: str


class Limit(Frozen):
    """What must hold between the numbers of a form: the sum of ``of`` is at most ``at_most``.

    ``at_most`` is a question, or what is known from elsewhere («fact:pupils_11»). A hard one
    refuses the answer; a soft one is a doubt. Between questions about classes, it holds for each
    class, and is soft.
    """

    key: str
    of: tuple[str, ...]
    at_most: str
    kind: Literal["hard", "soft"]
    text: str  # {sum} and {most} are filled in


class Form(Frozen):
    """``key``: the quarterly form is «quarter», the others are questionnaires and cards.

    ``classes``: whether its questions about classes mean those of its own school year or, as in
    an enrolment campaign, of the next.
    """

    key: str
    title: str
    periodicity: str = ""
    column_headings: tuple[str, ...] = ()
    classes: Literal["year", "next"] = "year"
    periods: tuple[Period, ...]
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    limits: tuple[Limit, ...] = ()
    checks: dict[str, Check] = {}
    footnotes: dict[str, str] = {}

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
        for limit in self.limits:
            known = [*limit.of, *([] if limit.at_most.startswith("fact:") else [limit.at_most])]
            for part in known:
                if part not in keys:
                    raise ValueError(f"limit {limit.key}: no question {part!r}")
        if [line.seq for line in self.lines] != list(range(1, len(self.lines) + 1)):
            raise ValueError("printed lines are not numbered 1, 2, 3 …")
        return self

    @cached_property
    def _by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    def question(self, key: str) -> Question:
        """The question with this key; KeyError if there is none (an old button)."""
        return self._by_key[key]

    @property
    def is_quarterly(self) -> bool:
        """The passport's own form; the others are questionnaires, or cards of the registers."""
        return self.key == "quarter"

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


class Forms(Frozen):
    """Every form that schools fill: the quarterly one, and the yearly questionnaires."""

    forms: tuple[Form, ...]

    @model_validator(mode="after")
    def _every_period_has_one_form(self) -> Self:
        keys = [period.key for form in self.forms for period in form.periods]
        if sorted(keys) != sorted(EVERY_PERIOD):
            raise ValueError(f"формы должны делить между собой периоды {', '.join(EVERY_PERIOD)}")
        return self

    @cached_property
    def quarterly(self) -> Form:
        return self.of("base")

    def of(self, period: PeriodKey) -> Form:
        """The form that is filled in a period."""
        return self._by_period[period]

    @cached_property
    def _by_period(self) -> dict[PeriodKey, Form]:
        return {period.key: form for form in self.forms for period in form.periods}

    def period(self, key: PeriodKey) -> Period:
        return self.of(key).period(key)
