"""«Состояние Проекта на ДД.ММ.ГГГГ»: the page that is forwarded before a meeting, as values.

The same page is a screen, a printed sheet and a document: what it says is said here once. A view
decides only how much of a section it has room for. No number stands without its day and
completeness; what was not measured says so and is never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

SectionKey = Literal[
    "indicators",
    "tasks",
    "collection",
    "plan",
    "risks",
    "dates",
    "classes",
    "pupils",
    "brought",
    "reports",
    "contracts",
    "owes",
]
Sign = Literal[
    "",
    "done",
    "near",
    "below",
    "none",
    "red",
    "amber",
    "clear",
    "unknown",
    "late",
    "soon",
    "going",
    "accepted",
    "sent",
    "owed",
]


@dataclass(frozen=True, slots=True)
class Look:
    """How a sign is seen: a mark in the chat, words on paper. Never a colour alone."""

    mark: str
    word: str
    fill: str = ""  # of a cell, «FDE2E0»


SIGNS: dict[Sign, Look] = {
    "": Look("•", ""),
    "done": Look("●", "выполнено", "DDF0DD"),
    "near": Look("◐", "от 90 %", "FFF3CD"),
    "below": Look("○", "ниже цели", "FBE3E0"),
    "none": Look("·", "не измерено"),
    "red": Look("🔴", "красный", "F6C9C4"),
    "amber": Look("🟡", "жёлтый", "FFE9A8"),
    "clear": Look("🟢", "зелёный", "DDF0DD"),
    "unknown": Look("⚪", "нет данных"),
    "late": Look("❗", "просрочено", "FBE3E0"),
    "soon": Look("⏳", "скоро срок", "FFF3CD"),
    "going": Look("▸", "идёт"),
    # Of a report: the line itself says it.
    "accepted": Look("✅", ""),
    "sent": Look("📨", ""),
    "owed": Look("❗", ""),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``head`` names it, ``says`` is what there is to say.

    ``more`` only paper has room for; ``short`` is what a phone shows instead, if it is not empty.
    """

    head: str
    says: str
    sign: Sign = ""
    more: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """``summary`` stands beside the title, or alone when there is nothing more to say."""

    key: SectionKey
    title: str
    entries: tuple[Entry, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """``under`` the title stand the school's whole name, the year, what else frames the page.

    ``school`` is empty for the city.
    """

    title: str
    on: date
    under: tuple[str, ...]
    sections: tuple[Section, ...]
    school: str = ""

    def section(self, key: SectionKey) -> Section | None:
        return next((one for one in self.sections if one.key == key), None)


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day to come, and what is on it."""

    on: date
    says: str


MOST_NUMBERS = 12  # of schools in one sentence
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def dated(day: date) -> str:
    """«14.01.2027»."""
    return f"{day:%d.%m.%Y}"


def schools_named(slugs: Sequence[str], most: int = MOST_NUMBERS) -> str:
    """«№ 24, 31, 40 и ещё 12»."""
    numbers = sorted(int(slug.removeprefix("s")) for slug in slugs)
    more = f" и ещё {len(numbers) - most}" if len(numbers) > most else ""
    return "№ " + ", ".join(str(one) for one in numbers[:most]) + more


def dates_section(dates: Sequence[NextDate], most: int) -> Section:
    """The nearest days, each with all that is on it; the same thing is said once."""
    days = sorted({one.on for one in dates})[:most]
    entries = []
    for day in days:
        said = dict.fromkeys(one.says for one in dates if one.on == day)
        entries.append(Entry(f"{WEEKDAYS[day.weekday()]} {dated(day)}", "; ".join(said)))
    summary = "" if entries else "впереди ничего не назначено"
    return Section("dates", "Ближайшие даты", tuple(entries), summary)
