"""Files that must not come in, each refused in one sentence; nothing is ever raised."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.form_workbook import form_workbook
from exports.reading import unpacking
from exports.reading.door import Refused, open_workbook
from exports.reading.form_file import ReadForm
from exports.reading.grids import MOST_ROWS, MOST_SHEETS, ReadableBook
from exports.reading.upload import Upload, read_upload
from tests.exports.samples import busy_book


def workbook() -> bytes:
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def with_member(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """A workbook with one more member, or another content of one."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(base or workbook())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return buffer.getvalue()


def said(content: bytes, name: str = "forma.xlsx") -> str:
    opened = open_workbook(content, name)
    assert isinstance(opened, Refused)
    assert "\n" not in opened.text
    return opened.text


def test_a_plain_workbook_comes_in() -> None:
    assert isinstance(open_workbook(workbook()), ReadableBook)


def test_macros_are_refused() -> None:
    assert "макросы" in said(with_member("xl/vbaProject.bin", b"x"))


def test_links_to_other_books_are_refused() -> None:
    assert "ссылки на другие книги" in said(
        with_member("xl/externalLinks/externalLink1.xml", b"<a/>")
    )


def test_an_entity_in_the_xml_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'
    assert "необычно" in said(with_member("xl/workbook.xml", bomb))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 200_000)
    assert "слишком большой" in said(with_member("xl/media/a.bin", bytes(400_000)))
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 3)
    assert "слишком большой" in said(workbook())


FORM = form_workbook(busy_book())
SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(before: bytes, addition: bytes) -> bytes:
    """The official form with something more in the XML of its sheet."""
    with zipfile.ZipFile(BytesIO(FORM)) as archive:
        xml = archive.read(SHEET)
    assert before in xml
    return with_member(SHEET, xml.replace(before, addition + before, 1), FORM)


@pytest.mark.parametrize("pad", [0, 5_000, 1_048_570])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_found_wherever_they_are_declared(pad: int, encoding: str) -> None:
    text = f'<?xml version="1.0"?><!--{"x" * pad}--><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'
    assert "необычно" in said(with_member("xl/odd.dat", text.encode(encoding)))


@pytest.mark.parametrize(
    ("before", "addition"),
    [
        (b"<mergeCell ", b'<mergeCell ref="J1:XFD1048576"/>'),
        (b"<pageMargins", b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
        (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        (b"</sheetData>", b'<row s="1"/>' * 100_000),
        (
            b"</sheetData>",
            b'<row r="90"><c r="A90" t="str"><v>' + b"a" * 5_000_000 + b"</v></c></row>",
        ),
    ],
    ids=["merge", "link", "corner", "formats", "text"],
)
def test_a_sheet_that_claims_all_its_cells_is_read_at_once(before: bytes, addition: bytes) -> None:
    """Each took gigabytes when every cell that is spoken of was made."""
    tracemalloc.start()
    outcome = read_upload(Upload("a.xlsx", in_sheet(before, addition)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(outcome, ReadForm)
    assert outcome.school == 28
    assert peak < 120_000_000


@pytest.mark.parametrize(
    "addition",
    [b'<row r="90">' + b"<c/>" * 200_000 + b"</row>", b"<row/>" * 220_000],
    ids=["one row", "rows"],
)
def test_too_many_tags_are_not_parsed(addition: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_TAGS_IN_ALL", 210_000)
    assert "После распаковки файл слишком большой" in said(in_sheet(b"</sheetData>", addition))


def test_a_book_of_many_corners_stays_small() -> None:
    book = Workbook()
    for _ in range(45):
        book.create_sheet()["BH2000"] = 1
    buffer = BytesIO()
    book.save(buffer)
    opened = open_workbook(buffer.getvalue())
    assert isinstance(opened, ReadableBook)
    assert len(opened.grids) == MOST_SHEETS
    assert all(len(grid.rows) <= MOST_ROWS for grid in opened.grids)


def test_a_percent_is_read_as_it_is_seen() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row, (value, look) in enumerate(
        [(0.367, "0.0%"), (1, "0%"), (24, '0"%"'), (24, "#,##0 ₽"), (True, "0%")], start=1
    ):
        sheet.cell(row, 1, value).number_format = look
    buffer = BytesIO()
    book.save(buffer)
    opened = open_workbook(buffer.getvalue())
    assert isinstance(opened, ReadableBook)
    assert [row[0] for row in opened.grids[0].rows] == ["36.7%", "100%", 24, 24, True]


def test_what_lies_under_a_merge_is_not_seen() -> None:
    """LibreOffice may keep it."""
    cell = b'<row r="90"><c r="A90"><v>1</v></c><c r="B90"><v>2</v></c></row>'
    with zipfile.ZipFile(BytesIO(in_sheet(b"</sheetData>", cell))) as archive:
        xml = archive.read(SHEET)
    merged = xml.replace(b"<mergeCell ", b'<mergeCell ref="A90:B90"/><mergeCell ', 1)
    opened = open_workbook(with_member(SHEET, merged, FORM))
    assert isinstance(opened, ReadableBook)
    assert (opened.grids[0].at(90, 1), opened.grids[0].at(90, 2)) == (1, None)


def test_other_archives_are_told_apart() -> None:
    assert "OpenDocument" in said(archive({"content.xml": b""}))
    assert "Word" in said(archive({"word/document.xml": b""}))
    assert "архив" in said(archive({"forma.xlsx": b""}), "formy.zip")
    assert "RAR" in said(b"Rar!\x1a\x07\x00")


def archive(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def test_a_workbook_without_a_form() -> None:
    outcome = read_upload(Upload("a.xlsx", workbook()))
    assert isinstance(outcome, Refused)
    assert "нет формы отчётности" in outcome.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_spoiled_file_never_raises(data: st.DataObject) -> None:
    """Bytes changed or cut anywhere: read or refused, in one sentence."""
    content = bytearray(FORM)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for spoiled in (bytes(content), bytes(content[:cut])):
        outcome = read_upload(Upload("forma.xlsx", spoiled))
        if isinstance(outcome, Refused):
            assert outcome.text
            assert "\n" not in outcome.text


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_are_refused_and_never_raise(content: bytes, name: str) -> None:
    assert isinstance(open_workbook(content, name), Refused)
