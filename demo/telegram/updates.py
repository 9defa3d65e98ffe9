"""The queue of updates: kept until confirmed, handed out again until then.

Follows telegram-bot-api: an update is forgotten when a poll asks for a larger offset; a second poll
fails the first one; an offset far beyond the last update is not believed.
"""

import asyncio
from collections.abc import Iterable

from demo.telegram import limits
from demo.telegram.changes import Changes
from demo.telegram.model import Json
from demo.telegram.refusals import (
    OTHER_POLL,
    TERMINATED_BY_WEBHOOK,
    WEBHOOK_ACTIVE,
    ConnectionDropped,
    conflict,
)
from demo.telegram.world import QueuedUpdate, World

# The last one comes only when BotFather was told so (/setinlinefeedback), off for a new bot: here
# naming it among the allowed updates stands for that.
_NOT_BY_DEFAULT = {
    "chat_member",
    "message_reaction",
    "message_reaction_count",
    "chosen_inline_result",
}
_BELIEVED_AHEAD = 10
_CONFLICT_SPACING = 3.0
_HUNG_UP = "hung up"


class Updates:
    """What waits for the bot, and the one poll that may be waiting for it."""

    def __init__(self, world: World, changes: Changes) -> None:
        self._world = world
        self._changes = changes
        self._poll: asyncio.Future[str] | None = None
        self._next_conflict_at = 0.0
        # Duplicates on purpose: every update is handed out twice, as after a lost confirmation.
        self.deliver_twice = False
        # The server slows down polls that repeat one offset; tests do not wait for that.
        self.paced = False
        self._last_offset: int | None = None
        self._last_poll_at = 0.0
        self._closed = False

    @property
    def has_poller(self) -> bool:
        return self._poll is not None

    def pending(self) -> list[Json]:
        """Updates that are not confirmed yet, oldest first."""
        return [update.payload for update in self._world.queue.waiting]

    def put(self, kind: str, payload: Json) -> Json | None:
        """Queue an update of a kind; nothing, when the bot asked not to get that kind."""
        queue = self._world.queue
        if not self._wanted(kind):
            return None
        update = QueuedUpdate(queue.next_id, {"update_id": queue.next_id, kind: payload})
        queue.next_id += 1
        queue.waiting.append(update)
        if self.deliver_twice:
            queue.waiting.append(QueuedUpdate(update.update_id, update.payload, repeat=True))
        self._wake()
        return update.payload

    def redeliver(self, update: Json | int) -> None:
        """Hand out an update again, though it was confirmed: confirmations do get lost."""
        if isinstance(update, int):
            update = self._delivered(update)
        self._world.queue.waiting.append(QueuedUpdate(update["update_id"], update, repeat=True))
        self._wake()

    def jump_ids(self) -> int:
        """After a week without updates their ids go on from a random number, lower or higher."""
        queue = self._world.queue
        queue.next_id = self._world.random.randrange(1, 2**31 - 1_000_000)
        return queue.next_id

    def take(self, limit: int = 100) -> list[Json]:
        """Hand out and confirm at once: for a test that feeds a dispatcher itself."""
        queue = self._world.queue
        taken = [queue.waiting.popleft() for _ in range(min(limit, len(queue.waiting)))]
        queue.delivered.extend(taken)
        return [update.payload for update in taken]

    def drop_pending(self) -> None:
        self._world.queue.waiting.clear()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Sticky: stays until another request names other kinds. An empty list: the default."""
        if kinds is not None:
            self._world.queue.allowed = tuple(kinds) or None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        if self._world.queue.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)
        if self.paced:
            limit, seconds = self._slowed(offset, limit, seconds)
        limit = min(max(limit, 1), limits.POLL_UPDATES)
        seconds = min(seconds, limits.POLL_SECONDS)
        batch = self._batch(offset, limit)
        if batch or seconds <= 0:
            return batch
        self.release(OTHER_POLL)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not batch and not self._closed and (left := deadline - loop.time()) > 0:
            poll: asyncio.Future[str] = loop.create_future()
            self._poll = poll
            try:
                await asyncio.wait({poll}, timeout=left)
            finally:
                if self._poll is poll:
                    self._poll = None
            complaint = poll.result() if poll.done() else ""
            if complaint == _HUNG_UP:
                raise ConnectionDropped("getUpdates: dropped while it waited")
            if complaint:
                await self._hold_conflict()
                raise conflict(complaint)
            batch = self._batch(offset, limit)
        return batch

    def release(self, complaint: str) -> None:
        """Fail the waiting poll, if there is one, with this sentence."""
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_result(complaint)

    def release_for_webhook(self) -> None:
        self.release(TERMINATED_BY_WEBHOOK)

    def hang_up(self) -> None:
        """Take the connection of the waiting poll away, as a network does that has gone down."""
        self.release(_HUNG_UP)

    def close(self) -> None:
        """Let a waiting poll go home with nothing."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_result("")
        self._changes.wake()

    def _wanted(self, kind: str) -> bool:
        allowed = self._world.queue.allowed
        return kind not in _NOT_BY_DEFAULT if allowed is None else kind in allowed

    def _delivered(self, update_id: int) -> Json:
        for update in reversed(self._world.queue.delivered):
            if update.update_id == update_id:
                return update.payload
        raise LookupError(f"update {update_id} was never handed out")

    def _batch(self, offset: int, limit: int) -> list[Json]:
        """Forget what the offset confirms, hand out what is left without confirming it."""
        waiting = self._world.queue.waiting
        if offset < 0:
            while len(waiting) > -offset:
                waiting.popleft()
        elif 0 < offset <= self._world.queue.next_id + _BELIEVED_AHEAD:
            kept = [item for item in waiting if item.repeat or item.update_id >= offset]
            if len(kept) != len(waiting):
                waiting.clear()
                waiting.extend(kept)
        batch: list[QueuedUpdate] = []
        for item in tuple(waiting):
            if len(batch) == limit:
                break
            if all(item.update_id != other.update_id for other in batch):
                batch.append(item)
                if item.repeat:
                    waiting.remove(item)
        self._world.queue.delivered.extend(batch)
        return [item.payload for item in batch]

    def _slowed(self, offset: int, limit: int, seconds: float) -> tuple[int, float]:
        now = asyncio.get_running_loop().time()
        same = offset == self._last_offset
        if same and seconds < _CONFLICT_SPACING and now < self._last_poll_at + _CONFLICT_SPACING:
            seconds = _CONFLICT_SPACING
        if same and now < self._last_poll_at + 0.5:
            limit = 1
        self._last_offset, self._last_poll_at = offset, now
        return limit, seconds

    async def _hold_conflict(self) -> None:
        """The first 409 comes at once, further ones are spaced, so that two bots do not spin."""
        loop = asyncio.get_running_loop()
        if self.paced and loop.time() < self._next_conflict_at:
            await asyncio.sleep(_CONFLICT_SPACING)
        self._next_conflict_at = loop.time() + _CONFLICT_SPACING
