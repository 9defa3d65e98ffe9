"""Copies of the database file: made beside a running bot, checked, and put back in its place.

Past SQLAlchemy: these are SQLite's own means, for whole files.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage.schema import latest

JOURNALS = ("-wal", "-shm")  # lie beside a database that is open, or whose process was killed


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
    part = _emptied(target.with_name(f".{target.name}.part"))
    try:
        with _opened(source) as live, closing(sqlite3.connect(part)) as made:
            live.backup(made)  # in one step: of one moment
            made.execute("PRAGMA journal_mode=DELETE")  # one file
            made.execute(f"PRAGMA user_version={int(now.timestamp())}")
            made.commit()
        contents(part)
        _flush(part)
        part.replace(target)
        _flush(target.parent)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise NoCopyError from error
    finally:
        part.unlink(missing_ok=True)


def contents(path: Path) -> Contents:
    """Reads the whole file. Raises NoCopyError, TooNewError, FileNotFoundError."""
    try:
        with _opened(path) as database:
            if _one(database, "PRAGMA integrity_check") != "ok":
                raise NoCopyError
            version = str(_one(database, "SELECT version_num FROM alembic_version"))
            if version > latest():
                raise TooNewError(version)
            copied = _one(database, "PRAGMA user_version")
            acted = _one(database, "SELECT max(at) FROM audit")
            people = _one(database, "SELECT count(*) FROM people WHERE left_at IS NULL")
            submissions = _one(database, "SELECT count(*) FROM submissions")
    except (sqlite3.DatabaseError, TypeError) as error:
        raise NoCopyError from error
    return Contents(
        version,
        datetime.fromtimestamp(copied, UTC) if copied else None,
        people,
        submissions,
        datetime.fromisoformat(acted).replace(tzinfo=UTC) if acted else None,
    )


@contextmanager
def staged(copied: Path, database: Path) -> Iterator[Path]:
    """The copy, brought beside the database that it is to replace; it is gone at the end.

    What ``cp`` made of a running bot's file may have a journal: it is brought along. OSError.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    stage = _emptied(database.with_name(f".{database.name}.new"))
    try:
        for suffix in ("", JOURNALS[0]):
            beside = Path(f"{copied}{suffix}")
            if not suffix or beside.exists():
                shutil.copyfile(beside, f"{stage}{suffix}")
        yield stage
    finally:
        for suffix in ("", *JOURNALS):
            Path(f"{stage}{suffix}").unlink(missing_ok=True)


def put(stage: Path, database: Path, aside: Path | None) -> None:
    """Puts what was staged in the database's place; what was there is kept as ``aside``
    (None: there was nothing).

    A crash leaves the old database or the new one, never a mixture. Raises InUseError, OSError,
    sqlite3.OperationalError.
    """
    with closing(sqlite3.connect(stage)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
        made.execute("PRAGMA user_version=0")  # it goes on living: no copy any more
        made.commit()
    _flush(stage)
    if aside is None:
        stage.replace(database)
    else:
        stage.chmod(database.stat().st_mode & 0o777)
        with _alone(database):
            for suffix in ("", *JOURNALS):
                beside = Path(f"{database}{suffix}")
                if beside.exists():
                    shutil.copy2(beside, f"{aside}{suffix}")
                    _flush(Path(f"{aside}{suffix}"))
            for suffix in JOURNALS:  # of a damaged one; they must not be played into the new one
                Path(f"{database}{suffix}").unlink(missing_ok=True)
            stage.replace(database)
    _flush(database.parent)


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


def _emptied(path: Path) -> Path:
    """A new file for nobody else's eyes, instead of what a killed process may have left."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return path


def _flush(path: Path) -> None:
    """What was written, or renamed in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
