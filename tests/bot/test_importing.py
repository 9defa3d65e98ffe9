"""The command `import` beside a bot that goes on working."""

import sqlite3
from functools import partial
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import importing
from bot.importing import import_file
from bot.offline import opened
from exports.form_book import form_book
from exports.form_workbook import form_workbook
from storage import indicator_values, reports
from tests.scenarios.importing.test_history import template, written
from tests.scenarios.steps import number
from tests.world import YEAR, World, shown


@pytest.fixture
def at_hand(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The command works on the database of this world, by its clock."""
    monkeypatch.setattr(importing, "opened", partial(opened, clock=world.clock))
    monkeypatch.setenv("DATABASE_URL", world.settings.database_url)
    return world


async def test_staff_take_a_form_back_that_came_by_command(at_hand: World, tmp_path: Path) -> None:
    world = at_hand
    await world.give_classes("s24", "Химия")
    methodist = await world.staff("methodist")
    await world.say(methodist, "/import")
    assert "Последние загрузки" not in shown(methodist)
    path = tmp_path / "forma.xlsx"
    path.write_bytes(form_with(world, 24))
    assert await import_file(path, lambda _: True) == 0
    assert list((await world.answers()).values()) == [number("24")]
    await world.say(methodist, "/import")
    line = "1. Школа № 24, 2026/27 – вт 12 января, 09:20 (командой import)"
    assert line in unescape(shown(methodist))
    await world.press(methodist, "Отменить: 1. Школа № 24, 2026/27")
    assert "Школа № 24, 2026/27" in unescape(shown(methodist))
    await world.press(methodist, "Отменить загрузку")
    assert "возвращён 1 ответ" in shown(methodist)
    assert await world.answers() == {}
    await world.say(methodist, "/import")
    assert "Последние загрузки" not in shown(methodist)


async def test_a_history_by_command_writes_the_difference_and_is_taken_back(
    at_hand: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = at_hand
    methodist = await world.staff("methodist")
    path, asked = tmp_path / "istoriya.xlsx", list[str]()

    def yes(question: str) -> bool:
        asked.append(question)
        return True

    for value in (214, 220):
        path.write_bytes(written(await template(world), {("pupils", "2022-2023"): {4: value}}))
        assert await import_file(path, yes) == 0
    assert "2022-2023 pupils: 214 → 220" in capsys.readouterr().out
    assert await import_file(path, yes) == 0
    assert asked == ["Записать значений: 1?"] * 2
    assert "Записывать нечего" in capsys.readouterr().out
    await world.say(methodist, "/import")
    await world.press(methodist, "Отменить: 1. история показателей")
    await world.press(methodist, "Отменить загрузку")
    assert "снято 1 значение" in shown(methodist)
    async with world.app.database.read() as tx:
        official = await indicator_values.official(tx)
    assert official["2022-2023"]["pupils", "start"].numerator == 214


def form_with(world: World, pupils: int) -> bytes:
    form = world.app.passport.form
    name = "МАОУ «Средняя школа № 24»"
    blank = form_book(form, school_name=name, school_year=YEAR, classes=(), columns=[])
    book = load_workbook(BytesIO(form_workbook(blank)))
    sheet = book.worksheets[0]
    row = next(r for r in sheet.iter_rows() if str(r[1].value).startswith("Количество обучающихся"))
    row[5].value = pupils
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


async def test_what_changed_while_the_operator_looked_is_not_overwritten(
    at_hand: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = at_hand
    await world.give_classes("s24", "Химия")
    path = tmp_path / "forma.xlsx"
    path.write_bytes(form_with(world, 24))
    assert await import_file(path, lambda _: False) == 1
    assert await world.answers() == {}
    async with world.app.database.write() as tx:
        report = await reports.open_report(tx, "s24", YEAR, "II")
    calls: list[str] = []

    def accepted_meanwhile(text: str) -> bool:

        database = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
        with sqlite3.connect(database) as raw:
            raw.execute("UPDATE reports SET status = 'accepted' WHERE id = ?", (report.id,))
        raw.close()
        calls.append(text)
        return True

    assert await import_file(path, accepted_meanwhile) == 1
    assert calls == ["Записать?"]
    assert "отчёт изменился" in capsys.readouterr().err
    assert await world.answers() == {}
