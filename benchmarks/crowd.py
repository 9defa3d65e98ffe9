"""People who answer: each waits for the next question before the next answer."""

import asyncio
from collections.abc import Iterable
from time import perf_counter
from types import TracebackType
from typing import Self

from benchmarks.rig import PATIENCE
from demo.telegram import Person, Telegram
from demo.telegram.changes import Change
from demo.telegram.model import Message

VALUES = ("3", "4", "5")  # a mark, a number of people, a number of events: all are possible


class Crowd:
    """Everybody who may write to one bot, and how long each answer took.

    An answer is there when both calls have arrived at the server, in whatever order: a message
    with buttons below the person's own, and the edit that takes them from the one above.
    """

    def __init__(self, telegram: Telegram, ids: Iterable[int]) -> None:
        self._telegram = telegram
        self._people: dict[int, Person] = {id_: telegram.person(id=id_) for id_ in ids}
        self._waiting: dict[int, tuple[int, float]] = {}  # own message, since when
        self._above: dict[int, Message] = {}  # the last message with buttons
        self._left: dict[int, int] = {}
        self._pause = 0.0
        self.sent = 0
        self.latencies: list[float] = []

    def __enter__(self) -> Self:
        self._stop = self._telegram.changes.listen(self._changed)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    async def answer(self, ids: Iterable[int], each: int, pause: float = 0.0) -> float:
        """Everyone gives that many answers one after another; the seconds it took."""
        self.latencies = []
        self._pause = pause
        self._left = dict.fromkeys(ids, each)
        start = perf_counter()
        for id_ in tuple(self._left):
            self.say(id_)
        if not await self._telegram.changes.wait_until(lambda: not self._left, PATIENCE):
            raise TimeoutError(f"{len(self._waiting)} people wait for an answer")
        return perf_counter() - start

    async def ask(self, id_: int, text: str) -> float:
        """One person says this; the seconds until the answer is there."""
        self.say(id_, text)
        if not await self._telegram.changes.wait_until(lambda: not self.is_waiting(id_), PATIENCE):
            raise TimeoutError(f"no answer to {text}")
        return self.latencies[-1]

    def say(self, id_: int, text: str = "") -> None:
        words = text or VALUES[self.sent % len(VALUES)]
        self.sent += 1
        since = perf_counter()
        self._waiting[id_] = (2**60, since)  # until the message has its number
        self._waiting[id_] = (self._people[id_].send(words).message_id, since)

    def is_waiting(self, id_: int) -> bool:
        return id_ in self._waiting

    @property
    def answered(self) -> int:
        return self.sent - len(self._waiting)

    def _changed(self, change: Change) -> None:
        waiting = self._waiting.get(change.chat_id or 0)
        if waiting is None or change.chat_id is None:
            return
        last = next(reversed(self._telegram.world.chats[change.chat_id].messages.values()))
        if not last.from_bot or last.markup is None or last.message_id < waiting[0]:
            return
        above = self._above.get(change.chat_id)
        if above is not None and above.markup is not None and not above.deleted:
            return
        self._above[change.chat_id] = last
        del self._waiting[change.chat_id]
        self.latencies.append(perf_counter() - waiting[1])
        if change.chat_id in self._left:
            self._go_on(change.chat_id)

    def _go_on(self, id_: int) -> None:
        self._left[id_] -= 1
        if self._left[id_] == 0:
            del self._left[id_]
            return
        loop = asyncio.get_running_loop()
        loop.call_later(self._pause, self.say, id_)
