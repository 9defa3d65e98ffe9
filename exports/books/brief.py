"""The page for a meeting in Excel: one A4 page, upright, in a type that can be read."""

from dataclasses import replace
from datetime import datetime

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.books.desk import BookJob
from exports.books.table import NOTE, TITLE, Binder, protect, set_page, text_cell
from exports.brief_paper import FOOT, TALLER, WIDER, WIDTHS, Paper, PaperRow, stored_paper
from exports.cell_styles import Look, Palette
from exports.lettering import line_count
from passport.brief import SIGNS

DIGIT = 5.25  # points of a digit of the standard font, as widths of columns are counted
SECTION_FILL = "E7EDF4"
ACROSS = f"A{{0}}:{get_column_letter(len(WIDTHS))}{{0}}"


async def write(binder: Binder, job: BookJob) -> str:
    """Returns the title."""
    paper, made = await stored_paper(job)
    page = paper.page
    sheet = binder.sheet("Справка" if page.school else "Состояние Проекта")
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = round(width / DIGIT, 1)
    set_page(sheet, page.title, landscape=False, fitted=True, on_one=True)
    protect(sheet)
    writer = _Writer(sheet, binder.palette.on(sheet), paper)
    writer.head(made)
    writer.rows()
    sheet.print_area = f"A1:{get_column_letter(len(WIDTHS))}{writer.row}"
    return page.title


class _Writer:
    """From top to bottom; every row is as high as its words, whatever type they are read in."""

    def __init__(self, sheet: Worksheet, palette: Palette, paper: Paper) -> None:
        self._sheet = sheet
        self._palette = palette
        self._paper = paper
        self.row = 0
        self._text = Look(size=paper.size, vertical="top")
        self._section = replace(self._text, bold=True, fill=SECTION_FILL)
        self._marks = {
            sign: replace(self._text, horizontal="center", fill=look.fill)
            for sign, look in SIGNS.items()
        }

    def head(self, made: datetime) -> None:
        self._across(self._paper.page.title, TITLE)
        for words in self._paper.page.under:
            self._across(words, NOTE)
        self._across(f"Сделано {made:%d.%m.%Y, %H:%M}. {FOOT}", NOTE)

    def rows(self) -> None:
        for row in self._paper.rows:
            self._next(row.lines(self._paper.size), self._paper.size)
            cells = zip((row.head, row.says, row.word), self._looks(row), strict=True)
            self._sheet.append([text_cell(self._palette, text, look) for text, look in cells])

    def _looks(self, row: PaperRow) -> tuple[Look, Look, Look]:
        if row.kind == "section":
            return self._section, self._section, self._section
        return self._text, self._text, self._marks[row.sign]

    def _across(self, text: str, look: Look) -> None:
        self._next(line_count(text, sum(WIDTHS) / WIDER, look.size, look.bold), look.size)
        self._sheet.append([text_cell(self._palette, text, look)])
        self._sheet.merged_cells.add(ACROSS.format(self.row))

    def _next(self, lines: int, size: float) -> None:
        self.row += 1
        self._sheet.row_dimensions[self.row].height = round(lines * size * TALLER + 3, 2)
