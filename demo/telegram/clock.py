"""Time that can be moved: the only module of the demo that reads the machine's clock.

A running clock goes on from where it was put; a frozen one stands still until it is moved. Nothing
ever sleeps to make a deadline come: the clock goes to the deadline instead.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock needs to be put back exactly as it was."""

    stands_at: datetime | None
    offset: timedelta


class MovableClock:
    """Real time plus an offset, or, when frozen, one moment."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        moment = _aware(start) if start is not None else _machine()
        self._stands_at: datetime | None = moment if frozen else None
        self._offset = moment - _machine() if start is not None else timedelta()

    @property
    def frozen(self) -> bool:
        return self._stands_at is not None

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        if self._stands_at is not None:
            return self._stands_at
        return _machine() + self._offset

    def shift(self, by: timedelta) -> None:
        """Move by an interval, also backwards: machines do set their clocks back."""
        if self._stands_at is not None:
            self._stands_at += by
        else:
            self._offset += by

    def move_to(self, moment: datetime) -> None:
        self.shift(_aware(moment) - self.now())

    def read(self) -> Reading:
        return Reading(self._stands_at, self._offset)

    def put_back(self, reading: Reading) -> None:
        self._stands_at = reading.stands_at
        self._offset = reading.offset


def _machine() -> datetime:
    return datetime.now(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone says nothing: {moment!r}")
    return moment.astimezone(UTC)
