"""Wording that every view shares."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import words
from passport.numbers import plain, plural
from passport.values import Item, Named, NotApplicable, Nothing, Number, Value
from tests.clock import KAMCHATKA, local


@pytest.mark.parametrize(
    ("number", "noun"),
    [
        (0, "школ"),
        (1, "школа"),
        (2, "школы"),
        (5, "школ"),
        (11, "школ"),
        (12, "школ"),
        (14, "школ"),
        (21, "школа"),
        (22, "школы"),
        (25, "школ"),
        (101, "школа"),
        (111, "школ"),
        (1002, "школы"),
    ],
)
def test_plural(number: int, noun: str) -> None:
    assert plural(number, "школа", "школы", "школ") == noun


@pytest.mark.parametrize(
    ("number", "text"),
    [("24", "24"), ("4.350", "4,35"), ("4.00", "4"), ("1E+3", "1000"), ("0", "0"), ("100", "100")],
)
def test_plain(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_dates_say_weekday_day_and_hour() -> None:
    assert words.when(local(2027, 1, 14, 17), KAMCHATKA) == "чт 14 января, 17:00"
    assert words.day(local(2026, 9, 1, 0), KAMCHATKA) == "вт 1 сентября"
    assert words.school_year("2026-2027") == "2026/27"


@pytest.mark.parametrize(
    ("count", "text"), [(1, "остался 1 ответ"), (2, "осталось 2 ответа"), (5, "осталось 5 ответов")]
)
def test_answers_left(count: int, text: str) -> None:
    assert words.answers_left(count) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "нет ответа"),
        (Number(Decimal(0)), "0 чел."),
        (Nothing(), "не было"),
        (NotApplicable("<b>"), "&lt;b&gt;"),
        (Named((Item("А & Б", 3),)), "А &amp; Б – 3"),
    ],
)
def test_the_four_states_are_never_mixed_and_always_quoted(value: Value | None, text: str) -> None:
    assert words.value_text(value, "чел.") == text


@given(st.lists(st.builds(Item, st.text(max_size=300), st.integers(1, 9999)), max_size=100))
def test_a_list_of_any_length_fits_a_message(items: list[Item]) -> None:
    from html import unescape

    assert len(unescape(words.listed(items))) < 2000
