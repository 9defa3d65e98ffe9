"""The one line to Telegram that everything we say goes over.

A 429 is meant for the whole bot: after it nobody sends anything before its time. Message ids of all
private chats of a bot come from one counter, so the line also knows how far that has got.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.patience import UNANSWERED, Wait, pauses

log = structlog.get_logger(__name__)

T = TypeVar("T")
Call = Callable[[], Awaitable[T]]
FIRST_PAUSE = 0.5
QUICK_TRIES = 2  # for what is worth little when late: a toast, tidying up


def loop_time() -> float:
    return asyncio.get_running_loop().time()


class Line:
    """How often to try, when to be silent, and the highest message id that is known of."""

    def __init__(
        self, wait: Wait = asyncio.sleep, monotonic: Callable[[], float] = loop_time
    ) -> None:
        self.wait = wait
        self._monotonic = monotonic
        self._resume_at = 0.0
        self.highest = 0

    def seen(self, message_id: int) -> None:
        """There is a message with this id in a private chat of the bot."""
        self.highest = max(self.highest, message_id)

    async def quietly(self, call: Call[object]) -> bool:
        """A call that nobody misses; whether it succeeded."""
        try:
            await self._try(call, QUICK_TRIES)
        except TelegramForbiddenError:
            raise
        except AiogramError as error:
            log.debug("call left out", reason=type(error).__name__)
            return False
        return True

    async def stubbornly(self, call: Call[T]) -> T:
        """A call that must get through: tried until Telegram takes or refuses it."""
        return await self._try(call, None)

    async def _try(self, call: Call[T], tries: int | None) -> T:
        for pause in pauses(FIRST_PAUSE):
            await self._resumed()
            try:
                return await call()
            except TelegramRetryAfter as error:
                self._hold(error)
                last: AiogramError = error
            except TelegramEntityTooLarge:
                raise  # aiogram counts it among network errors, but it will not pass
            except UNANSWERED as error:
                log.warning("telegram does not answer", error=type(error).__name__)
                last = error
            if tries is not None:
                tries -= 1
                if tries <= 0:
                    raise last
            if not isinstance(last, TelegramRetryAfter):  # that one waits for its moment above
                await self.wait(pause)
        raise AssertionError("pauses never end")

    async def _resumed(self) -> None:
        """Until Telegram's pause is over."""
        waited_for = 0.0  # another 429 may move the moment on meanwhile
        while waited_for < self._resume_at and self._resume_at > self._monotonic():
            waited_for = self._resume_at
            await self.wait(self._resume_at - self._monotonic())

    def _hold(self, refusal: TelegramRetryAfter) -> None:
        self._resume_at = max(self._resume_at, self._monotonic() + refusal.retry_after)
        log.warning("telegram asks to wait", seconds=refusal.retry_after)
