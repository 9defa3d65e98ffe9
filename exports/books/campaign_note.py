"""«Информационная справка о ведении информационной кампании» of plan 2.1, on one page."""

from collections.abc import Sequence
from datetime import date

from exports.books.desk import Desk
from exports.books.table import (
    COUNT,
    DAY,
    HEAD,
    MIDDLE,
    TEXT,
    Binder,
    Column,
    Formula,
    Heading,
    Table,
)
from exports.books.words import on_day
from passport.calendar import next_year
from passport.campaign_note import TITLE, CampaignNote
from passport.numbers import plural
from storage import campaign_notes

ONE_PAGE = 70  # rows; more would be too small to read on one
SOURCES = {"questionnaire": "справка школы", "card": "карточка класса"}
COLUMNS = (
    Column("№", 8, MIDDLE),
    Column("Показатель", 46, TEXT),
    Column("Количество", 12, COUNT),
    Column("Полнота", 34, TEXT),
    Column("На дату", 12, DAY),
)


async def write(binder: Binder, desk: Desk) -> None:
    """The workbook's year is the school year in which the campaign goes."""
    year = next_year(desk.year)
    note = await campaign_notes.read(desk.tx, desk.passport, year)
    words = f"Лето {year[:4]} года, набор в классы {year.replace('-', '–')} учебного года."
    heading = Heading(
        "Справка 2.1",
        TITLE,
        (words, f"{on_day(desk)} Пустая клетка – данных ещё нет, это не ноль."),
    )
    table = Table(binder, heading, COLUMNS, landscape=False, filtered=False)
    _summary(table, desk, note)
    table.free()
    _classes(table, desk, note)
    table.free()
    table.free("Ответственный: " + "_" * 28 + " " * 6 + "Дата: " + "_" * 16)
    table.finish()
    footer = table.sheet.oddFooter
    assert footer is not None
    footer.left.text = words.rstrip(".")  # the title is longer than the line
    if table.last_row <= ONE_PAGE:
        table.sheet.page_setup.fitToHeight = 1


def _summary(table: Table, desk: Desk, note: CampaignNote) -> None:
    reported = sum(one in note.announced for one in note.schools)
    own = note.own_posts
    words = "Количество объявлений в СМИ"
    table.row([1, words, note.announcements, "школы и бот вместе", note.on])
    table.row(["", "   сообщили школы", note.school_announcements, _of(reported, note), note.on])
    table.row(["", "   посты бота в канале", own, "все", note.on])
    said = desk.local(note.wishing_at)
    table.row(
        [
            2,
            "Количество организаций, желающих принять участие в Проекте",
            note.wishing,
            _wishing(note),
            said.date() if said else None,
        ]
    )
    known = sum(one.applications is not None for one in note.classes)
    told, of = len(note.told()), len(note.with_classes)
    completeness = (
        f"по {told} из {of} {_schools(of)} с классами, классов {known} из {len(note.classes)}"
    )
    table.row(
        [3, "Количество поданных заявлений", note.applications, completeness, _as_of(desk, note)]
    )


def _schools(count: int) -> str:
    return plural(count, "школы", "школ", "школ")


def _of(reported: int, note: CampaignNote) -> str:
    return f"по {reported} из {len(note.schools)} {_schools(len(note.schools))}"


def _wishing(note: CampaignNote) -> str:
    if note.wishing is None:
        return "УО ещё не указало"
    return "число УО" if note.wishing_at else "число УО с прошлых лет"


def _as_of(desk: Desk, note: CampaignNote) -> date:
    """The day of the oldest card that the number rests on; that of the book without one."""
    seen = [
        one.seen for one in note.classes if one.applications is not None and one.seen is not None
    ]
    return desk.passport.calendar.today(min(seen)) if seen else note.on


def _classes(table: Table, desk: Desk, note: CampaignNote) -> None:
    if not note.classes:
        table.free("Открытых классов школы ещё не назвали.")
        return
    _head(table, ["№ школы", "Класс", "Заявлений", "Откуда число", "На дату"])
    first = table.last_row + 1
    for one in note.classes:
        name = f"{one.school_name}, {one.name}" + (f" ({one.track})" if one.track else "")
        source = SOURCES[one.source] if one.applications is not None else "школа ещё не сообщила"
        seen = desk.local(one.seen)
        day = note.on if one.source == "questionnaire" else (seen.date() if seen else None)
        table.row(
            [
                one.number,
                name,
                one.applications,
                source,
                day if one.applications is not None else None,
            ]
        )
    last = table.last_row
    told = f"C{first}:C{last}"
    # Nobody has said anything: that is an empty cell, not the 0 of an empty sum.
    total = Formula(f'=IF(COUNT({told})=0,"",SUM({told}))')
    table.total(["", "Всего (формула)", total, "", None])
    table.total(["", "Всего (бот)", note.applications, "", None])


def _head(table: Table, words: Sequence[str]) -> None:
    table.row(list(words), [HEAD] * len(words))
