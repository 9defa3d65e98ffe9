"""The form is read back wherever it lies and however its cells were filled."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.form_book import form_book
from exports.form_workbook import form_workbook
from exports.reading import cells
from exports.reading.answers import answers_of, periods_in
from exports.reading.cells import Wrong
from exports.reading.door import open_workbook
from exports.reading.form_file import ReadForm, read_form
from exports.reading.grids import ReadableBook
from passport.change import applied, change
from passport.form import PERIODS, PeriodKey
from passport.loader import load_passport
from passport.printed import PeriodColumn
from passport.register import ProfileClass, Subject
from passport.sheet import Sheet
from passport.values import Item, Named, NotApplicable, Nothing, Number, Slot, Value
from tests.exports.samples import busy_book

FORM = load_passport().form
DATE = date(2026, 5, 4)
CLASS = ProfileClass(
    1, 10, "А", "class", "медицинская", (Subject(1, "Химия"), Subject(2, "Биология"))
)


def read(content: bytes) -> ReadForm:
    book = open_workbook(content)
    assert isinstance(book, ReadableBook)
    outcome = read_form(book, FORM)
    assert isinstance(outcome, ReadForm)
    return outcome


def edited(change_sheet: Any) -> bytes:
    book = load_workbook(BytesIO(form_workbook(busy_book())))
    change_sheet(book, book.worksheets[0])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def unmerge(sheet: Any) -> None:
    """Excel moves merged cells along when lines are inserted, openpyxl leaves them behind."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def test_school_and_year_are_read_from_the_head() -> None:
    found = read(form_workbook(busy_book()))
    assert (found.school, found.year, found.problems) == (28, "2026-2027", ())


@pytest.mark.parametrize("mess", ["renamed", "rows", "columns", "merged", "first sheet", "latin"])
def test_everyday_mess_changes_nothing(mess: str) -> None:
    def spoil(book: Any, sheet: Any) -> None:
        match mess:
            case "renamed":
                sheet.title = "Отчёт за 2 четверть (2)"
            case "rows":
                unmerge(sheet)
                sheet.insert_rows(1, 2)
                sheet.insert_rows(14)
            case "columns":
                unmerge(sheet)
                sheet.insert_cols(1)
            case "merged":
                sheet.merge_cells("D20:D21")
            case "first sheet":
                book.create_sheet("Инструкция", 0)["A1"] = "Заполните второй лист"
            case "latin":
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str) and "МАОУ" in cell.value:
                            cell.value = cell.value.replace("МАОУ", "MAOY")

    plain = read(form_workbook(busy_book()))
    found = read(edited(spoil))

    def said(one: ReadForm) -> list[tuple[object, ...]]:
        return [(cell.period, cell.key, cell.name, cell.value) for cell in one.cells]

    assert said(found) == said(plain)
    assert (found.school, found.year) == (plain.school, plain.year)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (24, Number(Decimal(24))),
        (24.0, Number(Decimal(24))),
        ("24", Number(Decimal(24))),
        ("2 чел.", Number(Decimal(2))),
        ("нет", Nothing()),
        ("-", Nothing()),
        ("–", Nothing()),
        ("не было", Nothing()),
        ("н/п", NotApplicable(cells.HALF_YEAR)),
        (None, None),
        ("  ", None),
    ],
)
def test_how_people_write_a_count(raw: Any, value: Value | None) -> None:
    assert cells.count(raw) == value


@pytest.mark.parametrize("raw", [-1, 2.5, "много", "#REF!", DATE, True, "24 из 30"])
def test_what_is_no_count(raw: Any) -> None:
    assert isinstance(cells.count(raw), Wrong)


@pytest.mark.parametrize(
    ("raw", "mark"),
    [
        (4.35, "4.35"),
        ("4,35", "4.35"),
        (4, "4.00"),
        (DATE, "4.50"),  # «4.5» as Excel here reads it
        (date(2035, 4, 1), "4.35"),  # «4.35» likewise
        (date(2026, 2, 3), "3.20"),
    ],
)
def test_a_mark_that_became_a_date_is_read_back(raw: Any, mark: str) -> None:
    assert cells.mark(raw) == Number(Decimal(mark))


@pytest.mark.parametrize("raw", [0.5, 6, "пять", date(2026, 1, 1), date(2026, 12, 31)])
def test_what_is_no_mark(raw: Any) -> None:
    assert isinstance(cells.mark(raw), Wrong)


def test_a_total_beside_its_names_and_a_repeated_level() -> None:
    """Row 3 prints «муниципальный уровень» twice (F1): the two are not mixed."""
    found = read(form_workbook(busy_book()))
    said = answers_of(found, FORM, (CLASS,), "I").answers
    assert isinstance(said[Slot("r3.municipal")], Named)
    assert said[Slot("r3.fourth")] == Nothing()


numbers = st.integers(0, 30).map(lambda n: Number(Decimal(n)))
names = st.sampled_from(
    ("Ярмарка профессий", "Экскурсия в порт", "Форум края", "День открытых дверей")
)
lists = st.lists(
    st.builds(Item, names, st.integers(1, 20)), min_size=1, max_size=3, unique_by=lambda i: i.name
)


@st.composite
def sheets(draw: st.DrawFn, period: PeriodKey) -> Sheet:
    """A period filled by the engine's own rules."""
    sheet = Sheet(FORM, period, (CLASS,))
    while (gap := sheet.next_gap()) is not None:
        question = FORM.question(gap.question)
        value: Value
        if question.kind == "average":
            value = Number(Decimal(draw(st.integers(200, 500))) / 100)
        elif question.offer is not None:
            offered = sheet.offered(gap)
            value = Number(offered or Decimal(0))
        elif question.kind == "named":
            value = Named(tuple(draw(lists))) if draw(st.booleans()) else Nothing()
        elif question.skippable and draw(st.booleans()):
            value = Nothing()
        else:
            value = draw(numbers)
        edits = change(sheet, gap, value, clear=True)
        assert isinstance(edits, tuple), (gap, edits)
        sheet = applied(sheet, edits)
    return sheet


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(PERIODS[1:]))
def test_what_is_printed_is_read_back_the_same(data: st.DataObject, period: PeriodKey) -> None:
    sheet = data.draw(sheets(period))
    book = form_book(
        FORM,
        school_name="Школа № 24",
        school_year="2026-2027",
        classes=(CLASS,),
        columns=[PeriodColumn(period, sheet.values, "", sent=True)],
    )
    found = read(form_workbook(book))
    assert found.problems == ()
    assert periods_in(found) == (period,)
    said = answers_of(found, FORM, (CLASS,), period)
    assert said.problems == ()
    again = Sheet(FORM, period, (CLASS,))
    order = {question.key: place for place, question in enumerate(FORM.questions)}
    for slot in sorted(said.answers, key=lambda one: (order[one.question], one)):
        edits = change(again, slot, said.answers[slot], clear=True)
        if isinstance(edits, tuple):
            again = applied(again, edits)

    def shown(one: Sheet) -> dict[Slot, Value]:
        """0 and «не было» of a head print alike where its row is empty."""
        return {slot: value for slot, value in one.values.items() if not _is_zero(value)}

    assert shown(again) == shown(sheet)


def _is_zero(value: Value) -> bool:
    return isinstance(value, Nothing) or (isinstance(value, Number) and value.value == 0)


@pytest.mark.parametrize(
    "above",
    ["Приложение № 3 к приказу № 45", "Приказ от 12.01.2027 № 31", "2027-01-15", "с 2026-09-01"],
)
def test_what_stands_above_the_head_is_no_school_and_no_year(above: str) -> None:
    def spoil(_book: Any, sheet: Any) -> None:
        unmerge(sheet)
        sheet.insert_rows(1)
        sheet["A1"] = above

    found = read(edited(spoil))
    assert (found.school, found.year) == (28, "2026-2027")


def row_of(sheet: Any, label: str, nth: int = 0) -> int:
    found = [row[0].row for row in sheet.iter_rows(min_row=8) if str(row[1].value) == label]
    return int(found[nth])


def without(label: str, nth: int = 0) -> bytes:
    """The form as a school sends it that has deleted one printed line."""

    def spoil(_book: Any, sheet: Any) -> None:
        unmerge(sheet)
        sheet.delete_rows(row_of(sheet, label, nth))

    return edited(spoil)


@pytest.mark.parametrize(
    ("label", "nth", "key"),
    [
        ("– региональный уровень", 0, "r3.regional"),
        ("– всероссийский уровень", 0, "r3.national"),
        ("– муниципальный уровень", 2, "r4.municipal"),
        ("– региональный уровень", 1, "r4.regional"),
        ("– всероссийский уровень", 2, "r5.national"),
    ],
)
def test_without_one_printed_line_the_others_stay_in_their_rows(
    label: str, nth: int, key: str
) -> None:
    def said(content: bytes) -> list[tuple[object, ...]]:
        return [
            (cell.period, cell.key, cell.value)
            for cell in read(content).cells
            if not cell.name and cell.key != key
        ]

    assert said(without(label, nth)) == said(form_workbook(busy_book()))


def test_names_above_a_missing_level_are_pointed_at() -> None:
    problems = read(without("– региональный уровень")).problems
    assert [(one.was, "муниципальный уровень" in one.text) for one in problems] == [
        ("– региональный уровень", True)
    ]


def test_levels_without_the_head_of_their_row_are_no_levels_of_another() -> None:
    heading = next(line.label for line in FORM.lines if line.no == "4")
    found = read(without(heading))
    plain = read(form_workbook(busy_book()))
    assert [cell for cell in found.cells if cell.key.startswith("r4")] == []
    fifth = [(cell.key, cell.value) for cell in plain.cells if cell.key[:2] in ("r3", "r5")]
    assert [(cell.key, cell.value) for cell in found.cells if cell.key[:2] in ("r3", "r5")] == fifth
    told = [one for one in found.problems if "Не видно, к какой строке" in one.text]
    assert told
    assert all(one.row > 8 for one in told)


@pytest.mark.parametrize("placeholders", [1, 2])
def test_a_second_placeholder_stays_in_its_level(placeholders: int) -> None:
    """Whoever needs more lines copies the printed one."""
    label = "– (указать наименование олимпиады/кол-во чел.)"

    def spoil(_book: Any, sheet: Any) -> None:
        unmerge(sheet)
        row = row_of(sheet, "– муниципальный уровень") + 1
        sheet.insert_rows(row, placeholders)
        for place in range(row, row + placeholders):
            sheet.cell(place, 2).value = label

    plain = read(form_workbook(busy_book()))
    said = [(cell.key, cell.name, cell.value) for cell in read(edited(spoil)).cells]
    assert said == [(cell.key, cell.name, cell.value) for cell in plain.cells]


@pytest.mark.parametrize(
    "event", ["Дата-центр «Камчатка»: экскурсия", "Ответственный выбор профессии", "Дата рождения"]
)
def test_an_event_may_begin_as_the_foot_does(event: str) -> None:
    def spoil(_book: Any, sheet: Any) -> None:
        row = row_of(sheet, "– муниципальный уровень") + 1
        sheet.cell(row, 2).value, sheet.cell(row, 5).value = event, 7

    found = read(edited(spoil))
    assert (event, Number(Decimal(7))) in [(cell.name, cell.value) for cell in found.cells]


@pytest.mark.parametrize("foot", ["Ответственный: Иванова А. А.", "Дата: 12.01.2027", "Дата ____"])
def test_the_foot_is_no_event(foot: str) -> None:
    def spoil(_book: Any, sheet: Any) -> None:
        row = sheet.max_row + 1
        sheet.cell(row, 2).value, sheet.cell(row, 5).value = foot, "Иванова А. А."

    found = read(edited(spoil))
    assert found.problems == ()
    assert found.cells == read(form_workbook(busy_book())).cells


def test_of_several_forms_it_is_said_which_was_read() -> None:
    def spoil(book: Any, sheet: Any) -> None:
        sheet.title = "I четверть"
        book.copy_worksheet(sheet).title = "II четверть"

    found = read(edited(spoil))
    assert [(one.column, "«II четверть»" in one.text) for one in found.problems] == [
        ("лист «I четверть»", True)
    ]


def test_an_empty_form_before_the_filled_one_is_passed_by() -> None:
    def spoil(book: Any, sheet: Any) -> None:
        blank = book.copy_worksheet(sheet)
        book.move_sheet(blank, -1)
        for row in blank.iter_rows(min_row=9, min_col=4, max_col=8):
            for cell in row:
                if type(cell).__name__ == "Cell":
                    cell.value = None

    found = read(edited(spoil))
    assert found == read(form_workbook(busy_book()))
