"""A day that lies ahead, in figures or in the words for the next ones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing import parse_coming_day, parse_day
from passport.values import Refusal

TODAY = date(2027, 5, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("завтра", date(2027, 6, 1)),
        ("  Завтра! ", date(2027, 6, 1)),
        ("на завтра", date(2027, 6, 1)),
        ("«послезавтра»", date(2027, 6, 2)),
        ("Сегодня.", TODAY),
        ("15.06", date(2027, 6, 15)),
        ("15 июня", date(2027, 6, 15)),
        ("3.05", date(2027, 5, 3)),  # past: whoever asks refuses it
    ],
)
def test_days(text: str, day: date) -> None:
    assert parse_coming_day(text, TODAY, "15.06") == day


@pytest.mark.parametrize("text", ["", "вчера", "завтра утром", "когда-нибудь", "31.06"])
def test_what_is_no_day_names_one(text: str) -> None:
    found = parse_coming_day(text, TODAY, "15.06")
    assert isinstance(found, Refusal)
    assert "15.06" in found.text


@given(st.text(max_size=20), st.dates(date(2022, 1, 1), date(2028, 12, 31)))
def test_what_has_no_such_word_is_read_as_everywhere(text: str, today: date) -> None:
    if "завтра" not in text.casefold() and "сегодня" not in text.casefold():
        assert parse_coming_day(text, today, "15.06") == parse_day(text, today, "15.06")
