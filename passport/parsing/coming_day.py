"""A typed day on which something will be done: «15.06», «15 июня», «завтра», «послезавтра»."""

from datetime import date, timedelta

from passport.parsing.day import parse_day
from passport.values import Refusal

_AHEAD = {"сегодня": 0, "завтра": 1, "послезавтра": 2}


def parse_coming_day(text: str, today: date, example: str) -> date | Refusal:
    """As ``parse_day``, and the words for the next days; whoever asks refuses one that is past."""
    said = " ".join(text.casefold().split()).strip(" .!«»").removeprefix("на ")
    if said in _AHEAD:
        return today + timedelta(days=_AHEAD[said])
    return parse_day(text, today, example)
