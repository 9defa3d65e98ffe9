"""Flood control: how many messages Telegram takes before it answers 429.

The figures are those of the Bots FAQ: about one message a second in a private chat with a short
burst, thirty a second in all, twenty a minute in a group or a channel. Off unless switched on.
"""

import math
from dataclasses import dataclass

from demo.telegram.model import Chat
from demo.telegram.refusals import too_many_requests


@dataclass(frozen=True, slots=True)
class Rate:
    burst: float
    per_second: float


PRIVATE = Rate(burst=3, per_second=1)
SHARED = Rate(burst=20, per_second=20 / 60)
WHOLE_BOT = Rate(burst=30, per_second=30)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Flood:
    """Token buckets over the demo's clock: when the clock stands still, nothing refills."""

    def __init__(self) -> None:
        self.enabled = False
        self._buckets: dict[int, _Bucket] = {}
        self._webhook_set_at: float | None = None

    def take(self, chat: Chat, now: float) -> None:
        """Take one message's worth, or refuse with the seconds after which to come again."""
        if not self.enabled:
            return
        places = ((chat.id, PRIVATE if chat.kind == "private" else SHARED), (0, WHOLE_BOT))
        buckets = [(self._refilled(key, rate, now), rate) for key, rate in places]
        for bucket, rate in buckets:
            if bucket.tokens < 1:
                seconds = (1 - bucket.tokens) / rate.per_second
                raise too_many_requests(max(1, math.ceil(seconds)))
        for bucket, _ in buckets:
            bucket.tokens -= 1

    def take_webhook(self, now: float) -> None:
        """setWebhook is taken once a second."""
        last, self._webhook_set_at = self._webhook_set_at, now
        if self.enabled and last is not None and 0 <= now - last < 1:
            raise too_many_requests(1)

    def forget(self) -> None:
        self._buckets.clear()
        self._webhook_set_at = None

    def _refilled(self, key: int, rate: Rate, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket(rate.burst, now))
        passed = max(0.0, now - bucket.at)  # a clock that went back gives nothing and takes nothing
        bucket.tokens = min(rate.burst, bucket.tokens + passed * rate.per_second)
        bucket.at = now
        return bucket
