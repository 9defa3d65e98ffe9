"""The production calendar of Russia: which days the whole country works.

Holidays are those of article 112 of the Labour Code. Every autumn the Government moves some days
off by a decree, and a Saturday may become a working day; the package ``holidays`` keeps the decrees
of past years and of the next. For a year that has none yet only the holidays themselves are known:
one that falls on a weekend is not moved.
"""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    return day in _working_days(day.year)


@cache
def _working_days(year: int) -> frozenset[date]:
    """A year is reckoned once. What is kept never changes, so any thread may ask."""
    # It brings the whole world along: a tenth of a second and 17 MB, for the processes that ask.
    from holidays import country_holidays  # noqa: PLC0415

    russia = country_holidays("RU", years=year)
    first = date(year, 1, 1)
    days = (first + DAY * count for count in range((date(year, 12, 31) - first).days + 1))
    return frozenset(day for day in days if russia.is_working_day(day))
