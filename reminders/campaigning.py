"""What a campaign does by itself: drafts of posts a working day before, and the news that
enrolment has begun.

Everything is worked out from the dates that hold now. A post has one row for ever (its occasion is
unique), so a restart proposes nothing twice; after a long silence of the bot only the newest
occasion is proposed, with a day to object, and those before it are written down as missed.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from storage.posts import Post

NOTICE_ENOUGH = timedelta(hours=2)  # between a draft and its post, at the least
# A post that could not go out for so long says nothing new; an announcement names a day.
LONGEST_WAIT = timedelta(days=14)
ANNOUNCEMENT_WAITS = timedelta(days=1)
TOO_LATE = "вовремя не вышло: бот не мог публиковать в канале"


@dataclass(frozen=True, slots=True)
class Planned:
    """One occasion: when its draft is shown and when it goes out (UTC)."""

    occasion: Occasion
    draft_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written. ``skipped`` are occasions of which there was no draft in time;
    ``again`` are missed ones that are to come after all."""

    missed: tuple[int, ...] = ()
    late: tuple[int, ...] = ()  # announcements
    moved: tuple[tuple[int, datetime], ...] = ()
    skipped: tuple[Planned, ...] = ()
    again: tuple[tuple[int, datetime], ...] = ()
    proposed: tuple[Planned, datetime] | None = None
    begun: bool = False  # enrolment

    @property
    def any(self) -> bool:
        return self != Changes()


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


def overtaken(planned: Sequence[Planned], post: Post, now: datetime) -> bool:
    """Whether a later occasion has come since the post's own hour, so that it is stale.

    One whose occasion was taken out of the data has nothing to say but a manager's own words.
    """
    keys = [one.occasion.key for one in planned]
    if post.occasion not in keys:
        return bool(post.occasion) and not post.words
    after = planned[keys.index(post.occasion) + 1 :]
    later = any(post.due_at <= one.due_at <= now for one in after)
    return later or now - post.due_at > LONGEST_WAIT


def followed(
    plan: CampaignPlan, calendar: Calendar, post: Post, due_at: datetime, now: datetime
) -> datetime:
    """The hour of a draft when its occasion's one is ``due_at`` now: it follows the dates.

    One that would have been in the past goes out on the next working day, or as it was meant to.
    """
    if post.own_hour:
        return post.due_at
    if due_at >= now + NOTICE_ENOUGH:
        return due_at
    return min(post.due_at, _next_morning(plan, calendar, now))


def _next_morning(plan: CampaignPlan, calendar: Calendar, now: datetime) -> datetime:
    return post_moment(plan, calendar, calendar.add_working_days(calendar.today(now), 1))


def told_at(plan: CampaignPlan, calendar: Calendar, due_at: datetime) -> datetime:
    """When the draft of a post is shown: 10:00 of the working day before."""
    return post_moment(plan, calendar, draft_day(calendar, calendar.today(due_at)))


async def campaign_now(tx: Transaction, passport: Passport) -> Campaign:
    """The campaign of this summer, or the next one."""
    year = campaign_year(passport.calendar.today(tx.now))
    return await campaigns.of_year(tx, passport.campaigns, year)


async def schedule_of(tx: Transaction, passport: Passport, year: str) -> list[Planned]:
    campaign = await campaigns.of_year(tx, passport.campaigns, year)
    return schedule(passport.campaigns, campaign, passport.calendar)


async def propose(database: Database, passport: Passport) -> int:
    """Drafts whose day has come; how many messages to managers are new."""
    async with database.read() as tx:
        if not (await _changes(tx, passport)).any and not await _drafts(tx, passport):
            return 0
    async with database.write() as tx:
        await _apply(tx, passport, await _changes(tx, passport))
        return await outbox.post(tx, await _drafts(tx, passport))


async def _changes(tx: Transaction, passport: Passport) -> Changes:
    calendar, plan = passport.calendar, passport.campaigns
    campaign = await campaign_now(tx, passport)
    planned = schedule(plan, campaign, calendar)
    missed, late, moved = [], [], []
    for post in await posts.drafts(tx):
        if not post.occasion:
            if tx.now - post.due_at > ANNOUNCEMENT_WAITS:
                late.append(post.id)
            continue
        own = planned
        if post.year != campaign.year:
            own = await schedule_of(tx, passport, post.year)
        if overtaken(own, post, tx.now):
            missed.append(post.id)
            continue
        wanted = next((one.due_at for one in own if one.occasion.key == post.occasion), None)
        if wanted is not None:
            due_at = followed(plan, calendar, post, wanted, tx.now)
            if due_at != post.due_at:
                moved.append((post.id, due_at))
    found = Changes(tuple(missed), tuple(late), tuple(moved))
    if not may_speak(calendar, tx.now):
        return found
    written = {one.occasion: one for one in await posts.of_year(tx, campaign.year)}
    known = written.keys()
    ripe = [one for one in planned if one.draft_at <= tx.now and one.occasion.key not in known]
    # A later post says more than those before it would by now.
    last = max(
        (
            at
            for at, one in enumerate(planned)
            if one.occasion.key in known and one.draft_at <= tx.now
        ),
        default=-1,
    )
    fresh = ripe[-1:] if ripe and planned.index(ripe[-1]) > last else []
    proposed = None
    if fresh:
        due_at = fresh[0].due_at
        if due_at < tx.now + NOTICE_ENOUGH:
            due_at = _next_morning(plan, calendar, tx.now)
        after = planned[planned.index(fresh[0]) + 1 :]
        if any(one.due_at <= due_at for one in after):
            fresh = []  # it would go out in the hour of the next one
        else:
            proposed = fresh[0], due_at
    is_open = campaign.stage(calendar.today(tx.now)) == "open"
    return Changes(
        found.missed,
        found.late,
        found.moved,
        skipped=tuple(one for one in ripe if one not in fresh),
        again=tuple(_to_come(planned, written, tx.now)),
        proposed=proposed,
        begun=is_open and await openings.begun_at(tx, campaign.year) is None,
    )


def _to_come(
    planned: Sequence[Planned], written: Mapping[str, Post], now: datetime
) -> Iterator[tuple[int, datetime]]:
    """Missed by dates that held for a while: a slip of a manager must not cost a post."""
    for one in planned:
        post = written.get(one.occasion.key)
        if post is not None and post.state == "missed" and one.due_at >= now + NOTICE_ENOUGH:
            yield post.id, one.due_at


async def _apply(tx: Transaction, passport: Passport, changes: Changes) -> None:
    year = campaign_year(passport.calendar.today(tx.now))
    for number in changes.missed:
        await posts.settle(tx, number, "missed")
    for number in changes.late:
        await posts.settle(tx, number, "failed", TOO_LATE)
        await tell_managers(tx, "post_trouble", number, "late")
    for number, due_at in changes.moved:
        await posts.move_due(tx, number, due_at)
    for one in changes.skipped:
        await posts.propose(tx, year, one.occasion.key, one.due_at, "missed")
    for number, due_at in changes.again:
        await posts.revive(tx, number, due_at)
    if changes.proposed is not None:
        planned, due_at = changes.proposed
        await posts.propose(tx, year, planned.occasion.key, due_at)
    if changes.begun:
        await openings.campaign(tx, year)


async def _drafts(tx: Transaction, passport: Passport) -> list[Notice]:
    """Drafts that managers are to see now, less those who have seen them."""
    calendar = passport.calendar
    if not may_speak(calendar, tx.now):
        return []
    ripe = []
    for post in await posts.drafts(tx):
        shown = told_at(passport.campaigns, calendar, post.due_at)
        if shown <= tx.now < post.due_at:
            ripe.append((post, shown))
    if not ripe:
        return []
    found = [
        Notice(
            f"draft:{post.id}/{post.due_at:%Y-%m-%dT%H:%M}:{one.id}", "draft", one.id, ref=post.id
        )
        for post, shown in ripe
        for one in await _managers(tx)
        # Whoever has just decided has it before their eyes.
        if one.id != post.decided_by or post.decided_at is None or post.decided_at < shown
    ]
    known = await outbox.known_keys(tx, [one.key for one in found])
    return [one for one in found if one.key not in known]


async def _managers(tx: Transaction) -> list[people.Person]:
    return [one for one in await people.staff(tx, "manager") if one.reachable and not one.suspended]


async def tell_managers(
    tx: Transaction, kind: outbox.Kind, post_id: int | None, key: str, why: str = ""
) -> int:
    """Writes a message about a post to every manager; how many are new."""
    return await outbox.post(
        tx,
        [
            Notice(f"{kind}:{post_id or ''}/{key}:{one.id}", kind, one.id, why=why, ref=post_id)
            for one in await _managers(tx)
        ],
    )
