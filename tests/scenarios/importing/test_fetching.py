"""A file that does not come over: its sender is answered, and the bot goes on."""

from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientResponseError, ServerDisconnectedError
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot import uploads
from demo.telegram import Person
from tests.demo.session import DirectSession
from tests.world import World, shown


def refused(status: int) -> ClientResponseError:
    headers: Any = CIMultiDictProxy(CIMultiDict[str]())
    info: Any = SimpleNamespace(real_url=URL("https://api/file/botTOKEN/a"), headers=headers)
    return ClientResponseError(info, (), status=status)


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ([refused(404)], "Файл не дошёл"),
        ([refused(502), ServerDisconnectedError(), TimeoutError()], "Это файл CSV"),
    ],
    ids=["gone", "late"],
)
async def test_a_download_that_fails(
    world: World,
    coordinator: Person,
    errors: list[Exception],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be had is told, what may still come is asked for again."""
    left, real = list(errors), DirectSession.stream_content

    async def faulty(self: DirectSession, *args: Any, **more: Any) -> Any:
        if left:
            raise left.pop(0)
        async for chunk in real(self, *args, **more):
            yield chunk

    monkeypatch.setattr(DirectSession, "stream_content", faulty)
    coordinator.send_document("forma.csv", b"1;2;3")
    await world.pump()
    assert left == []
    assert said in unescape(shown(coordinator))
    await world.say(coordinator, "/help")
    assert "Файл" not in shown(coordinator).splitlines()[0]


async def test_a_reader_that_fails_stops_nobody(
    world: World, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "read_upload", int)  # fails on anything
    coordinator.send_document("forma.xlsx", b"PK")
    await world.pump()
    assert "прочитать не получилось" in shown(coordinator)
    await world.say(coordinator, "/help")
    assert "прочитать не получилось" not in shown(coordinator)


async def test_more_than_was_declared_is_not_read_to_its_end(
    world: World, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    async def endless(self: DirectSession, *_args: Any, **_more: Any) -> Any:
        nonlocal read
        for _ in range(40):
            read += 1
            yield b"P" * 1024 * 1024

    monkeypatch.setattr(DirectSession, "stream_content", endless)
    coordinator.send_document("forma.xlsx", b"PK", size=2)
    await world.pump()
    assert "слишком большой: 11 МБ, а можно до 10 МБ" in unescape(shown(coordinator))
    assert read == 11
