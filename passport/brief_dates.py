"""The days to come that a page names: reports due, the campaign and its posts, contracts ending."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from passport.brief import NextDate
from passport.calendar import Calendar
from passport.campaign import Campaign, CampaignPlan, post_days
from passport.form import Forms
from passport.register import Contract

HORIZON = timedelta(days=180)  # what is further away is nobody's next date
CAMPAIGN_WORDS = (
    ("starts", "начинается информирование о наборе"),
    ("opens", "открывается набор в классы"),
    ("closes", "последний день набора в классы"),
    ("ends", "кончается приёмная кампания"),
)


def of_reports(calendar: Calendar, forms: Forms, now: datetime) -> Iterator[NextDate]:
    """When a report opens and when it is due; ``calendar`` is the one that holds."""
    today = calendar.today(now)
    for year in calendar.years:
        for one in year.periods:
            name = forms.period(one.key).name
            if today < one.opens <= today + HORIZON and one.opens < one.due:
                yield NextDate(one.opens, f"открывается отчёт: {name}")
            if one.due <= today + HORIZON and calendar.window(year.key, one.key).due_at >= now:
                yield NextDate(one.due, f"срок отчёта: {name}, {calendar.due_time:%H:%M}")


def of_campaign(campaign: Campaign, today: date) -> Iterator[NextDate]:
    for key, words in CAMPAIGN_WORDS:
        day: date = getattr(campaign, key)
        if today <= day <= today + HORIZON:
            yield NextDate(day, f"{words} {campaign.year[:4]}/{campaign.year[-2:]}")


def of_posts(
    plan: CampaignPlan,
    campaign: Campaign,
    calendar: Calendar,
    today: date,
    settled: Collection[str] = (),
) -> Iterator[NextDate]:
    """Posts of the channel that are still to come; ``settled`` occasions are told otherwise."""
    for occasion, day in post_days(plan, campaign, calendar):
        if today <= day <= today + HORIZON and occasion.key not in settled:
            yield NextDate(day, f"пост в канале: «{occasion.title}»")


def of_contracts(contracts: Sequence[Contract], today: date) -> Iterator[NextDate]:
    for one in contracts:
        if one.last_day is not None and today <= one.last_day <= today + HORIZON:
            yield NextDate(one.last_day, f"кончается договор: {one.partner.name}")
