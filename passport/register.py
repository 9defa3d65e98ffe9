"""Registers: a school's classes, its partners and the contracts with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

ClassKind = Literal["class", "group"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A profile subject of one class; dropped and added again, it keeps its id."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """What is typed about a class before it has an id: «10 А медицинская»."""

    grade: int
    letter: str
    kind: ClassKind
    track: str


@dataclass(frozen=True, slots=True)
class ProfileClass:
    """A pre-professional class or group of one school in one school year."""

    id: int
    grade: int
    letter: str
    kind: ClassKind
    track: str
    subjects: tuple[Subject, ...] = ()
    closed: bool = False  # shown with what was answered, asked no more

    @property
    def name(self) -> str:
        """«10 «А»» for a class, «10 «А», группа» for a group inside a mixed class."""
        letter = f" «{self.letter}»" if self.letter else ""
        return f"{self.grade}{letter}" + (", группа" if self.kind == "group" else "")

    @property
    def full_name(self) -> str:
        return f"{self.name} ({self.track})" if self.track else self.name


# A contract whose last day is so near is shown first, and its schools are told.
ENDS_SOON = timedelta(days=60)

# How a contract goes, as the card's question offers it.
COPES, OVERLOADED = "справляется", "партнёр перегружен"

PartnerType = Literal["he", "vet", "industry"]
# As the passport's indicators 1.1, 1.2 and 1.3 tell them apart.
PARTNER_TYPES: dict[PartnerType, str] = {"he": "ВО", "vet": "СПО", "industry": "реальный сектор"}
# The same for whoever does not read the passport.
PARTNER_TYPES_SPELT: dict[PartnerType, str] = {
    "he": "высшее образование: вузы",
    "vet": "среднее профессиональное образование: колледжи и техникумы",
    "industry": "предприятия и организации, где работают",
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A network or industrial partner."""

    id: int
    name: str
    type: PartnerType
    benefit: str = ""  # what it offers those who enter it, in its own words


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract with a partner, of one school or of several: it counts once.

    Local dates. ``valid_until`` is its last day, None for one without a term; ``ended_on`` is the
    first day on which a contract that was ended early no longer holds. For staff alone: ``load``,
    whether the partner can cope, and ``last_event_on``, when it last did something together with
    the schools; empty and None are «not said».
    """

    id: int
    partner: Partner
    number: str
    signed_on: date
    valid_until: date | None = None
    ended_on: date | None = None
    schools: tuple[str, ...] = ()  # slugs, by number
    confirmed_at: datetime | None = None
    load: str = ""
    last_event_on: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it holds on a local day: the methodology counts such contracts."""
        if day < self.signed_on or (self.valid_until is not None and day > self.valid_until):
            return False
        return self.ended_on is None or day < self.ended_on

    @property
    def last_day(self) -> date | None:
        """None: it holds until somebody ends it."""
        if self.ended_on is None:
            return self.valid_until
        before = self.ended_on - timedelta(days=1)
        return before if self.valid_until is None else min(before, self.valid_until)

    def ends_soon(self, today: date) -> bool:
        """Of one that holds."""
        return self.last_day is not None and self.last_day - today <= ENDS_SOON


@dataclass(frozen=True, slots=True)
class ClassCard:
    """Everything that is known of one class: what parents ask, and what the reports need.

    Empty strings and None are «not said yet»: never 0.
    """

    id: int
    school: str
    year: str
    grade: int
    letter: str
    kind: ClassKind
    track: str
    profile: str = ""
    subjects: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()  # names
    mode: str = ""
    local_act_url: str = ""
    capacity: int | None = None
    enrolled: int | None = None
    admission: str = ""
    contact: str = ""
    exams: str = ""
    outsiders: str = ""
    open_days: str = ""
    applications: int | None = None  # for staff, never for parents
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def vacancies(self) -> int | None:
        """Free seats; None while one of the two numbers is not known."""
        if self.capacity is None or self.enrolled is None:
            return None
        return max(0, self.capacity - self.enrolled)

    @property
    def name(self) -> str:
        return ProfileClass(self.id, self.grade, self.letter, self.kind, self.track).name
