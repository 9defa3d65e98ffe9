"""The one line to Telegram that everything we say goes over.

A 429 is meant for the whole bot: after it nobody sends anything before its time. Message ids of all
private chats of a bot come from one counter, so the line also knows how far that has got.
"""

import asyncio
from collections import OrderedDict
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


REMEMBERED = 20_000  # message ids; a busy evening's hour


def loop_time() -> float:
    return asyncio.get_running_loop().time()


async def to_its_end(call: Awaitable[T]) -> T:
    """Awaits what was begun to its end, also when cancelled meanwhile; then the result counts."""
    task = asyncio.ensure_future(call)
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue
    return task.result()


def interrupted() -> None:
    """Raises CancelledError when a cancellation came while a call was let come to its end."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


class Line:
    """How often to try, when to be silent, and the highest message id that is known of."""

    def __init__(
        self, wait: Wait = asyncio.sleep, monotonic: Callable[[], float] = loop_time
    ) -> None:
        self.wait = wait
        self._monotonic = monotonic
        self.resume_at = 0.0
        self.highest = 0
        self._accounted: OrderedDict[int, None] = OrderedDict()

    def seen(self, message_id: int) -> None:
        """There is a message with this id in a private chat of the bot."""
        self.highest = max(self.highest, message_id)

    def account_for(self, message_id: int) -> None:
        """There is such a message, and it is a person's or an answer: no notice."""
        self.seen(message_id)
        self._accounted[message_id] = None
        if len(self._accounted) > REMEMBERED:
            self._accounted.popitem(last=False)

    def accounts_for(self, message_id: int) -> bool:
        return message_id in self._accounted

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

    async def singly(self, call: Call[T]) -> T:
        """A call that must not be made twice: nothing is repeated, and it is let come to its end.

        A 429, by which Telegram says that it did nothing, holds the line and is raised as well.
        """
        try:
            return await to_its_end(call())
        except TelegramRetryAfter as error:
            self._hold(error)
            raise

    @property
    def held(self) -> bool:
        """Whether Telegram has asked to wait, and the time is not over."""
        return self.resume_at > self._monotonic()

    async def resumed(self) -> float:
        """Waits until Telegram's pause is over; the moment that was waited for."""
        waited_for = 0.0  # another 429 may move the moment on meanwhile
        while waited_for < self.resume_at and self.resume_at > self._monotonic():
            waited_for = self.resume_at
            await self.wait(self.resume_at - self._monotonic())
        return self.resume_at

    async def _try(self, call: Call[T], tries: int | None) -> T:
        for pause in pauses(FIRST_PAUSE):
            await self.resumed()
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

    def _hold(self, refusal: TelegramRetryAfter) -> None:
        self.resume_at = max(self.resume_at, self._monotonic() + refusal.retry_after)
        log.warning("telegram asks to wait", seconds=refusal.retry_after)
