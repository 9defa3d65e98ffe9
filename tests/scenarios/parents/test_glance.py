"""A stranger's question is answered while it is being stored: never lost, and mostly once."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import DatabaseBusyError
from storage.inbox import State
from storage.tables import inbox
from tests.scenarios.crash import Crash, MortalWorld
from tests.scenarios.parents.city import july, parent
from tests.world import World, shown

TITLE = "Предпрофессиональные классы"


async def unfinished(world: World) -> int:
    await world.app.inbox.finished.flush()
    async with world.app.database.read() as tx:
        count = select(func.count()).select_from(inbox).where(inbox.c.state != State.DONE)
        return (await tx.connection.execute(count)).scalar_one()


async def test_an_answer_does_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the database: who only looks is answered all the same, once."""
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    async with World(tmp_path) as world:
        await july(world)
        person = await parent(world)
        seen = len(person.chat.messages)
        other = sqlite3.connect(tmp_path / "bot.sqlite", isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            person.send("/classes")
            for _ in range(3):  # Telegram gives it again each time
                with pytest.raises(DatabaseBusyError):
                    await world.app.poller.once()
            assert await world.telegram.changes.wait_until(lambda: TITLE in shown(person), 20)
        finally:
            other.close()
        await world.pump()
        assert len(person.chat.messages) == seen + 1  # theirs; the answer took a screen's place
        assert await unfinished(world) == 0
        await world.say(person, "медицинский")
        assert "едицинск" in shown(person)


async def test_whoever_changes_something_waits_for_it(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "/classes")
    await world.press(person, "Мои уведомления")
    await world.press(person, "Обо всех классах города")
    await world.say(person, "/classes")
    await world.press(person, "Мои уведомления")
    assert person.screen is not None
    assert "🔔 Обо всех классах города" not in person.screen.labels
    assert await unfinished(world) == 0


async def test_the_same_update_twice_is_one_answer(world: World) -> None:
    await july(world)
    person = await parent(world)
    person.send("/classes")
    (update,) = world.telegram.queue.pending()
    await world.pump()
    count = len(person.chat.messages)
    world.telegram.queue.redeliver(update)
    await world.pump()
    assert len(person.chat.messages) == count


async def test_killed_at_every_step(tmp_path: Path) -> None:
    """The parent has the screen they asked for, whatever the step, and nothing is left behind."""
    world = MortalWorld(tmp_path)
    await world.open()
    await july(world)
    person = await parent(world)
    step, died = 0, True
    while died:
        step += 1
        await world.say(person, "/start")
        assert TITLE not in shown(person)
        world.steps.start(step)
        person.send("/classes")
        try:
            await world.pump()
            await world.app.inbox.finished.flush()
        except Crash:
            await world.die()
            world.steps.start(None)
            await world.open()
            await world.pump()
        else:
            died = world.steps.dead
            world.steps.start(None)
        assert TITLE in shown(person), step
        assert await unfinished(world) == 0, step
        await world.say(person, "/start")  # a known stranger again
    assert step > 10
    await world.close()
    await world.telegram.close()
