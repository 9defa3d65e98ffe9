"""`backup` and `restore`, as an operator types them."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from demo.telegram import Person
from passport.clock import SystemClock
from storage import copies, schools
from storage.database import Database
from storage.schema import migrate
from tests import ground
from tests.command_line.shell import MAIN, Command, environment, refused, rows
from tests.world import World


@pytest.fixture
async def laid(tmp_path: Path) -> Path:
    """The file of a stopped bot, in the folder where commands run."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite", SystemClock())
    await ground.lay(database)
    async with database.write() as tx:
        await schools.add_missing(tx, ground.passport().schools.schools)
    await database.close()
    return tmp_path / "bot.sqlite"


@pytest.fixture
def copied(laid: Path) -> Path:
    """A copy of it, beside it."""
    made = laid.with_name("copy.sqlite")
    copies.copy(laid, made, SystemClock().now())
    return made


@pytest.fixture
def later(laid: Path) -> Path:
    """A copy that a later version has made."""
    made = laid.with_name("later.sqlite")
    copies.copy(laid, made, SystemClock().now())
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    return made


def names(folder: Path) -> list[str]:
    """Databases and what may be left of them, without journals."""
    return sorted(
        one.name
        for one in folder.iterdir()
        if "sqlite" in one.name and not one.name.endswith(("-wal", "-shm"))
    )


async def test_a_copy_of_the_running_bot_and_back(
    command: Command, world: World, coordinator: Person, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    ran = command("backup", "backups")
    assert ran.returncode == 0
    said = re.fullmatch(
        r"Копия готова и проверена: backups/(traektoria-[\d-]{17}\.sqlite) \(\d+,\d МБ\)\n",
        ran.stdout,
    )
    assert said
    copied = f"backups/{said[1]}"
    assert "зашифрованной" in ran.stderr
    later = await world.staff("methodist")
    await world.close()

    ran = command("restore", copied, "--yes")
    assert ran.returncode == 0
    lines = ran.stdout.splitlines()
    assert re.match(r"В копии от \d\d\.\d\d\.\d{4} \d\d:\d\d: 1 человек, 0 отправок", lines[0])
    assert lines[1].startswith("Сейчас в базе: 2 человека, 0 отправок отчётов, последнее действие")
    aside = re.fullmatch(
        r"Нынешняя база останется рядом: (bot\.before-[\d-]{17}\.sqlite)\.", lines[2]
    )
    assert aside
    assert lines[3] == "✅ База восстановлена."
    assert lines[-1] == "• Запустите бота: python main.py check, затем run."
    assert copies.contents(tmp_path / aside[1]).people == 2
    assert names(tmp_path) == [aside[1], "bot.sqlite"]

    await world.open()  # and the bot goes on from there
    await world.say(coordinator, "/form")
    assert coordinator.screen is not None
    assert "Школа № 24" in coordinator.screen.text
    await world.say(later, "/reports")
    assert later.last is not None
    assert "Кто сдал" not in later.last.text


def test_nothing_changes_without_a_yes(command: Command, copied: Path, tmp_path: Path) -> None:
    command("invite", "methodist")
    ran = subprocess.run(
        [sys.executable, MAIN, "restore", "copy.sqlite"],
        cwd=tmp_path,
        env=environment(tmp_path),
        input="n\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout.endswith("Ничего не изменено.\n")
    assert rows(tmp_path, "SELECT count(*) FROM invites") == [(1,)]
    assert names(tmp_path) == ["bot.sqlite", "copy.sqlite"]


def test_through_a_pipe_no_copy_lies_in_the_open(
    command: Command, laid: Path, tmp_path: Path
) -> None:
    command("invite", "methodist")

    def piped(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, MAIN, *words],
            cwd=tmp_path,
            env=environment(tmp_path),
            input=given,
            capture_output=True,
            check=False,
        )

    poured = piped("backup", "-")
    assert poured.returncode == 0
    assert poured.stdout.startswith(b"SQLite format 3")
    assert poured.stderr == b""
    assert names(tmp_path) == ["bot.sqlite"]
    with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as connection:
        connection.execute("DELETE FROM invites")
        connection.commit()
    assert "Добавьте --yes" in piped("restore", "-", given=poured.stdout).stderr.decode()
    back = piped("restore", "-", "--yes", given=poured.stdout)
    assert back.returncode == 0
    assert "Отозваны приглашения: 1." in back.stdout.decode()
    assert rows(tmp_path, "SELECT revoked_at IS NULL FROM invites") == [(0,)]


def test_a_pipe_that_closes_is_one_sentence(laid: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, MAIN, "backup", "-"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=writing,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    os.close(writing)
    assert ran.returncode == 1
    assert ran.stderr == "Поток не принял копию: её нет. Проверьте, куда она идёт.\n"
    assert [one.name for one in tmp_path.iterdir()] == ["bot.sqlite"]


@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_whoever_is_stopped_leaves_nothing_behind(copied: Path, tmp_path: Path, name: str) -> None:
    """A terminal that was closed over the question, say."""
    with subprocess.Popen(
        [sys.executable, MAIN, "restore", "copy.sqlite"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert any(b"bot.before" in line for line in running.stdout)  # now it asks
        running.send_signal(signal.Signals[name])
        said = running.stderr.read().decode()
    assert running.returncode == 1
    assert said.strip().startswith(("Прервано: база прежняя.", "Ответа нет, база прежняя."))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bot.sqlite", "copy.sqlite"]


def test_nobody_is_there_to_answer(command: Command, copied: Path, tmp_path: Path) -> None:
    ran = command("restore", "copy.sqlite")
    assert ran.returncode == 1
    assert ran.stderr == "Ответа нет, база прежняя. Чтобы не спрашивать, добавьте --yes."


def test_a_link_leads_to_the_database(command: Command, copied: Path, tmp_path: Path) -> None:
    """On another disk, say: it is the file there that is replaced."""
    command("invite", "methodist")
    (tmp_path / "disk").mkdir()
    (tmp_path / "bot.sqlite").rename(tmp_path / "disk" / "data 1%20.sqlite")
    (tmp_path / "bot.sqlite").symlink_to(tmp_path / "disk" / "data 1%20.sqlite")
    assert command("restore", "copy.sqlite", "--yes").returncode == 0
    assert (tmp_path / "bot.sqlite").is_symlink()
    assert rows(tmp_path, "SELECT count(*) FROM invites") == [(0,)]
    assert rows(tmp_path, "SELECT count(*) FROM audit WHERE act = 'recover'") == [(1,)]
    assert len(names(tmp_path / "disk")) == 2


async def test_a_copy_that_cannot_be_brought_up_to_date_replaces_nothing(
    command: Command, laid: Path, tmp_path: Path
) -> None:
    before = (tmp_path / "bot.sqlite").read_bytes()
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.sqlite", SystemClock())
    await migrate(database, "0003")
    await database.close()
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
        connection.execute("DROP TABLE partners")
        connection.commit()
    ran = command("restore", "old.sqlite", "--yes")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Копия не открывается, база прежняя.")
    assert (tmp_path / "bot.sqlite").read_bytes() == before
    assert names(tmp_path) == ["bot.sqlite", "old.sqlite"]


def test_a_terminal_without_our_signs_stops_nothing(copied: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, MAIN, "restore", "copy.sqlite", "--yes"],
        cwd=tmp_path,
        env=environment(tmp_path) | {"PYTHONIOENCODING": "koi8-r"},
        capture_output=True,
        encoding="koi8-r",
        check=False,
    )
    assert ran.returncode == 0
    assert "? База восстановлена." in ran.stdout


def test_addresses_that_lead_to_no_database_of_ours(
    command: Command, later: Path, tmp_path: Path
) -> None:
    (tmp_path / "there").write_text("не папка")
    (tmp_path / "loop").symlink_to("loop")

    def said(*words: str, at: str) -> str:
        return refused(command(*words, DATABASE_URL=f"sqlite+aiosqlite:///{at}"))

    assert "В DATABASE_URL нет файла базы." in said("restore", "bot.sqlite", "--yes", at="")
    assert "В DATABASE_URL нет файла базы." in said("restore", "bot.sqlite", "--yes", at=":memory:")
    assert "there мешает." in said("restore", "bot.sqlite", "--yes", at="there/bot.sqlite")
    assert "никуда не ведёт." in said("backup", "x.sqlite", at="loop")
    assert "папка. Проверьте DATABASE_URL." in said("backup", "x.sqlite", at=".")
    assert "версии 9999 новее программы." in said("backup", "x.sqlite", at="later.sqlite")
    assert names(tmp_path) == ["bot.sqlite", "later.sqlite"]


async def test_a_running_bot_is_not_replaced(
    command: Command, world: World, tmp_path: Path
) -> None:
    command("backup", "copy.sqlite")
    ran = command("restore", "copy.sqlite", "--yes")
    assert ran.returncode == 1
    assert ran.stderr == "База занята: бот работает. Остановите его и повторите."
    assert names(tmp_path) == ["bot.sqlite", "copy.sqlite"]
    await world.say(world.telegram.person(), "/start")  # it has noticed nothing


async def test_an_older_copy_is_brought_up_to_date(command: Command, tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.sqlite", SystemClock())
    await migrate(database, "0003")
    await database.close()
    ran = command("restore", "old.sqlite", "--yes")
    assert ran.returncode == 0
    assert "В копии: 0 человек" in ran.stdout
    assert command("migrate").stdout.startswith("База уже обновлена")


def test_a_new_machine_has_nothing_to_keep(command: Command, copied: Path, tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").unlink()
    ran = command("restore", "copy.sqlite", "--yes")
    assert ran.returncode == 0
    assert "Сейчас в базе" not in ran.stdout
    assert names(tmp_path) == ["bot.sqlite", "copy.sqlite"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup", "there.sqlite"), "Файл there.sqlite уже есть. Укажите другое имя или папку."),
        (("backup", "/proc"), "Не записать сюда: /proc. Проверьте папку, права и место"),
        (("backup", "a" * 300), "Проверьте имя, права и от чьего имени запускаете."),
        (("backup", "nowhere/"), "Папки nowhere нет. Создайте её или укажите файл, copy.sqlite"),
        (("backup", "nowhere/copy.sqlite"), "Не записать сюда: nowhere. Проверьте папку"),
        (("restore", "nowhere.sqlite"), "Файла nowhere.sqlite нет. Нужна копия"),
        (("restore", "bot.sqlite", "--yes"), "Это сама база, а не копия. Укажите копию"),
        (("restore", "there.sqlite", "--yes"), "Это не копия базы бота, или она повреждена."),
        (("restore", "later.sqlite", "--yes"), "Копия версии 9999 новее программы. Обновите"),
    ],
    ids=[
        *("there already", "no rights", "too long", "no such folder", "no folder"),
        *("no file", "itself", "no copy", "later version"),
    ],
)
def test_what_is_refused(
    command: Command, later: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.sqlite").write_text("не база")
    before = (tmp_path / "bot.sqlite").read_bytes()
    assert said in refused(command(*words))
    assert (tmp_path / "bot.sqlite").read_bytes() == before
    assert names(tmp_path) == ["bot.sqlite", "later.sqlite", "there.sqlite"]


def test_there_is_nothing_to_copy(command: Command) -> None:
    assert re.match(
        r"Базы .*bot\.sqlite нет\. Проверьте DATABASE_URL\.", refused(command("backup", "x"))
    )
