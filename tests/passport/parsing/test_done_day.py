"""A day on which something was done: people look back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing import parse_done_day
from passport.values import Refusal

TODAY = date(2027, 1, 12)
EXAMPLE = Refusal("Нужна дата, например 15.10.2026, или «сегодня»")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.10.2026", date(2026, 10, 15)),
        ("15.10.26", date(2026, 10, 15)),
        ("15-10-2026 г.", date(2026, 10, 15)),
        ("15 октября", date(2026, 10, 15)),  # the last one, not the next
        ("10.01", date(2027, 1, 10)),
        ("12.01", TODAY),
        ("13.01", date(2026, 1, 13)),
        ("13.01.2027", date(2027, 1, 13)),  # said so: whoever asks refuses it
        ("Сегодня!", TODAY),
        ("«вчера»", date(2027, 1, 11)),
        ("29.02.2024", date(2024, 2, 29)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert parse_done_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "давно", "31.02.2026", "15", "октябрь", "0.0.0", "29.02.2027"]
)
def test_what_is_no_day(text: str) -> None:
    assert parse_done_day(text, TODAY) == EXAMPLE


def test_the_leap_day_without_a_year() -> None:
    assert parse_done_day("29.02", date(2024, 3, 1)) == date(2024, 2, 29)
    assert parse_done_day("29.02", date(2025, 1, 1)) == date(2024, 2, 29)
    assert parse_done_day("29.02", date(2027, 1, 1)) == EXAMPLE


@given(
    st.dates(date(2022, 1, 1), date(2028, 12, 31)), st.dates(date(2022, 1, 1), date(2028, 12, 31))
)
def test_a_whole_date_is_read_as_it_is(day: date, today: date) -> None:
    assert parse_done_day(f"{day:%d.%m.%Y}", today) == day


@given(st.dates(date(2022, 3, 1), date(2028, 12, 31)), st.integers(0, 364))
def test_without_a_year_it_is_the_last_such_day(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    if (day.month, day.day) != (2, 29):
        assert parse_done_day(f"{day:%d.%m}", today) == day


@given(st.text(max_size=20), st.dates(date(2022, 1, 1), date(2028, 12, 31)))
def test_it_never_raises(text: str, today: date) -> None:
    assert isinstance(parse_done_day(text, today), date | Refusal)
