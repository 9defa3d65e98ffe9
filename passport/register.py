"""A school's classes, as far as the form needs them (rows 1 and 2 are asked per class)."""

from dataclasses import dataclass
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
