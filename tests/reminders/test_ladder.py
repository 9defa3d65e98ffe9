"""The reminders of a report: literal tables, seconds at the edges, what holds for every window."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.calendar import Calendar, Window
from passport.loader import load_passport
from reminders.hours import may_speak
from reminders.ladder import Rung, current, digest_day, ladder, returned
from tests.clock import KAMCHATKA

CALENDAR = load_passport().calendar
SECOND = timedelta(seconds=1)
NAMES = ["opening", "before", "due", "after", "late1", "late2", "late3"]
Table = list[tuple[str, str, str]]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KAMCHATKA).astimezone(UTC)


def window(opens: str, due: str, closes: str = "2027-09-30T23:59:59") -> Window:
    return Window(local(opens), local(due), local(closes))


def table(rungs: tuple[Rung, ...]) -> Table:
    """Rungs as a person would write them down, in local time."""

    def written(at: datetime) -> str:
        assert at.tzinfo is UTC
        return f"{at.astimezone(KAMCHATKA):%Y-%m-%d %H:%M}"

    return [(rung.why, written(rung.at), written(rung.until)) for rung in rungs]


def right(rungs: tuple[Rung, ...], now: str) -> str | None:
    rung = current(rungs, local(now))
    return rung.why if rung else None


SECOND_QUARTER = CALENDAR.window("2026-2027", "II")


def test_quarter_ii_with_the_new_year_between() -> None:
    assert table(ladder(CALENDAR, SECOND_QUARTER)) == [
        ("opening", "2026-12-23 09:00", "2027-01-12 09:00"),
        ("before", "2027-01-12 09:00", "2027-01-14 09:00"),
        ("due", "2027-01-14 09:00", "2027-01-14 17:00"),
        ("after", "2027-01-15 09:00", "2027-01-19 09:00"),
        ("late1", "2027-01-19 09:00", "2027-01-21 09:00"),
        ("late2", "2027-01-21 09:00", "2027-01-25 09:00"),
        ("late3", "2027-01-25 09:00", "2027-01-26 18:00"),
    ]


def test_a_deadline_moved_to_a_sunday() -> None:
    assert table(ladder(CALENDAR, window("2026-10-16T00:00", "2026-11-01T17:00"))) == [
        ("opening", "2026-10-16 09:00", "2026-10-29 09:00"),
        ("before", "2026-10-29 09:00", "2026-10-30 09:00"),
        ("due", "2026-10-30 09:00", "2026-11-01 17:00"),
        ("after", "2026-11-02 09:00", "2026-11-05 09:00"),  # the 4th is a holiday
        ("late1", "2026-11-05 09:00", "2026-11-09 09:00"),
        ("late2", "2026-11-09 09:00", "2026-11-11 09:00"),
        ("late3", "2026-11-11 09:00", "2026-11-12 18:00"),
    ]


def test_a_deadline_moved_forward_over_the_opening() -> None:
    """What has opened after its deadline is late from the start: only the late half is left."""
    early = table(ladder(CALENDAR, window("2026-10-16T00:00", "2026-10-14T17:00")))
    assert early == [
        ("late1", "2026-10-19 09:00", "2026-10-21 09:00"),
        ("late2", "2026-10-21 09:00", "2026-10-23 09:00"),
        ("late3", "2026-10-23 09:00", "2026-10-26 18:00"),
    ]


@pytest.mark.parametrize(
    ("opens", "due", "first"),
    [
        # Opens on the day it is due.
        ("2026-10-29T00:00", "2026-10-29T17:00", ["due 2026-10-29", "after 2026-10-30"]),
        # A working day earlier, two, three.
        ("2026-10-28T00:00", "2026-10-29T17:00", ["opening 2026-10-28", "due 2026-10-29"]),
        ("2026-10-27T00:00", "2026-10-29T17:00", ["before 2026-10-27", "due 2026-10-29"]),
        ("2026-10-26T00:00", "2026-10-29T17:00", ["opening 2026-10-26", "before 2026-10-27"]),
        # On a Saturday: the first message comes on Monday, and the nearer one wins.
        ("2026-10-24T00:00", "2026-10-27T17:00", ["opening 2026-10-26", "due 2026-10-27"]),
        ("2026-10-24T00:00", "2026-10-28T17:00", ["before 2026-10-26", "due 2026-10-28"]),
        ("2026-10-24T00:00", "2026-10-26T17:00", ["due 2026-10-26", "after 2026-10-27"]),
        # Saturday to Sunday: no working hour lies between, Monday is late already.
        ("2026-10-24T00:00", "2026-10-25T17:00", ["after 2026-10-26", "late1 2026-10-28"]),
        # Due in the morning, before anybody reads.
        ("2026-10-16T00:00", "2026-10-29T09:00", ["opening 2026-10-16", "before 2026-10-27"]),
        # Opens in the middle of a day.
        ("2026-10-16T09:00:01", "2026-10-29T17:00", ["opening 2026-10-19", "before 2026-10-27"]),
        ("2026-10-16T09:00:00", "2026-10-29T17:00", ["opening 2026-10-16", "before 2026-10-27"]),
    ],
)
def test_one_message_a_day_the_nearest_to_the_deadline(
    opens: str, due: str, first: list[str]
) -> None:
    rungs = table(ladder(CALENDAR, window(opens, due)))
    assert [f"{why} {at[:10]}" for why, at, _ in rungs[:2]] == first


def test_due_in_the_morning_is_not_announced_when_it_has_passed() -> None:
    rungs = ladder(CALENDAR, window("2026-10-16T00:00", "2026-10-29T09:00"))
    assert [rung.why for rung in rungs] == ["opening", "before", *NAMES[3:]]
    assert right(rungs, "2026-10-29T08:59:59") == "before"
    assert right(rungs, "2026-10-29T09:00:00") is None


def test_everything_ends_as_the_report_closes() -> None:
    rungs = ladder(CALENDAR, window("2026-10-16T00:00", "2026-10-29T17:00", "2026-11-05T23:59:59"))
    assert table(rungs)[-2:] == [
        ("after", "2026-10-30 09:00", "2026-11-03 09:00"),
        ("late1", "2026-11-03 09:00", "2026-11-05 23:59"),
    ]
    shut = ladder(CALENDAR, window("2026-10-16T00:00", "2026-10-29T17:00", "2026-10-16T08:00"))
    assert shut == ()


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("2026-12-23T08:59:59.999999", None),
        ("2026-12-23T09:00:00", "opening"),
        ("2027-01-12T08:59:59", "opening"),
        ("2027-01-12T09:00:00", "before"),
        ("2027-01-14T16:59:59.999999", "due"),
        ("2027-01-14T17:00:00", None),  # in time still, but nothing more is said
        ("2027-01-14T17:00:01", None),  # late
        ("2027-01-15T09:00:00", "after"),
        ("2027-01-26T17:59:59", "late3"),
        ("2027-01-26T18:00:00", None),
        ("2027-05-01T12:00:00", None),
    ],
)
def test_one_message_is_right_or_none(now: str, why: str | None) -> None:
    assert right(ladder(CALENDAR, SECOND_QUARTER), now) == why


def test_the_second_of_the_deadline_is_in_time() -> None:
    """The ladder and the state of a report speak of the same second."""
    states = [SECOND_QUARTER.state(local(f"2027-01-14T17:00:0{second}")) for second in (0, 1)]
    assert states == ["open", "late"]


@pytest.mark.parametrize(
    ("at", "since", "until"),
    [
        ("2027-01-18T08:00", "2027-01-20 09:00", "2027-01-21 18:00"),
        ("2027-01-21T23:59", "2027-01-25 09:00", "2027-01-26 18:00"),
        ("2027-01-16T12:00", "2027-01-19 09:00", "2027-01-20 18:00"),  # on a Saturday
        ("2026-12-30T12:00", "2027-01-12 09:00", "2027-01-13 18:00"),
    ],
)
def test_a_returned_report_is_reminded_of_once(at: str, since: str, until: str) -> None:
    assert table((returned(CALENDAR, local(at)),)) == [("returned", since, until)]


def digest_days(windows: list[Window], first: str, last: str) -> list[str]:
    start = date.fromisoformat(first)
    count = (date.fromisoformat(last) - start).days + 1
    days = [start + timedelta(days=n) for n in range(count)]
    noon = time(12)
    return [f"{d:%d.%m}" for d in days if digest_day(CALENDAR, windows, CALENDAR.moment(d, noon))]


def test_the_digest_of_staff_is_daily_while_schools_are_reminded_then_weekly() -> None:
    days = digest_days([SECOND_QUARTER], "2026-12-14", "2027-02-28")
    assert days == [
        *("23.12", "24.12", "25.12", "28.12", "29.12", "30.12"),
        *("11.01", "12.01", "13.01", "14.01", "15.01", "18.01", "19.01", "20.01", "21.01"),
        *("22.01", "25.01"),  # late3
        *("01.02", "08.02", "15.02", "24.02"),  # the 22nd and 23rd are days off
    ]
    assert digest_days([SECOND_QUARTER], "2027-09-20", "2027-10-31") == ["20.09", "27.09"]


def test_a_digest_is_for_all_that_is_collected() -> None:
    both = [CALENDAR.window("2026-2027", "I"), SECOND_QUARTER]
    assert digest_days(both, "2026-12-21", "2026-12-25") == ["21.12", "23.12", "24.12", "25.12"]
    assert digest_days([], "2026-12-21", "2026-12-31") == []


def test_the_first_working_day_of_a_week_is_found_over_the_turn_of_a_year() -> None:
    """11 January 2027 is in week 2, the working day before it in week 53 of 2026."""
    assert digest_days([CALENDAR.window("2026-2027", "I")], "2026-12-28", "2027-01-12") == [
        "28.12",
        "11.01",
    ]


def test_no_digest_before_the_report_opens_in_the_day() -> None:
    afternoon = window("2026-10-16T12:00", "2026-10-29T17:00")
    assert digest_days([afternoon], "2026-10-15", "2026-10-20") == ["19.10", "20.10"]


# --- what holds for every window ---------------------------------------------------------------

ZONES = ("Asia/Kamchatka", "Europe/Moscow", "America/New_York")
calendars = st.sampled_from(
    [CALENDAR.model_copy(update={"zone": ZoneInfo(name)}) for name in ZONES]
)
days = st.dates(date(2022, 9, 1), date(2027, 9, 1))
times = st.one_of(st.just(time(17)), st.times().map(lambda at: at.replace(microsecond=0)))


@st.composite
def windows(draw: st.DrawFn) -> tuple[Calendar, Window]:
    """Any window whose moments follow each other, opened at midnight or in the day."""
    calendar = draw(calendars)
    opens_day = draw(days)
    due_day = opens_day + timedelta(days=draw(st.integers(0, 30)))
    opens = calendar.moment(opens_day, draw(st.one_of(st.just(time.min), times)))
    due = max(opens, calendar.moment(due_day, draw(times)))
    closes = due + timedelta(days=draw(st.one_of(st.integers(0, 20), st.integers(100, 300))))
    return calendar, Window(opens, due, closes)


@given(windows())
def test_rungs_fall_in_speaking_hours_one_a_day_in_order(case: tuple[Calendar, Window]) -> None:
    calendar, window = case
    rungs = ladder(calendar, window)
    names = [rung.why for rung in rungs]
    assert names == [name for name in NAMES if name in names]
    assert all(may_speak(calendar, rung.at) for rung in rungs)
    assert {rung.at.astimezone(calendar.zone).time() for rung in rungs} <= {time(9)}
    local_days = [calendar.today(rung.at) for rung in rungs]
    assert len(set(local_days)) == len(local_days)
    assert all(rung.at < rung.until for rung in rungs)
    assert all(one.until <= two.at for one, two in pairwise(rungs))


@given(windows())
def test_rungs_keep_to_the_window(case: tuple[Calendar, Window]) -> None:
    calendar, window = case
    for rung in ladder(calendar, window):
        assert window.opens_at <= rung.at < rung.until <= window.closes_at
        if rung.why in NAMES[:3]:
            assert rung.until <= window.due_at
        else:
            assert calendar.today(rung.at) > calendar.today(window.due_at)


@given(windows())
def test_the_late_half_is_whole_if_the_report_stays_open(case: tuple[Calendar, Window]) -> None:
    calendar, window = case
    rungs = ladder(calendar, window)
    if window.closes_at - window.due_at > timedelta(days=40):
        late = [calendar.today(rung.at) for rung in rungs if rung.why in NAMES[3:]]
        assert late[0] == calendar.add_working_days(calendar.today(window.due_at), 1)
        assert late[1:] == [calendar.add_working_days(late[0], step) for step in (2, 4, 6)]


@given(windows(), st.integers(-100, 24 * 60))
def test_at_most_one_is_right_and_its_kind_fits_the_state(
    case: tuple[Calendar, Window], hours: int
) -> None:
    calendar, window = case
    rungs = ladder(calendar, window)
    edges = [moment for rung in rungs for moment in (rung.at, rung.until)]
    for edge in [window.opens_at + timedelta(hours=hours), window.due_at, *edges]:
        for now in (edge - SECOND, edge, edge + SECOND):
            fitting = [rung for rung in rungs if rung.at <= now < rung.until]
            assert len(fitting) <= 1
            rung = current(rungs, now)
            assert rung == (fitting[0] if fitting else None)
            if rung is not None:
                assert window.state(now) == ("open" if rung.why in NAMES[:3] else "late")


@given(windows())
def test_the_digest_comes_on_every_day_of_a_rung(case: tuple[Calendar, Window]) -> None:
    calendar, window = case
    for rung in ladder(calendar, window):
        assert digest_day(calendar, [window], rung.at)
    assert not digest_day(calendar, [window], window.opens_at - timedelta(days=1))
    assert not digest_day(calendar, [window], window.closes_at + timedelta(days=1))


@given(calendars, st.datetimes(datetime(2022, 9, 1), datetime(2027, 9, 1)))  # noqa: DTZ001
def test_a_return_is_reminded_of_in_speaking_hours(calendar: Calendar, naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    rung = returned(calendar, at)
    assert may_speak(calendar, rung.at)
    assert may_speak(calendar, rung.until - SECOND)
    assert at < rung.at < rung.until
    assert calendar.add_working_days(calendar.today(at), 3) == calendar.today(rung.until)
