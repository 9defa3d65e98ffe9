"""aiosqlite, whose thread is used for what may wait: opening, a held-up BEGIN, COMMIT, ROLLBACK.
Transactions that only read have nothing to wait for, and cannot write by mistake.

A statement inside a transaction takes some twenty microseconds; handing it to a thread and back
costs five times that, and SQLAlchemy's cursor does so four times (make, execute, fetch, close).
Such statements are run on the spot. What can stand still for milliseconds, a lock held by another
process or the disk, never stops the event loop.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

import aiosqlite

Parameters = Sequence[Any]
Done = tuple[Any, int, int | None, list[Any]]


class QuickCursor:
    """What SQLAlchemy's adapter needs of a cursor. Rows are fetched with the statement itself."""

    def __init__(self, connection: "QuickConnection") -> None:
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
        if not sql.startswith("BEGIN"):
            done = function(raw, sql, parameters)
        else:
            self._connection.allow(write="IMMEDIATE" in sql)
            try:
                done = self._connection.begin_at_once(sql)
            except sqlite3.OperationalError:  # somebody holds the database: wait in the thread
                run: Any = self._connection._execute  # not typed there
                done = await run(function, raw, sql, parameters)
        self.description, self.rowcount, self.lastrowid, self._rows = done
        return self


class QuickConnection(aiosqlite.Connection):
    """Its cursors differ, and a transaction that nobody holds up begins on the spot."""

    busy_timeout_ms = 0
    _may_write = True

    def cursor(self) -> Any:
        return QuickCursor(self)

    def allow(self, *, write: bool) -> None:
        """From now on, SQLite refuses to write, or no longer does."""
        if write != self._may_write:
            self._conn.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
            self._may_write = write

    async def commit(self) -> None:
        if self._may_write:
            await super().commit()
        else:
            self._conn.commit()

    async def rollback(self) -> None:
        if self._may_write:
            await super().rollback()
        else:
            self._conn.rollback()

    def begin_at_once(self, sql: str) -> Done:
        """BEGIN without waiting; raises sqlite3.OperationalError when it would have to."""
        raw = self._conn
        raw.execute("PRAGMA busy_timeout=0")
        try:
            return _execute(raw, sql, ())
        finally:
            raw.execute(f"PRAGMA busy_timeout={self.busy_timeout_ms}")


def connection(path: str, busy_timeout_ms: int) -> QuickConnection:
    """A connection that is not open yet; awaiting it opens it."""
    # Two threads, but never at once: each call is awaited before the next.
    made = QuickConnection(
        lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64
    )
    made.busy_timeout_ms = busy_timeout_ms
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
