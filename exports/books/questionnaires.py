"""«Анкеты»: the May and September questionnaires and the campaign's note, a row a school."""

from decimal import Decimal

from exports.books.desk import Desk
from exports.books.table import (
    COUNT,
    MIDDLE,
    TEXT,
    Binder,
    Column,
    Formula,
    Heading,
    Item,
    Table,
    column_letter,
)
from exports.books.words import STATUS_WORDS, on_day, year_words
from passport.form import YEARLY, PeriodKey, Question
from passport.sheet import Sheet
from passport.values import Chosen, NotApplicable, Nothing, Number, Slot, Text, Value

OWN = 3


async def write(binder: Binder, desk: Desk) -> None:
    for period in YEARLY:
        await _sheet(binder, desk, period)


async def _sheet(binder: Binder, desk: Desk, period: PeriodKey) -> None:
    form = desk.passport.forms.of(period)
    asked = [one for one in form.questions if period in one.required + one.optional]
    columns = [
        Column("№", 6, MIDDLE),
        Column("Школа", 26, TEXT),
        Column("Состояние", 14, MIDDLE),
        *(
            Column(
                one.short.removesuffix(", {class}"),
                13 if _counts(one) else 24,
                COUNT if _counts(one) else TEXT,
            )
            for one in asked
        ),
    ]
    notes = (
        on_day(desk),
        "Учтены отправленные и принятые анкеты; где анкеты нет, клетки пустые. Вопросы о классах – "
        "сумма по классам школы.",
    )
    name = desk.passport.forms.period(period).name
    heading = Heading(name.capitalize(), f"{form.title}, {year_words(desk.year)}", notes)
    table = Table(binder, heading, columns, frozen=2)
    totals: list[Decimal | None] = [None] * len(asked)  # a sum of nothing is no 0
    async for school, year in desk.form_years(await desk.taking_part()):
        filling = year.fillings.get(period)
        status = filling.report.status if filling else None
        row: list[Item] = [school.number, school.short_name, STATUS_WORDS[status]]
        if filling is not None and status in ("submitted", "accepted"):
            for at, question in enumerate(asked):
                value = _value(filling.sheet, question)
                row.append(value)
                if _counts(question) and isinstance(value, Decimal):
                    totals[at] = (totals[at] or Decimal(0)) + value
        else:
            row += [None] * len(asked)
        table.row(row)
    _totals(table, totals)


def _counts(question: Question) -> bool:
    return question.kind == "count"


def _value(sheet: Sheet, question: Question) -> Item:
    if question.per == "class":
        known = [sheet.answers.get(Slot(question.key, one.id)) for one in sheet.classes]
        numbers = [one.value for one in known if isinstance(one, Number)]
        return sum(numbers, Decimal(0)) if numbers else None
    return shown(sheet.effective(Slot(question.key)))


def shown(value: Value | None) -> Item:
    """A value for a cell."""
    match value:
        case Number(number):
            return number
        case Nothing():
            return "–"
        case NotApplicable():
            return "н/п"
        case Text(text):
            return text
        case Chosen(options):
            return ", ".join(options) or "ничего из списка"
    return None


def _totals(table: Table, totals: list[Decimal | None]) -> None:
    first, last = table.first_row, table.last_row
    if last < first:
        table.finish()
        return
    letters = [column_letter(OWN + at + 1) for at in range(len(totals))]
    table.total(
        [
            "",
            "Всего (формула)",
            "",
            *(
                None if known is None else Formula(f"=SUM({letter}{first}:{letter}{last})")
                for letter, known in zip(letters, totals, strict=True)
            ),
        ]
    )
    table.total(["", "Всего (бот)", "", *totals])
    table.finish(last)
