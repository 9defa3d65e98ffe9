"""The page for a meeting in Excel: one A4 page, upright."""

from dataclasses import replace

from exports.books.desk import BookJob
from exports.books.table import (
    MIDDLE,
    NOTE,
    TEXT,
    TOTAL_TEXT,
    Binder,
    Column,
    Heading,
    Table,
)
from exports.brief_paper import FOOT, WIDER, WIDTHS, PaperRow, stored_paper
from exports.cell_styles import Look
from passport.brief import SIGNS

DIGIT = 5.25  # points of a digit of the standard font, as widths of columns are counted
NAMES = ("Что", "Состояние", "Отметка")
HIDDEN = replace(NOTE, framed=True)
MARKED = {sign: replace(MIDDLE, fill=look.fill) for sign, look in SIGNS.items()}


async def write(binder: Binder, job: BookJob) -> str:
    """Returns the title."""
    paper, made = await stored_paper(job)
    page = paper.page
    columns = [
        Column(name, round(width / DIGIT, 1)) for name, width in zip(NAMES, WIDTHS, strict=True)
    ]
    notes = (*page.under, f"Сделано {made:%d.%m.%Y, %H:%M}. {FOOT}")
    heading = Heading("Справка" if page.school else "Состояние проекта", page.title, notes)
    table = Table(binder, heading, columns, landscape=False, filtered=False, spare=WIDER)
    table.sheet.page_setup.fitToHeight = 1
    for row in paper.rows:
        if row.kind == "section":
            table.total([row.head, row.says, ""], TOTAL_TEXT)
        else:
            table.row([row.head, row.says, row.word], _looks(row))
    table.finish()
    return page.title


def _looks(row: PaperRow) -> tuple[Look, Look, Look]:
    said = HIDDEN if row.kind == "hidden" else TEXT
    return TEXT, said, MARKED[row.sign]
