"""aiosqlite, whose thread is used for what may wait: opening, BEGIN, COMMIT, ROLLBACK.

A statement inside a transaction takes some twenty microseconds; handing it to a thread and back
costs five times that, and SQLAlchemy's cursor does so four times (make, execute, fetch, close).
Such statements are run on the spot. What can stand still for milliseconds, a lock held by another
process or the disk, never stops the event loop.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

import aiosqlite

MAY_WAIT = ("BEGIN", "PRAGMA wal_checkpoint")

Parameters = Sequence[Any]
Done = tuple[Any, int, int | None, list[Any]]


class QuickCursor:
    """What SQLAlchemy's adapter needs of a cursor. Rows are fetched with the statement itself."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Parameters = ()) -> Self:
        return await self._run(_execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Parameters]) -> Self:
        return await self._run(_execute_many, sql, parameters)

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """The real cursor is closed already."""

    async def _run(self, function: Any, sql: str, parameters: Any) -> Self:
        raw = self._connection._conn
        done: Done
        if sql.startswith(MAY_WAIT):
            run: Any = self._connection._execute  # not typed there
            done = await run(function, raw, sql, parameters)
        else:
            done = function(raw, sql, parameters)
        self.description, self.rowcount, self.lastrowid, self._rows = done
        return self


class QuickConnection(aiosqlite.Connection):
    """Only its cursors differ."""

    def cursor(self) -> Any:
        return QuickCursor(self)


def connection(path: str) -> QuickConnection:
    """A connection that is not open yet; awaiting it opens it."""
    # Two threads, but never at once: each call is awaited before the next.
    made = QuickConnection(
        lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64
    )
    made._thread.daemon = True  # a forgotten connection must not keep the process from ending
    return made


def _execute(connection: sqlite3.Connection, sql: str, parameters: Parameters) -> Done:
    return _finish(connection.execute(sql, parameters))


def _execute_many(
    connection: sqlite3.Connection, sql: str, parameters: Iterable[Parameters]
) -> Done:
    return _finish(connection.executemany(sql, parameters))


def _finish(cursor: sqlite3.Cursor) -> Done:
    """Everything that is wanted of a statement, at once."""
    try:
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()
