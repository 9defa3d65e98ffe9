"""Transactions: durable settings, one writer, nothing mixed, an error leaves nothing."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import database as module
from storage.database import Database, DatabaseBusyError
from storage.tables import live_messages
from tests.clock import StillClock


async def count(database: Database) -> int:
    async with database.read() as tx:
        found = await tx.connection.execute(select(func.count()).select_from(live_messages))
        return int(found.scalar_one())


async def put(database: Database, chat: int) -> None:
    async with database.write() as tx:
        await tx.connection.execute(live_messages.insert().values(chat_id=chat, message_id=1))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
async def test_an_answer_survives_power_loss(
    tmp_path: Path, clock: StillClock, pragma: str, value: object
) -> None:
    """As the bot opens it: databases of other tests wait for no disk."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/durable.sqlite", clock)
    try:
        async with database.read() as tx:
            found = await tx.connection.exec_driver_sql(f"PRAGMA {pragma}")
            assert found.scalar() == value
    finally:
        await database.close()


async def test_an_error_rolls_back_only_its_own_transaction(database: Database) -> None:
    async def failing() -> None:
        async with database.write() as tx:
            await tx.connection.execute(live_messages.insert().values(chat_id=1, message_id=1))
            await asyncio.sleep(0)
            raise RuntimeError

    results = await asyncio.gather(failing(), put(database, 2), return_exceptions=True)
    assert isinstance(results[0], RuntimeError)
    assert await count(database) == 1


async def test_many_writers_take_turns(database: Database) -> None:
    await asyncio.gather(*(put(database, chat) for chat in range(50)))
    assert await count(database) == 50


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as tx:
        await tx.connection.execute(live_messages.insert().values(chat_id=1, message_id=1))
        assert await count(database) == 0
    assert await count(database) == 1


async def test_a_database_held_by_another_process_is_an_error_not_a_hang(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 1)
    hasty = Database(str(database.url), database._clock)
    other = sqlite3.connect(tmp_path / "bot.sqlite", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusyError):
            await put(hasty, 1)
        other.execute("ROLLBACK")
        await put(hasty, 1)
        assert await count(hasty) == 1
    finally:
        other.close()
        await hasty.close()
