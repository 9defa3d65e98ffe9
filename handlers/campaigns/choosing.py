"""Days to choose from, as buttons; whoever asks says which, and what a button carries."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from handlers.screen import Button, Row
from handlers.visit import Visit
from handlers.words import date_words
from passport.campaign import post_moment

WIDTH = 3
OFFERED = 9  # days for a post


def day_rows(days: Iterable[date], tap: Callable[[date], str]) -> list[Row]:
    buttons = [Button(date_words(one), tap(one)) for one in dict.fromkeys(days)]
    return [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]


def day_of(text: str) -> date | None:
    """Of a button; None for one that was made up."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def first_day(visit: Visit) -> date:
    """The first day whose hour of posts is still to come."""
    calendar = visit.passport.calendar
    today = calendar.today(visit.now)
    gone = post_moment(visit.passport.campaigns, calendar, today) <= visit.now
    return today + timedelta(days=1) if gone else today


def working_days(visit: Visit, within: int) -> list[date]:
    """From the first day on which a post can go out."""
    first = first_day(visit)
    days = (first + timedelta(days=step) for step in range(within))
    return [day for day in days if visit.passport.calendar.is_working_day(day)]
