"""The country's working days: the package is held against what was published."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.production import is_working_day

# Days off from Monday to Friday, and working Saturdays, as the decrees for these years have them.
DAYS_OFF = {
    2022: "3.1 4.1 5.1 6.1 7.1 23.2 7.3 8.3 2.5 3.5 9.5 10.5 13.6 4.11",
    2023: "2.1 3.1 4.1 5.1 6.1 23.2 24.2 8.3 1.5 8.5 9.5 12.6 6.11",
    2024: "1.1 2.1 3.1 4.1 5.1 8.1 23.2 8.3 29.4 30.4 1.5 9.5 10.5 12.6 4.11 30.12 31.12",
    2025: "1.1 2.1 3.1 6.1 7.1 8.1 1.5 2.5 8.5 9.5 12.6 13.6 3.11 4.11 31.12",
    2026: "1.1 2.1 5.1 6.1 7.1 8.1 9.1 23.2 9.3 1.5 11.5 12.6 4.11 31.12",
    2027: "1.1 4.1 5.1 6.1 7.1 8.1 22.2 23.2 8.3 3.5 10.5 14.6 4.11 5.11 31.12",
}
WORKING_SATURDAYS = {2022: "5.3", 2024: "27.4 2.11 28.12", 2025: "1.11", 2027: "20.2"}


def days(year: int) -> list[date]:
    count = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return [date(year, 1, 1) + timedelta(days=n) for n in range(count)]


def written(found: list[date]) -> str:
    return " ".join(f"{day.day}.{day.month}" for day in found)


@pytest.mark.parametrize("year", DAYS_OFF)
def test_the_years_of_the_project_as_published(year: int) -> None:
    of_year = days(year)
    off = [day for day in of_year if day.isoweekday() <= 5 and not is_working_day(day)]
    worked = [day for day in of_year if day.isoweekday() > 5 and is_working_day(day)]
    assert written(off) == DAYS_OFF[year]
    assert written(worked) == WORKING_SATURDAYS.get(year, "")


@pytest.mark.parametrize(
    ("year", "count"),
    [(2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247), (2027, 247)],
)
def test_days_a_year_as_in_the_published_calendars(year: int, count: int) -> None:
    assert sum(map(is_working_day, days(year))) == count


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2024-12-28", True),  # a working Saturday
        ("2024-12-30", False),
        ("2025-11-01", True),
        ("2026-10-26", True),  # the pupils' break is no day off for staff
        ("2026-11-02", True),
        ("2026-11-04", False),
        ("2026-12-31", False),
        ("2027-01-08", False),
        ("2027-01-11", True),
        ("2027-02-20", True),
        # No decree yet: the holidays of the Labour Code, and weekends.
        ("2030-01-01", False),
        ("2030-01-08", False),
        ("2030-01-09", True),
        ("2030-03-08", False),
        ("2030-05-09", False),
        ("2030-05-10", True),
        ("2030-10-12", False),
        ("2030-12-31", True),
    ],
)
def test_days_that_matter(day: str, is_working: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is is_working


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_year_has_an_answer(day: date) -> None:
    """Before the country had such a calendar, and far ahead; only some months hold surprises."""
    as_the_week = is_working_day(day) is (day.isoweekday() <= 5)
    assert as_the_week or day.month not in (8, 9, 10)


def test_the_package_comes_in_only_when_somebody_asks() -> None:
    """It brings four hundred modules: a process that asks for no day must not pay for them."""
    script = (
        "import sys; from passport import loader, production; from reminders import ladder; "
        "assert 'holidays' not in sys.modules; "
        "import datetime; production.is_working_day(datetime.date(2026, 10, 29)); "
        "assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)
