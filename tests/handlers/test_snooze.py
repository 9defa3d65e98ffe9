"""«Напомнить завтра», «в понедельник»: which mornings are offered."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.snooze import choices
from passport.loader import load_passport
from tests.clock import local

CALENDAR = load_passport().calendar
WINDOW = CALENDAR.window("2026-2027", "II")  # open from 23.12.2026, due Thursday 14.01.2027, 17:00

OFFERED: list[tuple[datetime, list[tuple[str, date]]]] = [
    (
        local(2026, 12, 23, 9, 1),
        [("tomorrow", date(2026, 12, 24)), ("monday", date(2026, 12, 28))],
    ),
    # A Friday: «завтра» is Monday, and it is offered once.
    (local(2026, 12, 25, 9, 1), [("tomorrow", date(2026, 12, 28))]),
    # Before the holidays: the first working morning.
    (local(2026, 12, 30, 9, 1), [("tomorrow", date(2027, 1, 11))]),
    (local(2027, 1, 12, 9, 1), [("tomorrow", date(2027, 1, 13))]),
    (local(2027, 1, 13, 9, 1), [("tomorrow", date(2027, 1, 14))]),
    # On the day of the deadline every morning to come is after it.
    (local(2027, 1, 14, 9, 1), []),
    (
        local(2027, 1, 19, 9, 1),
        [("tomorrow", date(2027, 1, 20)), ("monday", date(2027, 1, 25))],
    ),
]


@pytest.mark.parametrize(("now", "offered"), OFFERED)
def test_only_mornings_that_help_are_offered(
    now: datetime, offered: list[tuple[str, date]]
) -> None:
    assert [(one.act, one.day) for one in choices(CALENDAR, WINDOW, now)] == offered


@given(st.datetimes(datetime(2026, 12, 1), datetime(2027, 10, 1)))  # noqa: DTZ001
def test_every_choice_is_a_working_morning_to_come(moment: datetime) -> None:
    now = local(moment.year, moment.month, moment.day, moment.hour, moment.minute)
    found = choices(CALENDAR, WINDOW, now)
    assert len({one.day for one in found}) == len(found)
    for one in found:
        assert CALENDAR.is_working_day(one.day)
        assert one.at > now
        assert one.at < (WINDOW.due_at if now <= WINDOW.due_at else WINDOW.closes_at)
