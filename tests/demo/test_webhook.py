from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import MultipartWriter, web

from demo.telegram import Fault, Person, Telegram
from demo.telegram.webhook import SECRET_HEADER
from tests.demo.caller import Caller

Answer = Callable[[dict[str, Any]], web.StreamResponse]


@dataclass
class Address:
    """Where a bot takes its updates."""

    url: str = ""
    came: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answer: Answer = lambda _update: web.Response()

    async def take(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        self.came.append(update)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        return self.answer(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came]


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[Address]:
    address = Address()
    app = web.Application()
    app.router.add_post("/hook", address.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    telegram.webhook.retry_seconds = 0.01
    yield address
    await telegram.close()
    await runner.cleanup()


async def drained(telegram: Telegram) -> bool:
    return await telegram.changes.wait_until(lambda: not telegram.queue.pending(), 5)


async def test_updates_are_brought_in_order_with_the_secret(
    telegram: Telegram, caller: Caller, anna: Person, address: Address
) -> None:
    anna.send("waited")
    await caller.result("setWebhook", url=address.url, secret_token="s_1")
    anna.send("came")
    assert await drained(telegram)
    assert address.texts == ["waited", "came"]
    assert address.secrets == ["s_1", "s_1"]
    info = await caller.result("getWebhookInfo")
    assert info == {
        "url": address.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }


async def test_an_update_is_tried_again_until_it_is_taken(
    telegram: Telegram, caller: Caller, anna: Person, address: Address
) -> None:
    address.answer = lambda _: web.Response(status=500 if len(address.came) < 3 else 200)
    anna.send("one")
    anna.send("two")
    await caller.result("setWebhook", url=address.url)
    assert await drained(telegram)
    assert address.texts == ["one", "one", "one", "two"]
    info = await caller.result("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert info["last_error_date"] == int(telegram.now())


async def test_an_address_where_nobody_is(telegram: Telegram, caller: Caller, anna: Person) -> None:
    telegram.webhook.retry_seconds = 0.01
    anna.send("one")
    await caller.result("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])

    def failed() -> bool:
        return telegram.world.queue.webhook_error == "Connection refused"

    assert await telegram.changes.wait_until(failed, 5)
    info = await caller.result("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["allowed_updates"] == ["message"]
    await caller.result("deleteWebhook")
    assert len(await caller.result("getUpdates")) == 1


def by_json(update: dict[str, Any]) -> web.StreamResponse:
    chat_id = update["message"]["chat"]["id"]
    return web.json_response({"method": "sendMessage", "chat_id": chat_id, "text": "answer"})


def by_form(update: dict[str, Any]) -> web.StreamResponse:
    writer = MultipartWriter("form-data", boundary="b")
    for name, value in by_fields(update).items():
        part = writer.append(value)
        part.set_content_disposition("form-data", name=name)
    return web.Response(body=writer)


def by_fields(update: dict[str, Any]) -> dict[str, str]:
    chat_id = update["message"]["chat"]["id"]
    return {"method": "sendMessage", "chat_id": str(chat_id), "text": "answer"}


@pytest.mark.parametrize("answer", [by_json, by_form])
async def test_a_bot_may_call_in_its_answer(
    telegram: Telegram, caller: Caller, anna: Person, address: Address, answer: Answer
) -> None:
    address.answer = answer
    await caller.result("setWebhook", url=address.url)
    anna.send("question")
    assert await telegram.changes.wait_until(lambda: anna.last is not None, 5)
    assert anna.last is not None
    assert anna.last.text == "answer"


async def test_setting_the_same_again_changes_nothing(
    telegram: Telegram, caller: Caller, address: Address
) -> None:
    await caller.result("setWebhook", url=address.url)
    await caller.result("setWebhook", url=address.url)
    assert telegram.webhook.running
    with pytest.raises(RuntimeError, match="stop it"):
        telegram.restore(telegram.snapshot())


async def test_a_new_address_takes_over(
    telegram: Telegram, caller: Caller, anna: Person, address: Address
) -> None:
    await caller.result("setWebhook", url="http://127.0.0.1:9/")
    await caller.result("setWebhook", url=address.url, drop_pending_updates=True)
    anna.send("to the new one")
    assert await drained(telegram)
    assert address.texts == ["to the new one"]


def broken(_update: dict[str, Any]) -> web.StreamResponse:
    return web.Response(body=b"{", content_type="application/json")


@pytest.mark.parametrize("answer", [broken, by_json])
async def test_what_goes_wrong_in_the_answer_does_not_stop_the_updates(
    telegram: Telegram, caller: Caller, anna: Person, address: Address, answer: Answer
) -> None:
    address.answer = answer
    await caller.result("setWebhook", url=address.url)
    telegram.faults.add(Fault(drop_connection=True))
    anna.send("one")
    anna.send("two")
    assert await drained(telegram)
    assert address.texts == ["one", "two"]
