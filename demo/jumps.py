"""Moments worth moving the clock to, from the calendar alone.

Mornings are 09:01, a minute after the bot begins to remind; the deadline is seen from both sides.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from passport.calendar import Calendar
from passport.campaign import (
    Campaign,
    campaign_year,
    draft_day,
    post_days,
    post_moment,
    short_title,
)
from passport.form import PeriodKey
from passport.loader import Passport
from passport.numbers import plural

MORNING = time(9, 1)
BEFORE_DUE = 2  # working days
AFTER_DUE = (1, 3, 5, 7)  # working days on which those who owe are reminded
MOST = 24
MOST_OF_CAMPAIGN = 10
A_MINUTE = timedelta(minutes=1)
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def jumps(passport: Passport, now: datetime) -> list[tuple[str, datetime]]:
    """(label, local moment) of what lies ahead, nearest first; a label stands once."""
    calendar = passport.calendar
    found: dict[datetime, list[str]] = {_next_morning(calendar, now): ["следующее рабочее утро"]}
    for year in calendar.years:
        for dates in year.periods:
            name = passport.forms.period(dates.key).name
            for moment, words in _of_period(calendar, year.key, dates.key):
                if moment > now:
                    found.setdefault(moment, []).append(f"{name}, {words}")
    nearest = sorted(found)[:MOST]
    return [
        (_label(moment.astimezone(calendar.zone), found[moment]), moment.astimezone(calendar.zone))
        for moment in nearest
    ]


def campaign_jumps(
    passport: Passport, now: datetime, moved: Mapping[str, Campaign]
) -> list[tuple[str, datetime]]:
    """(label, local moment) of the campaign that is next or goes on: its days, a minute after each
    draft and each post. From 1 September it is the one of the summer after. ``moved``: campaigns
    with other dates than the plan's, by school year."""
    plan, calendar = passport.campaigns, passport.calendar
    year = campaign_year(calendar.today(now))
    campaign = moved.get(year) or plan.usual(year)
    found: dict[datetime, list[str]] = {}

    def note(moment: datetime, words: str) -> None:
        if moment > now:
            found.setdefault(moment, []).append(words)

    note(calendar.moment(campaign.starts, MORNING), "кампания начинается")
    for occasion, day in post_days(plan, campaign, calendar):
        name = short_title(occasion.title)
        draft = post_moment(plan, calendar, draft_day(calendar, day))
        note(draft + A_MINUTE, f"черновик поста «{name}»")
        note(post_moment(plan, calendar, day) + A_MINUTE, f"пост «{name}»")
    note(calendar.moment(campaign.closes, MORNING), "последний день набора")
    this_year = calendar.today(now).year
    nearest = [moment.astimezone(calendar.zone) for moment in sorted(found)[:MOST_OF_CAMPAIGN]]
    return [
        (_label(moment, found[moment], with_year=moment.year != this_year), moment)
        for moment in nearest
    ]


def _next_morning(calendar: Calendar, now: datetime) -> datetime:
    today = calendar.today(now)
    if calendar.is_working_day(today) and now < calendar.moment(today, MORNING):
        return calendar.moment(today, MORNING)
    return calendar.moment(calendar.add_working_days(today, 1), MORNING)


def _of_period(calendar: Calendar, year: str, period: PeriodKey) -> Iterator[tuple[datetime, str]]:
    dates, window = calendar.dates(year, period), calendar.window(year, period)
    # The first working day on which the report is open, the day of opening if it is one.
    opening = calendar.add_working_days(dates.opens - timedelta(days=1), 1)
    yield calendar.moment(opening, MORNING), "открытие"
    before = calendar.add_working_days(dates.due, -BEFORE_DUE)
    if before > opening:
        yield calendar.moment(before, MORNING), f"за {BEFORE_DUE} рабочих дня до срока"
    yield calendar.moment(dates.due, MORNING), "день срока"
    yield window.due_at - timedelta(minutes=1), "за минуту до срока"
    yield window.due_at + timedelta(seconds=1), "через секунду после срока"
    for count in AFTER_DUE:
        noun = plural(count, "рабочий день", "рабочих дня", "рабочих дней")
        day = calendar.add_working_days(dates.due, count)
        yield calendar.moment(day, MORNING), f"{count} {noun} после срока"


def _label(moment: datetime, words: list[str], *, with_year: bool = False) -> str:
    seconds = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    day = f"{moment:%d.%m.%Y}" if with_year else f"{moment:%d.%m}"
    return f"{WEEKDAYS[moment.weekday()]} {day}, {seconds} – {'; '.join(words)}"
