"""Days to choose from, as buttons; whoever asks says which, and what a button carries."""

from collections.abc import Callable, Iterable
from datetime import date

from handlers.screen import Button, Row
from handlers.words import date_words

WIDTH = 3


def day_rows(days: Iterable[date], tap: Callable[[date], str]) -> list[Row]:
    buttons = [Button(date_words(one), tap(one)) for one in dict.fromkeys(days)]
    return [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]


def day_of(text: str) -> date | None:
    """Of a button; None for one that was made up."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
