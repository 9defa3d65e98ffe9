"""Moved dates: what holds for whom, and which days a date may be moved to."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.deadlines import (
    Deadlines,
    Move,
    check_due,
    check_opening,
    is_late,
    working_day_from,
)
from passport.form import PeriodKey
from passport.loader import load_passport
from tests.clock import local

CALENDAR = load_passport().calendar
YEAR = "2026-2027"
PERIOD: PeriodKey = "II"
DUE = date(2027, 1, 14)
NOW = local(2027, 1, 12, 9, 20)
days = st.dates(date(2026, 12, 1), date(2027, 9, 30))


def due(moves: list[Move], school: str | None = None) -> date:
    return Deadlines(CALENDAR, tuple(moves)).of(school).dates(YEAR, PERIOD).due


def city(day: date) -> Move:
    return Move(YEAR, PERIOD, None, due=day)


def own(day: date, school: str = "s24") -> Move:
    return Move(YEAR, PERIOD, school, due=day)


def test_without_moves_the_calendar_is_the_passports_itself() -> None:
    assert Deadlines(CALENDAR).of("s24") is CALENDAR


def test_a_move_for_all_is_everybodys_and_touches_nothing_else() -> None:
    moved = Deadlines(CALENDAR, (city(date(2027, 1, 21)),))
    for school in (None, "s24", "s33"):
        assert moved.of(school).dates(YEAR, PERIOD).due == date(2027, 1, 21)
        assert moved.of(school).dates(YEAR, "III") == CALENDAR.dates(YEAR, "III")
        assert moved.of(school).year("2025-2026") == CALENDAR.year("2025-2026")


@given(days, days)
def test_a_schools_own_date_holds_until_the_citys_is_later(mine: date, theirs: date) -> None:
    moves = [city(theirs), own(mine)]
    assert due(moves) == theirs
    assert due(moves, "s33") == theirs
    assert due(moves, "s24") == max(mine, theirs)


@given(days)
def test_whether_a_school_has_its_own_date(mine: date) -> None:
    moved = Deadlines(CALENDAR, (own(mine),))
    assert moved.has_own("s24", YEAR, PERIOD) == (mine > DUE)
    assert not moved.has_own("s33", YEAR, PERIOD)


def test_the_opening_is_moved_for_all_alone() -> None:
    moves = (Move(YEAR, "III", None, opens=date(2027, 3, 22)),)
    dates = Deadlines(CALENDAR, moves).of("s24").dates(YEAR, "III")
    assert dates.opens == date(2027, 3, 22)
    assert dates.due == CALENDAR.dates(YEAR, "III").due


# (sent at, told that it was late then, due now) → late
LATE: list[tuple[datetime | None, bool, date, bool]] = [
    (None, False, DUE, False),
    (local(2027, 1, 14, 17, 0), False, DUE, False),
    (local(2027, 1, 14, 17, 1), True, DUE, True),
    (local(2027, 1, 14, 17, 1), True, date(2027, 1, 15), False),
    (local(2027, 1, 20, 9, 0), True, date(2027, 1, 18), True),
    (local(2027, 1, 13, 9, 0), False, date(2027, 1, 12), False),
]


@pytest.mark.parametrize(("sent", "then", "now_due", "late"), LATE)
def test_late_is_asked_of_the_deadline_as_it_is_now(
    sent: datetime | None, then: bool, now_due: date, late: bool
) -> None:
    window = Deadlines(CALENDAR, (city(now_due),)).window(None, YEAR, PERIOD)
    assert is_late(sent, then, window) == late


WRONG = [
    (date(2027, 1, 11), "уже прошло", date(2027, 1, 12)),
    (date(2027, 1, 17), "нерабочий день", date(2027, 1, 18)),
    (date(2027, 2, 23), "нерабочий день", date(2027, 2, 24)),
    (date(2027, 10, 1), "закрывается чт 30.09.2027", None),
]


@pytest.mark.parametrize(("day", "words", "instead"), WRONG)
def test_a_wrong_day_is_told_with_the_day_that_could_be_meant(
    day: date, words: str, instead: date | None
) -> None:
    wrong = check_due(CALENDAR, YEAR, PERIOD, day, NOW)
    assert wrong is not None
    assert words in wrong.text
    assert wrong.instead == instead


def test_a_day_before_the_opening_is_wrong() -> None:
    wrong = check_due(CALENDAR, YEAR, "III", date(2027, 3, 1), NOW)
    assert wrong is not None
    assert "откроется только пт 19.03.2027" in wrong.text
    assert wrong.instead == date(2027, 3, 19)


def test_today_is_possible_until_the_hour() -> None:
    today = date(2027, 1, 12)
    assert check_due(CALENDAR, YEAR, PERIOD, today, local(2027, 1, 12, 16, 59)) is None
    wrong = check_due(CALENDAR, YEAR, PERIOD, today, local(2027, 1, 12, 17, 0))
    assert wrong is not None
    assert wrong.instead == date(2027, 1, 13)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 400 * 24))
def test_what_is_offered_instead_is_itself_possible(day: date, hours: int) -> None:
    now = local(2026, 9, 1, 8) + timedelta(hours=hours)
    wrong = check_due(CALENDAR, YEAR, PERIOD, day, now)
    if wrong is None:
        assert CALENDAR.is_working_day(day)
        assert CALENDAR.moment(day, CALENDAR.due_time) > now
    elif wrong.instead is not None:
        assert check_due(CALENDAR, YEAR, PERIOD, wrong.instead, now) is None


def test_an_opening_may_be_moved_only_before_it_has_come() -> None:
    assert check_opening(CALENDAR, YEAR, PERIOD, date(2027, 1, 13), NOW) is not None
    assert check_opening(CALENDAR, YEAR, "III", date(2027, 3, 22), NOW) is None
    late = check_opening(CALENDAR, YEAR, "III", date(2027, 4, 2), NOW)
    assert late is not None
    assert late.instead == date(2027, 4, 1)
    past = check_opening(CALENDAR, YEAR, "III", date(2027, 1, 11), NOW)
    assert past is not None
    assert past.instead == date(2027, 1, 12)


@given(days)
def test_the_working_day_from_a_day_on(day: date) -> None:
    found = working_day_from(CALENDAR, day)
    assert found >= day
    assert CALENDAR.is_working_day(found)
    assert not any(
        CALENDAR.is_working_day(day + timedelta(days=n)) for n in range((found - day).days)
    )
