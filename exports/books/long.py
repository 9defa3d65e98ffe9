"""«Ответы»: a row an answer, a row a named event – who, when, and how its report stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from exports.books.desk import BATCH, Desk
from exports.books.table import (
    COUNT,
    MARK,
    MIDDLE,
    MOMENT,
    TEXT,
    Binder,
    Column,
    Heading,
    Item,
    Table,
)
from exports.books.words import STATUS_WORDS, on_day, year_words
from exports.cell_styles import Look
from passport.sheet import Sheet
from passport.values import Chosen, Named, NotApplicable, Nothing, Number, Slot, Text, Value
from storage import answers
from storage.answers import Authorship
from storage.reports import Filling

COLUMNS = (
    Column("№ школы", 8, MIDDLE),
    Column("Школа", 24, TEXT),
    Column("Период", 16, TEXT),
    Column("Состояние", 13, MIDDLE),
    Column("Строка", 8, MIDDLE),
    Column("Вопрос", 40, TEXT),
    Column("Класс", 14, TEXT),
    Column("Предмет", 16, TEXT),
    Column("Название", 32, TEXT),
    Column("Значение", 11, COUNT),
    Column("Ед.", 7, MIDDLE),
    Column("Пометка", 24, TEXT),
    Column("Записал", 20, TEXT),
    Column("Когда", 16, MOMENT),
)

COUNTS = [column.look for column in COLUMNS]
MARKS = [MARK if column.heading == "Значение" else column.look for column in COLUMNS]


async def write(binder: Binder, desk: Desk) -> None:
    notes = (on_day(desk), "Все ответы года, и те, что ещё не отправлены. Имён здесь нет.")
    heading = Heading("Ответы", f"Ответы школ, {year_words(desk.year)}", notes)
    table = Table(binder, heading, COLUMNS, frozen=2)
    schools = await desk.taking_part()
    for at in range(0, len(schools), BATCH):
        batch = schools[at : at + BATCH]
        years = {school.slug: year async for school, year in desk.form_years(batch)}
        fillings = [one for school in batch for one in years[school.slug].fillings.values()]
        known = await answers.authors(desk.tx, [one.report.id for one in fillings])
        for school in batch:
            for filling in years[school.slug].fillings.values():
                start: list[Item] = [
                    school.number,
                    school.short_name,
                    desk.passport.forms.period(filling.report.period).name,
                    STATUS_WORDS[filling.report.status],
                ]
                for row, looks in _rows(desk, filling, known):
                    table.row([*start, *row], looks)
    table.finish()


def _rows(
    desk: Desk, filling: Filling, known: dict[tuple[int, Slot], Authorship]
) -> Iterator[tuple[list[Item], Sequence[Look]]]:
    sheet = filling.sheet
    for slot in sorted(sheet.answers, key=lambda one: _order(sheet, one)):
        question = sheet.form.question(slot.question)
        author = known.get((filling.report.id, slot))
        who = desk.who(author.by) if author else ""
        if author is not None and author.on_behalf:
            who = f"{who}, за школу"
        when: datetime | None = desk.local(author.at) if author else None
        class_name, subject = _place(sheet, slot)
        words = question.short.replace(", {class}", "").replace("{subject}", "Средний балл")
        head: list[Item] = [question.section, words, class_name, subject]
        looks = MARKS if question.kind == "average" else COUNTS
        for name, value, note in _values(sheet.answers[slot]):
            yield [*head, name, value, question.unit, note, who, when], looks


def _order(sheet: Sheet, slot: Slot) -> tuple[int, int, int]:
    keys = [question.key for question in sheet.form.questions]
    return keys.index(slot.question), slot.class_id, slot.subject_id


def _place(sheet: Sheet, slot: Slot) -> tuple[str, str]:
    one = sheet.profile_class(slot.class_id)
    if one is None:
        return "", ""
    subjects = {subject.id: subject.name for subject in one.subjects}
    return one.name, subjects.get(slot.subject_id, "")


def _values(value: Value) -> Iterator[tuple[str, Item, str]]:
    match value:
        case Number(number):
            yield "", number, ""
        case Nothing():
            yield "", None, "не было"
        case NotApplicable(reason):
            yield "", None, f"не применимо: {reason}"
        case Text(text):
            yield "", None, text
        case Chosen(options):
            yield "", None, ", ".join(options) or "ничего из списка"
        case Named(items):
            for item in items:
                yield item.name, item.persons, ""
