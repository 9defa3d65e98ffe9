"""How old data may be and be shown without a word of warning: one notion for all who show them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.campaign import Campaign
from passport.loader import load_passport
from passport.season import season_of
from tests.clock import local

PLAN = load_passport().campaigns


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2027, 4, 30), 31),
        (date(2027, 5, 1), 7),
        (date(2027, 7, 12), 7),
        (date(2027, 8, 21), 7),  # enrolment is over, parents still look for seats
        (date(2027, 8, 31), 7),
        (date(2027, 9, 1), 31),
        (date(2028, 1, 12), 31),
    ],
)
def test_a_week_in_the_campaign_a_month_outside(day: date, days: int) -> None:
    now, moment = season_of(PLAN, {}, day), local(day.year, day.month, day.day, 12)
    assert not now.is_old(moment - timedelta(days=days), moment)
    assert now.is_old(moment - timedelta(days=days, seconds=1), moment)
    assert now.is_old(None, moment)


@given(st.dates(date(2027, 4, 1), date(2027, 9, 30)), st.integers(0, 122))
def test_moved_dates_move_it(day: date, lasts: int) -> None:
    usual = PLAN.usual("2027-2028")
    ends = max(usual.starts + timedelta(days=lasts), usual.closes)
    moved = {usual.year: Campaign(usual.year, usual.starts, usual.opens, usual.closes, ends)}
    now = season_of(PLAN, moved, day)
    assert (now.fresh == timedelta(days=7)) == (usual.starts <= day <= ends)
