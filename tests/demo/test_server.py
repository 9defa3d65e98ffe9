"""A real aiogram bot over HTTP, and what the server lets in."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramRetryAfter
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, Message

from demo.telegram import Fault, Person, Telegram
from demo.telegram.limits import UPLOAD_BYTES
from tests.demo.site import Browser


@pytest.fixture
async def wired(telegram: Telegram, browser: Browser) -> AsyncIterator[Bot]:
    """A bot that knows the address of its API, and nothing else."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(browser.address))
    bot = Bot(telegram.token, session=session)
    yield bot
    await bot.session.close()


async def test_a_bot_polls_and_answers(wired: Bot, telegram: Telegram, anna: Person) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(Command("form"))
    async def form(message: Message) -> None:
        await message.answer("Сколько учеников?")

    polling = asyncio.create_task(
        dispatcher.start_polling(wired, handle_signals=False, close_bot_session=False)
    )
    anna.send("/form")
    assert await telegram.changes.wait_until(lambda: anna.last is not None, 5)
    assert anna.last is not None
    assert anna.last.text == "Сколько учеников?"
    await dispatcher.stop_polling()
    await polling
    assert telegram.strict_violations == []


async def test_files_go_both_ways(wired: Bot, telegram: Telegram, anna: Person) -> None:
    data = bytes(range(256)) * 8000
    sent = await wired.send_document(
        anna.id,
        BufferedInputFile(data, "отчёт № 1.xlsx"),
        caption="<b>готово</b>",
        parse_mode="HTML",
    )
    assert sent.document is not None
    assert sent.document.file_name == "отчёт № 1.xlsx"
    stream = await wired.download(sent.document)
    assert stream is not None
    assert stream.read() == data
    assert anna.last is not None
    assert anna.last.html == "<b>готово</b>"
    assert telegram.strict_violations == []


async def test_refusals_and_lost_connections(wired: Bot, telegram: Telegram, anna: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await wired.send_message(999, "a")
    telegram.faults.add(Fault(retry_after=3))
    with pytest.raises(TelegramRetryAfter):
        await wired.send_message(anna.id, "a")
    telegram.faults.add(Fault(drop_connection=True, after_effect=True))
    with pytest.raises(TelegramNetworkError):
        await wired.send_message(anna.id, "once")
    assert anna.last is not None
    assert anna.last.text == "once"


async def test_parameters_come_in_every_form(
    telegram: Telegram, browser: Browser, anna: Person
) -> None:
    address = f"{browser.address}/bot{telegram.token}/sendMessage"
    params = {"chat_id": str(anna.id), "text": "я&b"}
    kinds: list[dict[str, Any]] = [{"params": params}, {"data": params}, {"json": params}]
    for kind in kinds:
        async with browser.session.post(address, **kind) as response:
            assert (await response.json())["result"]["text"] == "я&b"
    async with browser.session.get(address.replace("sendM", "SENDm"), params=params) as response:
        assert response.status == 200
    async with browser.session.post(address, data=b"[", headers=JSON_TYPE) as response:
        assert response.status == 400


JSON_TYPE = {"Content-Type": "application/json"}


async def test_unknown_methods_and_files(telegram: Telegram, browser: Browser) -> None:
    for path, status in (
        (f"/bot{telegram.token}/sendHorse", 404),
        (f"/bot{telegram.token}/sendDice", 501),
        (f"/bot{telegram.token}/", 404),
        (f"/file/bot{telegram.token}/none", 404),
        ("/file/bot1:x/none", 404),
    ):
        async with browser.session.get(browser.address + path) as response:
            answer = await response.json()
            assert (response.status, answer["error_code"]) == (status, status)


async def test_uploads_stop_at_the_limit(wired: Bot, browser: Browser, anna: Person) -> None:
    from aiogram.exceptions import TelegramEntityTooLarge

    film = BufferedInputFile(bytes(UPLOAD_BYTES + 1), "film.mp4", chunk_size=1024 * 1024)
    with pytest.raises((TelegramEntityTooLarge, TelegramNetworkError)):
        await wired.send_document(anna.id, film)
    assert anna.last is None


async def test_the_page_is_served(browser: Browser) -> None:
    for path, words in (("/", "Показ"), ("/page/page.css", "body")):
        async with browser.session.get(browser.address + path) as response:
            assert words in await response.text()
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_other_sites_are_turned_away(browser: Browser, headers: dict[str, str]) -> None:
    async with browser.session.get(f"{browser.address}/sim/state", headers=headers) as response:
        assert response.status == 403


async def test_this_machine_by_any_of_its_names(browser: Browser) -> None:
    for host in ("localhost:8080", "127.0.0.1", "[::1]:8080"):
        headers = {"Host": host, "Origin": f"http://{host}"}
        async with browser.session.get(f"{browser.address}/sim/state", headers=headers) as response:
            assert response.status == 200


async def test_a_body_that_is_far_too_large(telegram: Telegram, browser: Browser) -> None:
    address = f"{browser.address}/bot{telegram.token}/sendMessage"
    body = io.BytesIO(b'{"text": "' + b"a" * (UPLOAD_BYTES + 2 * 1024 * 1024))
    async with browser.session.post(address, data=body, headers=JSON_TYPE) as response:
        assert response.status == 413


async def test_an_origin_that_is_no_address(browser: Browser) -> None:
    headers = {"Origin": "http://[broken"}
    async with browser.session.get(f"{browser.address}/sim/state", headers=headers) as response:
        assert response.status == 403
