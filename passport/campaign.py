"""The enrolment campaign of a summer: its four dates and the posts that go with them.

Plan 1.2 and 2.1 (informing, 01.05–31.08) and 4.1 and 4.2 (enrolment, 01.06–20.08), «далее
ежегодно». The second start of 2.1 is printed a year late: rows 5.1 and 6.1 show that a second pair
of dates means the next cycle. A campaign is named by the school year whose classes it fills: the
summer of 2027 fills the classes of «2027-2028». Days are local.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from passport.calendar import Calendar, next_year, previous_year, school_year_of
from passport.form import Frozen

Anchor = Literal["starts", "opens", "closes", "ends"]
Stage = Literal["before", "informing", "open", "closed", "over"]
# «before» and «over» are outside the campaign; in «closed» enrolment is over, informing is not.
LEAP_YEAR = 2028
FRESH = timedelta(days=7)  # in the campaign: numbers of seats that are older say their date
# The first summer of the yearly window; that of 2022 had dates of its own, before the bot.
FIRST_YEAR = "2023-2024"


def _month_day(text: str) -> str:
    date.fromisoformat(f"{LEAP_YEAR}-{text}")
    return text


MonthDay = Annotated[str, AfterValidator(_month_day)]


class UnknownOccasionError(KeyError):
    """An occasion that the data lack: an old button."""


# What a post is called whose occasion was taken out of the data.
NAMELESS = "Пост о наборе"


_IN_CLASSES = re.compile(r" в предпрофессиональн\w+ класс\w+")


def short_title(title: str) -> str:
    """Of a post, where it stands among others: each says of which classes it is."""
    return _IN_CLASSES.sub("", title)


class Occasion(Frozen):
    """Why a post goes out: ``days`` after (before, if negative) one of the campaign's dates.

    ``title`` and ``lead`` may name the dates: {starts} {opens} {closes} {ends}, and {grade_year}.
    ``lists``: what stands below the lead.
    """

    key: str
    anchor: Anchor
    days: int
    title: str
    lead: str
    lists: Literal["tracks", "seats"]


class CampaignPlan(Frozen):
    """What every year begins with, until staff move a date."""

    starts: MonthDay
    opens: MonthDay
    closes: MonthDay
    ends: MonthDay
    hour: time
    portal_url: str
    occasions: tuple[Occasion, ...]

    @model_validator(mode="after")
    def _dates_follow(self) -> Self:
        if not self.starts <= self.opens < self.closes <= self.ends:
            raise ValueError("даты кампании должны идти по порядку: starts, opens, closes, ends")
        keys = [one.key for one in self.occasions]
        if len(set(keys)) != len(keys):
            raise ValueError("ключи поводов (occasions) не должны повторяться")
        return self

    def occasion(self, key: str) -> Occasion:
        for one in self.occasions:
            if one.key == key:
                return one
        raise UnknownOccasionError(key)

    def knows(self, key: str) -> bool:
        """Whether the data have this occasion; a post of last summer may have lost its own."""
        return any(one.key == key for one in self.occasions)

    def usual(self, year: str) -> "Campaign":
        """The campaign that fills the classes of a school year, as the plan has it."""
        summer = int(year[:4])

        def day(month_day: str) -> date:
            # 29 February is a date of leap years only.
            return date.fromisoformat(f"{LEAP_YEAR}-{month_day}").replace(year=summer)

        return Campaign(year, day(self.starts), day(self.opens), day(self.closes), day(self.ends))


@dataclass(frozen=True, slots=True)
class Campaign:
    """All four days belong to what they bound: enrolment is open on ``opens`` and on ``closes``."""

    year: str
    starts: date
    opens: date
    closes: date
    ends: date

    def stage(self, today: date) -> Stage:
        if today < self.starts:
            return "before"
        if today < self.opens:
            return "informing"
        if today <= self.closes:
            return "open"
        return "closed" if today <= self.ends else "over"

    @property
    def summer(self) -> int:
        """The calendar year that it belongs to."""
        return int(self.year[:4])

    def has(self, day: date) -> bool:
        """Whether a day can be one of its dates: from 1 September the next campaign is at hand."""
        return day.year == self.summer and campaign_year(day) == self.year

    def with_date(self, anchor: Anchor, day: date) -> "Campaign":
        days = {"starts": self.starts, "opens": self.opens, "closes": self.closes}
        days |= {"ends": self.ends, anchor: day}
        return Campaign(self.year, **days)

    @property
    def wrong_order(self) -> tuple[Anchor, Anchor] | None:
        """The first two dates that contradict each other; None when all follow."""
        named: tuple[tuple[Anchor, date], ...] = (
            ("starts", self.starts),
            ("opens", self.opens),
            ("closes", self.closes),
            ("ends", self.ends),
        )
        for (one, earlier), (two, later) in pairwise(named):
            if later < earlier or (one == "opens" and later == earlier):
                return one, two
        return None


def campaign_year(today: date) -> str:
    """The school year whose classes are filled now, or will be next.

    Through August it is the year that begins this September; from 1 September the one after.
    """
    return next_year(school_year_of(today))


def campaign_years(today: date) -> tuple[str, ...]:
    """All campaigns up to that of now, the oldest first."""
    years = [campaign_year(today)]
    while years[0] > FIRST_YEAR:
        years.insert(0, previous_year(years[0]))
    return tuple(years)


def post_days(
    plan: CampaignPlan, campaign: Campaign, calendar: Calendar
) -> Iterator[tuple[Occasion, date]]:
    """The working day of each post, in order; never two posts on one day."""
    last: date | None = None
    dated = [
        (getattr(campaign, one.anchor) + timedelta(days=one.days), place, one)
        for place, one in enumerate(plan.occasions)
    ]
    for wanted, _, one in sorted(dated):
        day = wanted if last is None else max(wanted, last + timedelta(days=1))
        while not calendar.is_working_day(day):
            day += timedelta(days=1)
        last = day
        yield one, day


def post_moment(plan: CampaignPlan, calendar: Calendar, day: date) -> datetime:
    """10:00 of a local day, in UTC."""
    return calendar.moment(day, plan.hour)


def draft_day(calendar: Calendar, day: date) -> date:
    """The working day before: whoever wants to change a post needs a day on which they work."""
    return calendar.add_working_days(day, -1)
