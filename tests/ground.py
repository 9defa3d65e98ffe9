"""Databases of tests: the migrations run once in a process, each test begins with a copy.

How migrations come from nothing is a matter of ``tests/storage/test_schema.py``.
"""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from passport.loader import Passport, load_passport
from storage.database import Database
from storage.schema import migrate
from tests.clock import StillClock, local

_EMPTY: list[bytes] = []
_DIALECTS: list[Dialect] = []
_STATEMENTS: dict[Any, Any] = {}


@cache
def passport() -> Passport:
    """Read once: nothing changes it."""
    return load_passport()


async def lay(database: Database) -> Database:
    """What ``migrate`` leaves of a database that is not there yet; one that is there stays."""
    assert database.url.database is not None
    if not _EMPTY:
        _EMPTY.append(await _migrated())
    _write(Path(database.url.database))
    return hurry(database)


def hurry(database: Database) -> Database:
    """Leaves out what a process pays once, and what a test is not about.

    Statements are compiled once for all databases of this process. Nobody waits for the disk: a
    killed process loses nothing by it, only a power cut does; that the bot itself waits is
    asserted in ``tests/storage/test_database.py``.
    """
    engine = database.engine.sync_engine
    if _DIALECTS:
        engine.dialect = _DIALECTS[0]
        engine.update_execution_options(compiled_cache=_STATEMENTS)
    event.listen(engine, "connect", _spare_the_disk)
    return database


def _write(path: Path) -> None:
    if not path.exists():
        path.write_bytes(_EMPTY[0])


def _spare_the_disk(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")


async def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        database = Database(f"sqlite+aiosqlite:///{path}", StillClock(local(2027, 1, 12)))
        try:
            await migrate(database)
        finally:
            await database.close()
        _DIALECTS.append(database.engine.dialect)
        return path.read_bytes()
