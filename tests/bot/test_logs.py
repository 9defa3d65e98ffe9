"""Logs: events and numbers. No texts of people, no chat ids, no token, whatever happens."""

import asyncio
import json
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods.base import TelegramMethod

from bot import logs
from bot.commands import secrets_of
from demo.telegram import Person
from demo.telegram.faults import Fault
from storage import inbox, invites
from storage.inbox import Arrived
from tests.demo.session import DirectSession
from tests.world import TOKEN, World

# Things that a person writes; short, since errors quote long ones in part.
EVENT, COMMENT, NAME = "Зефирная", "сапфиры", "Топазов"
LEVELS = ("DEBUG", "INFO")


def forget_loggers() -> None:
    """Loggers are kept on first use; a new configuration is for new ones."""
    for module in list(sys.modules.values()):
        for value in list(vars(module).values()):
            if isinstance(value, structlog._config.BoundLoggerLazyProxy):
                vars(value).pop("bind", None)


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    config = structlog.get_config()
    forget_loggers()
    yield
    forget_loggers()
    structlog.configure(**config)
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged: each line is an object with its level, its time and its event."""
    found = []
    for line in capsys.readouterr().err.splitlines():
        assert line.startswith("{"), line
        found.append(json.loads(line))
    for one in found:
        assert {"event", "level", "timestamp", "logger"} <= set(one)
    return found


def check_no_secret(logged: list[dict[str, Any]], *more: str) -> None:
    for one in logged:
        text = json.dumps(one, ensure_ascii=False)
        for hidden in (TOKEN, TOKEN.partition(":")[2], EVENT, COMMENT, NAME, *more):
            assert hidden not in text, f"{hidden} is in: {text[:1500]}"


class BadLine(DirectSession):
    """A line whose errors quote the address, as a proxy's do."""

    broken = 0

    async def make_request(self, bot: Any, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109
        if self.broken:
            self.broken -= 1
            url = f"https://api.telegram.org/bot{bot.token}/{method.__api_method__}"
            raise TelegramNetworkError(method=method, message=f"cannot connect to {url}")
        return await super().make_request(bot, method, timeout)


async def a_busy_day(world: World) -> Person:
    """Joining, answers, a list, a refusal, a comment, blocking, network trouble; who did it."""
    await world.give_classes("s24", "Химия")
    async with world.app.database.write() as tx:
        link = await invites.create(tx, "coordinator", "s24", "замдиректора")
    person = world.telegram.person(name=NAME)
    person.start(link)
    await world.pump()
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(person, label)
    session = world.app.bot.session
    assert isinstance(session, BadLine)
    session.broken = 0
    person.send("24")
    await world.app.poller.once()
    session.broken = 2
    await world.app.inbox.idle()
    await world.pump()
    await world.say(person, "4,35")
    await world.say(person, "3")
    await world.say(person, f"{EVENT} – 3")
    await world.say(person, COMMENT)
    world.telegram.faults.add(Fault("sendMessage", code=400))
    await world.say(person, f"/start {link}")
    world.telegram.faults.add(Fault("sendMessage", retry_after=1))
    await world.say(person, "/help")
    person.block()
    await world.pump()
    person.unblock()
    await world.say(person, EVENT)
    return person


@pytest.mark.parametrize("level", LEVELS)
async def test_a_whole_day_names_nobody(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    level: str,
) -> None:
    monkeypatch.setattr("tests.world.DirectSession", BadLine)
    logs.configure(level, "json", (TOKEN,))
    async with World(tmp_path) as world:
        person = await a_busy_day(world)
        assert EVENT in "".join(one.text for one in person.chat.history)
    logged = lines(capsys)
    events = {one["event"] for one in logged}
    assert {"bot is open", "telegram does not answer", "telegram asks to wait"} <= events
    check_no_secret(logged, str(person.id))


@pytest.mark.parametrize("level", LEVELS)
async def test_a_failing_handler_names_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str
) -> None:
    """An error of the database quotes what was to be written, unless it is told not to."""
    logs.configure(level, "json", (TOKEN,))
    async with World(tmp_path) as world:
        await world.give_classes("s24", "Химия")
        person = await world.coordinator("s24", name=NAME)
        for label in ("Отчёты школы", "II четверть", "Продолжить"):
            await world.press(person, label)
        for text in ("24", "4,35", "3"):
            await world.say(person, text)
        path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
        with closing(sqlite3.connect(path)) as connection:
            for table in ("answers", "typed_answers"):
                connection.execute(
                    f"CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'made to fail'); END"
                )
            connection.commit()
        await world.say(person, f"{EVENT} – 3")
    logged = lines(capsys)
    (failure,) = [one for one in logged if one["event"] == "handler failed"]
    assert "made to fail" in failure["exception"]  # what happened is told in full
    check_no_secret(logged, str(person.id))


async def test_rows_that_cannot_be_read_name_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("INFO", "json", (TOKEN,))
    async with World(tmp_path) as world:
        person = await world.coordinator("s24", name=NAME)
        payload = json.dumps({"update_id": 5, "message": {"text": EVENT}}, ensure_ascii=False)
        async with world.app.database.write() as tx:
            rows = await inbox.store(
                tx, [Arrived(5, person.id, payload), Arrived(6, person.id + 1, payload)]
            )
            await inbox.applied(tx, rows[1].id, f'{{"chat_id": 1, "reply": "{COMMENT}"}}')
        await world.restart()
        await asyncio.wait_for(world.app.inbox.idle(), 5)
    logged = lines(capsys)
    assert "error" in {one["level"] for one in logged}
    check_no_secret(logged, str(person.id))


@pytest.mark.parametrize("log_format", ["json", "text"])
async def test_the_token_is_cut_out_of_every_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    async with World(tmp_path) as world:
        hidden = secrets_of(world.settings)
    assert hidden[0] == TOKEN
    capsys.readouterr()
    logs.configure("INFO", log_format, hidden)
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    log = structlog.get_logger("bot.sample")
    try:
        raise ConnectionError(f"cannot connect to {url}")
    except ConnectionError as error:
        log.exception("failed", url=url)
        log.warning("failed too", details={"url": url}, urls=[url], error=error)
        logging.getLogger("aiohttp.client").error("%s", url, exc_info=True)
    text = capsys.readouterr().err
    assert text.count("failed") >= 2
    assert "api.telegram.org" in text
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text


def test_a_chat_has_one_name_in_a_run() -> None:
    assert logs.who(2_000_000_001) == logs.who(2_000_000_001)
    assert logs.who(2_000_000_001) != logs.who(2_000_000_002)
    assert "2000000001" not in logs.who(2_000_000_001)
