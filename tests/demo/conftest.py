"""A Telegram with a frozen clock, a person who has pressed Start, and a way to call methods."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties

from demo.telegram import MovableClock, Person, Telegram
from tests.demo.caller import Caller
from tests.demo.session import DirectSession

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
