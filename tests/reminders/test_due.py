"""Who is reminded now: whatever the states, the calendar and the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.deadlines import Deadlines, Move
from passport.loader import load_passport
from reminders.due import Hand, Owing, Past, Reminder, due
from reminders.hours import may_speak
from tests.clock import local

CALENDAR = load_passport().calendar
WINDOW = CALENDAR.window("2026-2027", "II")  # 23.12.2026 – 14.01.2027, 17:00
MOVED = Deadlines(
    CALENDAR, (Move("2026-2027", "II", "s33", due=local(2027, 1, 21).date()),)
).window("s33", "2026-2027", "II")
MORNING = local(2027, 1, 12, 9, 20)
ONE = {"s24": [Hand(1, "s24")]}


def whys(
    owing: Owing,
    now: datetime = MORNING,
    hand: Hand | None = None,
    past: Sequence[Past] = (),
) -> list[str]:
    hands = {owing.school: [hand or Hand(1, owing.school)]}
    return [one.why for one in due(CALENDAR, [owing], hands, past, now)]


def test_the_rung_of_the_moment() -> None:
    assert whys(Owing("s24", WINDOW)) == ["before"]
    assert whys(Owing("s33", MOVED)) == ["opening"]


def test_nobody_who_is_just_filling_or_has_asked_for_quiet() -> None:
    assert whys(Owing("s24", WINDOW, busy=True)) == []
    quiet = Hand(1, "s24", quiet_until=MORNING + timedelta(hours=1))
    assert whys(Owing("s24", WINDOW), hand=quiet) == []


def test_what_was_asked_for_comes_on_its_day_and_not_later() -> None:
    told = [Past(1, "before", MORNING - timedelta(days=1))]
    hand = Hand(1, "s24", quiet_until=local(2027, 1, 13, 9, 0))
    at_nine = local(2027, 1, 13, 9, 0)
    told_before = [Past(1, "before", local(2027, 1, 12, 9, 0))]
    assert whys(Owing("s24", WINDOW), at_nine, hand, told_before) == ["snooze"]
    assert whys(Owing("s24", WINDOW), local(2027, 1, 15, 9, 0), hand, told) == ["after"]


def test_a_returned_report_has_its_own_morning() -> None:
    back = local(2027, 1, 25, 10, 0)
    owing = Owing("s24", WINDOW, returned_at=back)
    assert whys(owing, local(2027, 1, 26, 10, 0)) == []
    assert whys(owing, local(2027, 1, 27, 9, 0)) == ["returned"]
    assert whys(owing, local(2027, 2, 15, 9, 0)) == []


def test_of_a_report_that_was_returned_before_the_deadline_the_ladder_still_reminds() -> None:
    owing = Owing("s24", WINDOW, returned_at=local(2026, 12, 25, 10, 0))
    assert whys(owing, local(2027, 1, 12, 9, 0)) == ["before"]


def test_once_a_day_even_after_a_nudge() -> None:
    nudged = [Past(1, "nudge", MORNING - timedelta(minutes=15))]
    assert whys(Owing("s24", WINDOW), past=nudged) == []
    assert whys(Owing("s24", WINDOW), MORNING + timedelta(days=1), past=nudged) == ["before"]


@pytest.mark.parametrize("hour", [0, 7, 8, 18, 23])
def test_not_outside_of_speaking_hours(hour: int) -> None:
    assert whys(Owing("s24", WINDOW), local(2027, 1, 13, hour, 0)) == []


moments = st.datetimes(datetime(2026, 12, 20), datetime(2027, 3, 1)).map(  # noqa: DTZ001
    lambda one: local(one.year, one.month, one.day, one.hour, one.minute)
)
schools = st.sampled_from(["s24", "s31", "s33"])
owings = st.lists(
    st.builds(
        Owing,
        schools,
        st.sampled_from([WINDOW, MOVED]),
        st.none() | moments,
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda one: one.school,
)
people = st.lists(
    st.builds(Hand, st.integers(1, 6), schools, st.none() | moments),
    max_size=6,
    unique_by=lambda one: one.person,
)
pasts = st.lists(
    st.builds(
        Past,
        st.integers(1, 6),
        st.sampled_from(["opening", "before", "due", "after", "late1", "nudge", "snooze"]),
        moments,
    ),
    max_size=8,
)


def by_school(hands: list[Hand]) -> dict[str, list[Hand]]:
    return {one.school: [hand for hand in hands if hand.school == one.school] for one in hands}


@given(owings, people, pasts, moments)
def test_whoever_is_reminded_may_be(
    owing: list[Owing], hands: list[Hand], past: list[Past], now: datetime
) -> None:
    found = due(CALENDAR, owing, by_school(hands), past, now)
    by_slug = {one.school: one for one in owing}
    by_person = {one.person: one for one in hands}
    assert not found or may_speak(CALENDAR, now)
    assert len({one.person for one in found}) == len(found)
    for one in found:
        hand = by_person[one.person]
        assert not by_slug[one.school].busy
        assert hand.school == one.school
        assert hand.quiet_until is None or hand.quiet_until <= now
        assert one.since <= now
        today = CALENDAR.today(now)
        assert all(CALENDAR.today(p.at) != today for p in past if p.person == one.person)
        if one.why in ("opening", "before", "due"):
            assert now < by_slug[one.school].window.due_at


@given(owings, people, pasts, moments)
def test_said_once_it_is_not_said_again(
    owing: list[Owing], hands: list[Hand], past: list[Past], now: datetime
) -> None:
    found: list[Reminder] = due(CALENDAR, owing, by_school(hands), past, now)
    written = [*past, *(Past(one.person, one.why, now) for one in found)]
    assert due(CALENDAR, owing, by_school(hands), written, now) == []


@given(st.lists(st.integers(5, 900), max_size=60))
def test_through_a_whole_quarter_never_twice_the_same_and_never_twice_a_day(
    pauses: list[int],
) -> None:
    """However irregularly somebody looks."""
    now, past = local(2026, 12, 23, 0, 0), list[Past]()
    owing = [Owing("s24", WINDOW)]
    for pause in pauses:
        now += timedelta(minutes=pause)
        past += [Past(one.person, one.why, now) for one in due(CALENDAR, owing, ONE, past, now)]
    days = [CALENDAR.today(one.at) for one in past]
    assert len(days) == len(set(days))
    assert len({one.why for one in past}) == len(past)
