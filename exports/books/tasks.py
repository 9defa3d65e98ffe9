"""«Задачи»: the six tasks of the passport, what is measured of each, and its threshold."""

from exports.books.desk import Desk
from exports.books.table import (
    COUNT,
    DAY,
    MIDDLE,
    ONE_DECIMAL,
    TEXT,
    Binder,
    Column,
    Heading,
    Item,
    Table,
)
from exports.books.words import last_day, on_day, year_words
from passport.indicators import rounded
from passport.tasks import Measured
from storage import task_state

COLUMNS = (
    Column("№", 5, MIDDLE),
    Column("Что измеряется", 34, TEXT),
    Column("Порог", 22, TEXT),
    Column("Значение", 54, TEXT),
    Column("%", 8, ONE_DECIMAL),
    Column("Числитель", 12, COUNT),
    Column("Знаменатель", 14, COUNT),
    Column("Порог достигнут", 14, MIDDLE),
    Column("Ответили", 10, COUNT),
    Column("Ждали", 10, COUNT),
    Column("На дату", 12, DAY),
    Column("Откуда", 20, TEXT),
)
REACHED = {True: "да", False: "нет", None: ""}


async def write(binder: Binder, desk: Desk) -> None:
    day = min(desk.today, last_day(desk.year))
    states = await task_state.of_day(desk.tx, desk.passport, day)
    notes = (
        on_day(desk),
        "Пустая клетка – данных нет, это не ноль. «Порог достигнут» пусто, если порога в Паспорте "
        "нет или молчащие школы ещё могут изменить ответ.",
    )
    title = f"{desk.passport.tasks.heading}: что измерено, {year_words(desk.year)}"
    table = Table(binder, Heading("Задачи", title, notes), COLUMNS, frozen=2, filtered=False)
    for one in states:
        table.section(one.task.no, one.task.name)
        for measured in one.measured:
            table.row(_row(measured))
    table.finish()


def _row(one: Measured) -> list[Item]:
    return [
        "",
        one.measure.name,
        one.measure.threshold_printed,
        "; ".join(part for part in (one.says, one.later) if part) or f"– {one.missing}",
        None if one.share is None else rounded(one.share),
        one.numerator,
        one.denominator,
        REACHED[one.reached],
        one.told if one.is_known and one.expected else None,
        one.expected or None,
        one.on if one.is_known else None,
        one.asked,
    ]
