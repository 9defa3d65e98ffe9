"""Time is a dependency: everything that asks for «now» asks a clock that it was given.

People of the project live in Asia/Kamchatka (UTC+12, no summer time); stored times are UTC.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment as an aware datetime in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock: the only place of the bot that reads it."""

    def __init__(self, source: Callable[[], datetime] | None = None) -> None:
        self._source = source or (lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self._source()
