"""The database: one engine, one writer at a time, one connection a transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from passport.clock import Clock
from storage import driver

BUSY_TIMEOUT_MS = 5_000


@dataclass(frozen=True, slots=True)
class Transaction:
    """What storage functions work in; ``now`` is one moment for everything inside (UTC)."""

    connection: AsyncConnection
    now: datetime


class DatabaseBusyError(Exception):
    """Another process holds the database; nothing was written, trying again may help."""


class DatabaseClosedError(Exception):
    """The bot is stopping: what is not begun yet is resumed at the next start."""


class Database:
    """Opens transactions. Repositories never commit: the transaction belongs to the caller."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._clock = clock
        self.url = make_url(url)
        path = self.url.database or ":memory:"
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            hide_parameters=True,  # an error goes to the log, what people wrote does not
            async_creator=partial(driver.connection, path, BUSY_TIMEOUT_MS),
            pool_reset_on_return=None,  # every transaction is ended by whoever began it
        )
        self._reading = self.engine.execution_options(read_only=True)  # the same pool
        # SQLite has one writer; waiting for it in order here beats polling inside SQLite, which
        # makes a busy bot's answers late by tens of milliseconds at random.
        self._writer = asyncio.Lock()
        self._closed = False
        event.listen(self.engine.sync_engine, "connect", _on_connect)
        event.listen(self.engine.sync_engine, "begin", _on_begin)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that begins immediate; commits at the end, rolls back on an error.

        Raises DatabaseBusyError when another process holds the database for too long. Shield what
        uses it from cancellation: a connection cut off in the middle of a call is thrown away.
        """
        if self._closed:
            raise DatabaseClosedError
        try:
            async with self._writer, self.engine.begin() as connection:
                yield Transaction(connection, self._clock.now())
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise DatabaseBusyError from error
            raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A snapshot that never waits for a writer."""
        async with self._reading.begin() as connection:
            yield Transaction(connection, self._clock.now())

    async def forget(self) -> bool:
        """Empties the journal, where erased rows would live on until it is full.

        Whether it could: a reader in the way is let finish.
        """
        async with self._writer, self.engine.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction first: a checkpoint needs none.
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            rows = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            return not next(iter(rows))[0]

    async def close(self) -> None:
        """Lets the transaction in hand end, then closes. May be called twice."""
        self._closed = True
        async with self._writer:
            await self.engine.dispose()


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged answer survives power loss
        "foreign_keys=ON",
        "secure_delete=ON",  # what is forgotten leaves no bytes in the file
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN" if options.get("read_only") else "BEGIN IMMEDIATE")
