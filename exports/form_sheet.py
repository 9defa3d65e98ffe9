"""The form's sheet: head block (F17), table, footnotes, signature; ready to print on A4.

The table is the passport's, line by line. What the printed form has no place for (school, year,
how each report stands) is above it, and nobody's name is anywhere.
"""

from dataclasses import replace

from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from exports.cell_styles import BODY, FACE, SMALL, TITLE, Look, Palette, inert
from exports.cell_text import clean, looks_like_formula
from exports.form_book import FormBook
from exports.lettering import height, line_count
from passport.printed import Cell, PrintedLine

WIDTHS = (5, 68, 15, 15, 9, 9, 9, 9)  # in digits of the standard font
LAST = "H"
A4 = 9
# Points for text in a cell: 7 pixels a digit and 5 more, less the padding.
ROOMS = tuple((width * 7 - 5) * 0.75 for width in WIDTHS)
ROOM_ACROSS = (sum(width * 7 + 5 for width in WIDTHS) - 10) * 0.75
ONE_LINE = height(1, BODY)
GAP = 8.0
PAGE = (8.27 - 0.5 - 0.6) * 72 * 0.98  # printable points of a page, a little less to be sure
ROOMIER = 1.06
INDENT = 9.0  # points a step
FOOTER_NAME = 120  # the whole footer may have 255 signs

HEADING = Look(bold=True, horizontal="center")
HEADLINE = Look(size=TITLE, bold=True, horizontal="center", framed=False)
SUBTITLE = Look(horizontal="center", framed=False)
LINE = Look(framed=False, vertical="top")
FOOTNOTE = Look(size=SMALL, framed=False, vertical="top")
LABELS = (Look(), Look(indent=1))
LEVEL = Look(italic=True)
MIDDLE = Look(horizontal="center")
COUNT = replace(MIDDLE, number_format="0")
MARK = replace(MIDDLE, number_format="0.00")
SMALL_GROUP = replace(MIDDLE, number_format='0.00"*"')  # the cell stays a number


class FormSheet:
    """Writes one new sheet, from top to bottom."""

    def __init__(
        self, sheet: Worksheet, book: FormBook, palette: Palette | None = None, name: str = ""
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._palette = palette.on(sheet) if palette else Palette(sheet)
        self._heights: list[float] = []
        sheet.title = sheet_name(name or book.school_year)
        sheet.sheet_format.defaultRowHeight = ONE_LINE
        sheet.sheet_format.customHeight = True
        self._row = 0

    def write(self) -> None:
        for position, width in enumerate(WIDTHS):
            self._sheet.column_dimensions["ABCDEFGH"[position]].width = width
        self._print_setup()
        heading_row = self._headings_at()
        self._sheet.freeze_panes = f"A{heading_row + 1}"
        self._head_block()
        self._headings()
        assert self._row == heading_row
        for line in self._book.printed.lines:
            self._line(line)
        last_line = self._row
        self._foot()
        self._keep_foot_with(last_line, heading_row)
        self._print_area(heading_row)

    # --- parts -------------------------------------------------------------------------------

    def _head_block(self) -> None:
        book = self._book
        self._across(book.title, HEADLINE)
        self._across(book.periodicity, SUBTITLE)
        self._gap()
        self._across(f"Образовательная организация: {book.school_name}", LINE)
        self._across(f"Учебный год: {book.school_year.replace('-', '–')}", LINE)
        if book.printed.notes:
            self._across("; ".join(book.printed.notes), LINE)
        self._gap()

    def _headings(self) -> None:
        headings = self._book.printed.headings
        lines = max(_lines(i, text, HEADING) for i, text in enumerate(headings))
        self._add([self._cell(heading, HEADING) for heading in headings], lines)

    def _line(self, line: PrintedLine) -> None:
        label = LEVEL if line.italic else LABELS[line.indent]
        number = MARK if line.decimals else COUNT
        looks = [SMALL_GROUP if small else number for small in line.small]
        cells = [
            self._cell(line.no, MIDDLE),
            self._cell(line.label, label),
            self._cell(line.unit, MIDDLE),
            *map(self._cell, line.cells, looks),
        ]
        self._add(cells, max(_lines(1, line.label, label), _lines(2, line.unit, MIDDLE)))

    def _foot(self) -> None:
        self._gap()
        for text in (*self._book.printed.footnotes, *self._book.printed.reasons):
            self._across(text, FOOTNOTE)
        self._gap()
        self._gap()
        self._across("Ответственный: " + "_" * 30 + " " * 8 + "Дата: " + "_" * 20, LINE)

    def _keep_foot_with(self, last_line: int, heading_row: int) -> None:
        """Nobody should sign a page that has no line of the table on it."""
        # Programs differ in what they fit on a page: what either of two estimates fears is avoided.
        pages = (self._last_page(page, heading_row) for page in (PAGE, PAGE * ROOMIER))
        if any(begins > last_line for begins in pages):
            self._sheet.row_breaks.append(Break(id=last_line - 1))

    def _last_page(self, page: float, heading_row: int) -> int:
        """The row that the last page begins with, if a page holds so many points."""
        begins, used = 1, 0.0
        for row, tall in enumerate(self._heights, start=1):
            if used + tall > page:
                begins, used = row, self._heights[heading_row - 1]
            used += tall
        return begins

    def _headings_at(self) -> int:
        """The row of the table's head: what is frozen must be said before the first row."""
        return 7 + bool(self._book.printed.notes)

    def _print_area(self, heading_row: int) -> None:
        self._sheet.print_title_rows = f"{heading_row}:{heading_row}"
        self._sheet.print_area = f"A1:{LAST}{self._row}"

    def _print_setup(self) -> None:
        sheet = self._sheet
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0  # as many pages as it takes
        assert sheet.sheet_properties.pageSetUpPr is not None
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(
            left=0.5, right=0.5, top=0.5, bottom=0.6, header=0.3, footer=0.3
        )
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        footer = sheet.oddFooter
        assert footer is not None
        for part in (footer.left, footer.right):
            part.font, part.size = f"{FACE},Regular", 9
        footer.left.text = clean(self._book.school_name)[:FOOTER_NAME].replace("&", "&&")
        footer.right.text = "Лист &P из &N"

    # --- rows and cells ----------------------------------------------------------------------

    def _across(self, text: str, look: Look) -> None:
        """A row of text over the whole width of the table."""
        lines = line_count(clean(text), ROOM_ACROSS, look.size, look.bold)
        self._add([self._cell(text, look)], lines, look.size)
        # Worksheet.merge_cells would also make and frame every cell that is covered.
        self._sheet.merged_cells.add(f"A{self._row}:{LAST}{self._row}")

    def _gap(self) -> None:
        self._add([], tall=GAP)

    def _add(
        self, cells: list[SheetCell], lines: int = 1, size: float = BODY, tall: float = 0
    ) -> None:
        """A row; its height goes first: a sheet that is written row by row forgets those behind."""
        self._row += 1
        self._heights.append(tall or height(lines, size))
        if tall or lines > 1 or size != BODY:
            self._sheet.row_dimensions[self._row].height = self._heights[-1]
        self._sheet.append(cells)

    def _cell(self, value: Cell, look: Look) -> SheetCell:
        if not isinstance(value, str):
            return self._palette.cell(value, look)
        text = clean(value)
        cell = self._palette.cell(text or None, inert(look) if looks_like_formula(text) else look)
        if text:
            cell.data_type = "s"  # openpyxl takes «=…» for a formula and «#N/A» for an error
        return cell


def _lines(position: int, text: str, look: Look) -> int:
    return line_count(clean(text), ROOMS[position] - look.indent * INDENT, look.size, look.bold)


def sheet_name(school_year: str) -> str:
    """Excel forbids some signs in a sheet's name and more than 31 of them."""
    return "".join(sign for sign in clean(school_year) if sign not in "[]:*?/\\'")[:31] or "Форма"
