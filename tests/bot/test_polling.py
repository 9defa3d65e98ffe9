"""Long polling: nothing is confirmed before it is stored, and no trouble ends it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods.base import TelegramMethod

from demo.telegram import Person
from demo.telegram.faults import Fault
from passport.values import Slot
from storage import inbox
from storage.database import DatabaseBusyError
from tests.bot.test_courier import LATE, Pauses
from tests.demo.session import DirectSession
from tests.world import World, shown


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    made = Pauses()
    monkeypatch.setattr("tests.world.at_once", made)
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    return made


@pytest.fixture
async def world(tmp_path: Path, pauses: Pauses) -> AsyncIterator[World]:
    async with World(tmp_path) as opened:
        yield opened
        assert opened.telegram.strict_violations == []


@asynccontextmanager
async def held(world: World) -> AsyncIterator[None]:
    """Another process writes to the database, and takes its time."""
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def quiet(world: World) -> None:
    """Until the bot itself has nothing left to write."""
    while True:
        async with world.app.database.write() as tx:
            if not await inbox.unfinished(tx):
                return


def offsets(world: World) -> list[int]:
    return [call.params.get("offset", 0) for call in world.telegram.calls_of("getUpdates")]


async def refused_a_write(world: World) -> None:
    """Stands in the bot's own queue of writers: those before have been refused as well."""
    with pytest.raises(DatabaseBusyError):
        async with world.app.database.write():
            raise AssertionError("nobody holds the database")


async def served(world: World, person: Person, words: str) -> bool:
    """Whether the loop that runs in the background brings this screen."""
    return await world.telegram.changes.wait_until(
        lambda: person.last is not None and words in person.last.text, LATE
    )


async def test_the_offset_moves_only_after_the_update_is_stored(
    world: World, coordinator: Person
) -> None:
    await quiet(world)
    coordinator.send("/help")
    update_id = world.telegram.queue.pending()[0]["update_id"]
    before = offsets(world)[-1]
    async with held(world):
        for _ in range(2):
            with pytest.raises(DatabaseBusyError):
                await world.app.poller.once()
    assert offsets(world)[-2:] == [before, before]
    assert len(world.telegram.queue.pending()) == 1
    assert await world.app.poller.once() == 1
    assert len(world.telegram.queue.pending()) == 1  # stored; told with the next poll only
    await world.pump()
    assert offsets(world)[-1] == update_id + 1
    assert world.telegram.queue.pending() == []
    assert "Как заполнять" in shown(coordinator)


async def test_a_database_that_gets_busy_after_the_update_is_stored(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    """The second message of a person is applied after the first is answered; it has to wait."""
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(coordinator, label)
    await quiet(world)
    coordinator.send("24")
    coordinator.send("/help")
    pauses.asked.clear()
    assert await world.app.poller.once() == 2
    async with held(world):
        await pauses.counted(2)
        assert "Как заполнять" not in shown(coordinator)
    await asyncio.wait_for(world.pump(), LATE)
    assert "Как заполнять" in shown(coordinator)
    slot = Slot("r1", (await world.form_year()).classes[0].id)
    assert await world.logged(slot) == 1


async def test_blocked_while_the_database_is_busy(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    """Marking the person unreachable has to wait too; nothing after it may be lost."""
    await quiet(world)
    coordinator.send("/help")
    coordinator.send("/reports")
    # Telegram refuses only after the effect was written: then the database is taken.
    pauses.hold()
    pauses.asked.clear()
    world.telegram.faults.add(Fault("sendMessage", code=502))
    world.telegram.faults.add(Fault("sendMessage", code=403))
    await world.app.poller.once()
    await pauses.counted(1)
    async with held(world):
        pauses.release()
        await world.telegram.changes.wait_until(
            lambda: world.telegram.calls_of("sendMessage")[-1].status == 403, LATE
        )
        for _ in range(2):
            await refused_a_write(world)
    await asyncio.wait_for(world.pump(), LATE)
    assert "Отчёты за 2026/27 уч. год" in shown(coordinator)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("getUpdates", code=502, times=3), [1.0, 2.0, 4.0]),
        (Fault("getUpdates", drop_connection=True, times=2), [1.0, 2.0]),
        (Fault("getUpdates", retry_after=9, times=1), [9.0]),
        (Fault("getUpdates", code=409, description="Conflict: terminated", times=2), [30.0, 30.0]),
    ],
    ids=["502", "dropped", "429", "conflict"],
)
async def test_the_loop_goes_on_after_trouble(
    world: World, coordinator: Person, pauses: Pauses, fault: Fault, words: list[float]
) -> None:
    world.telegram.faults.add(fault)
    pauses.asked.clear()
    world.app.group.keep("serve", world.app.serve)
    coordinator.send("/help")
    assert await served(world, coordinator, "Как заполнять")
    assert pauses.asked == words
    coordinator.send("/privacy")
    assert await served(world, coordinator, "Что хранит бот")
    await world.close()
    assert not world.telegram.queue.has_poller


class ErrorPage(DirectSession):
    """A server in front of Telegram that answers polls with a page instead of JSON."""

    pages = 2

    async def make_request(self, bot: Any, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109
        if method.__api_method__ == "getUpdates" and self.pages:
            self.pages -= 1
            return self.check_response(bot, method, 502, "<html><body>Bad Gateway</body></html>")
        return await super().make_request(bot, method, timeout)


@pytest.mark.parametrize(
    "fault",
    [
        None,
        Fault("deleteWebhook", drop_connection=True),
        Fault("deleteWebhook", code=502),
        Fault("deleteWebhook", retry_after=2),
        Fault("getUpdates", code=409, description="Conflict: webhook is active"),
    ],
    ids=["error page", "drop", "502", "429", "conflict"],
)
async def test_serving_itself_never_ends(
    world: World, coordinator: Person, monkeypatch: pytest.MonkeyPatch, fault: Fault | None
) -> None:
    """``main.py run`` serves with nobody to start it again."""
    if fault is None:
        monkeypatch.setattr("tests.world.DirectSession", ErrorPage)
        await world.restart()
    else:
        world.telegram.faults.add(fault)
    serving = asyncio.create_task(world.app.serve())
    coordinator.send("/help")
    answered = asyncio.create_task(served(world, coordinator, "Как заполнять"))
    await asyncio.wait({serving, answered}, return_when=asyncio.FIRST_COMPLETED)
    answered.cancel()
    ended = serving.exception() if serving.done() else None
    serving.cancel()
    await asyncio.wait({serving, answered})
    assert ended is None
    assert "Как заполнять" in shown(coordinator)


async def test_the_loop_waits_while_the_database_is_busy(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    await quiet(world)
    pauses.asked.clear()
    async with held(world):
        coordinator.send("/help")
        world.app.group.keep("poll", world.app.poller.run)
        await pauses.counted(2)
        assert pauses.asked[:2] == [1.0, 2.0]
        assert world.telegram.queue.pending() != []
    assert await served(world, coordinator, "Как заполнять")


async def test_a_second_bot_with_the_same_token_is_told(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    world.app.group.keep("serve", world.app.serve)
    await world.telegram.changes.wait_until(lambda: world.telegram.queue.has_poller, LATE)
    pauses.asked.clear()
    pauses.hold()
    second = asyncio.create_task(
        world.telegram.call(world.telegram.token, "getUpdates", {"timeout": 30})
    )
    await pauses.counted(1)
    assert pauses.asked == [30.0]
    coordinator.send("/help")  # goes to the other one, which never confirms it
    await asyncio.wait_for(second, LATE)
    pauses.release()
    assert await served(world, coordinator, "Как заполнять")
