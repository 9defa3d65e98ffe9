"""The indicators of school years as they stand: the one reading behind chat, chart and Excel."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import cast

from passport.calendar import Calendar
from passport.form import PeriodKey
from passport.indicators import (
    Facts,
    Indicator,
    Indicators,
    Line,
    Point,
    TeachersOf,
    Value,
    lines,
    measure,
    measuring_day,
)
from passport.loader import Passport
from passport.numbers import plain
from storage import audit, city_facts, facts, indicator_values, parts
from storage.database import Transaction
from storage.facts import Days
from storage.indicator_values import Fixing

# Row 1 is «на 01.09» and «на конец четверти».
COUNTED: tuple[PeriodKey, ...] = ("base", "IV")


async def of_years(
    tx: Transaction, passport: Passport, years: Sequence[str]
) -> dict[str, tuple[Line, ...]]:
    """The eight lines of each year, official and as of today."""
    found, teachers_of = await _facts(tx, passport, years)
    official = await indicator_values.official(tx)
    return {
        year: lines(passport.indicators, found[year], official.get(year), teachers_of)
        for year in years
    }


async def fix(
    tx: Transaction,
    passport: Passport,
    year: str,
    indicator: Indicator,
    by: int | None,
    *,
    point: Point | None = None,
    day: date | None = None,
) -> Value | None:
    """Makes what the facts come to official, with its rows; None where nothing was measured.

    ``day`` None: as of today. The value says that day, whenever it is fixed.
    """
    today = passport.calendar.today(tx.now)
    said = await city_facts.every(tx)
    of = teachers_of(said, year)
    which = point or indicator.points[0].key
    one = days(passport.calendar, year, today, day)
    counts = {year: all_schools(passport.indicators, said, year)}
    found = (await facts.read(tx, [one], counts))[year]
    value = measure(indicator.key, found, of, which)
    if value is None:
        return None
    opened = await parts.opened(tx, indicator.key, one, which, of)
    fixing = Fixing(indicator.key, year, which, value, opened.parts)
    await indicator_values.fix(tx, fixing, by)
    detail = f"{indicator.short} – {plain(value.shown)}{' %' if indicator.is_share else ''}"
    if by is not None:  # what the bot does by itself is no act of a person
        await audit.add(tx, "fix_value", by, year=year, detail=detail)
    return value


async def _facts(
    tx: Transaction, passport: Passport, years: Sequence[str]
) -> tuple[dict[str, Facts], TeachersOf]:
    said = await city_facts.every(tx)
    today = passport.calendar.today(tx.now)
    counts = {year: all_schools(passport.indicators, said, year) for year in years}
    wanted = [days(passport.calendar, year, today) for year in years]
    return await facts.read(tx, wanted, counts), teachers_of(said, max(years))


def all_schools(passport: Indicators, said: dict[tuple[str, str], str], year: str) -> int:
    """«количество ООО ПКГО» in a year (D04)."""
    return int(city_facts.held(said, "all_schools", year) or passport.all_schools)


def teachers_of(said: dict[tuple[str, str], str], year: str) -> TeachersOf:
    """Who counts as 100 % of the teachers (D06)."""
    return cast(TeachersOf, city_facts.held(said, "teachers_of", year) or "profile")


def days(calendar: Calendar, year: str, today: date, on: date | None = None) -> Days:
    """What the facts of a year are about: its own beginning and end, and today while it lasts."""
    start = min(measuring_day(year, "start", "09-15"), today)
    end = min(measuring_day(year, "end", "05-31"), today)
    first = int(year[:4])
    over = today > date(first + 1, 8, 31)
    day = on or (measuring_day(year, "start", "09-15") if over else today)
    moment = calendar.moment(day + timedelta(days=1), time.min)
    counted = {period: calendar.dates(year, period).end for period in COUNTED}
    return Days(year, start, end, day, moment, told=on or today, counted=counted)
