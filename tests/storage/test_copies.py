"""Copies of the database: whole, checked, and put back so that a crash leaves one of the two."""

import os
import resource
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import audit, copies, people
from storage.copies import InUseError, NoCopyError, TooNewError
from storage.database import Database
from storage.schema import latest

NOW = datetime(2027, 1, 12, 3, 0, tzinfo=UTC)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def made(place: Path, count: int = 1) -> Path:
    """A copy of the database that lies there, with so many people instead of its own."""
    path = place / "copy.sqlite"
    copies.copy(place / "bot.sqlite", path, NOW)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM people")
        for number in range(count):
            connection.execute(
                "INSERT INTO people (telegram_id, role, post, joined_at, reachable)"
                " VALUES (?, 'methodist', '', '2027-01-12 00:00:00.000000', 1)",
                (number + 1,),
            )
        connection.commit()
    return path


@pytest.fixture
async def bot(database: Database, tmp_path: Path) -> Path:
    """The file of a bot with one person, open."""
    async with database.write() as tx:
        one = await people.add(tx, 77, "methodist", None, "")
        await audit.add(tx, "join", one.id)
    return tmp_path / "bot.sqlite"


@pytest.fixture
async def stopped(bot: Path, database: Database) -> Path:
    await database.close()
    return bot


async def test_a_copy_is_of_one_moment_and_holds_up_nobody(
    bot: Path, database: Database, tmp_path: Path
) -> None:
    async with database.write() as tx:
        await people.add(tx, 78, "methodist", None, "")
        copies.copy(bot, tmp_path / "copy.sqlite", NOW)  # in the middle of somebody's transaction
    found = copies.contents(tmp_path / "copy.sqlite")
    assert (found.version, found.copied_at, found.people, found.submissions) == (
        latest(),
        NOW,
        1,
        0,
    )
    assert found.last_act is not None
    assert copies.contents(bot).people == 2
    assert copies.contents(bot).copied_at is None


async def test_a_copy_has_everything_and_is_nobody_elses(
    bot: Path, database: Database, tmp_path: Path
) -> None:
    copied = tmp_path / "copy.sqlite"
    copies.copy(bot, copied, NOW)
    assert dump(copied) == dump(bot)
    assert mode(copied) == 0o600
    assert [one for one in names(tmp_path) if "copy" in one] == ["copy.sqlite"]


def test_a_copy_overwrites_nothing(stopped: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("вчерашняя копия")
    with pytest.raises(FileExistsError):
        copies.copy(stopped, tmp_path / "copy.sqlite", NOW)
    assert (tmp_path / "copy.sqlite").read_text() == "вчерашняя копия"


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def harm(path: Path) -> None:
    """A sector of the disk that went bad, in the middle of the file."""
    content = bytearray(path.read_bytes())
    content[8192 : len(content) // 2] = b"\xa5" * (len(content) // 2 - 8192)
    path.write_bytes(content)


def test_a_damaged_database_gives_no_copy(stopped: Path, tmp_path: Path) -> None:
    harm(stopped)
    with pytest.raises(NoCopyError):
        copies.copy(stopped, tmp_path / "copy.sqlite", NOW)
    assert names(tmp_path) == ["bot.sqlite"]


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" * 40])
def test_what_is_no_copy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "copy.sqlite"
    path.write_bytes(content)
    with pytest.raises(NoCopyError):
        copies.contents(path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE people (name TEXT)")
    with pytest.raises(NoCopyError):
        copies.contents(path)


def test_a_copy_that_is_cut_off(stopped: Path, tmp_path: Path) -> None:
    copied = made(tmp_path)
    content = copied.read_bytes()
    copied.write_bytes(content[: len(content) // 2])
    with pytest.raises(NoCopyError):
        copies.contents(copied)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '0000'",
        "UPDATE alembic_version SET version_num = 'ours'",
        "UPDATE audit SET at = 'yesterday'",
    ],
)
def test_a_copy_that_says_nonsense(stopped: Path, tmp_path: Path, statement: str) -> None:
    copied = made(tmp_path)
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(NoCopyError):
        copies.contents(copied)


def test_a_copy_of_a_later_version(stopped: Path, tmp_path: Path) -> None:
    copied = made(tmp_path)
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(TooNewError, match="9999"):
        copies.contents(copied)


def test_putting_back_keeps_what_was_there(stopped: Path, tmp_path: Path) -> None:
    copied, aside = made(tmp_path, count=3), tmp_path / "before.sqlite"
    before = dump(stopped)
    stopped.chmod(0o640)
    with copies.staged(copied, stopped) as stage:
        copies.put(stage, stopped, aside)
    assert copies.contents(stopped).people == 3
    assert copies.contents(stopped).copied_at is None  # it lives on
    assert mode(stopped) == 0o640
    assert dump(aside) == before
    assert names(tmp_path) == ["before.sqlite", "bot.sqlite", "copy.sqlite"]


async def test_a_database_in_use_is_left_alone(
    bot: Path, database: Database, tmp_path: Path
) -> None:
    copied = made(tmp_path, count=3)
    with copies.staged(copied, bot) as stage:
        code = _in_a_process(copies.put, stage, bot, tmp_path / "before.sqlite")
    assert code == 3  # InUseError
    assert copies.contents(bot).people == 1
    async with database.write() as tx:  # and the bot goes on
        await people.add(tx, 78, "methodist", None, "")
    assert not (tmp_path / "before.sqlite").exists()


def test_a_damaged_database_is_replaced_and_kept(stopped: Path, tmp_path: Path) -> None:
    copied, aside = made(tmp_path, count=3), tmp_path / "before.sqlite"
    harm(stopped)
    broken = stopped.read_bytes()
    with copies.staged(copied, stopped) as stage:
        copies.put(stage, stopped, aside)
    assert copies.contents(stopped).people == 3
    assert aside.read_bytes() == broken


async def test_a_journal_without_its_database_is_kept_and_not_played(
    bot: Path, database: Database, tmp_path: Path
) -> None:
    """Somebody moved the damaged file away, and not what lay beside it."""
    copied, fresh = made(tmp_path, count=3), tmp_path / "new" / "bot.sqlite"
    journal = (tmp_path / "bot.sqlite-wal").read_bytes()
    fresh.parent.mkdir()
    fresh.with_name("bot.sqlite-wal").write_bytes(journal)
    with copies.staged(copied, fresh) as stage:
        copies.put(stage, fresh, fresh.with_name("before.sqlite"))
    assert copies.contents(fresh).people == 3
    assert names(fresh.parent) == ["before.sqlite-wal", "bot.sqlite"]
    assert fresh.with_name("before.sqlite-wal").read_bytes() == journal


def test_what_was_kept_before_is_not_overwritten(stopped: Path, tmp_path: Path) -> None:
    copied, aside = made(tmp_path, count=3), tmp_path / "before.sqlite"
    aside.write_text("прежняя база")
    with copies.staged(copied, stopped) as stage, pytest.raises(FileExistsError):
        copies.put(stage, stopped, aside)
    assert copies.contents(stopped).people == 1
    assert aside.read_text() == "прежняя база"


def test_on_a_full_disk_nothing_is_kept_by_half(stopped: Path, tmp_path: Path) -> None:
    copied, aside = made(tmp_path, count=3), tmp_path / "before.sqlite"
    with closing(sqlite3.connect(stopped)) as connection:
        connection.execute("CREATE TABLE much AS SELECT randomblob(3000000) AS it")
        connection.commit()
    before = dump(stopped)

    def full(copied: Path, database: Path, aside: Path) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        _put(copied, database, aside)

    assert _in_a_process(full, copied, stopped, aside) == 4  # OSError
    assert dump(stopped) == before
    assert names(tmp_path) == ["bot.sqlite", "copy.sqlite"]


def test_what_root_puts_back_is_the_bots_own(stopped: Path, tmp_path: Path) -> None:
    copied, aside = made(tmp_path), tmp_path / "before.sqlite"
    owner = (4242, 4243) if os.geteuid() == 0 else (os.getuid(), os.getgid())
    os.chown(stopped, *owner)  # only root gives files away
    with copies.staged(copied, stopped) as stage:
        copies.put(stage, stopped, aside)
    for path in (stopped, aside):
        assert (path.stat().st_uid, path.stat().st_gid) == owner


def test_two_at_once_do_not_meet(stopped: Path, tmp_path: Path) -> None:
    copied = made(tmp_path, count=3)
    with copies.staged(copied, stopped) as stage:
        with copies.staged(copied, stopped):
            pass
        copies.put(stage, stopped, tmp_path / "before.sqlite")
    assert copies.contents(stopped).people == 3


def test_where_there_was_nothing(stopped: Path, tmp_path: Path) -> None:
    copied, fresh = made(tmp_path, count=3), tmp_path / "new" / "bot.sqlite"
    with copies.staged(copied, fresh) as stage:
        copies.put(stage, fresh, tmp_path / "before.sqlite")
    assert copies.contents(fresh).people == 3
    assert names(fresh.parent) == ["bot.sqlite"]


async def test_a_file_copied_from_a_running_bot_brings_its_journal(
    bot: Path, database: Database, tmp_path: Path
) -> None:
    """What ``cp`` makes: the last answers are in the journal beside it."""
    place = tmp_path / "cp"
    place.mkdir()
    for suffix in ("", "-wal"):
        (place / f"bot.sqlite{suffix}").write_bytes((tmp_path / f"bot.sqlite{suffix}").read_bytes())
    fresh = tmp_path / "new" / "bot.sqlite"
    with copies.staged(place / "bot.sqlite", fresh) as stage:
        copies.put(stage, fresh, tmp_path / "before.sqlite")
    assert copies.contents(fresh).people == 1
    assert names(fresh.parent) == ["bot.sqlite"]


def test_a_crash_leaves_the_old_one_or_the_new_one(stopped: Path, tmp_path: Path) -> None:
    copied = made(tmp_path, count=3)
    with closing(sqlite3.connect(stopped)) as connection:  # killed once: a journal lies beside it
        connection.execute("PRAGMA journal_mode=WAL")
    old = stopped.read_bytes()
    seen = []
    for step in range(1, 100):
        place = tmp_path / f"step{step}"
        place.mkdir()
        database = place / "bot.sqlite"
        database.write_bytes(old)
        if _in_a_process(_put, copied, database, place / "before.sqlite", die_at=step) == 0:
            break
        seen.append(copies.contents(database).people)
    assert len(seen) > 8
    assert seen == sorted(seen)
    assert set(seen) == {1, 3}
    assert copies.contents(database).people == 3


def _put(copied: Path, database: Path, aside: Path) -> None:
    with copies.staged(copied, database) as stage:
        copies.put(stage, database, aside)


def _in_a_process(act: object, *arguments: Path, die_at: int = 0) -> int:
    """Its exit code; 3 for InUseError, 4 for OSError.

    ``die_at``: killed at that touch of the file system.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = die_at

    def touched(event: str, _arguments: object) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.remove", "os.chmod", "sqlite3.connect"):
            left -= 1
            if left == 0:
                os._exit(9)

    code = 1
    try:
        sys.addaudithook(touched)
        assert callable(act)
        act(*arguments)
        code = 0
    except InUseError:
        code = 3
    except OSError:
        code = 4
    finally:
        os._exit(code)
