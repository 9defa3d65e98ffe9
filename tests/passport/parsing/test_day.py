"""Typed dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing import parse_day
from passport.values import Refusal

TODAY = date(2027, 1, 12)
GOOD = {
    "21.01": date(2027, 1, 21),
    "21.1": date(2027, 1, 21),
    "до 21.01": date(2027, 1, 21),
    "21/01/2027": date(2027, 1, 21),
    "21-01-27": date(2027, 1, 21),
    "21.01.2027 г.": date(2027, 1, 21),
    "21 января": date(2027, 1, 21),
    " 21  Января 2027 года ": date(2027, 1, 21),
    "3 марта": date(2027, 3, 3),
    "9 мая": date(2027, 5, 9),
    "12.01": TODAY,
    "11.01": date(2027, 1, 11),  # just past: a slip, and it is told so
    "1 июля": date(2027, 7, 1),
}
BAD = (
    "",
    "завтра",
    "31.02",
    "32.01",
    "21",
    "21.13",
    "21 мартобря",
    "01.21",
    "21.01.20277",
    "²1.01",
)


@pytest.mark.parametrize("text", GOOD)
def test_a_date_is_read(text: str) -> None:
    assert parse_day(text, TODAY) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    refused = parse_day(text, TODAY)
    assert isinstance(refused, Refusal)
    assert "например: 21.01" in refused.text


def test_in_december_january_is_of_the_next_year() -> None:
    assert parse_day("14.01", date(2026, 12, 22)) == date(2027, 1, 14)


@given(st.text(max_size=40), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_nothing_makes_it_fail(text: str, today: date) -> None:
    assert isinstance(parse_day(text, today), date | Refusal)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 180))
def test_a_day_of_the_coming_half_year_needs_no_year(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) == (2, 29):
        return
    assert parse_day(f"{day.day}.{day.month:02d}", today) == day
