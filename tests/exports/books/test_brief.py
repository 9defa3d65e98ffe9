"""The page for a meeting on paper: one A4 page in Excel and in Word, inert, the same each time."""

import asyncio
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from demo.quarter import FIRST_MOMENT
from exports.books.desk import BookJob
from exports.books.making import brief_name, make_book, make_document
from exports.brief_paper import MOST, SIZES, fitted
from exports.forms import UnknownSchoolError
from passport.brief import Entry, Page, Section, SectionKey
from tests.clock import local
from tests.exports.books.paper import HOSTILE, address, new_city

City = Literal["sample", "new", "large"]
MID_YEAR = local(2027, 1, 12, 9, 20)
FIRST_DAY = local(2026, 9, 1, 0, 0)
AUGUST = local(2027, 8, 25, 12)
AFTER = local(2027, 10, 10, 12)
BEFORE = local(2022, 8, 20, 12)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> dict[City, str]:
    folder: Path = tmp_path_factory.mktemp("paper")
    urls: dict[City, str] = {
        "sample": address(folder, "sample"),
        "new": address(folder, "new"),
        "large": address(folder, "large"),
    }
    asyncio.run(new_city(urls["sample"], settled=True))
    asyncio.run(new_city(urls["new"]))
    asyncio.run(new_city(urls["large"], settled=True, schools_added=70))
    return urls


def job(url: str, now: datetime, school: str = "", *, with_risks: bool = True) -> BookJob:
    moment = now.astimezone(UTC)
    return BookJob("brief", url, "Asia/Kamchatka", "", moment, school, with_risks=with_risks)


def in_excel(wanted: BookJob) -> list[tuple[str, ...]]:
    sheet: Any = load_workbook(BytesIO(make_book(wanted))).active
    rows = sheet.iter_rows(values_only=True)
    return [tuple(str(cell or "") for cell in row) for row in rows]


def in_word(wanted: BookJob) -> list[tuple[str, ...]]:
    document = docx.Document(BytesIO(make_document(wanted)))
    heads = [(one.text, "", "") for one in document.paragraphs if one.text]
    table = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    return [*heads, *table]


def said(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


PAGES: list[tuple[City, datetime, str]] = [
    ("sample", MID_YEAR, ""),
    ("sample", AUGUST, ""),
    ("sample", AFTER, ""),
    ("sample", MID_YEAR, "s24"),
    ("sample", AUGUST, "s40"),
    ("new", MID_YEAR, ""),
    ("new", FIRST_DAY, ""),
    ("new", BEFORE, ""),
    ("new", FIRST_DAY, "s24"),
    ("large", MID_YEAR, ""),
    ("large", AUGUST, ""),
    ("large", AUGUST, "s123"),
]


@pytest.mark.office
@pytest.mark.parametrize(("city", "now", "school"), PAGES)
def test_it_is_one_page_of_a4_in_both(
    cities: dict[City, str], tmp_path: Path, city: City, now: datetime, school: str
) -> None:
    wanted = job(cities[city], now, school)
    (tmp_path / "page.xlsx").write_bytes(make_book(wanted))
    (tmp_path / "word.docx").write_bytes(make_document(wanted))
    for name in ("page.xlsx", "word.docx"):
        pages, size = printed(tmp_path, name)
        assert pages == 1, name
        assert size == (595, 842), name


def printed(folder: Path, name: str) -> tuple[int, tuple[int, int]]:
    """How many pages LibreOffice prints, and their size in points."""
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    for _ in range(2):  # a busy machine: once in a while its start hangs
        try:
            subprocess.run([*command, str(folder / name)], check=True, timeout=60)
            break
        except subprocess.TimeoutExpired:
            command[1] = f"-env:UserInstallation=file://{folder}/another"
    content = (folder / name).with_suffix(".pdf").read_bytes()
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    assert boxes
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", content))
    return pages, (round(float(boxes[0][0])), round(float(boxes[0][1])))


@pytest.mark.parametrize(("city", "now", "school"), PAGES)
def test_both_say_the_same(cities: dict[City, str], city: City, now: datetime, school: str) -> None:
    wanted = job(cities[city], now, school)
    excel, word = in_excel(wanted), in_word(wanted)
    table = [row for row in word if "" not in (row[0], row[1])]
    assert table
    assert set(table) <= set(excel)


def test_the_sample_citys_page_has_every_part(cities: dict[City, str]) -> None:
    text = said(in_excel(job(cities["sample"], FIRST_MOMENT)))
    for part in ("Показатели", "Задачи с порогами", "Сбор", "План", "Риски", "Ближайшие даты"):
        assert part in text
    assert "Состояние Проекта на 12.01.2027" in text
    assert "53,3 % при цели 70 %, на 15.09.2026, нужно ещё 5 школ" in text
    assert "сдали 7 из 17, принято 2" in text
    assert "занято 457 из 494 мест (92,5 %), по 21 из 23 классов, на 12.01.2027" in text
    assert "срок отчёта: II четверть, 17:00" in text


def test_a_year_with_no_data_has_no_number_that_is_zero(cities: dict[City, str]) -> None:
    """What was not measured is «–» with its reason."""
    text = said(in_excel(job(cities["new"], MID_YEAR)))
    assert "– при цели 500" in text
    assert "открытых классов у школ-участниц нет" in text
    assert "майские анкеты школ ещё не приняты" in text
    assert not re.search(r"\b0(,0)? (%|при цели)", text)
    assert "сдали 0 из 17" in text  # how many have sent is counted, and known


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (BEFORE, "Проект начнётся 01.09.2022."),
        (AFTER, "Проект закончился 01.09.2027: показатели – его последнего года."),
    ],
)
def test_outside_of_the_project_it_says_so(
    cities: dict[City, str], now: datetime, words: str
) -> None:
    text = said(in_word(job(cities["new"], now)))
    assert words in text


def test_within_the_project_it_says_nothing_of_its_ends(cities: dict[City, str]) -> None:
    text = said(in_word(job(cities["sample"], MID_YEAR)))
    assert "Проект начнётся" not in text
    assert "Проект закончился" not in text


def test_a_school_without_risks_has_no_word_of_them(cities: dict[City, str]) -> None:
    for read in (in_excel, in_word):
        with_them = said(read(job(cities["sample"], MID_YEAR, "s21")))
        without = said(read(job(cities["sample"], MID_YEAR, "s21", with_risks=False)))
        assert "Риски" in with_them
        assert "красный" in with_them
        assert "Риски" not in without
        assert "красный" not in without
        assert "жёлтый" not in without


def test_no_average_mark_is_forwarded(cities: dict[City, str]) -> None:
    """The sample city has a fall of marks in № 21: staff read its numbers in /risks."""
    for school in ("", "s21"):
        text = said(in_excel(job(cities["sample"], MID_YEAR, school)))
        assert "падает средний балл" in text.casefold()
        assert "4,51" not in text
        assert "3,76" not in text


def test_what_people_typed_is_inert(cities: dict[City, str]) -> None:
    wanted = job(cities["large"], MID_YEAR, "s123")
    sheet: Any = load_workbook(BytesIO(make_book(wanted))).active
    found = [
        cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value or "")
    ]
    assert found
    for cell in found:
        assert cell.data_type == "s"
        assert cell.quotePrefix
    with zipfile.ZipFile(BytesIO(make_document(wanted))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "HYPERLINK" in xml
    for live in ("w:fldSimple", "w:instrText", "w:hyperlink", "<w:br", "\x0b"):
        assert live not in xml
    assert "&lt;w:br/&gt;&amp;amp;" in xml


def test_the_same_moment_gives_the_same_bytes(cities: dict[City, str]) -> None:
    wanted = job(cities["sample"], MID_YEAR)
    assert make_document(wanted) == make_document(wanted)
    assert make_book(wanted) == make_book(wanted)
    properties = docx.Document(BytesIO(make_document(wanted))).core_properties
    assert properties.title == "Состояние Проекта на 12.01.2027"
    assert properties.author == "Траектория будущего"
    assert properties.modified == datetime(2027, 1, 11, 21, 20, tzinfo=UTC)


def test_an_unknown_school_is_refused(cities: dict[City, str]) -> None:
    for make in (make_book, make_document):
        with pytest.raises(UnknownSchoolError, match="s999"):
            make(job(cities["sample"], MID_YEAR, "s999"))


def test_names_of_files_are_latin_and_say_the_day() -> None:
    day = MID_YEAR.date()
    assert brief_name("docx", day) == "sostoyanie_2027-01-11.docx"
    assert brief_name("xlsx", day, "s24") == "spravka_s24_2027-01-11.xlsx"


# --- what is left out ----------------------------------------------------------------------------


def page_of(count: int, more: str = "") -> Page:
    entries = tuple(Entry(f"Строка {n}", "короткие слова", more=more) for n in range(count))
    return Page("Проба", MID_YEAR.date(), (), (Section("plan", "План", entries),))


def test_a_short_page_is_whole_and_in_the_largest_type() -> None:
    paper = fitted(page_of(5, "и ещё подробность"))
    assert paper.size == SIZES[0]
    assert sum("подробность" in row.says for row in paper.rows) == 5


def test_second_thoughts_go_before_lines_do() -> None:
    long = "подробность, которая занимает не одну строку и не две, " * 4
    one = page_of(14, long)
    paper = fitted(replace(one, sections=one.sections * 2))
    shown = [row for row in paper.rows if row.kind == "line"]
    assert len(shown) == 2 * 14  # with them not even eight of each fit
    assert all("подробность" not in row.says for row in shown)
    assert paper.rows[-1].kind == "line"


@pytest.mark.parametrize("count", [0, 1, 14, 15, 100, 1000])
def test_what_is_left_out_is_counted(count: int) -> None:
    paper = fitted(page_of(count))
    lines = [row for row in paper.rows if row.kind == "line"]
    hidden = [row for row in paper.rows if row.kind == "hidden"]
    assert len(lines) == min(count, MOST)
    assert [row.says for row in hidden] == ([f"… и ещё {count - 14}"] if count > 14 else [])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["indicators", "plan", "risks", "owes", "contracts"]),
            st.integers(0, 40),
            st.integers(1, 400),
        ),
        max_size=8,
    )
)
def test_whatever_there_is_nothing_is_lost_silently(
    sections: list[tuple[SectionKey, int, int]],
) -> None:
    made = tuple(
        Section(key, "Раздел", tuple(Entry(f"Строка {n}", "слово " * words) for n in range(count)))
        for key, count, words in sections
    )
    rows = fitted(Page("Проба", MID_YEAR.date(), (), made)).rows
    shown = sum(row.kind == "line" for row in rows)
    hidden = sum(int(row.says.rpartition(" ")[2]) for row in rows if row.kind == "hidden")
    assert shown + hidden == sum(count for _, count, _ in sections)
    assert sum(row.kind == "section" for row in rows) == len(sections)


def test_indicators_are_never_cut() -> None:
    lines = tuple(Entry(f"Показатель {n}", "слово " * 40) for n in range(5))
    long = tuple(Entry(f"Строка {n}", "слово " * 40) for n in range(40))
    sections = (
        Section("indicators", "Показатели", lines),
        Section("plan", "План", long),
        Section("risks", "Риски", long),
        Section("dates", "Даты", long),
    )
    rows = fitted(Page("Проба", MID_YEAR.date(), (), sections)).rows
    assert sum(row.head.startswith("Показатель") for row in rows) == 5
    assert sum(row.head.startswith("Строка") for row in rows) < 30


def test_a_name_cannot_begin_a_line_of_its_own() -> None:
    entry = Entry("Договор", f"{HOSTILE}\n\n\nещё")
    page = Page("Проба", MID_YEAR.date(), (), (Section("contracts", "Договоры", (entry,)),))
    assert "\n" not in fitted(page).rows[-1].says
