"""An indicator over the years of the project, as a picture: the values of the chat, drawn."""

from exports.chart import Bar, Chart
from passport.indicators import Indicator, Line
from passport.loader import Passport
from passport.numbers import plain, plural
from storage import indicator_lines
from storage.database import Transaction


async def stored_chart(tx: Transaction, passport: Passport, key: str) -> Chart:
    """Facts against targets, one bar a school year; KeyError for an unknown indicator."""
    indicator = passport.indicators.get(key)
    current = passport.calendar.current(tx.now)[0]
    years = passport.indicators.begun(current)
    found = await indicator_lines.of_years(tx, passport, years)
    lines = {
        year: next(line for line in found[year] if line.indicator.key == key) for year in years
    }
    today = passport.calendar.today(tx.now)
    bars = tuple(_bar(indicator, year, lines.get(year)) for year in passport.indicators.years)
    return Chart(
        indicator.name, f"на {today:%d.%m.%Y}{_completeness(lines)}", indicator.unit_short, bars
    )


def _bar(indicator: Indicator, year: str, line: Line | None) -> Bar:
    value = line.value if line is not None else None
    target = indicator.targets[year]
    return Bar(
        label=f"{year[:4]}/{year[-2:]}",
        fact=None if value is None else value.shown,
        fact_text="" if value is None else amount(indicator, value.shown),
        target=target,
        target_text=f"{plain(target)} %" if indicator.is_share else plain(target),
        provisional=value is not None and not value.official,
    )


def amount(indicator: Indicator, number: object) -> str:
    text = f"{number}".replace(".", ",")
    return f"{text} %" if indicator.is_share else text


def _completeness(lines: dict[str, Line]) -> str:
    """Of the last year that is not whole: a picture must not hide it."""
    for year in sorted(lines, reverse=True):
        value = lines[year].value
        if value is not None and not value.is_whole:
            noun = plural(value.expected or 0, "школы", "школ", "школ")
            return f"; {year[:4]}/{year[-2:]} – по {value.reported} из {value.expected} {noun}"
    return ""
