import asyncio
import json
from typing import Any

from aiohttp import ClientResponse

from demo.telegram import Person, Telegram
from demo.telegram.sim_events import EventStream
from tests.demo.site import Browser


async def next_event(response: ClientResponse) -> dict[str, Any]:
    while not (line := await response.content.readline()).startswith(b"data: "):
        assert line, "the stream has ended"
    event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return event


async def test_a_page_hears_of_every_change(
    telegram: Telegram, browser: Browser, anna: Person
) -> None:
    async with browser.session.get(f"{browser.address}/sim/events") as response:
        assert response.content_type == "text/event-stream"
        assert await response.content.readline() == b": here\n"
        anna.send("one")
        event = await next_event(response)
        assert event == {"rev": telegram.changes.rev, "chat_id": anna.id, "what": "message"}
        await browser.post("/sim/clock", shift_seconds=60)
        assert (await next_event(response))["what"] == "clock"


async def test_the_heart_beats(telegram: Telegram, browser: Browser, quick_heart: None) -> None:
    async with browser.session.get(f"{browser.address}/sim/events") as response:
        lines = [await response.content.readline() for _ in range(3)]
    assert lines[2] == b": still here\n"


async def test_the_server_ends_without_waiting_for_pages(
    telegram: Telegram, browser: Browser
) -> None:
    response = await browser.session.get(f"{browser.address}/sim/events")
    assert await response.content.readline() == b": here\n"
    await browser.stop()
    rest = await response.content.read()  # ends: the server has let the page go
    assert rest == b"\n"


async def test_a_page_that_does_not_read_loses_the_oldest(telegram: Telegram) -> None:
    from demo.telegram import sim_events
    from demo.telegram.changes import Change

    reader: asyncio.Queue[Change | None] = asyncio.Queue(2)
    for rev in (1, 2, 3):
        sim_events._offer(reader, Change(rev, None, "bot"))
    first = reader.get_nowait()
    assert first is not None
    assert first.rev == 2
    assert EventStream(telegram)
