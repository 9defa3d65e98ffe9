"""Dates of a campaign and of its posts: the plan's, moved ones, and what must always hold."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.campaign import (
    Campaign,
    UnknownOccasionError,
    campaign_year,
    draft_day,
    post_days,
    post_moment,
)
from passport.loader import load_passport
from tests.clock import local

PASSPORT = load_passport()
PLAN, CALENDAR = PASSPORT.campaigns, PASSPORT.calendar
summer = PLAN.usual("2027-2028")


def test_the_plans_dates_hold_every_summer() -> None:
    """Plan 1.2 and 2.1: 01.05–31.08; 4.1 and 4.2: 01.06–20.08, «далее ежегодно»."""
    assert summer == Campaign(
        "2027-2028", date(2027, 5, 1), date(2027, 6, 1), date(2027, 8, 20), date(2027, 8, 31)
    )
    assert PLAN.usual("2023-2024").starts == date(2023, 5, 1)  # the slip in row 2.1 decided


def test_posts_of_the_summer_of_2027_are_on_working_days() -> None:
    found = {one.key: day for one, day in post_days(PLAN, summer, CALENDAR)}
    assert found == {
        "soon": date(2027, 5, 4),  # 1 May is a Saturday, 3 May a day off for it
        "open": date(2027, 6, 1),
        "seats_1": date(2027, 7, 1),
        "seats_2": date(2027, 7, 20),
        "two_weeks": date(2027, 8, 6),
        "last_days": date(2027, 8, 18),
        "results": date(2027, 8, 23),  # 21 August is a Saturday
        "end": date(2027, 8, 31),
    }


def test_a_post_goes_out_at_ten_of_kamchatka_and_is_shown_the_working_day_before() -> None:
    assert post_moment(PLAN, CALENDAR, date(2027, 6, 1)) == local(2027, 6, 1, 10)
    assert draft_day(CALENDAR, date(2027, 8, 23)) == date(2027, 8, 20)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2027, 4, 30), "before"),
        (date(2027, 5, 1), "informing"),
        (date(2027, 5, 31), "informing"),
        (date(2027, 6, 1), "open"),
        (date(2027, 8, 20), "open"),
        (date(2027, 8, 21), "closed"),
        (date(2027, 8, 31), "closed"),
        (date(2027, 9, 1), "over"),
    ],
)
def test_every_day_has_its_stage(day: date, stage: str) -> None:
    assert summer.stage(day) == stage


@pytest.mark.parametrize(
    ("day", "filled"),
    [
        (date(2027, 4, 30), "2027-2028"),
        (date(2027, 5, 1), "2027-2028"),
        (date(2027, 8, 31), "2027-2028"),
        (date(2027, 9, 1), "2028-2029"),
    ],
)
def test_whose_classes_are_filled(day: date, filled: str) -> None:
    assert campaign_year(day) == filled


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, None),
        ({"opens": date(2027, 4, 30)}, ("starts", "opens")),
        ({"closes": date(2027, 6, 1)}, ("opens", "closes")),
        ({"ends": date(2027, 8, 19)}, ("closes", "ends")),
        ({"ends": date(2027, 8, 20)}, None),
    ],
)
def test_dates_that_contradict_each_other_are_named(
    changed: dict[str, Any], wrong: tuple[str, str] | None
) -> None:
    assert replace(summer, **changed).wrong_order == wrong


def test_an_occasion_that_is_none() -> None:
    with pytest.raises(UnknownOccasionError):
        PLAN.occasion("party")


@given(
    st.dates(date(2023, 2, 1), date(2027, 6, 1)),
    st.integers(0, 60),
    st.integers(1, 90),
    st.integers(0, 30),
)
def test_posts_are_on_different_working_days_in_order(
    starts: date, informing: int, enrolling: int, after: int
) -> None:
    opens = starts + timedelta(days=informing)
    closes = opens + timedelta(days=enrolling)
    moved = Campaign(f"{starts.year}-{starts.year + 1}", starts, opens, closes, closes)
    moved = replace(moved, ends=closes + timedelta(days=after))
    assert moved.wrong_order is None
    found = list(post_days(PLAN, moved, CALENDAR))
    days = [day for _, day in found]
    assert len({one.key for one, _ in found}) == len(PLAN.occasions)
    assert all(CALENDAR.is_working_day(day) for day in days)
    assert all(earlier < later for earlier, later in pairwise(days))
    for one, day in found:
        wanted = getattr(moved, one.anchor) + timedelta(days=one.days)
        assert day >= wanted
        assert draft_day(CALENDAR, day) < day
