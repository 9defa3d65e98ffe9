"""The page for a meeting as rows of paper: as much as one A4 page holds, in a size one can read.

Excel can shrink a sheet to a page, Word cannot: so the lines are counted before anything is drawn.
First second thoughts are left out, then the ends of long sections; what is left out is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from exports.books.desk import BookJob, snapshot
from exports.forms import UnknownSchoolError
from exports.lettering import line_count
from passport.brief import SIGNS, Entry, Page, Section, SectionKey, Sign
from storage import brief, schools

# Points of the three columns: what it is, what there is to say, the mark in words.
WIDTHS = (150.0, 297.0, 76.0)
HEIGHT = 736.0  # points of an A4 page between its margins, without the footer
# What phones have in the place of Times New Roman is wider, and its lines are higher.
WIDER = 1.15
TALLER = 1.37
LEADING = 1.3  # between the two: lines are counted wide already
PADDING = 2.6  # points around the text of a row
SIZES = (10, 9)
MOST = 14  # entries of a section
# Sections give up lines only down to here: first with their second thoughts, then without.
FLOORS = ((8, True), (1, False))
WHOLE: frozenset[SectionKey] = frozenset({"indicators", "tasks", "collection"})
LONGEST = 260  # characters of one cell: names of partners are people's own
LONGEST_HEAD = 120  # every official name of a risk is whole
FOOT = "«–»: данных нет, это не ноль. Считаются только принятые отчёты."

RowKind = Literal["section", "line", "hidden"]


@dataclass(frozen=True, slots=True)
class PaperRow:
    kind: RowKind
    head: str
    says: str
    sign: Sign = ""

    @property
    def word(self) -> str:
        return SIGNS[self.sign].word

    def lines(self, size: float) -> int:
        bold = self.kind == "section"
        cells = zip((self.head, self.says, self.word), WIDTHS, strict=True)
        return max(line_count(text, (room - 11) / WIDER, size, bold) for text, room in cells)


@dataclass(frozen=True, slots=True)
class Paper:
    """``size`` of the type in points; ``moment`` is when the page was made (UTC)."""

    page: Page
    rows: tuple[PaperRow, ...]
    size: int


async def stored_paper(job: BookJob) -> tuple[Paper, datetime]:
    """The city's page, or that of the job's school, with the local moment at which it was made.

    Raises UnknownSchoolError.
    """
    async with snapshot(job) as (tx, passport):
        if not job.school:
            page = await brief.of_city(tx, passport)
        else:
            school = await schools.get(tx, job.school)
            if school is None:
                words = f"Школы {job.school} нет. Нужна метка школы, например s24."
                raise UnknownSchoolError(words)
            page = await brief.of_school(tx, passport, school, with_risks=job.with_risks)
        return fitted(page), tx.now.astimezone(passport.calendar.zone)


def fitted(page: Page) -> Paper:
    """The most that one page holds, in the largest type that holds it.

    What is too long loses its second thoughts, then the longest section its last line, and so on.
    """
    rows: tuple[PaperRow, ...] = ()
    for floor, with_more in FLOORS:
        shown = [min(len(one.entries), MOST) for one in page.sections]
        while True:
            rows = tuple(_rows(page, shown, with_more=with_more))
            for size in SIZES:
                if _height(page, rows, size) <= HEIGHT:
                    return Paper(page, rows, size)
            longest = max(
                (place for place, one in enumerate(page.sections) if one.key not in WHOLE),
                key=lambda place: shown[place],
                default=None,
            )
            if longest is None or shown[longest] <= floor:
                break
            shown[longest] -= 1
    return Paper(page, rows, SIZES[-1])


def _height(page: Page, rows: tuple[PaperRow, ...], size: float) -> float:
    wide = sum(WIDTHS)
    top = line_count(page.title, wide, size + 4, True) * (size + 4) * LEADING
    top += sum(line_count(one, wide, size) for one in page.under) * size * LEADING
    lines = sum(row.lines(size) for row in rows)
    return top + lines * size * LEADING + len(rows) * PADDING


def _rows(page: Page, shown: Sequence[int], *, with_more: bool) -> Iterator[PaperRow]:
    for section, most in zip(page.sections, shown, strict=True):
        yield PaperRow("section", section.title, section.summary)
        yield from _lines(section, most, with_more=with_more)


def _lines(section: Section, most: int, *, with_more: bool) -> Iterator[PaperRow]:
    for one in section.entries[:most]:
        yield PaperRow(
            "line", _short(one.head, LONGEST_HEAD), _short(_says(one, with_more), LONGEST), one.sign
        )
    hidden = len(section.entries) - most
    if hidden > 0:
        yield PaperRow("hidden", "", f"… и ещё {hidden}")


def _says(one: Entry, with_more: bool) -> str:
    return f"{one.says}; {one.more}" if with_more and one.more else one.says


def _short(text: str, limit: int) -> str:
    text = " ".join(text.split())  # a name of people must not begin a line of its own
    if len(text) <= limit:
        return text
    whole, _, _ = text[:limit].rpartition(" ")
    return (whole or text[: limit - 1]).rstrip(" ,;:") + "…"
