"""Replies that went out, and are not yet written down as done."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.patience import Wait
from storage import inbox as inbox_rows
from storage.database import Database
from storage.inbox import Done

MARKS_PAUSE = 0.25


class Finished:
    """``mark`` is the service that writes them down, many at a time.

    Not at once: mostly the next batch of updates takes the marks along in its transaction.
    """

    def __init__(self, database: Database, wait: Wait) -> None:
        self._database = database
        self._wait = wait
        self._rows: list[Done] = []
        self._something = asyncio.Event()
        self._marking = asyncio.Lock()

    def add(self, done: Done) -> None:
        self._rows.append(done)
        self._something.set()

    @contextmanager
    def taken(self) -> Iterator[Sequence[Done]]:
        """Those of now, for a transaction that writes them down; back again when it fails."""
        rows, self._rows = self._rows, []
        try:
            yield rows
        except BaseException:
            self._rows = rows + self._rows
            self._something.set()
            raise

    async def mark(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            await self._wait(MARKS_PAUSE)
            await self.flush()

    async def flush(self) -> None:
        """Writes down now which replies went out; when it returns, they are written."""
        async with self._marking:
            with self.taken() as rows:
                if rows:
                    await asyncio.shield(self._write(rows))

    async def _write(self, rows: Sequence[Done]) -> None:
        async with self._database.write() as tx:
            await inbox_rows.done(tx, rows)
