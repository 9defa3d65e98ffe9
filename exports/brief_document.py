"""The page for a meeting in Word: one A4 page; made in the worker, as workbooks are.

What people typed is plain text in it: a run of characters, never a field or a link. Characters that
XML has no way to write are left out. The same data at the same moment give the same bytes.
"""

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from exports.brief_paper import FOOT, WIDTHS, Paper, PaperRow
from exports.cell_text import clean
from exports.still_archive import CREATOR, settled
from passport.brief import SIGNS

FACE = "Times New Roman"
MARGIN = 36.0  # points; A4 is 595 by 842
SECTION_FILL = "E7EDF4"


def document_of(paper: Paper, made: datetime) -> bytes:
    """The .docx; ``made`` is the local moment that it speaks of."""
    document = _blank(paper.size)
    _head(document, paper)
    _table(document, paper)
    _foot(document, made)
    properties = document.core_properties
    properties.author = properties.last_modified_by = CREATOR
    properties.title = clean(paper.page.title)
    properties.comments = ""
    stamp = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = stamp
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def _blank(size: float) -> Document:
    """An empty A4 page in the type of the forms."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Pt(595.3), Pt(841.9)
    page.left_margin = page.right_margin = page.top_margin = Pt(MARGIN)
    page.bottom_margin, page.footer_distance = Pt(MARGIN), Pt(MARGIN / 2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.rPr.rFonts
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FACE)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    return document


def _head(document: Document, paper: Paper) -> None:
    _write(document.add_paragraph(), paper.page.title, bold=True, size=paper.size + 4)
    for words in paper.page.under:
        _write(document.add_paragraph(), words)
    document.paragraphs[-1].paragraph_format.space_after = Pt(4)


def _table(document: Document, paper: Paper) -> None:

    table = document.add_table(rows=len(paper.rows), cols=len(WIDTHS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Pt(width)
    for row, line in zip(table.rows, paper.rows, strict=True):
        _fill(row, line)
    # Word wants a paragraph behind a table: a small one, or it would open a second page.
    _write(document.add_paragraph(), "", size=1)


def _fill(row: _Row, line: PaperRow) -> None:
    section = line.kind == "section"
    fill = SECTION_FILL if section else SIGNS[line.sign].fill
    texts = (line.head, line.says, line.word)
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = Pt(width)
        _write(cell.paragraphs[0], text, bold=section)
    if section:
        for cell in row.cells:
            _shade(cell, fill)
    elif fill:
        _shade(row.cells[-1], fill)


def _foot(document: Document, made: datetime) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    _write(footer, f"Сделано {made:%d.%m.%Y, %H:%M}. {FOOT}", size=8)


def _write(
    paragraph: Paragraph, text: str, *, bold: bool = False, size: float | None = None
) -> None:
    run = paragraph.add_run(" ".join(clean(text).split()))
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)


def _shade(cell: _Cell, fill: str) -> None:
    """python-docx has no call for the colour of a cell."""

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)
