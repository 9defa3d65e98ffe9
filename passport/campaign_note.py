"""The report on a campaign that plan 2.1 asks for: what it adds up, and of how many schools.

Applications of a school are those of its questionnaire («справка о кампании») once it was sent,
before that those of its cards. What nobody said is unknown, never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

TITLE = (
    "Информационная справка о ведении информационной кампании (количество объявлений в СМИ, "
    "количество организаций, желающих принять участие в Проекте, количество поданных заявлений)"
)
Source = Literal["questionnaire", "card"]


@dataclass(frozen=True, slots=True)
class ClassCount:
    """One open class: numbers are None while nobody said them.

    ``source`` is that of its applications, ``seen`` when their card was looked at. The enrolled
    have a source of their own, and a moment: when a questionnaire was sent, or a card looked at.
    """

    school: str
    number: int
    school_name: str
    name: str
    track: str
    applications: int | None
    enrolled: int | None
    capacity: int | None
    source: Source
    seen: datetime | None = None
    enrolled_source: Source = "card"
    enrolled_at: datetime | None = None

    @property
    def seats(self) -> int | None:
        if self.capacity is None or self.enrolled is None:
            return None
        return max(0, self.capacity - self.enrolled)


@dataclass(frozen=True, slots=True)
class CampaignNote:
    """``year`` is that of the classes, ``on`` the local day. ``schools`` are those of which
    something is expected; ``announced`` has the announcements that schools have sent."""

    year: str
    on: date
    schools: tuple[str, ...]
    announced: Mapping[str, int]
    own_posts: int
    wishing: int | None
    wishing_at: datetime | None
    classes: tuple[ClassCount, ...]

    @property
    def school_announcements(self) -> int | None:
        return sum(self.announced.values()) if self.announced else None

    @property
    def announcements(self) -> int | None:
        """Of schools and of the bot; None when neither has anything to say."""
        if self.school_announcements is None and not self.own_posts:
            return None
        return (self.school_announcements or 0) + self.own_posts

    @property
    def applications(self) -> int | None:
        return added(one.applications for one in self.classes)

    @property
    def enrolled(self) -> int | None:
        return added(one.enrolled for one in self.classes)

    @property
    def seats(self) -> int | None:
        return added(one.seats for one in self.classes)

    def seats_by(self, source: Source) -> tuple[ClassCount, ...]:
        """Classes whose free seats are known, by who has said how many are enrolled."""
        return tuple(
            one for one in self.classes if one.seats is not None and one.enrolled_source == source
        )

    @property
    def with_classes(self) -> tuple[str, ...]:
        """Schools that have an open class: only they can have applications."""
        return tuple(dict.fromkeys(one.school for one in self.classes))

    def told(self, source: Source | None = None) -> tuple[str, ...]:
        """Schools of which the applications of every class are known (from that source)."""
        return tuple(
            school
            for school in self.with_classes
            if all(
                one.applications is not None and source in (None, one.source)
                for one in self.classes
                if one.school == school
            )
        )


def added(numbers: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [one for one in numbers if one is not None]
    return sum(known) if known else None
