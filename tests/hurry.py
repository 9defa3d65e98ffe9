"""Time that is always in a hurry: a pause is over at once, and the time is what it would be.

Whoever waits is woken in the order of their moments, as soon as nobody has anything else to do.
"""

import asyncio
import heapq
from collections.abc import Awaitable
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")


class Hurry:
    """``wait`` and ``monotonic`` for a line and a pace; ``through`` runs what uses them."""

    def __init__(self) -> None:
        self.now = 0.0
        self._numbers = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self.now

    async def wait(self, seconds: float) -> None:
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), sleeper))
        await sleeper

    async def through(self, work: Awaitable[T]) -> T:
        """Runs it to its end, and time with it."""
        task = asyncio.ensure_future(work)
        while not task.done():
            await self.settle()
            if not task.done():
                self.pass_on()
        return task.result()

    def pass_on(self) -> bool:
        """Lets time go to the next moment that somebody waits for; whether there was one."""
        while self._sleepers:
            moment, _number, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                self.now = max(self.now, moment)
                sleeper.set_result(None)
                return True
        return False

    async def settle(self) -> None:
        """Until everybody who can go on has gone on."""
        loop: Any = asyncio.get_running_loop()
        await asyncio.sleep(0)
        while loop._ready:  # noqa: ASYNC110 - asyncio has no event for being idle
            await asyncio.sleep(0)
