"""What a campaign does by itself: drafts of posts a working day before, and the news that
enrolment has begun.

Everything is worked out from the dates that hold now. A post has one row for ever (its occasion is
unique), so a restart proposes nothing twice; after a long silence of the bot only the newest
occasion is proposed, with a day to object, and those before it are written down as missed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from passport.calendar import Calendar
from passport.campaign import (
    Campaign,
    CampaignPlan,
    Occasion,
    campaign_year,
    draft_day,
    post_days,
    post_moment,
)
from passport.loader import Passport
from reminders.hours import may_speak
from storage import campaigns, openings, outbox, people, posts
from storage.database import Database, Transaction
from storage.outbox import Notice

NOTICE_ENOUGH = timedelta(hours=2)  # between a draft and its post, at the least


@dataclass(frozen=True, slots=True)
class Planned:
    """One occasion: when its draft is shown and when it goes out (UTC)."""

    occasion: Occasion
    draft_at: datetime
    due_at: datetime


def schedule(plan: CampaignPlan, campaign: Campaign, calendar: Calendar) -> list[Planned]:
    """All posts of a campaign, in order."""
    return [
        Planned(
            one,
            post_moment(plan, calendar, draft_day(calendar, day)),
            post_moment(plan, calendar, day),
        )
        for one, day in post_days(plan, campaign, calendar)
    ]


async def campaign_now(tx: Transaction, passport: Passport) -> Campaign:
    """The campaign of this summer, or the next one."""
    year = campaign_year(passport.calendar.today(tx.now))
    return await campaigns.of_year(tx, passport.campaigns, year)


async def propose(database: Database, passport: Passport) -> int:
    """Drafts whose day has come; how many messages to managers are new."""
    async with database.read() as tx:
        if not await _something_to_do(tx, passport):
            return 0
    async with database.write() as tx:
        return await _propose(tx, passport)


async def _something_to_do(tx: Transaction, passport: Passport) -> bool:
    campaign = await campaign_now(tx, passport)
    known = {one.occasion: one for one in await posts.of_year(tx, campaign.year)}
    for one in schedule(passport.campaigns, campaign, passport.calendar):
        post = known.get(one.occasion.key)
        if post is None and one.draft_at <= tx.now and may_speak(passport.calendar, tx.now):
            return True
        if post is not None and post.state == "draft" and _to_move(post, one, tx.now):
            return True
    today = passport.calendar.today(tx.now)
    if campaign.stage(today) != "open" or not may_speak(passport.calendar, tx.now):
        return False
    return not await openings.knows(tx, campaign.year)


def _to_move(post: posts.Post, planned: Planned, now: datetime) -> bool:
    """Nobody has decided about it, and the campaign's dates were moved since it was proposed."""
    undecided = post.decided_by is None and post.revision == 1
    return undecided and post.due_at < planned.due_at and now < planned.due_at


async def _propose(tx: Transaction, passport: Passport) -> int:
    calendar = passport.calendar
    campaign = await campaign_now(tx, passport)
    planned = schedule(passport.campaigns, campaign, calendar)
    known = {one.occasion: one for one in await posts.of_year(tx, campaign.year)}
    for one in planned:
        post = known.get(one.occasion.key)
        if post is not None and post.state == "draft" and _to_move(post, one, tx.now):
            await posts.move_due(tx, post.id, one.due_at)
    if may_speak(calendar, tx.now) and campaign.stage(calendar.today(tx.now)) == "open":
        await openings.campaign(tx, campaign.year)
    ripe = [one for one in planned if one.draft_at <= tx.now and one.occasion.key not in known]
    if not ripe or not may_speak(calendar, tx.now):
        return 0
    for one in ripe[:-1]:  # a later post says more than they would by now
        await posts.propose(tx, campaign.year, one.occasion.key, one.due_at, "missed")
    newest = ripe[-1]
    due_at = newest.due_at
    if due_at < tx.now + NOTICE_ENOUGH:
        tomorrow = calendar.add_working_days(calendar.today(tx.now), 1)
        due_at = post_moment(passport.campaigns, calendar, tomorrow)
    number = await posts.propose(tx, campaign.year, newest.occasion.key, due_at)
    return 0 if number is None else await tell_managers(tx, "draft", number, "1")


async def tell_managers(
    tx: Transaction, kind: outbox.Kind, post_id: int | None, key: str, why: str = ""
) -> int:
    """Writes a message about a post to every manager; how many are new."""
    managers = [
        one for one in await people.staff(tx, "manager") if one.reachable and not one.suspended
    ]
    return await outbox.post(
        tx,
        [
            Notice(f"{kind}:{post_id or ''}/{key}:{one.id}", kind, one.id, why=why, ref=post_id)
            for one in managers
        ],
    )
