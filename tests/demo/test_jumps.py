"""Moments that the page offers to go to: nearest first, and every reminder is among them."""

from datetime import UTC, datetime, timedelta

import pytest

from demo.jumps import MOST, jumps
from demo.quarter import FIRST_MOMENT, YEAR
from passport.form import PERIODS
from passport.loader import Passport, load_passport
from reminders.ladder import ladder
from tests.clock import local


@pytest.fixture(scope="module")
def passport() -> Passport:
    return load_passport()


def test_the_rest_of_the_quarter_and_the_next_one(passport: Passport) -> None:
    assert [label for label, _ in jumps(passport, FIRST_MOMENT)][:14] == [
        "ср 13.01, 09:01 – следующее рабочее утро",
        "чт 14.01, 09:01 – II четверть, день срока",
        "чт 14.01, 16:59 – II четверть, за минуту до срока",
        "чт 14.01, 17:00:01 – II четверть, через секунду после срока",
        "пт 15.01, 09:01 – II четверть, 1 рабочий день после срока",
        "вт 19.01, 09:01 – II четверть, 3 рабочих дня после срока",
        "чт 21.01, 09:01 – II четверть, 5 рабочих дней после срока",
        "пн 25.01, 09:01 – II четверть, 7 рабочих дней после срока",
        "пт 19.03, 09:01 – III четверть, открытие",
        "вт 30.03, 09:01 – III четверть, за 2 рабочих дня до срока",
        "чт 01.04, 09:01 – III четверть, день срока",
        "чт 01.04, 16:59 – III четверть, за минуту до срока",
        "чт 01.04, 17:00:01 – III четверть, через секунду после срока",
        "пт 02.04, 09:01 – III четверть, 1 рабочий день после срока",
    ]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2022, 9, 1, tzinfo=UTC),
        local(2026, 9, 9, 9, 1),
        local(2027, 1, 13, 9, 0),  # this very morning is the next one
        local(2027, 1, 14, 17, 0),
        local(2027, 8, 31),
    ],
)
def test_all_lie_ahead_and_none_stands_twice(passport: Passport, now: datetime) -> None:
    found = jumps(passport, now)
    moments = [moment for _, moment in found]
    assert 1 <= len(found) <= MOST
    assert moments == sorted(moments)
    assert moments[0] > now
    assert len({label for label, _ in found}) == len(found)
    assert len(set(moments)) == len(found)


def test_every_reminder_of_a_year_can_be_gone_to(passport: Passport) -> None:
    calendar = passport.calendar
    for period in PERIODS:
        window = calendar.window(YEAR, period)
        offered = {moment for _, moment in jumps(passport, window.opens_at - timedelta(days=1))}
        for rung in ladder(calendar, window):
            assert rung.at + timedelta(minutes=1) in offered, (period, rung.why)
