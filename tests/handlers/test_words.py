"""Wording that every view shares."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import words
from handlers.registers import wording as of_cards
from passport import indicator_words as of_indicators
from passport.numbers import plain, plural
from passport.register import Contract, Partner
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


def test_two_septembers_of_one_list_are_told_apart() -> None:
    january = local(2027, 1, 12, 9)
    assert words.day(local(2026, 9, 10), KAMCHATKA, january) == "чт 10 сентября"
    assert words.day(local(2027, 9, 9), KAMCHATKA, january) == "чт 9 сентября 2027"
    assert words.when(local(2027, 9, 9, 17), KAMCHATKA, january) == "чт 9 сентября 2027, 17:00"


def test_a_capital_leaves_the_number_of_a_quarter_alone() -> None:
    assert words.capital("IV четверть, 2025/26") == "IV четверть, 2025/26"
    assert words.capital("майская анкета") == "Майская анкета"
    assert words.capital("") == ""


@pytest.mark.parametrize(
    ("reported", "expected", "text"),
    [
        (16, 17, "по 16 из 17 школ"),
        (20, 21, "по 20 из 21 школы"),
        (0, 1, "по 0 из 1 школы"),
        (1, 11, "по 1 из 11 школ"),
    ],
)
def test_of_how_many_schools(reported: int, expected: int, text: str) -> None:
    assert of_indicators.by_schools(reported, expected) == text


def test_a_button_keeps_the_number_and_the_date_of_a_contract() -> None:
    def label(name: str, number: str) -> str:
        partner = Partner(1, name, "vet")
        held = Contract(1, partner, number, date(2023, 9, 5))
        return of_cards.contract_button(held)

    assert label("Морской колледж", "14-ПК") == "Морской колледж: № 14-ПК от 05.09.2023"
    assert label("Морской колледж", "") == "Морской колледж: договор от 05.09.2023"
    long = label("Камчатский медицинский колледж имени кого-нибудь", "12-ПК")
    assert long.endswith("…: № 12-ПК от 05.09.2023")
    assert len(label("К" * 120, "1" * 200)) <= of_cards.LONGEST_BUTTON


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Педагоги на курсах", "Педагоги на курсах"),
        ("Педагоги на конференциях и других", "Педагоги на…"),
        ("Школы, классы и места", "Школы, классы и…"),
        ("Классы школы № 33123", "Классы школы…"),
        ("Сетевых/индустриальных партнёров", "Сетевых/индустриал…"),
        ("О психолого-педагогических", "О психолого-педаго…"),
    ],
)
def test_what_is_too_long_is_cut_behind_a_word(text: str, told: str) -> None:
    assert words.shorten(text, 19) == told


@given(st.text(), st.integers(min_value=2, max_value=90))
def test_what_is_cut_has_room(text: str, limit: int) -> None:
    assert len(words.shorten(text, limit)) <= limit
