"""What the signals of risks are judged by: numbers of registers, reports and questionnaires.

Only schools that take part on the day are in it: one that left in the middle of the year is
compared with nothing. Days are local. None is «not said», never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from passport.campaign import Campaign
from passport.form import PeriodKey
from passport.indicators import Line, Part
from passport.register import ClassCard, Contract


@dataclass(frozen=True, slots=True)
class QuarterReport:
    """An accepted column of a school's form.

    ``pupils`` row 1; ``events`` the head of row 3, ``joint`` its participations of the regional
    level and above; ``teachers`` all of row 8.
    """

    id: int
    school: str
    year: str
    period: PeriodKey
    pupils: int | None = None
    events: int | None = None
    joint: int | None = None
    teachers: int | None = None


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """Row 2 of an accepted report: one subject of one class, and how many pupils the class has."""

    report: int
    school: str
    period: PeriodKey
    class_id: int
    class_name: str
    subject_id: int
    subject: str
    mark: Decimal
    pupils: int | None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """An accepted one: its numbers by question, and what the school has (None: not said)."""

    id: int
    school: str
    year: str
    period: PeriodKey
    numbers: Mapping[str, int] = field(default_factory=dict)
    equipment: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A report of this year, and how often it was returned."""

    report: int
    school: str
    period: PeriodKey
    times: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A school's column of the form by its own deadline; ``report`` 0: not begun."""

    school: str
    report: int
    sent_on: date | None
    due: date
    late: bool


@dataclass(frozen=True, slots=True)
class Collected:
    """The last column of the form whose deadline is over for all schools."""

    year: str
    period: PeriodKey
    lines: tuple[HandedIn, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """Applications to a school's classes: on a day of last summer, and of this one."""

    school: str
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class Applications:
    """On ``day``, beside the same day a year ago; only schools that have said both."""

    day: date
    schools: tuple[Applied, ...]


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter's first and last day."""

    year: str
    period: PeriodKey
    start: date
    end: date


@dataclass(frozen=True)
class Evidence:
    """Everything that can be known on ``today`` of school year ``year``; ``before`` is the last.

    ``names``: short names of schools by slug; ``schools`` take part, by number. ``classes`` are the
    open ones by school year. ``lines`` are the indicators of the year, ``lines_before`` of the one
    before. ``pupils`` are the rows of the indicator of pupils.
    ``shown``: the year whose classes parents are shown. ``base_due``: until when the base
    column is waited for. ``asks``: how often parents asked, by day; a day that is not there was not
    counted. ``grants``: thousands of roubles of the year, told on ``grants_on``. ``submitted``:
    reports of the year that were ever sent.
    """

    today: date
    year: str
    before: str
    names: Mapping[str, str]
    schools: tuple[str, ...]
    campaign: Campaign
    shown: str
    base_due: date
    classes: Mapping[str, tuple[ClassCard, ...]] = field(default_factory=dict)
    reports: tuple[QuarterReport, ...] = ()
    marks: tuple[MarkSaid, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    contracts: tuple[Contract, ...] = ()
    lines: Mapping[str, Line] = field(default_factory=dict)
    lines_before: Mapping[str, Line] = field(default_factory=dict)
    pupils: tuple[Part, ...] = ()
    returned: tuple[Returned, ...] = ()
    collected: Collected | None = None
    submitted: int = 0
    applications: Applications | None = None
    quarters: tuple[Quarter, ...] = ()
    asks: Mapping[date, int] = field(default_factory=dict)
    card_days: Mapping[int, date] = field(default_factory=dict)  # class → when it was looked at
    grants: int | None = None
    grants_on: date | None = None

    @property
    def filled_year(self) -> str:
        """Whose classes have been filled last: next year's as soon as enrolment is over."""
        return self.campaign.year if self.today > self.campaign.closes else self.year

    @cached_property
    def by_school(self) -> dict[str, dict[tuple[str, PeriodKey], QuarterReport]]:
        """School → its accepted columns of the form by (year, period)."""
        found: dict[str, dict[tuple[str, PeriodKey], QuarterReport]] = {}
        for one in self.reports:
            found.setdefault(one.school, {})[one.year, one.period] = one
        return found

    def open_classes(self, year: str) -> tuple[ClassCard, ...]:
        """Of schools that take part, closed ones left out."""
        known = set(self.schools)
        return tuple(
            card
            for card in self.classes.get(year, ())
            if card.school in known and card.closed_at is None
        )

    def name(self, school: str) -> str:
        """«школа № 24» as it stands in the middle of a sentence."""
        name = self.names.get(school) or f"Школа № {school.removeprefix('s').lstrip('0')}"
        return name[:1].lower() + name[1:] if name[1:2].islower() else name
