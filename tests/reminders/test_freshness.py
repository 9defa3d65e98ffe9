"""When schools are asked to look through class cards: days of a year, and of a moved campaign."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.campaign import Campaign, campaign_year
from passport.loader import load_passport
from passport.season import season_of
from reminders.freshness import asking, rhythm, stale_before
from reminders.hours import morning
from tests.clock import local

PASSPORT = load_passport()
CALENDAR = PASSPORT.calendar
SUMMER = PASSPORT.campaigns.usual("2027-2028")


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        ((2026, 10, 20, 8, 59), None),
        ((2026, 10, 20, 9, 0), "2026-10"),  # Tuesday
        ((2026, 10, 23, 17, 0), "2026-10"),  # three working days later
        ((2026, 10, 26, 9, 0), None),
        ((2026, 12, 21, 9, 0), "2026-12"),  # the 20th is a Sunday
        ((2027, 1, 11, 9, 0), None),  # reports are due in these days
        ((2027, 1, 20, 9, 0), "2027-01"),
        ((2027, 2, 20, 9, 0), "2027-02"),  # a Saturday that is worked
        ((2027, 5, 4, 9, 0), "2027-W18"),  # Tuesday, the campaign has begun
        ((2027, 5, 3, 12, 0), None),
        ((2027, 6, 1, 9, 0), "2027-W22"),
        ((2027, 6, 4, 17, 0), "2027-W22"),  # the bot was down till Friday
        ((2027, 6, 7, 12, 0), None),
        ((2027, 8, 17, 9, 0), "2027-W33"),
        ((2027, 8, 24, 9, 0), "2027-W34"),  # enrolment is over, parents still look for seats
        ((2027, 8, 31, 9, 0), "2027-W35"),
        ((2027, 9, 1, 9, 0), None),
    ],
)
def test_the_days_of_asking(moment: tuple[int, ...], key: str | None) -> None:
    asked = asking(CALENDAR, SUMMER, local(*moment))
    assert (asked.key if asked else None) == key


def test_whose_cards() -> None:
    monthly, weekly = rhythm(SUMMER, date(2027, 4, 1)), rhythm(SUMMER, date(2027, 5, 4))
    assert monthly is not None
    assert weekly is not None
    assert (monthly.year, monthly.days, monthly.long) == ("2026-2027", 28, 56)
    assert (weekly.year, weekly.days, weekly.long) == ("2027-2028", 7, 14)


def test_a_campaign_that_is_moved_moves_the_weeks() -> None:
    later = Campaign(
        "2027-2028", date(2027, 5, 10), date(2027, 6, 15), date(2027, 8, 27), date(2027, 8, 31)
    )
    assert rhythm(later, date(2027, 5, 4)) is None
    assert asking(CALENDAR, later, local(2027, 8, 24, 9, 0)) is not None


@given(st.dates(date(2026, 9, 1), date(2028, 8, 31)))
def test_cards_are_asked_for_weekly_just_while_parents_are_warned_of_a_week(day: date) -> None:
    campaign = PASSPORT.campaigns.usual(campaign_year(day))
    held, now = rhythm(campaign, day), season_of(PASSPORT.campaigns, {}, day)
    weekly = held is not None and held.every == "week"
    assert weekly == now.running
    if held is not None:
        assert timedelta(days=held.days) <= now.fresh


@given(st.integers(0, 24 * 364))
def test_a_time_of_asking_begins_in_a_working_morning_and_is_short(hours: int) -> None:
    now = local(2026, 9, 1, 0, 0) + timedelta(hours=hours)
    asked = asking(CALENDAR, SUMMER, now)
    if asked is None:
        return
    day = CALENDAR.today(asked.from_)
    assert CALENDAR.is_working_day(day)
    assert asked.from_ == morning(CALENDAR, day) <= now
    assert CALENDAR.today(now) <= CALENDAR.add_working_days(day, 3)


@given(st.integers(0, 400))
def test_each_month_and_each_week_has_one_key(days: int) -> None:
    day = date(2026, 9, 1) + timedelta(days=days)
    held = rhythm(SUMMER, day)
    one = asking(CALENDAR, SUMMER, local(day.year, day.month, day.day, 9, 0))
    two = asking(CALENDAR, SUMMER, local(day.year, day.month, day.day, 17, 0))
    assert one == two
    assert held is not None or one is None


def test_a_card_is_a_week_old_on_the_same_weekday() -> None:
    before = stale_before(CALENDAR, local(2027, 6, 8, 9, 0), 7)
    assert local(2027, 6, 1, 23, 59) < before
    assert local(2027, 6, 2, 0, 1) > before
