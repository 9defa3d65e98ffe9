"""The five indicators and their three parts: base, targets, method, what the facts come to.

Pure: facts of a year in, lines out. Shares are compared unrounded and shown with one decimal; what
was not measured is None, never 0. The formulas follow the passport's methodology («2. Методика
расчета целевых показателей муниципального Проекта»); its contradictions stand in ``notes``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from passport.calendar import SchoolYear
from passport.form import Frozen, PeriodKey
from passport.register import PartnerType

Point = Literal["start", "end"]
Mark = Literal["done", "near", "below"]
# «◐ от 90 %»: what is that near to its target is not red yet.
NEAR = Fraction(9, 10)
# Who counts as 100 % of the teachers (the passport says both, D06).
TeachersOf = Literal["profile", "all"]
OF_TEACHERS: dict[TeachersOf, str] = {
    "profile": "от педагогов профильных предметов",
    "all": "от всех педагогов",
}


class Measuring(Frozen):
    """When a value becomes official: ``day`` («09-15») of the school year, or later, by ``period``.

    With a report behind it (``period``) it is not taken before that report is due.
    """

    key: Point
    day: str
    period: PeriodKey | Literal[""] = ""


class Indicator(Frozen):
    """One line of the passport; ``*_printed`` and the method are verbatim."""

    key: str
    no: str
    group: Literal["main", "additional"]
    parent: str
    name: str
    short: str
    unit: Literal["Процент", "Человек", "Единица"]
    base: Decimal
    base_printed: str
    base_on: date
    targets: dict[SchoolYear, Decimal]
    targets_printed: dict[SchoolYear, str]
    method: str
    method_no: str
    source: str
    responsible: str
    level: str
    when: str
    points: tuple[Measuring, ...]

    @property
    def is_share(self) -> bool:
        return self.unit == "Процент"

    @property
    def unit_short(self) -> str:
        return {"Процент": "%", "Человек": "чел.", "Единица": "ед."}[self.unit]

    @property
    def number(self) -> str:
        """«1», «Доп. 1.1»: the passport counts both of its tables from one."""
        return self.no if self.group == "main" else f"Доп. {self.no}"

    def point(self, key: Point) -> Measuring | None:
        return next((one for one in self.points if one.key == key), None)


class Remark(Frozen):
    """A contradiction of the passport, and how it was decided."""

    key: str
    about: tuple[str, ...]
    text: str


class Indicators(Frozen):
    """The passport's table of indicators with its targets, by school year."""

    document: str
    goal: str
    goal_share: Decimal
    main_heading: str
    additional_heading: str
    methodology_heading: str
    years: tuple[SchoolYear, ...]
    all_schools: int
    indicators: tuple[Indicator, ...]
    notes: tuple[Remark, ...]

    @model_validator(mode="after")
    def _targets_are_whole(self) -> Self:
        keys = [one.key for one in self.indicators]
        if len(keys) != len(set(keys)):
            raise ValueError("показатель записан дважды")
        for one in self.indicators:
            if set(one.targets) != set(self.years) or set(one.targets_printed) != set(self.years):
                raise ValueError(f"у показателя {one.key} цели не на все годы Проекта")
            if one.parent and one.parent not in keys:
                raise ValueError(f"у показателя {one.key} нет старшего показателя {one.parent}")
        return self

    @cached_property
    def _by_key(self) -> dict[str, Indicator]:
        return {one.key: one for one in self.indicators}

    def get(self, key: str) -> Indicator:
        """KeyError for an unknown key (an old button)."""
        return self._by_key[key]

    def begun(self, current: str) -> tuple[str, ...]:
        """School years of the project up to the current one."""
        return tuple(year for year in self.years if year <= current)

    def parts_of(self, key: str) -> tuple[Indicator, ...]:
        return tuple(one for one in self.indicators if one.parent == key)

    def remarks(self, key: str) -> tuple[Remark, ...]:
        return tuple(one for one in self.notes if key in one.about)


def measuring_day(year: str, point: Point, day: str) -> date:
    """«09-15» at the start of a school year; at its end the day is of the next calendar year."""
    month = int(day[:2])
    first = int(year[:4])
    calendar_year = first if point == "start" and month >= 9 else first + 1
    return date(calendar_year, month, int(day[3:]))


# --- facts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """What reports come to: a sum over schools, and how many of them it speaks of.

    ``of`` is the denominator of a share. ``waiting``: sent and not accepted yet, so not counted.
    ``on`` is the day that the numbers are about: row 1 of the form has one of its own.
    """

    total: Decimal
    reported: int
    expected: int
    of: Decimal | None = None
    waiting: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts in force on a day, by type of partner; ``partners`` are the different ones."""

    by_type: Mapping[PartnerType, int]
    partners: int

    @property
    def total(self) -> int:
        return sum(self.by_type.values())


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a school year; None where nothing was measured.

    ``on`` is the local day of the registers, ``told`` the day on which reports were counted.
    ``participants`` take part on the day of the registers, ``with_classes`` of them have an open
    class.
    """

    year: str
    on: date
    told: date
    all_schools: int
    participants: int
    with_classes: int | None
    pupils_start: Tally | None = None
    pupils_end: Tally | None = None
    graduates: Tally | None = None
    contracts: Contracts | None = None
    teachers: Tally | None = None  # of those who lead profile subjects
    teachers_of_all: Tally | None = None  # of all teachers of the schools


@dataclass(frozen=True, slots=True)
class Value:
    """A measured value: of a share numerator and denominator, else ``numerator`` alone.

    ``on`` is the local day it speaks of. ``reported`` of ``expected`` schools; None where no
    school has to report anything for it, or where it is not known (a value from before the bot).
    """

    numerator: Decimal
    denominator: Decimal | None
    on: date
    reported: int | None = None
    expected: int | None = None
    waiting: int = 0
    official: bool = False
    source: str = ""
    given: Decimal | None = None  # a share that came as percent, without its two numbers

    @property
    def exact(self) -> Fraction:
        """Percent of a share, else the number itself; unrounded."""
        if self.given is not None:
            return Fraction(self.given)
        if self.denominator is None:
            return Fraction(self.numerator)
        return Fraction(self.numerator) * 100 / Fraction(self.denominator)

    @property
    def shown(self) -> Decimal:
        """Rounded half up: one decimal of a share, else whole as it is."""
        if self.denominator is None and self.given is None:
            return self.numerator
        return rounded(self.exact)

    @property
    def is_whole(self) -> bool:
        """Whether every expected school is in it."""
        return self.expected is None or self.reported == self.expected


def rounded(number: Fraction) -> Decimal:
    """To one decimal, half up, exactly: 56.65 → 56.7."""
    tenths = Decimal((number * 10 + Fraction(1, 2)).__floor__())
    return (tenths / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer: what is official, what holds today, and the target of the year.

    ``end``: of what is measured twice a year, the value at its end (D10). ``second``: by the
    reading of the denominator that was not chosen, ``second_of`` (D06).
    """

    indicator: Indicator
    year: str
    target: Decimal
    official: Value | None = None
    live: Value | None = None
    end: Value | None = None
    second: Value | None = None
    second_of: TeachersOf = "all"
    partners: int | None = None

    @property
    def value(self) -> Value | None:
        """What is compared with the target: the official value, else what holds today."""
        return self.official or self.live

    @property
    def moved(self) -> Value | None:
        """Today's value, where it is another than the official one."""
        if self.official is None or self.live is None:
            return None
        return self.live if self.live.exact != self.official.exact else None

    @property
    def mark(self) -> Mark | None:
        if self.value is None:
            return None
        if self.value.exact >= self.target:
            return "done"
        return "near" if self.value.exact >= NEAR * Fraction(self.target) else "below"

    @property
    def needed(self) -> int | None:
        """The number of schools, teachers … that the target means; None without a denominator."""
        if self.value is None:
            return None
        if not self.indicator.is_share:
            return _ceil(Fraction(self.target))
        if self.value.denominator is None:
            return None
        return _ceil(Fraction(self.target) * Fraction(self.value.denominator) / 100)

    @property
    def missing(self) -> int | None:
        """How many more close the gap; 0 when the target is reached."""
        if self.value is None or self.needed is None:
            return None
        return max(0, self.needed - int(self.value.numerator))


def lines(
    passport: Indicators,
    facts: Facts,
    official: Mapping[tuple[str, Point], Value] | None = None,
    teachers_of: TeachersOf = "profile",
) -> tuple[Line, ...]:
    """The eight lines of a year in the passport's order.

    ``official`` are values by (key, point) that were fixed on their dates or brought from before.
    """
    fixed = official or {}
    return tuple(_line(one, facts, fixed, teachers_of) for one in passport.indicators)


def _line(
    indicator: Indicator,
    facts: Facts,
    fixed: Mapping[tuple[str, Point], Value],
    teachers_of: TeachersOf,
) -> Line:
    live = measure(indicator.key, facts, teachers_of)
    main = indicator.points[0].key
    line = Line(
        indicator,
        facts.year,
        indicator.targets[facts.year],
        official=fixed.get((indicator.key, main)),
        live=live,
    )
    match indicator.key:
        case "pupils":
            end = fixed.get(("pupils", "end")) or _number(facts.pupils_end, facts.told)
            return replace(line, end=end)
        case "teachers_trained_share":
            other: TeachersOf = "all" if teachers_of == "profile" else "profile"
            return replace(line, second=measure(indicator.key, facts, other), second_of=other)
        case "contracts":
            return replace(line, partners=facts.contracts.partners if facts.contracts else None)
    return line


def measure(
    key: str, facts: Facts, teachers_of: TeachersOf = "profile", point: Point | None = None
) -> Value | None:
    """What the facts come to for one indicator; None while it is not measured."""
    match key:
        case "schools_share":
            return _schools_share(facts)
        case "pupils":
            return _number(facts.pupils_end if point == "end" else facts.pupils_start, facts.told)
        case "graduates_admitted":
            return _number(facts.graduates, facts.told)
        case "teachers_trained_share":
            return _share(
                facts.teachers if teachers_of == "profile" else facts.teachers_of_all, facts.told
            )
        case "contracts":
            return _contracts(facts, None)
        case "contracts_he":
            return _contracts(facts, "he")
        case "contracts_vet":
            return _contracts(facts, "vet")
        case "contracts_industry":
            return _contracts(facts, "industry")
    raise KeyError(key)


def _schools_share(facts: Facts) -> Value | None:
    """Method 1: schools that take part and have an open class, of all schools of the city."""
    if facts.with_classes is None or facts.all_schools <= 0:
        return None
    return Value(Decimal(facts.with_classes), Decimal(facts.all_schools), facts.on)


def _number(tally: Tally | None, told: date) -> Value | None:
    if tally is None or not tally.reported:
        return None
    on = tally.on or told
    return Value(tally.total, None, on, tally.reported, tally.expected, tally.waiting)


def _share(tally: Tally | None, told: date) -> Value | None:
    """Method 2: sum by sum over schools, never a mean of the schools' shares."""
    if tally is None or not tally.reported or not tally.of:
        return None
    return Value(tally.total, tally.of, told, tally.reported, tally.expected, tally.waiting)


def _contracts(facts: Facts, type_: PartnerType | None) -> Value | None:
    if facts.contracts is None:
        return None
    if type_ is None:
        return Value(Decimal(facts.contracts.total), None, facts.on)
    return Value(Decimal(facts.contracts.by_type.get(type_, 0)), None, facts.on)


def _ceil(number: Fraction) -> int:
    return -((-number).__floor__())


@dataclass(frozen=True, slots=True)
class Part:
    """What one school, or one contract, brings to a value: the rows that it was added up from.

    ``where`` is a sentence for people; ``report`` opens the report it came from, 0 for none.
    """

    school: str
    amount: Decimal
    of: Decimal | None = None
    where: str = ""
    report: int = 0
