"""When the bot may speak on its own: working days from 08:30 until 18:00, local time.

An answer to a person comes at any hour; what nobody asked for at this moment – a reminder, a
digest – waits for these hours, because a message at 22:00 spoils an evening and hurries nobody.
Pupils' breaks are working days for staff, so reminders do go out then. Local is the calendar's
zone, whatever the machine's is; moments that are handed out are UTC.
"""

from datetime import UTC, date, datetime, time

from passport.calendar import Calendar

FIRST = time(8, 30)
QUIET = time(18, 0)  # from this second on
MORNING = time(9, 0)  # of reminders and digests


def may_speak(calendar: Calendar, now: datetime) -> bool:
    at = now.astimezone(calendar.zone).time()
    return calendar.is_working_day(calendar.today(now)) and FIRST <= at < QUIET


def next_moment(calendar: Calendar, now: datetime) -> datetime:
    """``now`` when the bot may speak, else the nearest 08:30 of a working day; in UTC."""
    if may_speak(calendar, now):
        return now.astimezone(UTC)
    today = calendar.today(now)
    if calendar.is_working_day(today) and now < calendar.moment(today, FIRST):
        return calendar.moment(today, FIRST)
    return calendar.moment(calendar.add_working_days(today, 1), FIRST)


def morning(calendar: Calendar, day: date) -> datetime:
    """09:00 of a local day, in UTC."""
    return calendar.moment(day, MORNING)
