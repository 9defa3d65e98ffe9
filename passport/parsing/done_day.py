"""A typed day on which something was done: «15.10.2026», «15.10», «сегодня», «вчера»."""

from datetime import date, timedelta

from passport.parsing.day import parse_day
from passport.values import Refusal

EXAMPLE = "Нужна дата, например 15.10.2026, или «сегодня»"


def parse_done_day(text: str, today: date) -> date | Refusal:
    """Without a year the last such day is meant; a day of the future is handed on as it is."""
    said = text.casefold().strip(" .!«»")
    if said == "сегодня":
        return today
    if said == "вчера":
        return today - timedelta(days=1)
    # Read as if it were New Year, a day without a year falls into that very year.
    this, last = (parse_day(said, date(today.year - back, 1, 1)) for back in (0, 1))
    found = [one for one in (this, last) if isinstance(one, date)]
    return next((one for one in found if one <= today), found[0] if found else Refusal(EXAMPLE))
