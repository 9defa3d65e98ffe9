"""Who is reminded: the rules one by one, then what holds for every calendar of states."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.calendar import Window
from passport.loader import load_passport
from reminders.due import Hand, Owing, Past, Reminder, due
from reminders.hours import may_speak, next_moment
from tests.clock import local

CALENDAR = load_passport().calendar
QUARTER = CALENDAR.window("2026-2027", "II")  # open from 23.12.2026, due 14.01.2027, 17:00
BEFORE = local(2027, 1, 12, 9)
ONE = {"s24": [Hand(1, "s24")]}


def found(
    now: datetime,
    *past: Past,
    owing: Owing | None = None,
    hands: dict[str, list[Hand]] | None = None,
) -> list[str]:
    """Why somebody is reminded."""
    one = owing or Owing("s24", QUARTER)
    return [reminder.why for reminder in due(CALENDAR, [one], hands or ONE, past, now)]


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (local(2026, 12, 23, 8, 59), []),
        (local(2026, 12, 23, 9), ["opening"]),
        (local(2027, 1, 12, 8, 59), ["opening"]),  # nobody has heard of it so far
        (BEFORE, ["before"]),
        (local(2027, 1, 12, 18), []),  # the evening
        (local(2027, 1, 13, 8, 30), ["before"]),  # the bot was down on the 12th
        (local(2027, 1, 14, 9), ["due"]),
        (local(2027, 1, 14, 17), []),
        (local(2027, 1, 15, 9), ["after"]),
        (local(2027, 1, 16, 12), []),  # a Saturday
        (local(2027, 1, 26, 17, 59), ["late3"]),
        (local(2027, 1, 27, 9), []),  # staff's turn
    ],
)
def test_one_that_is_right_now_or_none(now: datetime, why: list[str]) -> None:
    assert found(now) == why


def test_it_is_said_once_and_the_next_one_comes() -> None:
    told = Past(1, "s24", "before", BEFORE)
    assert found(BEFORE + timedelta(hours=3), told) == []
    assert found(local(2027, 1, 13, 12), told) == []
    assert found(local(2027, 1, 14, 9), told) == ["due"]


def test_what_came_on_its_day_takes_its_place() -> None:
    nudge = Past(1, "s24", "nudge", local(2027, 1, 12, 8, 30))
    assert found(BEFORE, nudge) == []
    assert found(local(2027, 1, 13, 9), nudge) == []  # not a day later instead
    assert found(local(2027, 1, 14, 9), nudge) == ["due"]
    earlier = Past(1, "s24", "nudge", local(2027, 1, 11, 10))
    assert found(BEFORE, earlier) == ["before"]


def test_what_came_to_nothing_is_not_written_again_and_takes_no_place() -> None:
    lost = Past(1, "s24", "before", BEFORE, lost=True)
    assert found(BEFORE, lost) == []
    nudge = Past(1, "s24", "nudge", local(2027, 1, 12, 8, 30), lost=True)
    assert found(BEFORE, nudge) == ["before"]
    hands = {"s24": [Hand(1, "s24", quiet_until=local(2027, 1, 13, 9))]}
    assert found(local(2027, 1, 13, 9), lost, hands=hands) == ["snooze"]


def test_a_nudge_that_waits_for_the_morning_has_its_day_already() -> None:
    waits = Past(1, "s24", "nudge", local(2027, 1, 12, 8, 30))
    assert found(local(2027, 1, 11, 17, 30), waits) == ["opening"]
    assert found(BEFORE, waits) == []


def test_written_before_the_clock_was_set_back() -> None:
    ahead = Past(1, "s24", "after", local(2027, 1, 15, 9))
    assert found(local(2027, 1, 14, 9), ahead) == ["due"]  # it took the place of nothing
    assert found(local(2027, 1, 15, 9), ahead) == []
    again = Past(1, "s24", "due", local(2027, 1, 14, 11))
    assert found(local(2027, 1, 14, 10), again) == []


def test_who_is_at_it_is_left_alone() -> None:
    assert found(BEFORE, owing=Owing("s24", QUARTER, busy=True)) == []


def test_quiet_lasts_until_its_morning_and_is_kept_on_that_day_only() -> None:
    morning = local(2027, 1, 13, 9)
    hands = {"s24": [Hand(1, "s24", quiet_until=morning)]}
    told = Past(1, "s24", "before", BEFORE)
    assert found(morning - timedelta(seconds=1), told, hands=hands) == []
    assert found(morning, told, hands=hands) == ["snooze"]
    assert found(local(2027, 1, 13, 17, 59), told, hands=hands) == ["snooze"]
    said = Past(1, "s24", "snooze", morning)
    assert found(morning, told, said, hands=hands) == []
    assert found(local(2027, 1, 14, 9), told, hands=hands) == ["due"]  # the ladder goes on


def test_quiet_over_a_rung_is_followed_by_that_rung() -> None:
    hands = {"s24": [Hand(1, "s24", quiet_until=local(2027, 1, 14, 9))]}
    assert found(local(2027, 1, 13, 12), hands=hands) == []
    assert found(local(2027, 1, 14, 9), hands=hands) == ["due"]


def test_a_returned_report_is_reminded_of_two_days_later_then_by_the_ladder() -> None:
    back = Owing("s24", QUARTER, returned_at=local(2027, 1, 13, 11))
    assert found(local(2027, 1, 13, 12), owing=back) == []  # it was just said
    assert found(local(2027, 1, 14, 9), owing=back) == ["due"]
    assert found(local(2027, 1, 15, 9), owing=back) == ["returned"]
    told = Past(1, "s24", "returned", local(2027, 1, 15, 9))
    assert found(local(2027, 1, 18, 9), told, owing=back) == []
    assert found(local(2027, 1, 19, 9), told, owing=back) == ["late1"]


def test_of_a_report_that_was_returned_before_the_deadline_the_ladder_still_reminds() -> None:
    back = Owing("s24", QUARTER, returned_at=local(2026, 12, 25, 10))
    assert found(BEFORE, owing=back) == ["before"]
    late = Owing("s24", QUARTER, returned_at=local(2027, 1, 25, 10))
    assert found(local(2027, 1, 26, 10), owing=late) == []
    assert found(local(2027, 1, 27, 9), owing=late) == ["returned"]
    assert found(local(2027, 2, 15, 9), owing=late) == []


def test_each_account_of_a_school_and_none_of_others() -> None:
    hands = {"s24": [Hand(1, "s24"), Hand(2, "s24")], "s31": [Hand(3, "s31")]}
    made = due(CALENDAR, [Owing("s24", QUARTER)], hands, [Past(1, "s24", "before", BEFORE)], BEFORE)
    assert made == [Reminder(2, "s24", "before", BEFORE)]
    assert due(CALENDAR, [Owing("s40", QUARTER)], hands, [], BEFORE) == []


def test_who_changed_schools_is_reminded_of_the_new_one_but_not_on_the_same_day() -> None:
    old = Past(1, "s31", "before", BEFORE)
    assert found(BEFORE + timedelta(hours=2), old) == []
    assert found(BEFORE + timedelta(days=1), old) == ["before"]


def test_a_school_with_its_own_date_has_its_own_ladder() -> None:
    own = Window(QUARTER.opens_at, local(2027, 1, 21, 17), QUARTER.closes_at)
    told = Past(1, "s24", "before", BEFORE)
    assert found(local(2027, 1, 14, 9), told, owing=Owing("s24", own)) == []
    assert found(local(2027, 1, 19, 9), told, owing=Owing("s24", own)) == ["before"]


# --- what holds for every calendar of states ----------------------------------------------------

SCHOOLS = ("s24", "s31", "s33")
WHY = (
    "opening",
    "before",
    "due",
    "after",
    "late1",
    "late2",
    "late3",
    "returned",
    "snooze",
    "nudge",
)
moments = st.datetimes(datetime(2026, 12, 20), datetime(2027, 2, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC)
)
spoken = moments.map(lambda at: next_moment(CALENDAR, at))
people = st.integers(1, 5)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    opens = draw(st.dates(date(2026, 12, 20), date(2027, 1, 20)))
    days = draw(st.integers(0, 20))
    due_at = CALENDAR.moment(opens + timedelta(days=days), time(17))
    closes = due_at + timedelta(days=draw(st.integers(1, 200)))
    return Window(CALENDAR.moment(opens, time.min), due_at, closes)


owed = st.lists(
    st.builds(
        Owing,
        st.sampled_from(SCHOOLS),
        windows(),
        returned_at=st.none() | moments,
        busy=st.booleans(),
    ),
    unique_by=lambda one: one.school,
)
pasts = st.lists(
    st.builds(Past, people, st.sampled_from(SCHOOLS), st.sampled_from(WHY), spoken, st.booleans()),
    max_size=12,
)


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, list[Hand]]:
    """Each account answers for one school."""
    hands: dict[str, list[Hand]] = {}
    for person in range(1, 6):
        school = draw(st.sampled_from(SCHOOLS))
        quiet = draw(st.none() | moments)
        hands.setdefault(school, []).append(Hand(person, school, quiet))
    return hands


@settings(max_examples=150)
@given(owed, accounts(), pasts, moments | spoken)
def test_nobody_is_told_what_they_should_not_be(
    owing: list[Owing], hands: dict[str, list[Hand]], past: list[Past], now: datetime
) -> None:
    made = due(CALENDAR, owing, hands, past, now)
    assert not made or may_speak(CALENDAR, now)
    today = CALENDAR.today(now)
    heard = [one.person for one in past if not one.lost and CALENDAR.today(one.at) == today]
    by_person = {one.person: one for group in hands.values() for one in group}
    by_school = {one.school: one for one in owing}
    assert len({one.person for one in made}) == len(made)
    for one in made:
        assert one.person not in heard
        assert one.school in by_school
        assert not by_school[one.school].busy
        hand = by_person[one.person]
        assert hand.school == one.school
        assert hand.quiet_until is None or hand.quiet_until <= now
        assert one.since <= now
        if one.why in ("opening", "before", "due"):
            assert now < by_school[one.school].window.due_at


@settings(max_examples=100)
@given(owed, accounts(), pasts, spoken)
def test_its_result_fed_back_gives_nothing_more(
    owing: list[Owing], hands: dict[str, list[Hand]], past: list[Past], now: datetime
) -> None:
    made = due(CALENDAR, owing, hands, past, now)
    fed = [*past, *(Past(one.person, one.school, one.why, now) for one in made)]
    assert due(CALENDAR, owing, hands, fed, now) == []
    busy = [Owing(one.school, one.window, one.returned_at, busy=False) for one in owing]
    again = due(CALENDAR, busy, hands, fed, now)
    assert not {one.person for one in again} & {one.person for one in made}


@settings(max_examples=40)
@given(owed, accounts(), st.lists(spoken, min_size=2, max_size=40).map(sorted))
def test_a_life_of_ticks_tells_each_once_a_day_and_each_thing_once(
    owing: list[Owing], hands: dict[str, list[Hand]], ticks: list[datetime]
) -> None:
    past: list[Past] = []
    told: list[tuple[int, str, datetime]] = []
    for now in ticks:
        for one in due(CALENDAR, owing, hands, past, now):
            past.append(Past(one.person, one.school, one.why, now))
            told.append((one.person, one.why, one.since))
    assert len(set(told)) == len(told)
    days = [(one.person, CALENDAR.today(one.at)) for one in past]
    assert len(set(days)) == len(days)


@settings(max_examples=40)
@given(windows(), st.integers(50, 240))
def test_however_often_the_bot_is_woken_the_ladder_is_the_same(
    window: Window, minutes: int
) -> None:
    """Nothing comes more than a step after its moment, nothing is left out."""
    past: list[Past] = []
    for number in count():
        now = window.opens_at + timedelta(minutes=minutes * number)
        if now > window.due_at + timedelta(days=20):
            break
        made = due(CALENDAR, [Owing("s24", window)], ONE, past, now)
        for one in made:
            assert now - one.since < timedelta(minutes=minutes)
        past += [Past(one.person, one.school, one.why, now) for one in made]
    assert len({one.why for one in past}) == len(past)
