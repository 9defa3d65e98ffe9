"""A Telegram with a frozen clock, a person who has pressed Start, and a way to call methods."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties

from demo.telegram import MovableClock, Person, Telegram
from tests.demo.caller import Caller
from tests.demo.session import DirectSession
from tests.demo.site import Browser, Cast, serving

MOMENT = datetime(2027, 1, 14, 5, 0, tzinfo=UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    opened = Telegram(clock=MovableClock(MOMENT, frozen=True))
    yield opened
    await opened.close()


@pytest.fixture
def anna(telegram: Telegram) -> Person:
    person = telegram.person(id=101, name="Анна")
    person.start()
    telegram.queue.take()
    return person


@pytest.fixture
def caller(telegram: Telegram, anna: Person) -> Caller:
    return Caller(telegram, anna.id)


@pytest.fixture
def bot(telegram: Telegram) -> Bot:
    session: Any = DirectSession(telegram)
    return Bot(telegram.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))


@pytest.fixture
def cast(anna: Person) -> Cast:
    return Cast([{"id": anna.id, "name": "Анна", "role": "координатор", "note": "школа № 24"}])


@pytest.fixture
async def browser(telegram: Telegram, cast: Cast, tmp_path: Path) -> AsyncIterator[Browser]:
    (tmp_path / "index.html").write_text("<title>Показ</title>")
    (tmp_path / "page.css").write_text("body {}")
    async with serving(telegram, cast, tmp_path) as opened:
        yield opened


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> float:
    """A page that does not wait three seconds for an answer that will not come."""
    monkeypatch.setattr("demo.telegram.sim_acts.PRESS_SECONDS", 0.01)
    return 0.01


@pytest.fixture
def quick_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.telegram.sim_events._HEARTBEAT_SECONDS", 0.01)
