"""The command line as an operator meets it: a process of its own, its exit code, its words."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from openpyxl import load_workbook

from bot import offline
from bot.commands import check
from bot.exporting import Wanted, export
from storage.people import Role
from storage.schema import latest
from tests.command_line.shell import Command, refused, rows
from tests.world import World

YEAR = "2026-2027"


def test_help_names_every_command(command: Command) -> None:
    ran = command("--help")
    assert ran.returncode == 0
    for name in (
        *("run", "demo", "check", "migrate", "invite", "export", "import"),
        *("backup", "restore"),
    ):
        assert re.search(rf"\b{name}\b", ran.stdout), name


def test_migrate_twice(command: Command, tmp_path: Path) -> None:
    first, second = command("migrate"), command("migrate")
    assert first.stdout == f"База готова, версия {latest()}.\n"
    assert second.stdout == f"База уже обновлена, версия {latest()}.\n"
    assert rows(tmp_path, "SELECT version_num FROM alembic_version") == [(latest(),)]


def test_an_invite_is_a_link_that_opens_the_bot(command: Command, tmp_path: Path) -> None:
    ran = command(
        "invite", "coordinator", "--school", "s24", "--bot", "@kamchatka_bot", "--post", "завуч"
    )
    assert ran.returncode == 0
    link = re.fullmatch(r"https://t\.me/kamchatka_bot\?start=(i_[\w-]{20,60})\n", ran.stdout)
    assert link
    assert len(link[1]) <= 64  # Telegram takes no longer ones
    assert rows(tmp_path, "SELECT role, school, post FROM invites") == [
        ("coordinator", "s24", "завуч")
    ]
    stored = str(rows(tmp_path, "SELECT * FROM invites"))
    assert link[1] not in stored  # known by its hash only


async def test_a_printed_token_lets_in(command: Command, world: World, tmp_path: Path) -> None:
    ran = command("invite", "methodist")
    assert re.fullmatch(r"/start i_[\w-]+\n", ran.stdout)
    assert "--bot" in ran.stderr
    world.clock.move_to(datetime.now(UTC))  # the command has the machine's clock
    person = world.telegram.person()
    await world.say(person, ran.stdout.strip())
    assert person.last is not None
    assert "вы методист ИМЦ" in person.last.text


@pytest.mark.parametrize(
    ("role", "school", "said"),
    [
        ("coordinator", "", "Укажите школу координатора, например: --school s24"),
        ("manager", "s24", "Школа указывается только координатору: уберите --school."),
        ("coordinator", "24", "Школы 24 нет. Нужна метка школы, например s24."),
    ],
    ids=["no school", "school of staff", "unknown school"],
)
async def test_an_invite_that_is_not_given(
    here: Path, capsys: pytest.CaptureFixture[str], role: Role, school: str, said: str
) -> None:
    assert await offline.invite(role, school, "", "") == 1
    assert capsys.readouterr() == ("", said + "\n")
    assert not (here / "bot.sqlite").exists() or rows(here, "SELECT * FROM invites") == []


async def test_the_exported_form_is_the_one_that_the_bot_sends(
    command: Command, world: World, tmp_path: Path
) -> None:
    await world.give_classes("s24", "Химия")
    person = await world.coordinator("s24")
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(person, label)
    for text in ("24", "4,35", "3", "Ярмарка профессий – 24"):
        await world.say(person, text)
    await world.say(person, "/export")
    sent = person.chat.from_bot[-1].document or person.chat.from_bot[-2].document
    assert sent is not None
    out = tmp_path / sent.name
    ran = command("export", "form", "--school", "s24", "--year", YEAR, "--out", str(out))
    assert ran.returncode == 0
    assert ran.stdout == f"Готово: {out}\n"
    assert out.read_bytes() == sent.data
    sheet = load_workbook(BytesIO(sent.data)).active
    assert sheet is not None
    assert 24 in {cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("school", "year", "out", "said"),
    [
        ("s99", YEAR, "a.xlsx", "Школы s99 нет. Нужна метка школы, например s24."),
        ("", YEAR, "a.xlsx", "Укажите школу, например: --school s24"),
        ("s24", "2026", "a.xlsx", "Учебный год 2026 не подходит"),
        ("s24", "1999-2000", "a.xlsx", "1999-2000"),
        ("s24", YEAR, "no/such/a.xlsx", "Файл no/such/a.xlsx записать нельзя"),
        ("s24", YEAR, ".", "записать нельзя"),
    ],
    ids=["school", "no school", "year", "calendar", "folder", "not a file"],
)
async def test_an_export_that_is_not_made(
    here: Path, capsys: pytest.CaptureFixture[str], *, school: str, year: str, out: str, said: str
) -> None:
    assert await export(Wanted("form", year, Path(out), school)) == 1
    printed, complaint = capsys.readouterr()
    assert printed == ""
    assert said in complaint
    assert complaint.count("\n") == 1
    assert not (here / "a.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (("indicators",), b"\xef\xbb\xbf"),
        (("chart", "--indicator", "pupils"), b"\x89PNG"),
        (("history",), b"PK"),
        (("form", "--school", "s24"), b"PK"),
        (("plan",), b"PK"),
    ],
    ids=["indicators", "chart", "history", "form", "plan"],
)
def test_an_export_without_a_year_is_of_the_current_one(
    command: Command, tmp_path: Path, words: tuple[str, ...], begins: bytes
) -> None:
    ran = command("export", *words, "--out", "made")
    assert (ran.returncode, ran.stdout) == (0, "Готово: made\n")
    assert (tmp_path / "made").read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("name", "words"), [("page.xlsx", ()), ("page.docx", ()), ("s24.docx", ("--school", "s24"))]
)
def test_the_page_for_a_meeting_comes_in_two_forms(
    command: Command, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    ran = command("export", "brief", *words, "--out", name)
    assert (ran.returncode, ran.stdout) == (0, f"Готово: {name}\n")
    with ZipFile(tmp_path / name) as archive:
        part = "word/document.xml" if name.endswith("docx") else "xl/workbook.xml"
        assert part in archive.namelist()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("brief", "", Path("page.pdf")), "--out sostoyanie.docx (или .xlsx)"),
        (Wanted("brief", YEAR, Path("page.docx")), "всегда на сегодня: --year не нужен"),
        (Wanted("brief", "", Path("page.docx"), "s99"), "Школы s99 нет."),
    ],
    ids=["form", "year", "school"],
)
async def test_a_page_that_is_not_made(
    here: Path, capsys: pytest.CaptureFixture[str], wanted: Wanted, said: str
) -> None:
    assert await export(wanted) == 1
    assert said in capsys.readouterr().err
    assert not (here / wanted.out).exists()


def test_check_and_run_without_a_token(command: Command, tmp_path: Path) -> None:
    ran = command("check")
    assert ran.returncode == 1
    assert "✅ Настройки и данные паспорта читаются." in ran.stdout
    assert "❌ База пуста. Выполните: python main.py migrate" in ran.stdout
    assert "❌ Нет токена. Получите его у @BotFather" in ran.stdout
    assert refused(command("run")).startswith("Нет токена. Получите его у @BotFather")


def test_a_wrong_setting_is_one_sentence(command: Command) -> None:
    for words, name, value in (("migrate", "DATABASE_URL", "mysql"), ("run", "HTTP_PORT", "many")):
        said = refused(command(words, **{"BOT_TOKEN": "1:abc", name: value}))
        assert said.startswith(f"Настройка {name} не подходит. Нужно: ")
        assert value not in said


def test_the_settings_file_is_read_where_the_command_runs(command: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TIME_ZONE=Nowhere\n")
    assert "Настройка TIME_ZONE не подходит" in refused(command("invite", "manager"))


@pytest.mark.parametrize("path", ["letter", "letter/bot.sqlite"])
@pytest.mark.parametrize("what", ["migrate", "invite", "export", "check"])
async def test_a_database_that_does_not_open_is_one_sentence(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    path: str,
) -> None:
    (here / "letter").write_text("Это не база данных, а письмо. " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{here}/{path}")
    calls = {
        "migrate": offline.migrate,
        "invite": lambda: offline.invite("manager", "", "", ""),
        "export": lambda: export(Wanted("form", YEAR, here / "a.xlsx", "s24")),
        "check": check,
    }
    assert await calls[what]() == 1
    assert "База не открывается" in "".join(capsys.readouterr())


@pytest.mark.parametrize("status", [200, 404, 502, None])
async def test_check_of_an_address_that_is_no_bot_api(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    status: int | None,
) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Добро пожаловать</html>", status=status or 500)

    site = web.Application()
    site.router.add_route("*", "/{path:.*}", page)
    monkeypatch.setenv("BOT_TOKEN", "1:abc")
    async with TestServer(site, host="127.0.0.1") as server:
        address = str(server.make_url("/")) if status else "http://127.0.0.1:9"  # nobody there
        monkeypatch.setenv("BOT_API_URL", address)
        assert await check() == 1
    assert "Telegram недоступен. Задайте BOT_PROXY или BOT_API_URL." in capsys.readouterr().out
