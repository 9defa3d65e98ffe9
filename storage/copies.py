"""Copies of the database file: made beside a running bot, checked, and put back in its place.

Past SQLAlchemy: these are SQLite's own means, for whole files.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from storage.schema import latest, versions

WAL = "-wal"  # the last answers, beside a database that is open, or whose process was killed
JOURNALS = (WAL, "-shm", "-journal")  # SQLite plays them into whatever file has their name


class NoCopyError(Exception):
    """The file is no database of the bot, or a damaged one."""


class TooNewError(Exception):
    """The copy is of a later version of the bot; ``args[0]`` says which."""


class InUseError(Exception):
    """A process has the database open."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a database, to be told apart from another one (moments in UTC).

    ``copied_at`` is None for one that ``copy`` did not make, ``last_act`` for one in which nobody
    has done anything.
    """

    version: str
    copied_at: datetime | None
    people: int
    submissions: int
    last_act: datetime | None


def copy(source: Path, target: Path, now: datetime) -> None:
    """A whole and checked copy, readable by its owner only; whoever writes is not held up.

    ``target`` is there whole or not at all. Raises NoCopyError when the source is damaged,
    FileExistsError, other kinds of OSError, and sqlite3.OperationalError for a full disk.
    """
    if target.exists():
        raise FileExistsError(target)
    # In a folder of its own: two that are made at once do not meet, and journals go with it.
    with TemporaryDirectory(dir=target.parent, prefix=".copy-") as place:
        part = _private(Path(place) / target.name)
        try:
            with _opened(source) as live, closing(sqlite3.connect(part)) as made:
                live.backup(made)  # in one step: of one moment
                made.execute("PRAGMA journal_mode=DELETE")  # one file
                made.execute(f"PRAGMA user_version={int(now.timestamp())}")
                made.commit()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise NoCopyError from error
        contents(part)
        _flush(part)
        part.replace(target)
    _flush(target.parent)


def contents(path: Path) -> Contents:
    """Reads the whole file. Raises NoCopyError, TooNewError, FileNotFoundError."""
    try:
        with _opened(path) as database:
            if _one(database, "PRAGMA integrity_check") != "ok":
                raise NoCopyError
            version = str(_one(database, "SELECT version_num FROM alembic_version"))
            if version.isdigit() and version > latest():
                raise TooNewError(version)
            if version not in versions():
                raise NoCopyError
            copied = _one(database, "PRAGMA user_version")
            acted = _one(database, "SELECT max(at) FROM audit")
            people = _one(database, "SELECT count(*) FROM people WHERE left_at IS NULL")
            submissions = _one(database, "SELECT count(*) FROM submissions")
            last_act = datetime.fromisoformat(acted).replace(tzinfo=UTC) if acted else None
            copied_at = datetime.fromtimestamp(copied, UTC) if copied else None
    except (sqlite3.DatabaseError, TypeError, ValueError) as error:
        raise NoCopyError from error
    return Contents(version, copied_at, people, submissions, last_act)


@contextmanager
def staged(copied: Path | BinaryIO, database: Path) -> Iterator[Path]:
    """The copy, brought beside the database that it is to replace; it is gone at the end.

    What ``cp`` made of a running bot's file may have a journal: it is brought along. OSError.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=database.parent, prefix=".restore-") as place:
        stage = _private(Path(place) / database.name)
        if isinstance(copied, Path):
            shutil.copyfile(copied, stage)
            journal = Path(f"{copied.resolve()}{WAL}")
            if journal.exists():
                shutil.copyfile(journal, f"{stage}{WAL}")
        else:
            with stage.open("wb") as file:
                shutil.copyfileobj(copied, file)
        yield stage


def put(stage: Path, database: Path, aside: Path) -> None:
    """Puts what was staged in the database's place; what was there is kept as ``aside``.

    A crash leaves the old database or the new one, never a mixture. Raises InUseError, OSError,
    sqlite3.OperationalError.
    """
    if aside.exists():
        raise FileExistsError(aside)
    with _opened(stage) as made:
        made.execute("PRAGMA journal_mode=DELETE")
        made.execute("PRAGMA user_version=0")  # it goes on living: no copy any more
        made.commit()
    there = database.exists()
    if there:
        stage.chmod(database.stat().st_mode & 0o777)
    _give(stage, database if there else database.parent)
    _flush(stage)
    with _alone(database) if there else nullcontext():
        _keep(database, aside)
        for suffix in JOURNALS:  # of a damaged one, or one that is gone: not for the new one
            Path(f"{database}{suffix}").unlink(missing_ok=True)
        stage.replace(database)
    _flush(database.parent)


def _keep(database: Path, aside: Path) -> None:
    """Copies what there is of a database; not a part of it when the disk is full."""
    kept = []
    try:
        for suffix in ("", WAL):
            beside = Path(f"{database}{suffix}")
            if beside.exists():
                kept.append(Path(f"{aside}{suffix}"))
                shutil.copy2(beside, kept[-1])
                _give(kept[-1], beside)
                _flush(kept[-1])
    except BaseException:
        for one in kept:
            one.unlink(missing_ok=True)
        raise


def _give(path: Path, like: Path) -> None:
    """Whoever owns that owns this too: root may do what the bot's own user lives with."""
    owned = like.stat()
    if path.stat().st_uid != owned.st_uid:
        os.chown(path, owned.st_uid, owned.st_gid)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open. It is left without journals, unless it is damaged."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            # In WAL mode this is refused as long as anybody has the file open, busy or not.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InUseError from error
            raise
        except sqlite3.DatabaseError:
            pass  # nobody can use it
        yield


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """An existing file; never makes one."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
        yield connection


def _one(database: sqlite3.Connection, statement: str) -> Any:
    return database.execute(statement).fetchone()[0]


def _private(path: Path) -> Path:
    """A new file for nobody else's eyes."""
    path.touch(0o600, exist_ok=False)
    return path


def _flush(path: Path) -> None:
    """What was written, or renamed in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
