"""The eight lines of all years as a plain table (.csv): for other programs, and to compare."""

import csv
from io import StringIO

from exports.cell_text import inert_text
from passport.indicators import Line
from passport.loader import Passport
from storage import indicator_lines
from storage.database import Transaction

HEADINGS = (
    "№",
    "Показатель",
    "Ключ",
    "Учебный год",
    "База",
    "Цель",
    "Факт",
    "Числитель",
    "Знаменатель",
    "На дату",
    "Отчитались школ",
    "Ждали школ",
    "Официально",
    "Источник",
)


async def stored_table(tx: Transaction, passport: Passport) -> bytes:
    """Semicolons, decimal commas and a mark at the beginning: as Excel here opens it."""
    current = passport.calendar.current(tx.now)[0]
    years = passport.indicators.begun(current)
    found = await indicator_lines.of_years(tx, passport, years)
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for year in years:
        for line in found[year]:
            writer.writerow(_row(line))
    return text.getvalue().encode("utf-8-sig")


def _row(line: Line) -> list[str]:
    one, value = line.indicator, line.value
    head = [one.number, one.name, one.key, line.year, _number(one.base), _number(line.target)]
    if value is None:
        return [*head, *[""] * 8]
    return [
        *head,
        _number(value.shown),
        "" if value.given is not None else _number(value.numerator),
        _number(value.denominator),
        f"{value.on:%d.%m.%Y}",
        _number(value.reported),
        _number(value.expected),
        "да" if value.official else "нет",
        inert_text(value.source),
    ]


def _number(number: object) -> str:
    return "" if number is None else str(number).replace(".", ",")
