"""After the database was put back from a copy: what it believes to be ahead may have happened.

A private message that comes twice does no harm, and one that is lost would: those stay as they
are. A post must not go out twice, and a link that somebody has used must not open again.
"""

from dataclasses import dataclass

from reminders.campaigning import tell_managers
from storage import audit, invites, outbox, posts
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many posts are asked about, and how many links are shut."""

    posts: int
    links: int


async def recover(database: Database, detail: str) -> Recovered:
    """``detail`` says in the journal of acts which copy it was."""
    async with database.write() as tx:
        await outbox.hold_posts(tx, posts.RECOVERED)
        held = await posts.hold(tx)
        for post in held:
            await tell_managers(tx, "post_trouble", post, f"recovered/{tx.now:%Y-%m-%dT%H:%M:%S}")
        shut = await invites.revoke_all(tx)
        await audit.add(tx, "recover", None, detail=detail)
    return Recovered(len(held), shut)
