"""The plan of measures: verbatim, and its windows and states on any day."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.loader import load_passport
from passport.plan import STATES, Measure, State, UnknownMeasureError
from passport.plan_states import SOON, Done, state
from passport.plan_windows import Terms, Window, window_at, windows, windows_of_year
from tests.passport.plan_table import DAYS, TABLE

PASSPORT = load_passport()
PLAN = PASSPORT.plan
END = PASSPORT.calendar.project_end
TERMS = Terms(END)
DAY = timedelta(days=1)
MARKED = Done(date(2026, 1, 1), "mark", "https://pkgo.ru/prikaz")

days = st.dates(date(2022, 1, 1), date(2028, 12, 31))
measures = st.sampled_from(PLAN.measures)
terms = st.builds(
    Terms,
    st.just(END),
    last_summer=st.booleans(),
    chosen=st.frozensets(st.integers(2023, 2028), max_size=4),
    entrants=st.frozensets(st.integers(2023, 2028), max_size=4),
)


def of(text: str) -> date:
    form = "%d.%m.%y" if len(text) == 8 else "%d.%m.%Y"
    return datetime.strptime(text, form).date()  # noqa: DTZ007


def held(measure: Measure, day: date, given: Terms = TERMS, done: Done | None = None) -> str:
    window = window_at(measure, given, day)
    found = state(window, given, day, done)
    return f"{found} {window.start:%d.%m.%y}-{window.end:%d.%m.%y}"


@pytest.mark.parametrize("key", TABLE)
@pytest.mark.parametrize("at", range(len(DAYS)), ids=DAYS)
def test_every_measure_on_eight_days(key: str, at: int) -> None:
    assert held(PLAN.measure(key), of(DAYS[at])) == TABLE[key][at]


def test_the_table_has_all_measures_in_their_order() -> None:
    assert [one.key for one in PLAN.measures] == list(TABLE)
    assert len(TABLE) == 28
    assert [one.key for one in PLAN.sections] == ["1", "2", "3", "4", "5", "6"]


def test_the_words_are_the_passports() -> None:
    """Slips included: whoever compares must find what is printed."""
    measure = PLAN.measure("2.1")
    assert (measure.start_printed, measure.end_printed) == (
        "01.07.2022 01.05.2024",
        "30.09.2022 31.08.2023 далее ежегодно",
    )
    assert PLAN.measure("4.6").result.startswith("Повешение уровня")
    assert PLAN.measure("2.2").result.startswith("Количество родительских собрания")
    assert "ОО ПКГО" in PLAN.measure("5.1").name
    assert PLAN.measure("1.9").responsible == (
        "Министерство образования Камчатского края, УО ПКГО, МАУ «ИМЦ», ООО ПКГО"
    )


def test_what_the_bot_knows_and_what_it_reminds_of() -> None:
    known = {one.key for one in PLAN.measures if one.evidence}
    assert known == {
        *("1.2", "1.4", "1.8", "2.1", "2.2", "2.4", "2.5", "3.2", "3.3"),
        *("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "5.1", "5.2", "5.3", "6.1"),
    }
    reminded = {one.key for one in PLAN.measures if one.remind == "yes"}
    assert reminded == {
        *("1.2", "1.4", "1.8", "1.9", "2.1", "2.2", "2.4", "2.5", "3.2"),
        *("4.1", "4.2", "4.3", "5.1", "5.2", "6.1"),
    }
    assert {one.key for one in PLAN.measures if one.remind == "part"} == {
        *("1.6", "4.4", "4.5", "4.6", "5.3", "6.2")
    }


def test_one_off_measures() -> None:
    assert [one.key for one in PLAN.measures if one.is_once] == [
        *("1.1", "1.4", "1.5", "1.7", "2.3", "3.1", "6.2")
    ]
    assert [one.key for one in PLAN.measures if one.is_continuous] == [
        *("1.3", "1.6", "2.4", "2.5", "3.2", "3.3")
    ]


def test_two_windows_of_2_1() -> None:
    found = windows(PLAN.measure("2.1"), TERMS)
    assert [(str(one.start), str(one.end)) for one in found] == [
        ("2022-07-01", "2022-09-30"),
        ("2023-05-01", "2023-08-31"),
        ("2024-05-01", "2024-08-31"),
        ("2025-05-01", "2025-08-31"),
        ("2026-05-01", "2026-08-31"),
        ("2027-05-01", "2027-08-31"),
    ]
    # The first one is of 2022: whoever asks in winter is told of the summer to come.
    assert held(PLAN.measure("2.1"), date(2022, 10, 1)) == "ahead 01.05.23-31.08.23"


def test_no_yearly_window_begins_on_the_day_when_the_project_ends() -> None:
    assert windows(PLAN.measure("4.3"), TERMS)[-1].end == date(2027, 5, 30)
    later = Terms(END + DAY)
    assert windows(PLAN.measure("4.3"), later)[-1].start == END


def test_the_last_day_of_the_project_belongs_to_it() -> None:
    assert held(PLAN.measure("3.2"), END) == "soon 01.09.22-01.09.27"
    assert held(PLAN.measure("3.2"), END + DAY) == "over 01.09.22-01.09.27"


def test_the_last_summer_can_be_switched_off() -> None:
    off = Terms(END, last_summer=False)
    found = {one.key for one in PLAN.measures if held(one, date(2027, 6, 15), off)[:3] == "off"}
    assert found == {"1.2", "1.8", "1.9", "2.1", "4.1", "4.2", "5.1"}
    assert held(PLAN.measure("4.3"), date(2027, 5, 20), off) == "soon 01.09.26-30.05.27"
    assert held(PLAN.measure("1.2"), date(2026, 6, 1), off) == "running 01.05.26-01.08.26"
    assert held(PLAN.measure("4.1"), date(2027, 6, 15), off, MARKED).startswith("done")


def test_the_search_for_funding_comes_back_where_staff_say_so() -> None:
    yearly = Terms(END, chosen=frozenset({2026}))
    measure = PLAN.measure("6.2")
    assert held(measure, date(2026, 11, 24), yearly) == "running 01.09.26-30.05.27"
    assert held(measure, date(2027, 6, 1), yearly) == "late 01.09.26-30.05.27"
    assert held(measure, date(2026, 11, 24)) == "history 01.09.22-30.05.23"


def test_new_schools_are_offered_the_window_of_local_acts() -> None:
    """«01.07–20.08» of the summer before their first year; nobody is late with an offer."""
    joined = Terms(END, entrants=frozenset({2026}))
    measure = PLAN.measure("1.4")
    assert held(measure, date(2026, 6, 1), joined) == "ahead 01.07.26-20.08.26"
    assert held(measure, date(2026, 7, 1), joined) == "running 01.07.26-20.08.26"
    assert held(measure, date(2026, 8, 1), joined) == "soon 01.07.26-20.08.26"
    assert held(measure, date(2026, 8, 21), joined) == "history 01.07.26-20.08.26"
    assert window_at(measure, joined, date(2026, 7, 1)).soft


def test_what_is_late_stays_to_the_end_of_its_year_and_for_two_months() -> None:
    assert held(PLAN.measure("4.3"), date(2026, 8, 31)).startswith("late")
    assert held(PLAN.measure("4.3"), date(2026, 9, 1)).startswith("running 01.09.26")
    assert held(PLAN.measure("1.8"), date(2026, 10, 30)).startswith("late")
    assert held(PLAN.measure("1.8"), date(2026, 10, 31)).startswith("ahead 01.06.27")


def test_data_show_a_continuous_measure_done_only_at_its_end() -> None:
    measure = PLAN.measure("2.4")
    known = Done(date(2026, 11, 24), "data")
    assert held(measure, date(2026, 11, 24), done=known).startswith("running")
    assert held(measure, END - SOON, done=known).startswith("done")
    assert held(measure, END + DAY, done=known).startswith("done")
    assert held(measure, date(2026, 11, 24), done=MARKED).startswith("done")


def test_data_do_not_show_done_what_has_not_begun() -> None:
    known = Done(date(2026, 11, 24), "data")
    assert held(PLAN.measure("1.2"), date(2026, 11, 24), done=known).startswith("ahead")


def test_history_stays_history_though_it_was_marked() -> None:
    assert held(PLAN.measure("1.1"), date(2026, 11, 24), done=MARKED).startswith("history")


def test_windows_of_a_school_year() -> None:
    found = windows_of_year(PLAN.measure("4.3"), TERMS, "2025-2026")
    assert found == (Window(date(2025, 9, 1), date(2026, 5, 30), "yearly"),)
    assert windows_of_year(PLAN.measure("1.1"), TERMS, "2025-2026") == ()
    assert len(windows_of_year(PLAN.measure("2.1"), TERMS, "2022-2023")) == 2
    assert len(windows_of_year(PLAN.measure("3.2"), TERMS, "2023-2024")) == 1


def test_an_unknown_measure() -> None:
    with pytest.raises(UnknownMeasureError):
        PLAN.measure("7.1")


@given(measures, terms)
def test_windows_follow_each_other(measure: Measure, given_: Terms) -> None:
    found = windows(measure, given_)
    assert found
    for one, two in pairwise(found):
        assert one.end < two.start
    for later in found[1:]:
        assert later.start < given_.ends


@given(measures, terms, days)
def test_a_day_inside_of_a_window_is_about_it(measure: Measure, given_: Terms, day: date) -> None:
    window = window_at(measure, given_, day)
    inside = [one for one in windows(measure, given_) if one.has(day)]
    assert not inside or inside == [window]


@given(measures, terms, days)
def test_a_state_agrees_with_its_window(measure: Measure, given_: Terms, day: date) -> None:
    window = window_at(measure, given_, day)
    found: State = state(window, given_, day, None)
    assert found in STATES
    match found:
        case "running" | "soon":
            assert window.has(day)
            assert (found == "soon") == (window.end - day <= SOON)
        case "ahead":
            assert day < window.start
        case "late" | "history":
            assert window.end < day
        case "over":
            assert day > given_.ends
        case "off":
            assert not given_.last_summer
            assert window.start.year == given_.ends.year
        case "done":
            pytest.fail("nothing was done")


@given(measures, terms, days)
def test_a_mark_holds_unless_it_is_history(measure: Measure, given_: Terms, day: date) -> None:
    window = window_at(measure, given_, day)
    before = state(window, given_, day, None)
    marked = state(window, given_, day, MARKED)
    assert marked == ("history" if before == "history" else "done")


@given(measures, terms, days)
def test_nobody_is_late_before_the_last_day_is_over(
    measure: Measure, given_: Terms, day: date
) -> None:
    window = window_at(measure, given_, day)
    if state(window, given_, day, None) == "late":
        assert not window.soft
        assert window.recurrence == "yearly"
        assert state(window, given_, window.end, None) == "soon"
