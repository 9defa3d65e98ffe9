"""The same number everywhere: chat, chart, Excel, command line, each against figures by hand."""

import asyncio
import csv
from collections.abc import AsyncIterator, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from demo.telegram import Person
from exports.books.making import make_book
from exports.indicator_chart import stored_chart
from exports.indicator_table import stored_table
from handlers.screen import BookFile
from passport.indicators import Line, Value
from storage import indicator_lines, indicator_values, parts
from storage.indicator_lines import days
from storage.indicator_values import Fixing
from tests.recalculation import recalculated
from tests.scenarios.indicators.golden import COMPLETE, EXPECTED, NOW, PUPILS_END, YEARS, settle
from tests.world import World, shown

KEYS = tuple(EXPECTED)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with World(tmp_path) as made:
        made.clock.move_to(NOW)
        async with made.app.database.write() as tx:
            await settle(tx, made.app.passport)
        yield made


async def lines(world: World) -> dict[tuple[str, str], Line]:
    async with world.app.database.read() as tx:
        found = await indicator_lines.of_years(tx, world.app.passport, YEARS)
    return {(line.indicator.key, year): line for year, row in found.items() for line in row}


def expected() -> Iterator[tuple[str, str, str | None, str | None, int | None]]:
    for key, row in EXPECTED.items():
        for year, (fact, mark, missing) in zip(YEARS, row, strict=True):
            yield key, year, fact, mark, missing


async def test_eight_lines_of_five_years_by_hand(world: World) -> None:
    found = await lines(world)
    assert len(found) == 40
    for key, year, fact, mark, missing in expected():
        line = found[(key, year)]
        said = None if line.value is None else str(line.value.shown)
        assert (said, line.mark, line.missing) == (fact, mark, missing), (key, year)
    for (key, year), (reported, of) in COMPLETE.items():
        value = found[(key, year)].value
        assert value is not None
        assert (value.reported, value.expected) == (reported, of), (key, year)
    waiting = found[("pupils", "2023-2024")].value
    assert waiting is not None
    assert waiting.waiting == 1
    for year, (total, reported, of) in PUPILS_END.items():
        end = found[("pupils", year)].end
        assert end is not None
        assert (str(end.shown), end.reported, end.expected) == (total, reported, of)
    second = found[("teachers_trained_share", "2022-2023")].second
    assert second is not None
    assert str(second.shown) == "1.4"  # of all 70 teachers


async def test_the_parts_add_up_to_the_value(world: World) -> None:
    found = await lines(world)
    today = world.app.passport.calendar.today(NOW)
    async with world.app.database.read() as tx:
        for (key, year), line in found.items():
            point = line.indicator.points[0].key
            one = days(world.app.passport.calendar, year, today)
            opened = await parts.opened(tx, key, one, point)
            total = sum((part.amount for part in opened.parts), Decimal(0))
            if line.live is not None:
                assert total == line.live.numerator, (key, year)
                whole = [part.of for part in opened.parts if part.of is not None]
                if key == "teachers_trained_share":
                    assert sum(whole, Decimal(0)) == line.live.denominator


def in_chat(key: str, fact: str | None) -> str:
    if fact is None:
        return "–"
    return f"{fact.replace('.', ',')} %" if key in SHARES else fact


SHARES = ("schools_share", "teachers_trained_share")
PARTS = ("contracts_he", "contracts_vet", "contracts_industry")


async def test_the_chat_says_the_same(world: World) -> None:
    manager = await world.staff("manager")
    for at, year in enumerate(YEARS):
        await world.say(manager, f"/indicators {year[:4]}")
        text = shown(manager)
        for key in KEYS:
            indicator = world.app.passport.indicators.get(key)
            words = in_chat(key, EXPECTED[key][at][0])
            if key in PARTS:
                assert f"{indicator.short} {words}/" in text, (key, year)
            else:
                number = f"{'Доп. ' if indicator.group == 'additional' else ''}{indicator.no}"
                head = text[text.index(f"{number}. {indicator.short}") :]
                assert words in head.split("\n")[0], (key, year, text)
    await _sees_two_in_depth(world, manager)


async def _sees_two_in_depth(world: World, manager: Person) -> None:
    """An indicator's own screen has its five years."""
    for key, button in (("pupils", "Учеников"), ("graduates_admitted", "Поступили")):
        await world.say(manager, "/indicators")
        await world.press(manager, button)
        for fact, _, _ in EXPECTED[key]:
            assert f": {in_chat(key, fact)}" in shown(manager)


async def test_the_chart_has_the_same(world: World) -> None:
    async with world.app.database.read() as tx:
        for key in KEYS:
            chart = await stored_chart(tx, world.app.passport, key)
            facts = [None if bar.fact is None else str(bar.fact) for bar in chart.bars]
            assert facts == [fact for fact, _, _ in EXPECTED[key]]
            targets = world.app.passport.indicators.get(key).targets
            assert [bar.target for bar in chart.bars] == [targets[year] for year in YEARS]


async def test_the_table_of_the_command_line_has_the_same(world: World) -> None:
    async with world.app.database.read() as tx:
        text = (await stored_table(tx, world.app.passport)).decode("utf-8-sig")
    rows = {
        (row["Ключ"], row["Учебный год"]): row
        for row in csv.DictReader(StringIO(text), delimiter=";")
    }
    for key, year, fact, _, _ in expected():
        assert rows[(key, year)]["Факт"] == (fact or "").replace(".", ","), (key, year)


async def test_a_formula_among_the_sources_is_a_text_in_the_table(world: World) -> None:
    source = '=HYPERLINK("http://evil";"нажмите")'
    given = Value(Decimal(18), Decimal(30), date(2022, 9, 15), source=source)
    async with world.app.database.write() as tx:
        await indicator_values.fix(tx, Fixing("schools_share", YEARS[0], "start", given), None)
    async with world.app.database.read() as tx:
        text = (await stored_table(tx, world.app.passport)).decode("utf-8-sig")
    sources = [row["Источник"] for row in csv.DictReader(StringIO(text), delimiter=";")]
    assert f"'{source}" in sources
    assert not any(one.startswith("=") for one in sources)


@pytest.mark.office
async def test_excel_has_the_same_by_value_and_by_formula(world: World, tmp_path: Path) -> None:
    """The book is recalculated by LibreOffice: its formulas must come to the bot's own figures."""
    job = await world.app.attachments.job(BookFile("city", YEARS[-1]))
    content = await asyncio.to_thread(make_book, job)
    again = await asyncio.to_thread(recalculated, content, tmp_path)
    book = load_workbook(BytesIO(again), data_only=True)
    _check_indicators(world, book["Показатели"])
    checked = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            words = [cell for cell in row if isinstance(cell, str)]
            assert "НЕТ" not in words, (sheet.title, row)
            assert not any(word.startswith("#") for word in words), (sheet.title, row)
            checked += "Сходится" in words
    assert checked >= 2  # of the wide sheet and of completeness


def _check_indicators(world: World, sheet: object) -> None:
    rows = list(sheet.iter_rows(values_only=True))  # type: ignore[attr-defined]
    head = next(n for n, row in enumerate(rows) if row[0] == "№")
    at = head + 1
    for key in [one.key for one in world.app.passport.indicators.indicators]:
        for fact, mark, _ in EXPECTED[key]:
            row = rows[at]
            at += 1
            by_formula, by_bot, agrees = row[8], row[9], row[10]
            if fact is None:
                assert (by_formula, by_bot) == (None, None), row
                continue
            assert Decimal(str(by_formula)).quantize(Decimal("0.1")) == Decimal(fact).quantize(
                Decimal("0.1")
            ), row
            assert Decimal(str(by_bot)) == Decimal(fact), row
            assert agrees == "да"
            assert row[11] == {"done": "да", "near": "от 90 %", "below": "нет"}[mark or ""]
