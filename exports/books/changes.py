"""«Журнал изменений»: what became what after its first value, in reports and in cards."""

from collections.abc import Mapping
from datetime import date

from exports.books.desk import Desk
from exports.books.table import MOMENT, TEXT, Binder, Column, Heading, Item, Table
from exports.books.words import on_day, year_words
from passport.calendar import school_year_of
from passport.cards import KINDS
from passport.numbers import plain
from passport.register import PARTNER_TYPES
from passport.values import Chosen, Named, NotApplicable, Nothing, Number, Text, Value
from storage import answers, card_log, schools
from storage.card_log import CardChange

COLUMNS = (
    Column("Когда", 16, MOMENT),
    Column("Кто", 22, TEXT),
    Column("Школа", 22, TEXT),
    Column("Где", 24, TEXT),
    Column("Что", 38, TEXT),
    Column("Было", 32, TEXT),
    Column("Стало", 32, TEXT),
)
CHUNK = 2000
CARDS = {"class": "карточка класса", "contract": "договор", "partner": "партнёр", "school": "школа"}


async def write(binder: Binder, desk: Desk) -> None:
    notes = (on_day(desk), "Первые ответы здесь не повторяются: только то, что потом изменили.")
    heading = Heading("Журнал изменений", f"Журнал изменений, {year_words(desk.year)}", notes)
    table = Table(binder, heading, COLUMNS, frozen=1)
    names = {one.slug: one.short_name for one in await schools.every(desk.tx)}
    after = 0
    while found := await answers.changes(desk.tx, desk.year, after, CHUNK):
        after = found[-1].id
        for one in found:
            form = desk.passport.forms.of(one.period)
            question = form.question(one.slot.question)
            who = desk.who(one.by) + (", за школу" if one.on_behalf else "")
            row: list[Item] = [
                desk.local(one.at),
                who,
                names.get(one.school, one.school),
                form.period(one.period).name,
                question.short.replace("{subject}", "Средний балл").replace(", {class}", ""),
                said(one.old),
                said(one.new),
            ]
            table.row(row)
    await _cards(table, desk, names)
    table.finish()


async def _cards(table: Table, desk: Desk, names: dict[str, str]) -> None:
    fields = {
        question.key: question.short
        for card in desk.passport.cards.values()
        for question in card.questions
    }
    for one in await card_log.every(desk.tx):
        if not _is_change(one):
            continue
        if school_year_of(desk.passport.calendar.today(one.at)) != desk.year:
            continue
        table.row(
            [
                desk.local(one.at),
                desk.who(one.by) or "бот",
                names.get(one.school or "", ""),
                CARDS[one.card],
                fields.get(one.field, FIELDS.get(one.field, one.field)),
                _in_words(one.field, one.old, names),
                _in_words(one.field, one.new, names),
            ]
        )


def _is_change(one: CardChange) -> bool:
    """The first value of a field is none; the end of a contract is, though nothing stood there."""
    return bool(one.old) or one.field == "ended_on"


def _in_words(field: str, stored: str, names: dict[str, str]) -> str:
    """A field of a card as people say it: the log keeps what the table held."""
    if field in DAYS and stored:
        return f"{date.fromisoformat(stored):%d.%m.%Y}"
    words = names if field == "school" else CODES.get(field, {})
    return words.get(stored, stored)


FIELDS = {
    "school": "Школа договора",
    "open": "Класс открыт или закрыт",
    "ended_on": "Расторгнут с",
    "removed": "Внесён по ошибке",
    "merged": "Объединён",
}
DAYS = ("signed_on", "valid_until", "ended_on")
CODES: dict[str, Mapping[str, str]] = {"kind": KINDS, "type": dict[str, str](PARTNER_TYPES.items())}


def said(value: Value | None) -> str:
    """A value in one cell, as words."""
    match value:
        case None:
            return "нет ответа"
        case Number(number):
            return plain(number)
        case Nothing():
            return "не было"
        case NotApplicable(reason):
            return f"не применимо: {reason}"
        case Text(text):
            return text
        case Chosen(options):
            return ", ".join(options) or "ничего из списка"
        case Named(items):
            return "; ".join(f"{item.name} – {item.persons}" for item in items)
