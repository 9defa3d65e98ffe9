"""The bot's HTTP side: health, figures, the webhook; and the real wire to Telegram."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientConnectionError, ClientSession
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.app import App
from bot.http import HOOK, SECRET_HEADER, HttpSide
from demo.stage import PAGE
from demo.telegram import Person
from demo.telegram.faults import Fault
from demo.telegram.server import create_app
from passport.values import Slot
from tests.world import World, at_once, shown

SECRET = "a-long-random-word"
RIGHT = {SECRET_HEADER: SECRET}
LATE = 5.0


def database_path(world: World) -> str:
    return world.settings.database_url.removeprefix("sqlite+aiosqlite:///")


def stored(world: World) -> int:
    with closing(sqlite3.connect(database_path(world))) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox").fetchone()[0])


def taken(world: World) -> str:
    """The update that waits, as Telegram would post it."""
    (update,) = world.telegram.queue.take()
    return json.dumps(update, ensure_ascii=False)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def client(world: World) -> AsyncIterator[TestClient[Any, Any]]:
    side = HttpSide(0, world.app.inbox, SECRET, world.app.figures)
    async with TestClient(TestServer(side.application())) as opened:
        yield opened


async def test_an_update_with_the_right_secret_is_stored_and_answered(
    world: World, coordinator: Person, client: TestClient[Any, Any]
) -> None:
    before = stored(world)
    coordinator.send("/help")
    response = await client.post(HOOK, data=taken(world), headers=RIGHT)
    assert response.status == 200
    assert stored(world) == before + 1
    await world.app.inbox.idle()
    assert "Как заполнять" in shown(coordinator)


@pytest.mark.parametrize("given", [None, "", "another-word", SECRET + "x", "секрет"])
async def test_a_wrong_secret_gets_nothing_in(
    world: World, coordinator: Person, client: TestClient[Any, Any], given: str | None
) -> None:
    before = stored(world)
    coordinator.send("/help")
    headers = {} if given is None else {SECRET_HEADER: given}
    response = await client.post(HOOK, data=taken(world), headers=headers)
    assert response.status == 403
    assert stored(world) == before


async def test_the_same_update_at_the_same_moment_is_stored_once(
    world: World, coordinator: Person, client: TestClient[Any, Any]
) -> None:
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(coordinator, label)
    before = stored(world)
    coordinator.send("24")
    body = taken(world)
    posts = [client.post(HOOK, data=body, headers=RIGHT) for _ in range(5)]
    assert [one.status for one in await asyncio.gather(*posts)] == [200] * 5
    assert stored(world) == before + 1
    await world.app.inbox.idle()
    slot = Slot("r1", (await world.form_year()).classes[0].id)
    assert await world.logged(slot) == 1


async def test_a_busy_database_asks_telegram_to_come_again(
    world: World, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    await world.restart()
    side = HttpSide(0, world.app.inbox, SECRET, world.app.figures)
    coordinator.send("/help")
    body = taken(world)
    async with TestClient(TestServer(side.application())) as client:
        with closing(sqlite3.connect(database_path(world), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            response = await client.post(HOOK, data=body, headers=RIGHT)
            assert response.status == 503
            other.execute("ROLLBACK")
        response = await client.post(HOOK, data=body, headers=RIGHT)
        assert response.status == 200
    await world.app.inbox.idle()
    assert "Как заполнять" in shown(coordinator)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message": {}}', b"\xff\xfe", b"null"])
async def test_what_is_no_update_is_not_asked_for_again(
    world: World, client: TestClient[Any, Any], body: bytes
) -> None:
    before = stored(world)
    response = await client.post(HOOK, data=body, headers=RIGHT)
    assert response.status == 200
    assert stored(world) == before


async def test_without_a_secret_there_is_no_hook(world: World) -> None:
    side = HttpSide(0, world.app.inbox, "", world.app.figures)
    async with TestClient(TestServer(side.application())) as client:
        assert (await client.post(HOOK, data="{}")).status == 404
        health = await (await client.get("/health")).json()
        assert (health["updates_handled"], health["seconds_since_telegram"]) == (0, -1.0)


async def test_health_and_figures(
    world: World, coordinator: Person, client: TestClient[Any, Any]
) -> None:
    handled = world.app.inbox.handled
    await world.say(coordinator, "/help")
    world.clock.shift(timedelta(seconds=90))
    health = await (await client.get("/health")).json()
    assert health == {
        "status": "ok",
        "updates_handled": handled + 1,
        "seconds_since_telegram": 90.0,
    }
    text = await (await client.get("/metrics")).text()
    assert text == (
        f"traektoria_updates_handled {handled + 1}\ntraektoria_seconds_since_telegram 90\n"
    )
    assert str(coordinator.id) not in text


async def test_the_port_is_open_only_here_and_only_while_it_serves(world: World) -> None:
    port = free_port()
    side = HttpSide(port, world.app.inbox, SECRET, world.app.figures)
    await side.start()
    async with ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/health") as response:
            assert response.status == 200
        await side.close()
        with pytest.raises(ClientConnectionError):
            await session.get(f"http://127.0.0.1:{port}/health")


async def by_webhook(world: World) -> str:
    """Opens the bot again, set to a webhook; where that is."""
    await world.close()
    port = free_port()
    webhook = {"webhook_url": f"http://127.0.0.1:{port}", "webhook_secret": SecretStr(SECRET)}
    world.settings = world.settings.model_copy(update={**webhook, "http_port": port})
    await world.open()
    return f"http://127.0.0.1:{port}{HOOK}"


async def helped(world: World, person: Person) -> bool:
    person.send("/help")
    return await world.telegram.changes.wait_until(
        lambda: person.last is not None and "Как заполнять" in person.last.text, LATE
    )


async def test_telegram_brings_updates_to_the_webhook(world: World, coordinator: Person) -> None:
    """The whole way: setWebhook, the secret, an update that is brought, the reply."""
    address = await by_webhook(world)
    polls = len(world.telegram.calls_of("getUpdates"))
    world.app.group.keep("serve", world.app.serve)
    assert await helped(world, coordinator)
    assert len(world.telegram.calls_of("getUpdates")) == polls
    (call,) = world.telegram.calls_of("setWebhook")
    assert (call.params["url"], call.params["secret_token"]) == (address, SECRET)


async def test_health_knows_that_the_webhook_hears_telegram(
    world: World, coordinator: Person
) -> None:
    await by_webhook(world)
    world.app.group.keep("serve", world.app.serve)
    assert await helped(world, coordinator)
    assert world.app.figures()["seconds_since_telegram"] == 0.0


async def test_a_webhook_that_is_not_set_at_once_is_set_later(
    world: World, coordinator: Person
) -> None:
    await by_webhook(world)
    world.telegram.faults.add(Fault("setWebhook", drop_connection=True, times=2))
    serving = asyncio.create_task(world.app.serve())
    try:
        assert await helped(world, coordinator)
    finally:
        serving.cancel()
        await asyncio.wait({serving})


class Alone:
    """The page of this Telegram has nobody to control."""

    def persons(self) -> Sequence[dict[str, Any]]:
        return []

    async def jumps(self) -> Sequence[dict[str, str]]:
        return []

    def status(self) -> dict[str, Any]:
        return {"status": "running"}

    async def restart(self) -> None:
        raise NotImplementedError


async def test_a_time_out_over_the_wire(world: World, coordinator: Person) -> None:
    await world.close()
    application = create_app(world.telegram, page_dir=PAGE, control=Alone())
    async with TestServer(application, host="127.0.0.1") as server:
        api = TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/"))
        session = AiohttpSession(api=api, timeout=0.3)
        async with App(world.settings, clock=world.clock, session=session, wait=at_once) as app:
            fault = world.telegram.faults.add(Fault("sendMessage", delay=60))
            coordinator.send("/help")
            while await app.poller.once():
                await app.inbox.idle()
            assert fault.hits == 1
            world.telegram.let_go()
    assert "Как заполнять" in shown(coordinator)
