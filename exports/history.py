"""The template of the years before the bot: one line an indicator and year, values to fill in."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from passport.indicators import Point
from passport.loader import Passport
from storage import indicator_values
from storage.database import Transaction

SHEET = "История показателей"
HEADINGS = (
    "Показатель",
    "Ключ",
    "Учебный год",
    "Значение",
    "Числитель",
    "Знаменатель",
    "На дату",
    "Источник",
)
# «pupils» is measured twice a year: its end has a key of its own in the file.
END_OF_YEAR = "pupils_end"
GUIDE = (
    "Впишите значение в столбец «Значение». Строку, о которой ничего не известно, оставьте пустой: "
    "пустое – это «не измерено», а не ноль.",
    "Для долей лучше указать числитель и знаменатель (11 и 30): процент бот посчитает сам. Если "
    "известен только процент, впишите его, например 36,7.",
    "Дата – день, на который значение верно. Источник – откуда оно, без имён: «отчёт ИМЦ за 2023».",
    "Столбцы «Показатель», «Ключ» и «Учебный год» не меняйте. Готовый файл пришлите боту: он "
    "покажет, что понял, и ничего не запишет без подтверждения.",
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the template; what is known already is filled in."""

    key: str
    name: str
    year: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    on: date | None = None
    source: str = ""


def place_of(key: str) -> tuple[str, Point | None]:
    """(indicator, point) of a key in the file; the point None is the indicator's own."""
    return ("pupils", "end") if key == END_OF_YEAR else (key, None)


def lines_of(passport: Passport) -> list[tuple[str, str]]:
    """(key, name) of every line, in the passport's order."""
    found = []
    for one in passport.indicators.indicators:
        found.append((one.key, f"{one.no} {one.name}"))
        if one.key == "pupils":
            found.append((END_OF_YEAR, f"{one.no} {one.name}, на конец года"))
    return found


async def stored_template(tx: Transaction, passport: Passport) -> bytes:
    """The template with the official values that the bot has."""
    official = await indicator_values.official(tx)
    lines = []
    for year in passport.indicators.years:
        for key, name in lines_of(passport):
            indicator, point = place_of(key)
            which = point or passport.indicators.get(indicator).points[0].key
            value = official.get(year, {}).get((indicator, which))
            if value is None:
                lines.append(HistoryLine(key, name, year))
                continue
            two = value.denominator is not None
            lines.append(
                HistoryLine(
                    key,
                    name,
                    year,
                    value.shown,
                    value.numerator if two else None,
                    value.denominator,
                    value.on,
                    value.source,
                )
            )
    return template(lines)


def template(lines: list[HistoryLine]) -> bytes:
    """The .xlsx: cells to fill are open, the rest is protected against a slip."""
    from exports.books.table import (  # noqa: PLC0415  # openpyxl, only where used
        COUNT,
        DAY,
        MIDDLE,
        TEXT,
        Binder,
        Column,
        Heading,
        Table,
    )
    from exports.still_archive import saved  # noqa: PLC0415

    number = replace(COUNT, number_format="General", locked=False)
    widths = (64, 26, 13, 12, 12, 14, 13, 40)
    looks = (
        TEXT,
        TEXT,
        MIDDLE,
        number,
        number,
        number,
        replace(DAY, locked=False),
        replace(TEXT, locked=False),
    )
    columns = [
        Column(heading, width, look)
        for heading, width, look in zip(HEADINGS, widths, looks, strict=True)
    ]
    binder = Binder()
    heading = Heading(SHEET, "История показателей Проекта: значения прошлых лет", GUIDE)
    table = Table(binder, heading, columns, frozen=3)
    for one in lines:
        table.row(
            [
                one.name,
                one.key,
                one.year,
                one.value,
                one.numerator,
                one.denominator,
                one.on,
                one.source,
            ]
        )
    table.finish()
    return saved(binder.workbook, title="История показателей", moment=None)
