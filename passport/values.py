"""What an answer can be. 0, «не было», «не применимо» and «нет ответа» are never mixed.

«Нет ответа» has no class: an unanswered slot simply has no value.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A count or an average mark, exact."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Nothing:
    """«Не было»: nothing of the kind happened; adds nothing to a sum, but is an answer."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """There can be no number, for the reason that is said (F13: marks are given by half-year)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words: a link, a date as «2026-09-15», a chosen option, a few sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked in a list of options, in the order of the list; empty: none of them."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One named event or olympiad and its participants (persons, at least 1: V03)."""

    name: str
    persons: int


@dataclass(frozen=True, slots=True)
class Pending:
    """A line of a list that is kept aside until the person mends or drops it.

    ``why`` is the sentence for the person; ``person`` marks a line that reads like somebody's
    name (V20): it may be confirmed as a title, other pending lines may only be mended.
    """

    line: str
    why: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A list «название – число». Complete only when nothing is pending."""

    items: tuple[Item, ...]
    pending: tuple[Pending, ...] = ()

    @property
    def total(self) -> int:
        """Participations, persons counted once an item: the upper end of the band of §1.4."""
        return sum(item.persons for item in self.items)

    @property
    def largest(self) -> int:
        return max((item.persons for item in self.items), default=0)


Value = Number | Nothing | NotApplicable | Named | Text | Chosen


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One place for one value in a report: a question, and for whom it is asked.

    ``class_id`` and ``subject_id`` are 0 where a question is asked once a school.
    """

    question: str
    class_id: int = 0
    subject_id: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a typed text is not an answer: one sentence, with an example of a good one."""

    text: str
