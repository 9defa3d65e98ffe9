"""«Напомнить завтра», «в понедельник»: working mornings, and none of them past the deadline."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from passport.calendar import Calendar, Window
from reminders.hours import morning

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A morning to be reminded on; ``word`` is empty where the date says it better."""

    act: str
    day: date
    at: datetime  # UTC
    word: str = ""


def choices(calendar: Calendar, window: Window, now: datetime) -> list[Choice]:
    """Tomorrow (the next working day) and the next Monday, as far as they help.

    Before the deadline only mornings before it: being reminded after it would be no help.
    """
    today = calendar.today(now)
    first = calendar.add_working_days(today, 1)
    next_monday = today + timedelta(days=7 - today.weekday())
    monday = calendar.add_working_days(next_monday - timedelta(days=1), 1)
    tomorrow = "завтра" if first == today + timedelta(days=1) else ""
    found = [Choice("tomorrow", first, morning(calendar, first), tomorrow)]
    if monday != first:
        word = "в понедельник" if monday.weekday() == MONDAY else ""
        found.append(Choice("monday", monday, morning(calendar, monday), word))
    if window.state(now) == "open":
        return [one for one in found if one.at < window.due_at]
    return [one for one in found if one.at < window.closes_at]
