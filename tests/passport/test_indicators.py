"""The passport's table of indicators, and the rules by which facts become lines."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.indicators import Contracts, Facts, Line, Tally, Value, lines, measure, rounded
from passport.loader import load_passport

INDICATORS = load_passport().indicators
DAY = date(2026, 9, 15)


def facts(**known: object) -> Facts:
    base: dict[str, object] = {
        "year": "2026-2027",
        "on": DAY,
        "told": DAY,
        "all_schools": 30,
        "participants": 18,
        "with_classes": None,
    }
    return Facts(**{**base, **known})  # type: ignore[arg-type]


def test_the_table_is_the_passports() -> None:
    assert [one.no for one in INDICATORS.indicators] == [
        "1",
        "2",
        "3",
        "1",
        "1.1",
        "1.2",
        "1.3",
        "2",
    ]
    contracts = INDICATORS.get("contracts")
    assert (int(contracts.base), contracts.base_printed) == (15, "15")
    assert list(contracts.targets.values()) == [18, 21, 24, 27, 28]
    parts = [INDICATORS.get(f"contracts_{key}") for key in ("he", "vet", "industry")]
    sums = [sum(part.targets[year] for part in parts) for year in INDICATORS.years]
    assert sums == [18, 21, 24, 27, 27]  # D01: the printed total of the last year is 28
    assert any("28" in one.text and "27" in one.text for one in INDICATORS.remarks("contracts"))
    assert {one.key for one in INDICATORS.notes} == {f"D{n:02d}" for n in range(1, 12)}


@pytest.mark.parametrize(
    ("with_classes", "shown", "mark", "missing"),
    [
        (18, "60.0", "below", 3),
        (20, "66.7", "near", 1),
        (21, "70.0", "done", 0),
        (30, "100.0", "done", 0),
    ],
)
def test_the_share_of_schools(with_classes: int, shown: str, mark: str, missing: int) -> None:
    line = lines(INDICATORS, facts(with_classes=with_classes))[0]
    assert line.value is not None
    assert (str(line.value.shown), line.mark, line.missing) == (shown, mark, missing)


def test_shares_are_compared_unrounded() -> None:
    """69.96 % is shown as 70,0 % and is no 70 %."""
    share = lines(INDICATORS, facts(all_schools=2500, with_classes=1749))[0]
    assert share.value is not None
    assert (str(share.value.shown), share.mark, share.missing) == ("70.0", "near", 1)


def test_nothing_measured_is_none_and_never_nought() -> None:
    for line in lines(INDICATORS, facts()):
        assert line.value is None
        assert (line.mark, line.missing) == (None, None)
    assert measure("schools_share", facts(with_classes=0, all_schools=0)) is None
    tally = Tally(Decimal(0), reported=1, expected=1, of=Decimal(0))
    assert measure("teachers_trained_share", facts(teachers=tally)) is None


def test_an_official_value_goes_before_todays() -> None:
    fixed = Value(Decimal(500), None, DAY, 17, 18, official=True)
    known = facts(pupils_start=Tally(Decimal(490), 18, 18))
    line = lines(INDICATORS, known, {("pupils", "start"): fixed})[1]
    assert line.value == fixed
    assert line.mark == "done"
    assert line.moved is not None
    assert line.moved.shown == 490


def test_a_share_that_came_as_percent_says_so() -> None:
    given_ = Value(Decimal("36.7"), None, DAY, official=True, given=Decimal("36.7"))
    line = lines(INDICATORS, facts(), {("schools_share", "start"): given_})[0]
    assert line.value is not None
    assert str(line.value.shown) == "36.7"
    assert (line.mark, line.needed, line.missing) == ("below", None, None)


def test_contracts_by_type() -> None:
    known = facts(contracts=Contracts({"he": 12, "vet": 6, "industry": 8}, 20))
    by_key = {line.indicator.key: line for line in lines(INDICATORS, known)}
    assert by_key["contracts"].value is not None
    assert by_key["contracts"].value.shown == 26
    assert by_key["contracts"].partners == 20
    assert (by_key["contracts_vet"].mark, by_key["contracts_vet"].missing) == ("below", 1)


@given(st.fractions(min_value=0, max_value=1000))
def test_rounding_is_half_up_to_one_decimal(number: Fraction) -> None:
    shown = rounded(number)
    assert abs(Fraction(shown) - number) <= Fraction(1, 20)
    assert Fraction(shown) - number != Fraction(-1, 20)  # a half goes up
    assert shown.as_tuple().exponent == -1


@given(st.integers(1, 200), st.integers(1, 200), st.integers(1, 100))
def test_what_is_missing_closes_the_gap_and_one_less_does_not(
    part: int, whole: int, target: int
) -> None:
    part = min(part, whole)
    share = INDICATORS.get("schools_share")
    value = Value(Decimal(part), Decimal(whole), DAY)
    line = Line(share, "2026-2027", Decimal(target), live=value)
    assert line.missing is not None
    reached = part + line.missing
    assert Fraction(reached * 100, whole) >= target
    if line.missing:
        assert Fraction((reached - 1) * 100, whole) < target
        assert line.mark != "done"
    else:
        assert line.mark == "done"
