"""A database that comes back from a copy: what it believes to be ahead may have happened.

A private message that comes twice does no harm, and one that is lost would: those stay as they
are. A post must not go out twice, a link that somebody has used must not open again, and what is
typed under a screen newer than the copy must not answer an older question.
"""

from dataclasses import dataclass

from passport.loader import Passport
from reminders.campaigning import NOTICE_ENOUGH, campaign_now, schedule_of, tell_managers
from storage import audit, invites, outbox, posts, prompts
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many posts are asked about, and how many links are shut."""

    posts: int
    links: int


async def recover(database: Database, passport: Passport, detail: str) -> Recovered:
    """``detail`` says in the journal of acts which copy it was."""
    async with database.write() as tx:
        held = await _hold_posts(tx, passport)
        shut = await invites.revoke_all(tx)
        await prompts.forget_all(tx)
        await audit.add(tx, "recover", None, detail=detail)
    return Recovered(held, shut)


async def _hold_posts(tx: Transaction, passport: Passport) -> int:
    """Those whose hour has come, or is too near to object, wait for an answer. Drafts ahead are
    shown anew: whatever managers have decided about them since is lost."""
    await outbox.hold_posts(tx, posts.RECOVERED)
    await _note_unknown(tx, passport)
    held = await posts.hold(tx, tx.now + NOTICE_ENOUGH)
    key = f"recovered/{tx.now:%Y-%m-%dT%H:%M:%S}"
    for post in held:
        await tell_managers(tx, "post_trouble", post, key)
    for draft in await posts.drafts(tx):
        await tell_managers(tx, "draft", draft.id, key, posts.RECOVERED)
    return len(held)


async def _note_unknown(tx: Transaction, passport: Passport) -> None:
    """The newest occasion that has come since the copy: proposed as news, it would go out again.

    Those before it are stale; the planner writes them down as missed.
    """
    campaign = await campaign_now(tx, passport)
    come = [one for one in await schedule_of(tx, passport, campaign.year) if one.due_at <= tx.now]
    if come:
        await posts.propose(tx, campaign.year, come[-1].occasion.key, come[-1].due_at)
