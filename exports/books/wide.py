"""«Свод»: a row a school, the form's questions as columns, period by period; totals that add up.

Lists are flattened to stable columns: how many people, how many names, and the names themselves.
Row 2 is not here: averages are not added (see «Средний балл»).
"""

from collections.abc import Iterator
from dataclasses import dataclass
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
from exports.books.words import on_day
from passport.form import PERIODS, PeriodKey, Question
from passport.numbers import plural
from passport.sheet import Sheet, amount
from passport.values import Named, NotApplicable, Nothing, Number, Slot, Value
from storage.reports import Filling
from storage.schools import School

NOTHING, NOT_APPLICABLE = "–", "н/п"
OWN = 3  # columns before the numbers: №, school, how its reports stand


@dataclass(frozen=True, slots=True)
class _Place:
    """One column of numbers or names of one period."""

    period: PeriodKey
    question: Question
    part: str  # number, count, names

    @property
    def adds(self) -> bool:
        return self.part != "names"


async def write(binder: Binder, desk: Desk) -> None:
    places = list(_places(desk))
    schools = await desk.taking_part()
    columns = [
        Column("№", 6, MIDDLE),
        Column("Школа", 26, TEXT),
        Column("Принято отчётов", 10, MIDDLE),
        *(_column(desk, place) for place in places),
    ]
    notes = (
        on_day(desk),
        "Пустая клетка – ответа нет, «–» – не было, «н/п» – не применимо. Чего нет, то в сумму "
        "не входит и нулём не считается. Участия в разных мероприятиях складываются: это участия, "
        "а не разные люди. Учтены отправленные и принятые отчёты.",
    )
    title = f"Свод по школам, {desk.year.replace('-', '–')} учебный год"
    table = Table(binder, Heading("Свод", title, notes), columns, frozen=2, fitted=False)
    totals: list[Decimal] = [Decimal(0)] * len(places)
    reported = [0] * len(places)
    count = 0
    async for school, year in desk.form_years(schools):
        fillings = {key: one for key, one in year.fillings.items() if _was_sent(one)}
        table.row(_row(school, places, fillings, totals, reported))
        count += 1
    last = table.last_row
    _totals(table, places, last, (totals, reported), count)
    table.finish(last)


def _was_sent(filling: Filling) -> bool:
    return filling.report.status in ("submitted", "accepted")


def _places(desk: Desk) -> Iterator[_Place]:
    for period in PERIODS:
        for question in desk.passport.form.questions:
            if period not in question.required:  # an optional base value stands in «Ответы»
                continue
            match question.kind:
                case "count":
                    yield _Place(period, question, "number")
                case "named":
                    yield _Place(period, question, "number")
                    yield _Place(period, question, "count")
                    yield _Place(period, question, "names")


def _column(desk: Desk, place: _Place) -> Column:
    period = desk.passport.form.period(place.period)
    name = place.question.short.removesuffix(", {class}")
    short = "База" if place.period == "base" else period.label
    match place.part:
        case "count":
            return Column(f"{short}: {name}, названий", 13, COUNT)
        case "names":
            return Column(f"{short}: {name}, названия", 30, TEXT)
    return Column(f"{short}: {name}", 13, COUNT)


def _row(
    school: School,
    places: list[_Place],
    fillings: dict[PeriodKey, Filling],
    totals: list[Decimal],
    reported: list[int],
) -> list[Item]:
    accepted = sum(
        key in PERIODS and one.report.status == "accepted" for key, one in fillings.items()
    )
    row: list[Item] = [school.number, school.short_name, f"{accepted} из {len(PERIODS)}"]
    for at, place in enumerate(places):
        filling = fillings.get(place.period)
        cell = None if filling is None else _cell(filling.sheet, place)
        row.append(cell)
        if cell is not None:
            reported[at] += 1
        if isinstance(cell, Decimal | int):
            totals[at] += cell
    return row


def _cell(sheet: Sheet, place: _Place) -> Decimal | int | str | None:
    question = place.question
    if question.per == "class":
        return sheet.pupils()
    value = sheet.effective(Slot(question.key))
    if place.part == "count":
        return len(value.items) if isinstance(value, Named) else _bare(value)
    if place.part == "names":
        return _names(value)
    if isinstance(value, Named):
        total = sheet.effective(Slot(f"{question.key}.total"))
        return amount(total) if isinstance(total, Number) else Decimal(value.total)
    return _bare(value)


def _bare(value: Value | None) -> Decimal | str | None:
    match value:
        case Number(number):
            return number
        case Nothing():
            return NOTHING
        case NotApplicable():
            return NOT_APPLICABLE
    return None


def _names(value: Value | None) -> str | None:
    if isinstance(value, Named):
        return "; ".join(f"{item.name} – {item.persons}" for item in value.items)
    return NOTHING if isinstance(value, Nothing) else None


def _totals(
    table: Table,
    places: list[_Place],
    last: int,
    found: tuple[list[Decimal], list[int]],
    count: int,
) -> None:
    """By formulas, by the bot, and whether the two agree; then of how many schools each speaks."""
    totals, reported = found
    first = table.first_row
    formulas: list[Item] = ["", "Всего (формула)", ""]
    bots: list[Item] = ["", "Всего (бот)", ""]
    checks: list[Item] = ["", "Сходится", ""]
    answered: list[Item] = ["", "Ответили школ", ""]
    row = table.last_row
    for at, place in enumerate(places):
        letter = column_letter(OWN + at + 1)
        if not place.adds:
            formulas.append(None)
            bots.append(None)
            checks.append(None)
            answered.append(None)
            continue
        if not reported[at]:  # nobody has said anything: a sum of nothing is no 0
            formulas.append(None)
            bots.append(None)
            checks.append(None)
            answered.append(0)
            continue
        # SUBTOTAL(109) counts what a filter shows; SUM is of all, and is what the bot has added.
        formulas.append(Formula(f"=SUM({letter}{first}:{letter}{last})"))
        bots.append(totals[at])
        checks.append(Formula(f'=IF({letter}{row + 1}={letter}{row + 2},"да","НЕТ")'))
        answered.append(reported[at])
    table.total(formulas)
    table.total(bots)
    table.total(checks)
    table.total(answered)
    noun = plural(count, "школа", "школы", "школ")
    table.free(f"В таблице {count} {noun}: участники этого года и те, кто прислал отчёт.")
