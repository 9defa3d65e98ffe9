"""Waiting for a Telegram that does not answer: how long, and what counts as no answer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

log = structlog.get_logger(__name__)

T = TypeVar("T")
Wait = Callable[[float], Awaitable[object]]
# A proxy's error page is not JSON: for aiogram that is a decoding error.
UNANSWERED = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
LONGEST_PAUSE = 30.0


def pauses(first: float = 1.0) -> Iterator[float]:
    """Seconds to wait before each next try, growing."""
    pause = first
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)


async def insist(call: Callable[[], Awaitable[T]], wait: Wait = asyncio.sleep) -> T:
    """Calls until Telegram takes or refuses it."""
    for pause in pauses():
        try:
            return await call()
        except TelegramRetryAfter as error:
            await wait(error.retry_after)
        except UNANSWERED as error:
            # Not the text: it may quote an address with the token, or a person's message.
            log.warning("telegram does not answer", error=type(error).__name__)
            await wait(pause)
    raise AssertionError("pauses never end")
