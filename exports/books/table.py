"""A sheet with one table: what it is and of what day, a frozen head, rows, totals, print set-up.

Sheets are written row by row and forget what is behind them (openpyxl's write-only mode): widths,
frozen panes and page set-up are said before the first row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from exports.cell_styles import BODY, FACE, Look, Palette, inert
from exports.cell_text import clean, looks_like_formula
from exports.form_sheet import sheet_name
from exports.lettering import height, line_count, word_width

A4 = 9
ACROSS = 900.0  # points: words over the whole of a very wide table would leave the screen
ON_A_PAGE = 700.0  # the same beside columns that are printed on every page
WIDEST = 9.0  # points of a wide bold letter: this many fit for certain
MOST_LINES = 12  # a row higher than this is a nuisance; the rest is read in the cell itself
TITLE = Look(size=14, bold=True, framed=False)
NOTE = Look(size=10, framed=False, vertical="top")
HEAD = Look(bold=True, horizontal="center", fill="DDE6F0")
TEXT = Look(vertical="top")
MIDDLE = Look(horizontal="center", vertical="top")
COUNT = Look(horizontal="right", vertical="top", number_format="0")
MARK = replace(COUNT, number_format="0.00")
ONE_DECIMAL = replace(COUNT, number_format="0.0")
DAY = replace(MIDDLE, number_format="dd.mm.yyyy")
MOMENT = replace(MIDDLE, number_format="dd.mm.yyyy hh:mm")
TOTAL = replace(COUNT, bold=True, fill="F1F1F1")
TOTAL_TEXT = Look(bold=True, fill="F1F1F1")

Value = Decimal | str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in digits of the standard font."""

    heading: str
    width: float
    look: Look = TEXT


@dataclass(frozen=True, slots=True)
class Heading:
    """``name`` of the tab; ``notes`` say the day and the completeness."""

    name: str
    title: str
    notes: tuple[str, ...] = ()


class Binder:
    """A workbook in the making; its sheets share one set of looks."""

    def __init__(self) -> None:
        self.workbook = Workbook(write_only=True)
        self._palette: Palette | None = None

    @property
    def palette(self) -> Palette:
        assert self._palette is not None
        return self._palette

    def sheet(self, name: str) -> Worksheet:
        """A new sheet; names that are taken get a number."""
        taken = {one.lower() for one in self.workbook.sheetnames}
        wanted, number = sheet_name(name), 2
        while wanted.lower() in taken:
            wanted, number = f"{sheet_name(name)[:27]} {number}", number + 1
        sheet: Worksheet = self.workbook.create_sheet(wanted)
        if self._palette is None:
            self._palette = Palette(sheet)
        return sheet


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours: the only text that Excel may run."""

    text: str


Item = Value | Formula


class Table:
    """Writes one new sheet from top to bottom."""

    def __init__(
        self,
        binder: Binder,
        heading: Heading,
        columns: Sequence[Column],
        *,
        landscape: bool = True,
        frozen: int = 0,
        filtered: bool = True,
        fitted: bool = True,
    ) -> None:
        self.sheet = binder.sheet(heading.name)
        self.palette = binder.palette.on(self.sheet)
        columns = [replace(one, width=max(one.width, _head_width(one.heading))) for one in columns]
        self.columns = columns
        self._row = 0
        self._filtered = filtered
        self._looks = [column.look for column in columns]
        rooms = [_room(column.width) for column in columns]
        # Columns that are printed on every page would carry the words' beginning to each of them.
        self._beside = 0 if fitted else frozen
        self._across_room, self._across_to = _within(rooms, self._beside)
        self._rooms = [(room, int(room / WIDEST)) for room in rooms]
        for place, column in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(place)].width = column.width
        self.head_row = len(heading.notes) + 3
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{self.head_row + 1}"
        set_page(self.sheet, heading.title, landscape=landscape, fitted=fitted)
        if not fitted and frozen:
            self.sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
        protect(self.sheet)
        self._across(heading.title, TITLE)
        for note in heading.notes:
            self._across(note, NOTE)
        self._append([])
        self._append(
            [self.cell(column.heading, HEAD) for column in columns],
            max(
                line_count(column.heading, _room(column.width), HEAD.size, True)
                for column in columns
            ),
        )

    @property
    def first_row(self) -> int:
        """Of the data."""
        return self.head_row + 1

    @property
    def last_row(self) -> int:
        return self._row

    def row(self, values: Sequence[Item], looks: Sequence[Look] | None = None) -> int:
        """A row of the table, in the looks of its columns and as high as its words; its number."""
        looks = looks or self._looks
        cells = [self.cell(value, look) for value, look in zip(values, looks, strict=False)]
        return self._append(cells, self._lines(values, bold=False))

    def total(self, values: Sequence[Item], look: Look = TOTAL) -> int:
        """A row under the table."""
        row = [self.cell(value, TOTAL_TEXT if isinstance(value, str) else look) for value in values]
        return self._append(row, self._lines(values, bold=True))

    def section(self, key: str, name: str) -> None:
        """The head of a part of the table: its name takes the whole width."""
        key, name = f"{key}.", clean(name)
        room = sum(room for room, _ in self._rooms[1:])
        empty = [self.cell(None, TOTAL_TEXT) for _ in self.columns[2:]]
        cells = [self.cell(key, TOTAL_TEXT), self.cell(name, TOTAL_TEXT), *empty]
        self._append(cells, line_count(name, room, BODY, True))
        last = get_column_letter(len(self.columns))
        self.sheet.merged_cells.add(f"B{self._row}:{last}{self._row}")

    def free(self, text: str = "") -> None:
        """A line of words outside the table."""
        if text:
            self._across(text, NOTE)
        else:
            self._append([])

    def finish(self, last: int | None = None) -> None:
        """Filter and print area; ``last`` row of the data, if totals follow it."""
        end = get_column_letter(len(self.columns))
        if self._filtered and (last or self._row) > self.head_row:
            self.sheet.auto_filter.ref = f"A{self.head_row}:{end}{last or self._row}"
        self.sheet.print_title_rows = f"{self.head_row}:{self.head_row}"
        self.sheet.print_area = f"A1:{end}{max(self._row, self.head_row)}"

    def cell(self, value: Item, look: Look) -> Cell:
        if isinstance(value, Formula):
            return self.palette.cell(value.text, look)
        if not isinstance(value, str):
            return self.palette.cell(value, look)
        return text_cell(self.palette, value, look)

    # --- inside ------------------------------------------------------------------------------

    def _lines(self, values: Sequence[Item], *, bold: bool) -> int:
        lines = 1
        for value, (room, letters) in zip(values, self._rooms, strict=False):
            # Counting lines costs more than writing them: what is short needs no counting.
            if isinstance(value, str) and len(value) > letters:
                lines = max(lines, line_count(clean(value), room, BODY, bold))
        return lines

    def _append(self, cells: list[Cell], lines: int = 1) -> int:
        self._row += 1
        if lines > 1:
            self.sheet.row_dimensions[self._row].height = height(min(lines, MOST_LINES), BODY)
        self.sheet.append(cells)
        return self._row

    def _across(self, text: str, look: Look) -> None:
        """Words over the whole width; the row is as high as they need."""
        lines = line_count(clean(text), self._across_room, look.size, look.bold)
        self._row += 1
        self.sheet.row_dimensions[self._row].height = height(lines, look.size) + 2
        self.sheet.append([*[None] * self._beside, self.cell(text, look)])
        first = get_column_letter(self._beside + 1)
        self.sheet.merged_cells.add(f"{first}{self._row}:{self._across_to}{self._row}")


def text_cell(palette: Palette, value: str, look: Look) -> Cell:
    """Whatever people typed, it stays a text."""
    text = clean(value)
    cell = palette.cell(text or None, inert(look) if looks_like_formula(text) else look)
    if text:
        cell.data_type = "s"  # openpyxl takes «=…» for a formula and «#N/A» for an error
    return cell


def set_page(
    sheet: Worksheet, title: str, *, landscape: bool, fitted: bool, on_one: bool = False
) -> None:
    """A4 with a footer; ``fitted`` to its width, ``on_one``: everything on one page."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    if fitted:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(on_one)
        assert sheet.sheet_properties.pageSetUpPr is not None
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    else:
        sheet.page_setup.scale = 70  # several pages side by side, all readable
    sheet.page_margins = PageMargins(
        left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3
    )
    sheet.sheet_view.showGridLines = False
    footer = sheet.oddFooter
    assert footer is not None
    for part in (footer.left, footer.right):
        part.font, part.size = f"{FACE},Regular", 9
    footer.left.text = clean(title)[:120].replace("&", "&&")
    footer.right.text = "Лист &P из &N"


def protect(sheet: Worksheet) -> None:
    """Against a slip of the hand, not against anybody: no password, filters and widths work."""
    guard = sheet.protection
    guard.sheet = True
    for allowed in ("autoFilter", "sort", "formatColumns", "formatRows", "formatCells"):
        setattr(guard, allowed, False)


def _within(rooms: Sequence[float], beside: int) -> tuple[float, str]:
    """The room of words that go across the table, and the last column that they cover."""
    most = ON_A_PAGE if beside else ACROSS
    used, last = 0.0, beside
    for room in rooms[beside:]:
        if used + room > most and used:
            break
        used += room
        last += 1
    return min(used, most), get_column_letter(last)


def _room(width: float) -> float:
    """Points for text in a cell of this width."""
    return (width * 7 - 5) * 0.75


def _head_width(heading: str) -> float:
    """Of a column in which no word of its head is broken; a hyphen may end a line."""
    words = heading.replace("-", "- ").split()
    points = max((word_width(word, HEAD.size, HEAD.bold) for word in words), default=0.0)
    return float(ceil((points / 0.75 + 5) / 7))


def column_letter(place: int) -> str:
    """Of a column counted from 1."""
    return get_column_letter(place)
