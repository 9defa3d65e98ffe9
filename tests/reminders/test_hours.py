"""The hours in which the bot may speak on its own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.calendar import Calendar
from passport.loader import load_passport
from reminders.hours import may_speak, morning, next_moment
from tests.clock import KAMCHATKA

CALENDAR = load_passport().calendar
ZONES = ("Asia/Kamchatka", "Europe/Moscow", "America/New_York")

calendars = st.sampled_from(
    [CALENDAR.model_copy(update={"zone": ZoneInfo(name)}) for name in ZONES]
)
moments = st.datetimes(datetime(2022, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(2022, 1, 1), date(2027, 12, 1))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KAMCHATKA)


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-10-29T08:29:59.999999", "2026-10-29T08:30:00"),
        ("2026-10-29T08:30:00", None),
        ("2026-10-29T17:59:59.999999", None),
        ("2026-10-29T18:00:00", "2026-10-30T08:30:00"),
        ("2026-10-30T18:00:00", "2026-11-02T08:30:00"),  # a Friday evening, in the pupils' break
        ("2026-10-31T12:00:00", "2026-11-02T08:30:00"),
        ("2026-11-02T00:00:00", "2026-11-02T08:30:00"),
        ("2026-12-30T17:59:59", None),
        ("2026-12-30T18:00:00", "2027-01-11T08:30:00"),
        ("2027-01-01T00:00:00", "2027-01-11T08:30:00"),
        ("2027-02-19T20:00:00", "2027-02-20T08:30:00"),  # to a working Saturday
        ("2027-02-20T12:00:00", None),
        ("2027-02-22T12:00:00", "2027-02-24T08:30:00"),  # the Monday that it was worked for
    ],
)
def test_the_hours_of_speaking(now: str, following: str | None) -> None:
    assert may_speak(CALENDAR, local(now)) is (following is None)
    assert next_moment(CALENDAR, local(now)) == local(following or now)
    assert next_moment(CALENDAR, local(now)).tzinfo is UTC


def test_the_morning_of_a_day_is_09_00_of_its_zone() -> None:
    assert morning(CALENDAR, date(2026, 10, 29)) == datetime(2026, 10, 28, 21, tzinfo=UTC)
    moscow = CALENDAR.model_copy(update={"zone": ZoneInfo("Europe/Moscow")})
    assert morning(moscow, date(2026, 10, 29)) == datetime(2026, 10, 29, 6, tzinfo=UTC)
    york = CALENDAR.model_copy(update={"zone": ZoneInfo("America/New_York")})
    assert [morning(york, date(2027, 3, day)).hour for day in (13, 14)] == [14, 13]  # summer time


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        may_speak(CALENDAR, datetime(2026, 10, 29, 12))  # noqa: DTZ001


@given(calendars, moments)
def test_the_next_moment_is_allowed_and_none_before_it_is(
    calendar: Calendar, now: datetime
) -> None:
    following = next_moment(calendar, now)
    assert may_speak(calendar, following)
    assert following >= now
    if following > now:
        assert not may_speak(calendar, now)
        assert not may_speak(calendar, following - timedelta(seconds=1))
        assert following.astimezone(calendar.zone).time() == time(8, 30)
        for part in range(100):
            assert not may_speak(calendar, now + (following - now) * part / 100)


@given(calendars, days)
def test_mornings_lie_in_the_hours(calendar: Calendar, day: date) -> None:
    assert calendar.today(morning(calendar, day)) == day
    assert may_speak(calendar, morning(calendar, day)) is calendar.is_working_day(day)
