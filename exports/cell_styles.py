"""The looks of the form's cells, each built once a workbook and shared by all cells that have it.

A style that is set on every cell anew costs more than everything else in the file together.
"""

from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.worksheet import Worksheet

FACE = "Times New Roman"
BODY, TITLE, SMALL = 11, 12, 10
LINE = Side(style="thin", color="000000")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)

Value = Decimal | str | int | float | date | datetime | None
Horizontal = Literal["left", "center", "right"]
Vertical = Literal["top", "center"]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How one kind of cell looks. ``inert`` is Excel's own mark for «this is text».

    Looks are constants and told apart by identity: they are looked up for every single cell.
    """

    size: int = BODY
    bold: bool = False
    italic: bool = False
    horizontal: Horizontal = "left"
    vertical: Vertical = "center"
    indent: int = 0
    framed: bool = True
    number_format: str = "General"
    inert: bool = False
    fill: str = ""  # a colour, «DDE6F0»
    locked: bool = True


@cache
def inert(look: Look) -> Look:
    """The same look for text that Excel might otherwise take for a formula."""
    return replace(look, inert=True)


class Palette:
    """Looks as the style records of one workbook; ``on`` gives the same looks for another sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._records: dict[Look, StyleArray] = {}
        assert sheet.parent is not None
        _set_standard_font(sheet.parent)
        # openpyxl writes out Excel's own list of 64 colours: a third of the stylesheet, unused.
        sheet.parent._colors = ()  # type: ignore[attr-defined]
        pattern = Cell(sheet, 1, 1)
        pattern.border = FRAME
        self._framed = _record_of(pattern)

    def on(self, sheet: Worksheet) -> "Palette":
        """For another sheet of the same workbook: a second palette would number its styles anew."""
        other = copy(self)
        other._sheet = sheet
        return other

    def cell(self, value: Value, look: Look) -> Cell:
        """A cell that gets its place when its row is added to the sheet."""
        cell = Cell(self._sheet, 1, 1, value)
        # One record for all cells that look alike; what the constructor offers is a copy each.
        cell._style = self._record(look)  # type: ignore[attr-defined]
        return cell

    def _record(self, look: Look) -> StyleArray:
        record = self._records.get(look)
        if record is None:
            record = self._records[look] = self._made(look)
        return record

    def _made(self, look: Look) -> StyleArray:
        pattern = Cell(self._sheet, 1, 1, None, self._framed if look.framed else None)
        pattern.font = _font(look.size, look.bold, look.italic)
        pattern.alignment = _alignment(look.horizontal, look.vertical, look.indent)
        pattern.number_format = look.number_format
        if look.fill:
            pattern.fill = PatternFill("solid", fgColor=look.fill)
        if not look.locked:
            pattern.protection = Protection(locked=False)
        pattern.quotePrefix = look.inert
        return _record_of(pattern)


def _record_of(cell: Cell) -> StyleArray:
    record: StyleArray = cell._style  # type: ignore[attr-defined]
    return record


def _set_standard_font(workbook: Workbook) -> None:
    """Column widths are counted in digits of the standard font.

    openpyxl's is Calibri, which LibreOffice and many school computers lack: there every column
    would come out wider and the text smaller. Times New Roman has a twin of equal widths anywhere.
    """
    font = _font(BODY, bold=False, italic=False)
    # openpyxl offers no public way to change the standard style of a new workbook.
    workbook._fonts = IndexedList([font])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]


@cache
def _font(size: int, bold: bool, italic: bool) -> Font:
    return Font(name=FACE, family=1, size=size, bold=bold, italic=italic)


@cache
def _alignment(horizontal: Horizontal, vertical: Vertical, indent: int) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True, indent=indent)
