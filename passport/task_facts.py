"""What the measures of the passport's tasks are made of: plain values, read by the storage."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from passport.campaign_note import CampaignNote
from passport.indicators import Line
from passport.register import ClassCard, Contract


@dataclass(frozen=True, slots=True)
class SchoolSaid:
    """An accepted May questionnaire; None where the school left a question out."""

    school: str
    report: int
    equipment: tuple[str, ...] | None
    third: bool | None


@dataclass(frozen=True, slots=True)
class May:
    """The last May questionnaire of which anything is known: of school year ``year``.

    ``expected`` are the schools that took part; ``waiting`` of them were sent and not accepted yet.
    """

    year: str
    expected: tuple[str, ...]
    said: tuple[SchoolSaid, ...]
    waiting: int
    trained: Line | None

    @property
    def words(self) -> str:
        """«анкета мая 2027»."""
        return f"анкета мая {int(self.year[:4]) + 1}"


@dataclass(frozen=True, slots=True)
class SchoolEvents:
    """Row 8 of a school's accepted quarters: teachers' participations, each time counted."""

    school: str
    persons: int
    quarters: int


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """All that the measures are made of; ``on`` is the local day of the registers.

    ``schools`` take part on that day, ``classes`` are their open ones. ``portal`` are the classes
    that the section of the portal shows, a card looked at before ``fresh_since`` (UTC) is old by
    more than ``fresh_days`` on ``portal_on``. ``events``: of schools with an accepted quarter of
    ``quarters``.
    """

    year: str
    on: date
    schools: tuple[str, ...]
    classes: tuple[ClassCard, ...]
    portal: tuple[ClassCard, ...]
    portal_on: date
    fresh_since: datetime
    fresh_days: int
    contracts: tuple[Contract, ...]
    contracts_line: Line | None
    may: May | None
    quarters: tuple[str, ...]
    events: tuple[SchoolEvents, ...]
    note: CampaignNote | None
    equipped_from: int
    zone: ZoneInfo
