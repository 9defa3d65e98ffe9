"""Sentences about measures: complete, dated, and never a number that nobody has said."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport import plan_evidence as says
from passport import plan_reports as of_reports
from passport.plan_evidence import Asked, Evidence, Seats
from passport.plan_reports import QUARTERS, Reports, YearReports

ON = date(2026, 11, 24)
NUMBERS = {f"s{number:02}": number for number in range(1, 31)}

slugs = st.frozensets(st.sampled_from(sorted(NUMBERS)))
asked = st.builds(lambda of: Asked({one: NUMBERS[one] for one in of}, ON), slugs)
reports = st.builds(
    Reports,
    slugs,
    st.integers(0, 3),
    st.dictionaries(
        st.sampled_from(["parents_meetings", "teachers_profile", "teachers_trained", "r3", "r7"]),
        st.integers(0, 500).map(Decimal),
    ),
)
years = st.builds(YearReports, st.dictionaries(st.sampled_from(QUARTERS), reports), reports)
OF_MAY: tuple[Callable[[Asked, Reports], Evidence], ...] = (
    of_reports.parents_meetings,
    of_reports.parents_as_speakers,
    of_reports.staff,
    lambda asked, may: of_reports.equipment(asked, may, may.schools),
)
OF_YEAR: tuple[Callable[[Asked, YearReports], Evidence], ...] = (
    of_reports.pupils_events,
    of_reports.teachers_events,
    of_reports.training,
    lambda asked, year: of_reports.joint_events(asked, year, None),
)


def is_sound(evidence: Evidence, of: Asked) -> None:
    assert "на 24.11.2026" in evidence.says
    assert ", ," not in evidence.says
    assert evidence.missing is not None
    assert evidence.missing <= frozenset(of.schools)
    assert evidence.complete == (bool(of.schools) and not evidence.missing)


@given(asked, reports, st.sampled_from(OF_MAY))
def test_of_may(of: Asked, may: Reports, rule: Callable[[Asked, Reports], Evidence]) -> None:
    found = rule(of, may)
    is_sound(found, of)
    assert found.missing == frozenset(of.schools) - may.schools
    if not may.schools:
        assert "пока нет" in found.says


@given(asked, years, st.sampled_from(OF_YEAR))
def test_of_the_year(
    of: Asked, year: YearReports, rule: Callable[[Asked, YearReports], Evidence]
) -> None:
    is_sound(rule(of, year), of)


@given(asked, slugs, st.integers(0, 60))
def test_of_registers(of: Asked, having: frozenset[str], count: int) -> None:
    for found in (
        says.tracks(of, having, 3, count),
        says.participants(of, having),
        says.enrolment(of, having, Seats(count, 0, None, None)),
        says.fresh_cards(of, having, count, 0, 30),
        says.full_cards(of, having, count, 0),
        says.contracts(of, having, count),
        says.local_acts(of, having),
    ):
        is_sound(found, of)


def test_a_number_that_nobody_said_is_no_zero() -> None:
    of = Asked({"s24": 24}, ON)
    found = of_reports.parents_meetings(of, Reports(frozenset({"s24"})))
    assert found.says == (
        "собраний и дней открытых дверей: нет данных, анкеты мая по 1 из 1 школы, на 24.11.2026"
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "ждём № 1"),
        (6, "ждём № 1, 2, 3, 4, 5, 6"),
        (8, "ждём № 1, 2, 3, 4, 5, 6 и ещё 2"),
    ],
)
def test_who_is_waited_for(count: int, words: str) -> None:
    of = Asked(NUMBERS, ON)
    assert of.waiting(sorted(NUMBERS)[:count]) == words


def test_the_city_without_schools_has_done_nothing() -> None:
    assert not says.contracts(Asked({}, ON), (), 0).complete
    assert not of_reports.parents_meetings(Asked({}, ON), Reports()).complete


def test_partners_are_there_when_every_kind_is() -> None:
    some = says.partners(ON, {"ВО": 8, "СПО": 0, "реальный сектор": 1})
    assert (some.says, some.complete) == (
        "в базе 9 партнёров (ВО 8 · СПО 0 · реальный сектор 1), на 24.11.2026",
        False,
    )
    assert says.partners(ON, {"ВО": 1, "СПО": 1, "реальный сектор": 1}).complete
