"""How fast we write of our own accord: slower than Telegram's limits, so that it never says 429.

Telegram takes about thirty messages a second of a bot, one a second to a private chat, twenty a
minute to a group or a channel (Bots FAQ). What is left of the thirty is for answers.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.line import loop_time
from bot.patience import Wait

IN_ALL = 1 / 25  # seconds between messages
BURST = 5
PRIVATE = 1.0
SHARED = 60 / 20


class Bucket:
    """Hands out moments: some at once, then one an interval."""

    def __init__(self, interval: float, burst: int) -> None:
        self._interval = interval
        self._slack = (burst - 1) * interval
        self._full_at = 0.0  # when the bucket would be full again, were nothing more taken

    def reserve(self, now: float) -> float:
        """The moment of the next turn, which is taken by this."""
        at = max(now, self._full_at - self._slack)
        self._full_at = max(self._full_at, at) + self._interval
        return at


@dataclass(slots=True)
class _Chat:
    free_at: float = 0.0
    # Whoever comes later waits behind: one chat's messages keep their order.
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0


class Pace:
    """``await turn(chat)`` returns when a message to the chat may go out."""

    def __init__(
        self, wait: Wait = asyncio.sleep, monotonic: Callable[[], float] = loop_time
    ) -> None:
        self._wait = wait
        self._monotonic = monotonic
        self._all = Bucket(IN_ALL, BURST)
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    async def turn(self, chat_id: int) -> None:
        self._forget()
        chat = self._chats.setdefault(chat_id, _Chat())
        self._chats.move_to_end(chat_id)
        chat.inside += 1
        try:
            async with chat.queue:
                await self._until(chat.free_at)
                await self.breath()
                interval = PRIVATE if chat_id > 0 else SHARED
                chat.free_at = self._monotonic() + interval
        finally:
            chat.inside -= 1

    async def breath(self) -> None:
        """The turn of a call that writes to nobody: it counts among all only."""
        await self._until(self._all.reserve(self._monotonic()))

    async def _until(self, moment: float) -> None:
        seconds = moment - self._monotonic()
        if seconds > 0:
            await self._wait(seconds)

    def _forget(self) -> None:
        """Lets go of chats that may be written to again; they are about in order of time."""
        now = self._monotonic()
        while self._chats:
            oldest, chat = next(iter(self._chats.items()))
            if chat.inside or chat.free_at > now:
                return
            del self._chats[oldest]
