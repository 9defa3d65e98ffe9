"""The official form as a file: reopened and looked at as Excel would."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.cell_text import clean
from exports.form_book import FormBook
from exports.form_workbook import form_workbook
from tests.exports.samples import LONG_EVENT, busy_book, empty_book, quiet_book

BOOKS: list[Callable[[], FormBook]] = [busy_book, quiet_book, empty_book]
ROOT = Path(__file__).parents[2]


def opened(book: FormBook) -> Workbook:
    return load_workbook(BytesIO(form_workbook(book)))


def sheet_of(book: FormBook) -> Worksheet:
    workbook = opened(book)
    assert len(workbook.worksheets) == 1
    return workbook.worksheets[0]


def head_row(sheet: Worksheet) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "№")


def table(sheet: Worksheet, book: FormBook) -> list[tuple[object, ...]]:
    start = head_row(sheet) + 1
    rows = sheet.iter_rows(
        min_row=start, max_row=start + len(book.printed.lines) - 1, max_col=8, values_only=True
    )
    return [tuple(row) for row in rows]


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


@pytest.mark.parametrize("make", BOOKS)
def test_the_table_holds_every_printed_line(make: Callable[[], FormBook]) -> None:
    book = make()
    expected = [
        (
            line.no or None,
            line.label,
            line.unit or None,
            *(float(cell) if isinstance(cell, Decimal) else cell for cell in line.cells),
        )
        for line in book.printed.lines
    ]
    assert table(sheet_of(book), book) == expected


@pytest.mark.parametrize("make", BOOKS)
def test_head_block_footnotes_and_signature(make: Callable[[], FormBook]) -> None:
    book = make()
    sheet = sheet_of(book)
    shown = texts(sheet)
    assert sheet.title == "2026-2027"
    assert shown[:2] == [book.title, book.periodicity]
    assert shown[2] == f"Образовательная организация: {clean(book.school_name)}"
    assert shown[3] == "Учебный год: 2026–2027"
    assert shown[4] == "; ".join(book.printed.notes)
    assert [cell.value for cell in sheet[head_row(sheet)]] == list(book.printed.headings)
    below = shown[-1 - len(book.printed.footnotes) - len(book.printed.reasons) :]
    assert below[:-1] == [*book.printed.footnotes, *book.printed.reasons]
    assert below[-1].startswith("Ответственный: ____")
    assert "Дата: ____" in below[-1]


def test_notes_name_the_periods() -> None:
    assert busy_book().printed.notes == (
        "База на 01.09: принято 10.09.2026",
        "I четверть: принято 29.10.2026",
        "II четверть: отправлено 14.01.2027, 16:40, опоздание",
        "III четверть: черновик",
        "IV четверть: не начато",
    )


def test_numbers_are_numbers_also_where_a_star_is_shown() -> None:
    book = busy_book()
    sheet = sheet_of(book)
    rows = {
        sheet.cell(row, 2).value: sheet[row][3:8]
        for row in range(head_row(sheet) + 1, sheet.max_row)
    }
    pupils = rows["Количество обучающихся в предпрофессиональном классе/группе"]
    assert [cell.value for cell in pupils] == [47, 47, 47, None, None]
    assert pupils[0].number_format == "0"
    chemistry, physics = rows["– Химия, 10 «А»"], rows["– Физика, 10 «Б», группа"]
    assert (chemistry[1].value, chemistry[1].number_format) == (4.34, "0.00")
    assert (physics[1].value, physics[1].number_format) == (4.3, '0.00"*"')
    assert physics[1].data_type == "n"
    assert [cell.value for cell in rows["– Химия, 11 «А»"]] == ["н/п"] * 3 + [None] * 2


@pytest.mark.parametrize("make", BOOKS)
def test_no_cell_is_a_formula(make: Callable[[], FormBook]) -> None:
    data = form_workbook(make())
    with ZipFile(BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "external" in name]
    sheet = sheet_of(make())
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("sign", ["=1+1", "+7", "-1", "@SUM(A1)", "#N/A", " =A1"])
def test_typed_text_is_inert_wherever_it_stands(sign: str) -> None:
    book = busy_book()
    line = replace(book.printed.lines[0], no=sign, unit=sign)
    sheet = sheet_of(replace(book, printed=replace(book.printed, lines=(line,))))
    row = head_row(sheet) + 1
    for cell in (sheet.cell(row, 1), sheet.cell(row, 3)):
        assert (cell.value, cell.data_type) == (sign, "s")
        assert cell.quotePrefix is (sign != "#N/A")


def test_odd_signs_do_not_break_the_file() -> None:
    book = empty_book()
    name = "Школа\x00\x0b\x1f\ud83d\ufffe & <b>🚀"
    odd = replace(book, school_name=name, school_year="2026/2027 [x]:*?")
    sheet = sheet_of(odd)
    assert sheet.title == "20262027 x"
    assert "Образовательная организация: Школа & <b>🚀" in texts(sheet)


def test_emoji_and_angle_brackets_survive() -> None:
    shown = texts(sheet_of(busy_book()))
    assert "– +100 идей для города 🚀" in shown
    assert "– Августовское совещание <педагогов> & партнёров" in shown


@pytest.mark.parametrize("make", BOOKS)
def test_it_is_ready_to_print(make: Callable[[], FormBook]) -> None:
    sheet = sheet_of(make())
    head = head_row(sheet)
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize or 0) == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.print_area == f"'2026-2027'!$A$1:$H${sheet.max_row}"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.oddFooter is not None
    assert "&P" in str(sheet.oddFooter.right)


def test_the_page_is_not_shrunk() -> None:
    """At 100 % the columns fit between the margins of A4 landscape (11.69 in)."""
    sheet = sheet_of(busy_book())
    pixels = sum(column.width * 7 + 5 for column in sheet.column_dimensions.values())
    assert pixels / 96 + sheet.page_margins.left + sheet.page_margins.right <= 11.69


def test_the_signature_is_never_on_a_page_without_a_line_of_the_table() -> None:
    """The busy form's foot once stood alone on page 4, under a head with nothing below it."""
    book = busy_book()
    sheet = sheet_of(book)
    last_line = head_row(sheet) + len(book.printed.lines)
    assert [one.id for one in sheet.row_breaks.brk] == [last_line - 1]
    one_page = replace(book, printed=replace(book.printed, lines=book.printed.lines[:3]))
    assert not sheet_of(one_page).row_breaks.brk


def test_long_labels_get_high_rows_and_level_lines_are_italic() -> None:
    sheet = sheet_of(busy_book())
    by_label = {cell.value: cell for cell in sheet["B"]}
    long = by_label[f"– {LONG_EVENT}"]
    short = by_label["– Ярмарка профессий"]
    assert len(LONG_EVENT) == 198  # near the longest that a name may be
    assert sheet.row_dimensions[long.row].height >= 3 * sheet.sheet_format.defaultRowHeight
    assert sheet.row_dimensions[short.row].height is None
    assert long.alignment.wrap_text
    assert by_label["– региональный уровень"].font.italic
    assert not short.font.italic
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {
        "Times New Roman"
    }


def test_a_name_of_any_length_stays_within_excels_row_height() -> None:
    book = busy_book()
    line = replace(book.printed.lines[0], label="– " + "ОченьДлинноеСловоБезПробелов" * 400)
    sheet = sheet_of(replace(book, printed=replace(book.printed, lines=(line,))))
    assert sheet.row_dimensions[head_row(sheet) + 1].height == 409


def test_properties_say_when_the_data_changed() -> None:
    properties = opened(busy_book()).properties
    assert properties.created == properties.modified == datetime(2027, 3, 20, 4, 15, 30)  # noqa: DTZ001
    assert opened(empty_book()).properties.modified == datetime(2022, 9, 1)  # noqa: DTZ001


@pytest.mark.parametrize("make", BOOKS)
def test_a_book_crosses_processes(make: Callable[[], FormBook]) -> None:
    book = make()
    assert pickle.loads(pickle.dumps(book)) == book


@pytest.mark.parametrize("make", BOOKS)
def test_same_data_same_bytes(make: Callable[[], FormBook]) -> None:
    assert form_workbook(make()) == form_workbook(make())


@pytest.mark.parametrize(("seed", "zone"), [("1", "UTC"), ("77", "Asia/Kamchatka")])
def test_same_bytes_in_another_process(seed: str, zone: str) -> None:
    code = (
        "from hashlib import sha256;"
        "from exports.form_workbook import form_workbook;"
        "from tests.exports.samples import busy_book;"
        "print(sha256(form_workbook(busy_book())).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == sha256(form_workbook(busy_book())).hexdigest()


def test_the_archive_carries_no_time() -> None:
    with ZipFile(BytesIO(form_workbook(busy_book()))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
