from datetime import UTC, datetime, timedelta, timezone

import pytest

from demo.telegram import MovableClock

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_frozen_clock_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(NEW_YEAR, frozen=True)
    assert clock.frozen
    assert clock.now() == clock.now() == NEW_YEAR
    clock.shift(HOUR)
    assert clock.now() == NEW_YEAR + HOUR


def test_a_running_clock_goes_on_from_where_it_was_put() -> None:
    clock = MovableClock(NEW_YEAR)
    first, second = clock.now(), clock.now()
    assert not clock.frozen
    assert NEW_YEAR <= first <= second < NEW_YEAR + HOUR
    clock.move_to(NEW_YEAR + 5 * HOUR)
    assert timedelta() <= clock.now() - (NEW_YEAR + 5 * HOUR) < HOUR


def test_a_clock_can_go_back() -> None:
    clock = MovableClock(NEW_YEAR, frozen=True)
    clock.move_to(NEW_YEAR - 24 * HOUR)
    assert clock.now() == NEW_YEAR - 24 * HOUR


def test_now_is_in_utc_whatever_the_zone_it_was_moved_by() -> None:
    kamchatka = timezone(12 * HOUR)
    clock = MovableClock(datetime(2027, 1, 1, 12, tzinfo=kamchatka), frozen=True)
    assert clock.now() == NEW_YEAR
    assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(datetime(2027, 1, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(frozen=True).move_to(datetime(2027, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("frozen", [True, False])
def test_a_reading_puts_a_clock_back(frozen: bool) -> None:
    clock = MovableClock(NEW_YEAR, frozen=frozen)
    reading = clock.read()
    clock.shift(1000 * HOUR)
    clock.put_back(reading)
    assert clock.now() - NEW_YEAR < HOUR
