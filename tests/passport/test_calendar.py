"""Quarters, dates and working days; the rules are worked out here a second time."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.calendar import UnknownYearError, previous_year, school_year_of
from passport.form import PERIODS, PeriodKey
from passport.loader import load_passport

CALENDAR = load_passport().calendar
KEYS = tuple(year.key for year in CALENDAR.years)
PAIRS: list[tuple[str, PeriodKey]] = [(key, period) for key in KEYS for period in PERIODS]
LOCAL = timezone(timedelta(hours=12))
DAY = timedelta(days=1)
LAST = "2026-2027"

days = st.dates(date(2022, 1, 1), date(2027, 12, 31))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def working(start: date, end: date) -> list[date]:
    """Working days strictly between two dates."""
    between = (start + DAY * n for n in range(1, (end - start).days))
    return [day for day in between if CALENDAR.is_working_day(day)]


def test_the_dates_of_2026_27_literally() -> None:
    got = {
        p.key: [str(d) for d in (p.start, p.end, p.opens, p.due)]
        for p in CALENDAR.year(LAST).periods
    }
    assert got == {
        "base": ["2026-09-01", "2026-09-01", "2026-09-01", "2026-09-10"],
        "I": ["2026-09-01", "2026-10-23", "2026-10-16", "2026-10-29"],
        "II": ["2026-11-02", "2026-12-30", "2026-12-23", "2027-01-14"],
        "III": ["2027-01-11", "2027-03-26", "2027-03-19", "2027-04-01"],
        "IV": ["2027-04-05", "2027-05-26", "2027-05-19", "2027-06-03"],
        "may": ["2027-05-15", "2027-05-15", "2027-05-15", "2027-06-03"],
        "campaign": ["2027-08-20", "2027-08-20", "2027-08-20", "2027-08-31"],
        "sept": ["2027-09-01", "2027-09-01", "2027-09-01", "2027-09-09"],
    }
    assert str(CALENDAR.year(LAST).closes) == "2027-09-30"
    assert not CALENDAR.year(LAST).confirmed


def test_the_quarters_of_2025_26_lie_between_the_published_breaks() -> None:
    breaks = ["25.10.2025", "02.11.2025", "31.12.2025", "11.01.2026", "28.03.2026", "05.04.2026"]
    quarters = CALENDAR.year("2025-2026").periods[1:5]
    edges = [(one.end + DAY, two.start - DAY) for one, two in pairwise(quarters)]
    assert [f"{day:%d.%m.%Y}" for edge in edges for day in edge] == breaks
    assert quarters[-1].end == date(2026, 5, 26)
    assert CALENDAR.year("2025-2026").confirmed


def test_the_file_holds_the_project_s_years() -> None:
    assert KEYS == ("2022-2023", "2023-2024", "2024-2025", "2025-2026", LAST)
    assert (CALENDAR.project_start, CALENDAR.project_end) == (date(2022, 9, 1), date(2027, 9, 1))
    assert (str(CALENDAR.zone), str(CALENDAR.due_time)) == ("Asia/Kamchatka", "17:00:00")


@pytest.mark.parametrize("key", KEYS)
def test_quarters_follow_the_federal_pattern(key: str) -> None:
    first = int(key[:4])
    base, one, two, three, four = CALENDAR.year(key).periods[:5]
    assert base.start == base.end == base.opens == one.start == date(first, 9, 1)

    # The week that a quarter begins in counts if it begins by Wednesday: later, its own Friday
    # comes on top.
    for quarter, weeks in ((one, 8), (three, 11)):
        span = (quarter.start + DAY * n for n in range((quarter.end - quarter.start).days + 1))
        fridays = sum(day.isoweekday() == 5 for day in span)
        assert fridays == weeks + (quarter.start.isoweekday() in (4, 5))
    assert one.end.isoweekday() == three.end.isoweekday() == 5
    assert (two.start - one.end).days == (four.start - three.end).days == 10
    assert two.start.isoweekday() == four.start.isoweekday() == 1
    assert not working(two.end, date(first, 12, 31))
    assert CALENDAR.is_working_day(two.end)
    assert not working(date(first + 1, 1, 8), three.start)
    assert CALENDAR.is_working_day(three.start)
    assert not working(four.end, date(first + 1, 5, 27))
    assert CALENDAR.is_working_day(four.end)
    assert CALENDAR.year(key).closes == date(first + 1, 9, 30)


@pytest.mark.parametrize("key", KEYS)
def test_opening_and_due_dates_follow_their_rules(key: str) -> None:
    base, *quarters = CALENDAR.year(key).periods[:5]
    assert (base.due.month, base.due.isoweekday()) == (9, 4)
    assert 8 <= base.due.day <= 14
    for quarter in quarters:
        # Five working days from the opening on, the quarter's last day not among them.
        assert len(working(quarter.opens - DAY, quarter.end)) == 5
        assert CALENDAR.is_working_day(quarter.opens)
        assert quarter.due.isoweekday() == 4
        assert len(working(quarter.end, quarter.due)) >= 3
        assert len(working(quarter.end, quarter.due - 7 * DAY)) < 3


@pytest.mark.parametrize("key", KEYS)
def test_questionnaires_follow_their_rules(key: str) -> None:
    """May with quarter IV, the campaign by the end of August, September on its second Thursday."""
    *_, four, may, campaign, sept = CALENDAR.year(key).periods
    last = int(key[5:])
    assert (may.opens, may.due) == (date(last, 5, 15), four.due)
    assert campaign.opens == date(last, 8, 20)
    assert not working(campaign.due, date(last, 9, 1))
    assert sept.opens == date(last, 9, 1)
    assert (sept.due.month, sept.due.isoweekday()) == (9, 4)
    assert 8 <= sept.due.day <= 14


def test_a_questionnaire_of_last_september_is_no_history_yet() -> None:
    """The summer's graduates are of the year that has ended; they are asked of in the new one."""
    in_september, in_october = local("2026-09-02T12:00"), local("2026-10-02T12:00")
    assert ("2025-2026", "sept") in CALENDAR.owed(in_september)
    assert not CALENDAR.is_history("2025-2026", "sept", in_september)
    assert CALENDAR.is_history("2025-2026", "IV", in_september)
    assert ("2025-2026", "sept") not in CALENDAR.owed(in_october)
    assert CALENDAR.previous_period(LAST, "sept") == ("2025-2026", "sept")
    assert CALENDAR.previous_period("2022-2023", "may") is None


def test_the_school_year_turns_on_1_september() -> None:
    assert school_year_of(date(2026, 8, 31)) == "2025-2026"
    assert school_year_of(date(2026, 9, 1)) == "2026-2027"
    assert previous_year("2026-2027") == "2025-2026"


@pytest.mark.parametrize("wrong", ["2026", "2026-2028", "2026–2027", "26-27", "2026-2027 "])
def test_a_wrong_key_of_a_year_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="2026-2027"):
        previous_year(wrong)


def test_periods_follow_each_other_over_the_years() -> None:
    assert CALENDAR.previous_period("2022-2023", "base") is None
    assert CALENDAR.previous_period(LAST, "base") == ("2025-2026", "IV")
    assert CALENDAR.previous_period(LAST, "I") == (LAST, "base")
    assert [CALENDAR.previous_period(*pair) for pair in PAIRS[1:]] == PAIRS[:-1]


def test_an_unknown_year_is_told_in_a_sentence() -> None:
    sentence = "Учебного года 2027-2028 в календаре нет: есть с 2022-2023 по 2026-2027."
    with pytest.raises(UnknownYearError) as caught:
        CALENDAR.window("2027-2028", "base")
    assert isinstance(caught.value, KeyError)
    assert str(caught.value) == caught.value.text == sentence
    with pytest.raises(UnknownYearError):
        CALENDAR.previous_period("2021-2022", "IV")
    with pytest.raises(KeyError):
        CALENDAR.window(LAST, "V")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "current"),
    [
        ("2020-01-01T00:00", ("2022-2023", "base")),
        ("2026-08-31T23:59", ("2025-2026", "IV")),
        ("2026-09-01T00:00", (LAST, "I")),
        ("2026-10-23T23:59", (LAST, "I")),
        ("2026-10-28T12:00", (LAST, "I")),  # the autumn break
        ("2026-11-02T00:00", (LAST, "II")),
        ("2027-01-01T12:00", (LAST, "II")),
        ("2027-04-05T08:00", (LAST, "IV")),
        ("2027-08-31T12:00", (LAST, "IV")),
        ("2031-01-01T00:00", (LAST, "IV")),  # after the calendar's end
    ],
)
def test_the_current_quarter(now: str, current: tuple[str, PeriodKey]) -> None:
    assert CALENDAR.current(local(now).astimezone(UTC)) == current


def test_what_is_owed() -> None:
    old: list[tuple[str, PeriodKey]] = [
        ("2025-2026", period) for period in (*PERIODS, "may", "campaign")
    ]
    sept: tuple[str, PeriodKey] = ("2025-2026", "sept")
    base, first, second = (LAST, "base"), (LAST, "I"), (LAST, "II")
    assert CALENDAR.owed(local("2026-08-31T23:59:59")) == old
    assert CALENDAR.owed(local("2026-09-01T00:00:00")) == [*old, sept, base]
    assert CALENDAR.owed(local("2026-09-30T23:59:59")) == [*old, sept, base]
    assert CALENDAR.owed(local("2026-10-01T00:00:00")) == [base]
    assert CALENDAR.owed(local("2026-10-16T00:00:00")) == [base, first]
    assert CALENDAR.owed(local("2026-12-31T00:00:00")) == [base, first, second]
    assert CALENDAR.owed(local("2022-08-31T23:59:59")) == []
    assert CALENDAR.owed(local("2027-10-01T00:00:00")) == []


def test_a_window_is_in_utc_twelve_hours_behind_the_local_day() -> None:
    window = CALENDAR.window(LAST, "base")
    assert window.opens_at == datetime(2026, 8, 31, 12, tzinfo=UTC)
    assert window.due_at == datetime(2026, 9, 10, 5, tzinfo=UTC)
    assert window.closes_at == datetime(2027, 9, 30, 11, 59, 59, tzinfo=UTC)
    assert {at.tzinfo for at in (window.opens_at, window.due_at, window.closes_at)} == {UTC}


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2027-03-18T23:59:59.999999", "future"),
        ("2027-03-19T00:00:00", "open"),
        ("2027-04-01T17:00:00", "open"),
        ("2027-04-01T17:00:00.900000", "open"),  # the clock on the wall still says 17:00:00
        ("2027-04-01T17:00:01", "late"),
        ("2027-09-30T23:59:59.999999", "late"),
        ("2027-10-01T00:00:00", "closed"),
        ("2040-01-01T00:00:00", "closed"),
    ],
)
def test_the_states_of_a_report(now: str, state: str) -> None:
    assert CALENDAR.state(LAST, "III", local(now)) == state
    assert CALENDAR.state(LAST, "III", local(now).astimezone(UTC)) == state


@pytest.mark.parametrize("pair", PAIRS)
def test_17_00_is_17_00_in_summer_and_in_winter(pair: tuple[str, PeriodKey]) -> None:
    window = CALENDAR.window(*pair)
    due = window.due_at.astimezone(LOCAL)
    assert (due.date(), due.hour) == (CALENDAR.dates(*pair).due, 17)
    assert window.opens_at.astimezone(LOCAL).hour == 0
    assert window.opens_at < window.due_at < window.closes_at


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 9, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a zone"):
        CALENDAR.current(naive)
    with pytest.raises(TypeError):
        CALENDAR.owed(naive)


def test_the_city_s_own_days_come_before_the_country_s() -> None:
    cyclone, worked_for_it = date(2026, 12, 25), date(2026, 12, 26)
    own = CALENDAR.model_copy(update={"days_off": (cyclone,), "working_days": (worked_for_it,)})
    for day, is_working in ((cyclone, False), (worked_for_it, True)):
        assert own.is_working_day(day) is is_working
        assert CALENDAR.is_working_day(day) is not is_working
    assert own.add_working_days(date(2026, 12, 24), 1) == worked_for_it
    assert (CALENDAR.days_off, CALENDAR.working_days) == ((), ())


@given(days, st.integers(1, 60))
def test_n_working_days_on_there_are_n(day: date, count: int) -> None:
    after = CALENDAR.add_working_days(day, count)
    before = CALENDAR.add_working_days(day, -count)
    assert CALENDAR.is_working_day(after)
    assert CALENDAR.is_working_day(before)
    assert len(working(day, after)) == len(working(before, day)) == count - 1


@given(days, st.integers(-40, 40))
def test_there_and_back_from_a_working_day(day: date, count: int) -> None:
    start = CALENDAR.add_working_days(day, 1)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, count), -count) == start
    assert CALENDAR.add_working_days(day, 0) == day
