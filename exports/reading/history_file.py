"""Official values of earlier years out of the filled template."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from exports.history import HEADINGS, place_of
from exports.reading.cells import shown
from exports.reading.door import Refused
from exports.reading.form_file import Problem, headings, plain, unnamed
from exports.reading.grids import Grid, Raw, ReadableBook
from passport.indicators import Indicators, Point, Value, measuring_day
from passport.parsing import has_contact, looks_like_person, parse_day
from passport.values import Refusal
from storage.indicator_values import Fixing

NO_HISTORY = Refused(
    "В файле нет таблицы истории. Возьмите шаблон: /export, «История прошлых лет: шаблон»."
)
LONGEST_SOURCE = 120
NUMBERS = ("Значение", "Числитель", "Знаменатель")


@dataclass(frozen=True, slots=True)
class HistoryValue:
    """A value to become official; of a share the two numbers, or the percent alone."""

    key: str
    year: str
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    on: date | None
    source: str
    row: int


@dataclass(frozen=True, slots=True)
class ReadHistory:
    values: tuple[HistoryValue, ...]
    problems: tuple[Problem, ...] = ()


def find(book: ReadableBook) -> tuple[Grid, int, dict[str, int]] | None:
    """(sheet, row of the head, column by heading); None when no sheet has the table."""
    for grid in book.grids:
        for number, row in enumerate(grid.rows, start=1):
            texts = headings(row)
            places = {
                heading: texts.index(plain(heading)) + 1
                for heading in HEADINGS
                if plain(heading) in texts
            }
            if {"Ключ", "Учебный год", "Значение"} <= set(places):
                return grid, number, places
    return None


def read_history(book: ReadableBook, indicators: Indicators) -> ReadHistory | Refused:
    found = find(book)
    if found is None:
        return NO_HISTORY
    grid, head, places = found
    values: list[HistoryValue] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for row in range(head + 1, len(grid.rows) + 1):
        line = {name: grid.at(row, place) for name, place in places.items()}
        formula = next((name for name in NUMBERS if (row, places.get(name)) in grid.formulas), None)
        if formula is not None:
            text = "Впишите само число, без формулы. Например: 36,7"
            problems.append(Problem(row, formula, "формула", text))
            continue
        if all(_is_empty(line.get(name)) for name in NUMBERS):
            continue
        read = _value(line, row, indicators)
        if isinstance(read, Problem):
            problems.append(replace(read, was=unnamed(read.was)))
        elif (read.key, read.year) in seen:
            text = "Этот показатель за этот год уже есть выше. Оставьте одну строку."
            problems.append(Problem(row, "Ключ", f"{read.key} {read.year}", text))
        else:
            seen.add((read.key, read.year))
            values.append(read)
    return ReadHistory(tuple(values), tuple(problems))


def fixing_of(indicators: Indicators, one: HistoryValue) -> Fixing:
    """What a line of the file makes official; without a date the usual one is meant."""
    key, point = place_of(one.key)
    indicator = indicators.get(key)
    which: Point = point or indicator.points[0].key
    measured = indicator.point(which) or indicator.points[0]
    value = Value(
        numerator=one.numerator if one.numerator is not None else one.value,
        denominator=one.denominator,
        on=one.on or measuring_day(one.year, which, measured.day),
        source=one.source or "загружено из файла",
        given=one.value if indicator.is_share and one.denominator is None else None,
    )
    return Fixing(key, one.year, which, value)


def _is_empty(raw: Raw) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _value(line: dict[str, Raw], row: int, indicators: Indicators) -> HistoryValue | Problem:
    key = str(line.get("Ключ") or "").strip()
    known = {one.key: one for one in indicators.indicators}
    indicator = known.get(place_of(key)[0])
    if indicator is None:
        return Problem(row, "Ключ", shown(key), "Такого ключа нет. Возьмите свежий шаблон: /export")
    year = re.sub(r"[–—/]", "-", str(line.get("Учебный год") or "").replace(" ", ""))
    if year not in indicators.years:
        text = f"Нужен учебный год Проекта, например: {indicators.years[0]}"
        return Problem(row, "Учебный год", shown(year), text)
    numbers: dict[str, Decimal | None] = {}
    for name in NUMBERS:
        number = _number(line.get(name))
        if number is None and not _is_empty(line.get(name)):
            text = "Нужно число 0 или больше. Например: 36,7"
            return Problem(row, name, shown(line.get(name)), text)
        numbers[name] = number
    value, part, whole = numbers["Значение"], numbers["Числитель"], numbers["Знаменатель"]
    if indicator.is_share:
        wrong = _wrong_share(value, part, whole)
    else:
        part, whole = None, None
        whole_number = value is not None and value == value.to_integral_value()
        wrong = "" if whole_number else "Здесь считаем целыми числами. Например: 214"
    if wrong:
        return Problem(row, "Значение", shown(line.get("Значение")), wrong)
    if value is None:
        assert part is not None
        assert whole is not None
        value = part * 100 / whole
    on = _day(line.get("На дату"))
    if isinstance(on, str):
        return Problem(row, "На дату", shown(line.get("На дату")), on)
    source = " ".join(str(line.get("Источник") or "").split())[:LONGEST_SOURCE]
    if has_contact(source) or looks_like_person(source):
        text = "Похоже на личные данные. Напишите источник без имён, например: отчёт ИМЦ за 2023"
        return Problem(row, "Источник", "•••", text)
    return HistoryValue(key, year, value, part, whole, on, source, row)


def _wrong_share(value: Decimal | None, part: Decimal | None, whole: Decimal | None) -> str:
    if (part is None) != (whole is None):
        return "Нужны оба числа: числитель и знаменатель. Например: 11 и 30"
    if part is not None and whole is not None:
        if whole == 0:
            return "Знаменатель не может быть нулём. Например: 11 и 30"
        if part > whole:
            return "Числитель больше знаменателя. Например: 11 и 30"
        exact = part * 100 / whole
        if value is not None and abs(value - exact) > Decimal("0.1"):
            return f"Процент не сходится с числами: {part} из {whole} – это {exact:.1f} %."
    if value is not None and 0 < value < 1:
        return f"Похоже на долю от единицы. Напишите проценты, например {value * 100:f}"
    if value is not None and not 0 <= value <= 100:
        return "Доля – от 0 до 100. Например: 36,7"
    return ""


def _number(raw: Raw) -> Decimal | None:
    if isinstance(raw, bool | date):
        return None
    text = str(raw if raw is not None else "").replace("\u00a0", "").replace(" ", "")
    text = text.removesuffix("%").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number > 1_000_000:
        return None
    return number


def _day(raw: Raw) -> date | str | None:
    if _is_empty(raw):
        return None
    if isinstance(raw, datetime):
        found: date | Refusal = raw.date()
    elif isinstance(raw, date):
        found = raw
    else:
        found = parse_day(str(raw).strip(), date(2026, 9, 1))
    if isinstance(found, Refusal) or not 2015 <= found.year <= 2045:
        return "Нужна дата. Например: 15.09.2023"
    return found
