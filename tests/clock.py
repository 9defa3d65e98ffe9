"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

KAMCHATKA = ZoneInfo("Asia/Kamchatka")


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of Kamchatka's clock, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=KAMCHATKA).astimezone(UTC)


class StillClock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def shift(self, by: timedelta) -> None:
        self.moment += by
