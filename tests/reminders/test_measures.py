"""When letters of the plan are right: days worked out by hand, and never twice."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from passport.loader import load_passport
from passport.plan_windows import Terms
from reminders.hours import may_speak
from reminders.measures import Reader, due, items, last_summer_asked, whole
from storage.people import Role
from tests.clock import local

PASSPORT = load_passport()
CALENDAR, PLAN = PASSPORT.calendar, PASSPORT.plan
END = CALENDAR.project_end
TERMS = Terms(END)
DAY = timedelta(days=1)

# Of the school year 2026/27: the letter's day, what opens (+) or closes (-), from → last day on
# which it is true. 30.05, 29.08 and 22.08.2027 are Sundays, 29.05, 31.07 and 21.08.2027 Saturdays.
YEAR = {
    "28.04.2027": "+1.2 +2.1 01.05.2027",
    "20.05.2027": "-2.2 -4.3 -4.4 -4.5 -4.6 -5.2 -5.3 -6.1 30.05.2027",
    "28.05.2027": "+1.8 +4.1 +4.2 +5.1 01.06.2027",
    "22.07.2027": "-1.2 -5.1 01.08.2027",
    "29.07.2027": "+1.9 01.08.2027",
    "10.08.2027": "-4.1 -4.2 20.08.2027",
    "20.08.2027": "-1.8 -1.9 -2.1 31.08.2027 / -2.4 -2.5 -3.2 -1.6 01.09.2027",
}


def found(day: date, terms: Terms = TERMS) -> set[tuple[str, str, str, str]]:
    return {
        (f"{one.on:%d.%m.%Y}", one.what, one.measure.key, f"{one.last:%d.%m.%Y}")
        for one in items(CALENDAR, PLAN, terms, day)
    }


def expected() -> set[tuple[str, str, str, str]]:
    made = set()
    for on, groups in YEAR.items():
        for group in groups.split(" / "):
            *keys, last = group.split()
            for key in keys:
                made.add((on, "opens" if key[0] == "+" else "closes", key[1:], last))
    return made


def test_the_letters_of_the_last_year() -> None:
    got, day = set(), date(2026, 9, 2)
    while day <= date(2027, 9, 15):
        for one in found(day):
            on = datetime.strptime(one[0], "%d.%m.%Y").date()  # noqa: DTZ007
            assert on <= day
            got.add(one)
        day += DAY
    assert got == expected()


def test_the_opening_of_the_year_comes_on_a_friday() -> None:
    """29.08.2026 is a Saturday."""
    opened = {one[2] for one in found(date(2026, 8, 28)) if one[1] == "opens"}
    assert opened == {"2.2", "4.3", "4.4", "4.5", "4.6", "5.2", "5.3", "6.1"}
    assert not [one for one in found(date(2026, 8, 27)) if one[1] == "opens"]


def test_nothing_of_what_is_continuous_before_the_end() -> None:
    assert not {one[2] for one in found(date(2027, 5, 20))} & {"2.4", "2.5", "3.2", "1.3", "3.3"}


def test_nothing_of_a_summer_that_is_switched_off() -> None:
    off = Terms(END, last_summer=False)
    assert found(date(2027, 4, 28), off) == found(date(2027, 8, 10), off) == set()
    assert found(date(2026, 8, 10), off) == found(date(2026, 8, 10))
    assert {one[2] for one in found(date(2027, 8, 20), off)} == {"1.6", "2.4", "2.5", "3.2"}


def test_what_is_reminded_of_in_part_is_never_alone() -> None:
    every = items(CALENDAR, PLAN, TERMS, date(2027, 5, 20))
    part = [one for one in every if one.measure.remind == "part"]
    assert {one.measure.key for one in part} == {"4.4", "4.5", "4.6", "5.3"}
    assert whole(part) == ()
    assert set(whole(every)) == set(every)


def reader(role: Role = "coordinator", told: date | None = None) -> Reader:
    return Reader(1, role, "s24" if role == "coordinator" else None, told)


def letters(day: date, *readers: Reader, busy: tuple[int, ...] = (), at: int = 9) -> list[str]:
    now = local(day.year, day.month, day.day, at)
    every = items(CALENDAR, PLAN, TERMS, day)
    return [str(one.on) for one in due(CALENDAR, every, readers, busy, now)]


def test_each_side_has_its_own() -> None:
    assert letters(date(2027, 8, 10), reader(), reader("methodist"), reader("manager")) == (
        ["2027-08-10"] * 3
    )
    assert letters(date(2027, 5, 20), reader("manager")) == ["2027-05-20"]  # 6.1
    assert letters(date(2027, 7, 22), reader("methodist")) == ["2027-07-22"]  # 5.1


def test_in_the_morning_and_not_beside_a_report() -> None:
    day = date(2027, 5, 20)
    assert letters(day, reader(), at=8) == []
    assert letters(day, reader(), busy=(1,)) == []
    assert letters(day + DAY, reader()) == ["2027-05-20"]
    assert letters(date(2027, 5, 22), reader()) == []  # Saturday


def test_after_a_silence_one_letter() -> None:
    """22.07, 29.07 and 10.08 went by: what is still true comes together, once."""
    assert letters(date(2027, 8, 11), reader()) == ["2027-08-10"]
    assert letters(date(2027, 7, 30), reader()) == ["2027-07-29"]  # with what closes on 01.08
    assert letters(date(2027, 7, 30), reader(told=date(2027, 7, 22))) == ["2027-07-29"]
    assert letters(date(2027, 7, 30), reader(told=date(2027, 7, 29))) == []
    assert letters(date(2027, 6, 2), reader()) == []  # nothing after the fact


def test_new_schools_are_written_to_about_local_acts() -> None:
    terms = Terms(END, entrants=frozenset({2026}))
    day = date(2026, 6, 26)  # 28.06.2026 is a Sunday
    every = items(CALENDAR, PLAN, terms, day)
    now = local(2026, 6, 26)
    new, old = Reader(1, "coordinator", "s12", None, 2026), Reader(2, "coordinator", "s24")
    assert [one.person for one in due(CALENDAR, every, (new, old), (), now)] == [1]


def test_the_last_summer_is_asked_about_in_april() -> None:
    asked = [
        day
        for day in (date(2027, 3, 1) + DAY * n for n in range(100))
        if last_summer_asked(CALENDAR, TERMS, day)
    ]
    assert (asked[0], asked[-1], len(asked)) == (date(2027, 4, 1), date(2027, 4, 30), 30)


@given(
    st.dates(date(2022, 9, 1), date(2027, 10, 1)),
    st.integers(0, 23),
    st.booleans(),
    st.frozensets(st.integers(2023, 2026)),
)
def test_rules_of_every_letter(
    day: date, hour: int, last_summer: bool, entrants: frozenset[int]
) -> None:
    terms = Terms(END, last_summer=last_summer, entrants=entrants)
    every = items(CALENDAR, PLAN, terms, day)
    now = CALENDAR.moment(day, time(hour))
    people = [
        Reader(1, "coordinator", "s24", None, 2025),
        Reader(2, "methodist", None),
        Reader(3, "manager", None),
    ]
    sent = due(CALENDAR, every, people, (), now)
    assert len({one.person for one in sent}) == len(sent)
    for letter in sent:
        assert hour >= 9
        assert CALENDAR.is_working_day(day)
        assert may_speak(CALENDAR, now) or hour >= 18
        assert letter.on <= day
        told = [Reader(one.person, one.role, one.school, letter.on, one.joined) for one in people]
        again = due(CALENDAR, every, told, (), now)
        assert letter.person not in {one.person for one in again}
    for one in every:
        assert CALENDAR.is_working_day(one.on)
        assert one.on <= day <= one.last
