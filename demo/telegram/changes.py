"""Who wants to know that something happened: the page's event stream, and tests that wait.

Nobody polls and nobody sleeps: a waiter is woken by the change itself.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

What = Literal["message", "clock", "bot", "fault"]


@dataclass(frozen=True, slots=True)
class Change:
    rev: int
    chat_id: int | None
    what: What


Listener = Callable[[Change], None]


class Changes:
    """A counter that grows with every change, and those who listen to it."""

    def __init__(self) -> None:
        self.rev = 0
        self._listeners: list[Listener] = []
        # Futures, not an asyncio.Event: one Telegram may serve several event loops in turn.
        self._sleepers: set[asyncio.Future[None]] = set()

    def tell(self, what: What, chat_id: int | None = None) -> None:
        self.rev += 1
        change = Change(self.rev, chat_id, what)
        for listener in tuple(self._listeners):
            listener(change)
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again, though nothing that a page shows has changed."""
        sleepers, self._sleepers = self._sleepers, set()
        for sleeper in sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call the listener at every change; returns what stops it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    async def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:  # noqa: ASYNC109
        """Whether the condition came true within so many real seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not condition():
            left = deadline - loop.time()
            if left <= 0:
                return False
            sleeper: asyncio.Future[None] = loop.create_future()
            self._sleepers.add(sleeper)
            await asyncio.wait({sleeper}, timeout=left)
            self._sleepers.discard(sleeper)
        return True
