"""Numbers of contracts: typed five ways, compared as one."""

import pytest

from passport.contract_number import number_key, parse_number
from passport.values import Refusal, Text


@pytest.mark.parametrize("typed", ["17-С", "№ 17-С", "№17-С", "договор № 17-С", " 17-С "])
def test_the_sign_before_a_number_is_left_out(typed: str) -> None:
    assert parse_number(typed) == Text("17-С")


@pytest.mark.parametrize("typed", ["б/н", "Б/Н", "№ б/н", "без номера", "нет", "-"])
def test_a_contract_without_a_number(typed: str) -> None:
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [("x" * 41, "до 40 знаков"), ("звонить 8 914 123-45-67", "телефон")],
)
def test_what_is_no_number_is_refused_with_an_example(typed: str, why: str) -> None:
    said = parse_number(typed)
    assert isinstance(said, Refusal)
    assert why in said.text
    assert "17-С" in said.text


@pytest.mark.parametrize("other", ["17-с", "17 С", "17-C", "17С"])
def test_one_number_in_another_hand(other: str) -> None:
    assert number_key(other) == number_key("17-С")


@pytest.mark.parametrize(
    ("one", "other"), [("17/2", "172"), ("1", "11"), ("", "1"), ("А-1", "Б-1")]
)
def test_other_numbers_stay_apart(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)
