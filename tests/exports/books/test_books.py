"""Workbooks of the city: whole, inert, protected against a slip, the same each time."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from demo import city
from demo.quarter import BEFORE, FIRST_MOMENT, YEAR
from exports.books.desk import BookJob
from exports.books.making import KINDS, file_name, make_book
from exports.books.table import HEAD
from exports.lettering import line_count
from passport.register import ClassDraft
from storage import class_cards, classes, contracts, partners, plan_state, schools
from storage.contracts import ContractDraft
from storage.database import Database
from tests import ground
from tests.clock import StillClock, local

SHEETS = [
    "Показатели",
    "Графики",
    "Задачи",
    "Риски",
    "Свод",
    "Средний балл",
    "Полнота и сроки",
    "Майская анкета",
    "Справка о кампании",
    "Сентябрьская анкета",
    "Классы",
    "Договоры",
    "Партнёры",
    "План",
    "Ответы",
    "Журнал изменений",
]
FOR_PARENTS: dict[str, str | int] = {
    "exams": "химия, биология",
    "outsiders": "только свои ученики",
    "open_days": "18 апреля, 14:00",
    "applications": 97,
}
BENEFIT = "5 дополнительных баллов"
HOSTILE = '=HYPERLINK("http://evil","нажмите")\x0b'


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample city, with a partner whose name is a formula."""
    folder: Path = tmp_path_factory.mktemp("books")
    address = f"sqlite+aiosqlite:///{folder}/city.sqlite"

    async def settle() -> None:
        passport = ground.passport()
        database = await ground.lay(Database(address, StillClock(FIRST_MOMENT)))
        async with database.write() as tx:
            await schools.add_missing(tx, passport.schools.schools)
        await city.settle(database, passport)
        async with database.write() as tx:
            one = await partners.add(tx, HOSTILE, "he", None)
            draft = ContractDraft(one, "=1+1", date(2026, 9, 1), None)
            await contracts.add(tx, draft, ["s24"], None)
            drafts = [
                ClassDraft(10, "Я", "class", "космическая"),
                ClassDraft(11, "Я", "class", "=1+1"),
            ]
            await classes.add(tx, "s40", YEAR, drafts)
            card = (await class_cards.of_year(tx, YEAR))[0]
            await class_cards.change(tx, card, "admission", "@SUM(A1:A9)", None)
            for field, value in FOR_PARENTS.items():
                await class_cards.change(tx, card, field, 1 if value == 97 else "иначе", None)
                fresh = await class_cards.get(tx, card.id)
                assert fresh is not None
                await class_cards.change(tx, fresh, field, value, None)
            await partners.set_benefit(tx, one, "3 балла", None)
            (one,) = [other for other in await partners.every(tx) if other.id == one.id]
            await partners.set_benefit(tx, one, BENEFIT, None)
            await partners.set_type(tx, one, "vet", None)
            await partners.set_type(tx, one, "he", None)
        await database.close()

    asyncio.run(settle())
    return address


def made_anew(
    url: str,
    kind: str,
    year: str = YEAR,
    now: datetime = FIRST_MOMENT,
    *,
    school: str = "",
    period: str = "",
) -> bytes:
    moment = now.astimezone(UTC)
    return make_book(BookJob(kind, url, "Asia/Kamchatka", year, moment, school, period))


made = cache(made_anew)  # for whoever looks at a workbook, and not at how it is made


@cache
def opened(content: bytes) -> Workbook:
    """To be read only."""
    return load_workbook(BytesIO(content))


def texts(sheet: Any) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_the_consolidated_book_has_every_sheet_and_every_schools_form(url: str) -> None:
    book = opened(made(url, "city", BEFORE))
    names = book.sheetnames
    assert names[: len(SHEETS)] == SHEETS
    assert names[-1] == "О методике"
    assert sum(name.startswith("Форма ") for name in names) == 17
    long = book["Ответы"]
    assert long.max_row > 1500
    people = set(texts(long))
    assert "замдиректора" in people
    assert any(text.startswith("не применимо") or text == "не было" for text in people)


def test_risks_stand_in_the_book_of_now_with_their_rows(url: str) -> None:
    book = opened(made(url, "risks"))
    assert book.sheetnames == ["Риски", "Риски, паспорт", "Риски, строки"]
    signals = [
        row for row in book["Риски"].iter_rows(values_only=True) if row[0] in set("12345678")
    ]
    assert len(signals) == 27
    assert {row[5] for row in signals} == {"красный", "жёлтый", "зелёный", "нет данных"}
    assert all(row[6] or row[7] for row in signals)  # numbers, or what is missing
    assert "Сетевые проявления риска" in texts(book["Риски, паспорт"])
    rows = {
        (row[0], row[3], row[4]): row[5:7]
        for row in book["Риски, строки"].iter_rows(values_only=True)
    }
    mark = "лицей № 21, 11 «А», Математика: было 4,51, стало 3,76 (II четверть)"
    assert rows["6", "Лицей № 21", mark] == (4.51, 3.76)
    assert "Риски" in opened(made(url, "city")).sheetnames


def test_risks_of_another_year_are_not_made_up(url: str) -> None:
    book = opened(made(url, "risks", BEFORE))
    assert book.sheetnames == ["Риски"]
    said = texts(book["Риски"])
    assert any("Риски оцениваются на сегодняшний день" in text for text in said)
    assert not {"красный", "жёлтый", "зелёный"} & set(said)


@pytest.mark.parametrize("kind", ["city", "report", "contracts", "tracks", "plan"])
def test_the_same_moment_gives_the_same_bytes(url: str, kind: str) -> None:
    assert made_anew(url, kind) == made(url, kind)


@pytest.mark.parametrize("kind", ["city", "report", "tracks", "plan"])
def test_a_closed_year_gives_the_same_bytes_at_any_moment(url: str, kind: str) -> None:
    """Nothing of 2025-2026 is collected any more: its workbook speaks of its last change."""
    later = FIRST_MOMENT + timedelta(days=100)
    assert made(url, kind, BEFORE) == made(url, kind, BEFORE, later)
    assert made(url, kind, YEAR) != made(url, kind, YEAR, later)


@pytest.mark.parametrize("kind", ["city", "report", "contracts", "tracks", "plan"])
def test_every_table_can_be_read_and_printed(url: str, kind: str) -> None:
    sheets: Any = opened(made(url, kind)).worksheets
    for sheet in sheets:
        if sheet.title.startswith("Форма"):
            continue
        if sheet.title == "Графики":
            assert str(sheet["A2"].value).startswith("На 12.01.2027, 09:20.")
            continue
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password
        assert sheet.protection.autoFilter is False  # allowed
        assert sheet.oddFooter.right.text == "Лист &P из &N"
        assert "На 12.01.2027, 09:20." in texts(sheet), sheet.title


def test_what_parents_ask_about_is_in_the_books_under_its_name(url: str) -> None:
    book = opened(made(url, "city", YEAR))
    for name, headings in {
        "Классы": ("Предметы ОГЭ", "Из других школ", "День открытых дверей", "Заявлений"),
        "Партнёры": ("Что даёт при поступлении",),
    }.items():
        assert set(headings) <= set(texts(book[name]))
    assert {str(one) for one in FOR_PARENTS.values()} <= set(texts(book["Классы"]))
    assert BENEFIT in texts(book["Партнёры"])
    tracks = texts(opened(made(url, "tracks", YEAR)).worksheets[0])
    assert {"Предметы ОГЭ", "Заявлений", "97"} <= set(tracks)


def test_changes_of_cards_are_logged_in_russian(url: str) -> None:
    said = texts(opened(made(url, "city", YEAR))["Журнал изменений"])
    assert {"Предметы ОГЭ", "Заявлений подано", "Что даёт при поступлении", "Вид"} <= set(said)
    assert {"СПО", BENEFIT} <= set(said)
    assert not {"vet", "he", "exams", "outsiders", "open_days", "applications"} & set(said)


def test_columns_of_every_page_carry_no_words_across(url: str) -> None:
    sheet: Any = opened(made(url, "city"))["Свод"]
    assert sheet.print_title_cols == "$A:$B"
    across = [one for one in sheet.merged_cells.ranges if one.min_row < 10]
    assert len(across) == 3  # the title and two notes
    assert all(one.min_col == 3 and one.max_col > 3 for one in across)


def test_charts_are_native_and_one_an_indicator(url: str) -> None:
    pages: Any = opened(made(url, "city"))["Графики"]
    assert len(pages._charts) == 8


def test_texts_of_people_are_inert(url: str) -> None:
    for kind in ("city", "contracts", "tracks"):
        found = 0
        for sheet in opened(made(url, kind)).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    text = str(cell.value)
                    if "HYPERLINK" in text or text in ("=1+1", "@SUM(A1:A9)"):
                        assert cell.data_type == "s", (sheet.title, cell.coordinate)
                        assert cell.quotePrefix
                        found += 1
        assert found > 0, kind


def test_missing_is_empty_and_never_nought(url: str) -> None:
    sheet: Any = opened(made(url, "city", YEAR))["Свод"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == "№")
    newcomer = next(row for row in rows[head + 1 :] if row[1] == "Школа № 40")
    assert set(newcomer[3:]) == {None}


def rows_of(content: bytes, name: str) -> list[tuple[Any, ...]]:
    sheet: Any = opened(content)[name]
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("name", ["Свод", "Майская анкета", "Сентябрьская анкета"])
def test_a_sum_of_nothing_is_empty_too(url: str, name: str) -> None:
    rows = rows_of(made(url, "city", YEAR), name)
    totals = [row for row in rows if str(row[1]).startswith("Всего")]
    assert len(totals) == 2
    if name == "Свод":  # the fourth quarter is far ahead, the first is in
        assert totals[1][4] > 0
        assert totals[0][-1] is None
        assert totals[1][-1] is None
    else:
        assert all(set(row[3:]) == {None} for row in totals)


def test_a_track_that_nobody_reported_of_has_no_headcount(url: str) -> None:
    rows = rows_of(made(url, "report"), "Отчёт 1.8")
    assert next(row for row in rows if row[1] == "космическая")[2:] == (1, 1, None)


def test_the_report_of_a_year_that_is_over_speaks_of_its_end(url: str) -> None:
    rows = rows_of(made(url, "report", "2022-2023"), "Отчёт 1.8")
    assert any("Договоры – действующие на 31.08.2023" in str(row[0]) for row in rows)
    held = next(row for row in rows if row[1] == "Всего (бот)")
    assert held[2] == 1  # what the register knows of that day, not what holds today


def test_average_marks_keep_their_decimals_among_the_answers(url: str) -> None:
    sheet: Any = opened(made(url, "city", BEFORE))["Ответы"]
    seen = set()
    for row in sheet.iter_rows(min_row=6):
        if isinstance(row[9].value, int | float):
            average = row[5].value == "Средний балл"
            assert row[9].number_format == ("0.00" if average else "0")
            seen.add(average)
    assert seen == {True, False}


@pytest.mark.parametrize("kind", ["city", "report", "contracts", "tracks", "plan"])
def test_no_word_of_a_head_is_broken(url: str, kind: str) -> None:
    sheets: Any = opened(made(url, kind)).worksheets
    for sheet in sheets:
        if sheet.title == "Графики" or sheet.title.startswith("Форма"):
            continue
        head = next(
            row for row in sheet.iter_rows() if str(row[0].fill.fgColor.rgb)[2:] == HEAD.fill
        )
        for cell in head:
            room = (sheet.column_dimensions[cell.column_letter].width * 7 - 5) * 0.75
            for word in str(cell.value).replace("-", "- ").split():
                assert line_count(word, room, HEAD.size, HEAD.bold) == 1, (sheet.title, word)


def test_the_indicators_say_what_stands_beside_the_value(url: str) -> None:
    rows = rows_of(made(url, "city", YEAR), "Показатели")
    beside = {(row[0], row[4]): row[16] for row in rows}
    assert beside[("Доп. 1.3", "2026–2027")] == "сегодня 7"
    assert beside[("Доп. 1.3", "2024–2025")].endswith(" на 15.09.2024")
    assert "разных партнёров" in beside[("Доп. 1", "2026–2027")]
    assert beside[("2", "2025–2026")] == "на конец года 470 (по 16 из 17 школ)"
    assert beside[("Доп. 2", "2025–2026")].startswith("от всех педагогов 8,1 %")


def test_a_year_without_any_data_is_a_book_too(url: str) -> None:
    for kind in ("city", "report", "contracts", "tracks", "plan"):
        assert opened(made(url, kind, "2022-2023")).sheetnames


def test_the_report_of_plan_1_8_adds_up(url: str) -> None:
    sheet: Any = opened(made(url, "report"))["Отчёт 1.8"]
    rows = list(sheet.iter_rows(values_only=True))
    tracks = [row for row in rows if isinstance(row[0], int) and isinstance(row[3], int)]
    total = next(row for row in rows if row[1] == "Всего (бот)")
    assert sum(row[3] for row in tracks) == total[3]
    assert sum(row[4] or 0 for row in tracks) == total[4]


def test_in_autumn_the_plan_is_late_with_what_the_chat_is_late_with(url: str) -> None:
    """The windows of the last summer end in the school year before."""
    now = local(2026, 9, 15, 12)

    async def late() -> list[tuple[str, date]]:
        database = Database(url, StillClock(now))
        try:
            async with database.read() as tx:
                found = await plan_state.of_day(tx, ground.passport())
        finally:
            await database.close()
        return [(one.measure.key, one.window.end) for one in found.those("late")]

    shown = [
        (row[0], row[3].date())
        for row in rows_of(made(url, "plan", YEAR, now), "План")
        if row[6] == "просрочено"
    ]
    assert ("4.2", date(2026, 8, 20)) in shown
    assert sorted(shown) == sorted(asyncio.run(late()))


def test_a_questionnaire_of_one_school(url: str) -> None:
    sheet = opened(made(url, "questionnaire", BEFORE, school="s24", period="may")).worksheets[0]
    said = texts(sheet)
    assert any("Сколько всего педагогических работников" in text for text in said)
    assert any("МАОУ «Средняя школа № 24»" in text for text in said)


def test_names_of_files_are_latin_and_short() -> None:
    for kind in KINDS:
        name = file_name(kind, YEAR, "s24", "campaign")
        assert name.isascii()
        assert len(name) < 50
