"""The command `import` beside a bot that goes on working."""

import sqlite3
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import importing
from bot.importing import import_file
from bot.offline import opened
from exports.form_book import form_book
from exports.form_workbook import form_workbook
from storage import reports
from tests.world import YEAR, World


async def test_what_changed_while_the_operator_looked_is_not_overwritten(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await world.give_classes("s24", "Химия")
    form = world.app.passport.form
    name = "МАОУ «Средняя школа № 24»"
    blank = form_book(form, school_name=name, school_year=YEAR, classes=(), columns=[])
    book = load_workbook(BytesIO(form_workbook(blank)))
    sheet = book.worksheets[0]
    row = next(r for r in sheet.iter_rows() if str(r[1].value).startswith("Количество обучающихся"))
    row[5].value = 24
    path = tmp_path / "forma.xlsx"
    book.save(path)
    monkeypatch.setattr(importing, "opened", partial(opened, clock=world.clock))
    monkeypatch.setenv("DATABASE_URL", world.settings.database_url)
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
