"""Moments that the page offers to go to: nearest first, and every reminder is among them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from demo.jumps import MOST, MOST_OF_CAMPAIGN, campaign_jumps, jumps
from demo.quarter import FIRST_MOMENT, YEAR
from passport.form import PERIODS
from passport.loader import Passport, load_passport
from reminders.campaigning import schedule
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


def test_the_campaign_from_winter_to_its_end(passport: Passport) -> None:
    assert [label for label, _ in campaign_jumps(passport, FIRST_MOMENT, {})] == [
        "пт 30.04, 10:01 – черновик поста «Скоро набор»",
        "сб 01.05, 09:01 – кампания начинается",
        "вт 04.05, 10:01 – пост «Скоро набор»",
        "пн 31.05, 10:01 – черновик поста «Набор открыт»",
        "вт 01.06, 10:01 – пост «Набор открыт»",
        "ср 30.06, 10:01 – черновик поста «Где есть места»",
        "чт 01.07, 10:01 – пост «Где есть места»",
        "пн 19.07, 10:01 – черновик поста «Набор продолжается: где есть места»",
        "вт 20.07, 10:01 – пост «Набор продолжается: где есть места»",
        "чт 05.08, 10:01 – черновик поста «До конца набора две недели»",
    ]
    assert [label for label, _ in campaign_jumps(passport, local(2027, 8, 17, 12), {})] == [
        "ср 18.08, 10:01 – пост «Последние дни набора»",
        "пт 20.08, 09:01 – последний день набора",
        "пт 20.08, 10:01 – черновик поста «Набор завершён: где остались места»",
        "пн 23.08, 10:01 – пост «Набор завершён: где остались места»",
        "пн 30.08, 10:01 – черновик поста «Приёмная кампания закончена»",
        "вт 31.08, 10:01 – пост «Приёмная кампания закончена»",
    ]
    assert campaign_jumps(passport, local(2027, 8, 31, 10, 1), {}) == []


def test_from_september_the_next_campaign_is_ahead(passport: Passport) -> None:
    label, first = campaign_jumps(passport, local(2027, 9, 1), {})[0]
    assert first.year == 2028
    assert "2028" in label


def test_where_dates_were_moved_the_jumps_lead_to_the_new_ones(passport: Passport) -> None:
    year = "2027-2028"
    later = passport.campaigns.usual(year).with_date("opens", date(2027, 6, 8))
    found = [label for label, _ in campaign_jumps(passport, FIRST_MOMENT, {year: later})]
    assert found[3:5] == [
        "пн 07.06, 10:01 – черновик поста «Набор открыт»",
        "вт 08.06, 10:01 – пост «Набор открыт»",
    ]


def test_every_draft_and_post_can_be_gone_to(passport: Passport) -> None:
    year = "2027-2028"
    campaign = passport.campaigns.usual(year)
    for one in schedule(passport.campaigns, campaign, passport.calendar):
        for moment in (one.draft_at, one.due_at):
            offered = campaign_jumps(passport, moment - timedelta(hours=1), {})
            assert moment + timedelta(minutes=1) in {there for _, there in offered}
            assert len(offered) <= MOST_OF_CAMPAIGN
