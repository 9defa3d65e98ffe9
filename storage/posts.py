"""Posts of the channel: one an occasion of a campaign for ever, and free announcements.

draft → queued → published. A draft that managers stop is cancelled; one whose turn a later post
has taken is missed; one that Telegram refuses has failed. A post of which nobody knows whether it
went out is held until staff say; one that somebody deleted by hand is removed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.tables import posts

RECOVERED = "база восстановлена из копии"  # why a post is held, if Telegram has answered
State = Literal["draft", "queued", "published", "held", "cancelled", "missed", "failed", "removed"]


@dataclass(frozen=True, slots=True)
class Post:
    """``occasion`` and ``school`` are empty where there is none; ``words`` where nobody changed
    those of the occasion. ``revision`` grows with every decision. ``own_hour``: somebody
    chose it, so the dates of the campaign no longer move it."""

    id: int
    year: str
    occasion: str
    school: str
    words: str
    due_at: datetime
    state: State
    revision: int
    decided_by: int | None
    decided_at: datetime | None
    own_hour: bool
    published_at: datetime | None
    chat: int | None
    message_id: int | None
    shown: str
    shown_at: datetime | None
    reason: str


_COLUMNS = (
    posts.c.id,
    posts.c.year,
    posts.c.occasion,
    posts.c.school,
    posts.c.words,
    posts.c.due_at,
    posts.c.state,
    posts.c.revision,
    posts.c.decided_by,
    posts.c.decided_at,
    posts.c.own_hour,
    posts.c.published_at,
    posts.c.chat,
    posts.c.message_id,
    posts.c.shown,
    posts.c.shown_at,
    posts.c.reason,
)


def _post(row: Row[*tuple[Any, ...]]) -> Post:
    values = dict(row._mapping)
    values["occasion"] = values["occasion"] or ""
    values["school"] = values["school"] or ""
    return Post(**values)


async def get(tx: Transaction, post_id: int) -> Post | None:
    row = (await tx.connection.execute(select(*_COLUMNS).where(posts.c.id == post_id))).first()
    return None if row is None else _post(row)


async def of_year(tx: Transaction, year: str) -> list[Post]:
    """In the order of their hours."""
    rows = await tx.connection.execute(
        select(*_COLUMNS).where(posts.c.year == year).order_by(posts.c.due_at, posts.c.id)
    )
    return [_post(row) for row in rows]


async def drafts(tx: Transaction) -> list[Post]:
    """Of all years, in the order of their hours."""
    rows = await tx.connection.execute(
        select(*_COLUMNS).where(posts.c.state == "draft").order_by(posts.c.due_at, posts.c.id)
    )
    return [_post(row) for row in rows]


async def due(tx: Transaction) -> list[Post]:
    """Drafts whose hour has come, oldest first."""
    return [one for one in await drafts(tx) if one.due_at <= tx.now]


async def latest(tx: Transaction) -> Post | None:
    """The last post of an occasion, whose numbers are kept fresh; None when it was removed."""
    row = (
        await tx.connection.execute(
            select(*_COLUMNS)
            .where(posts.c.state.in_(("published", "removed")), posts.c.occasion.is_not(None))
            .order_by(posts.c.published_at.desc(), posts.c.id.desc())
            .limit(1)
        )
    ).first()
    return None if row is None or row.state == "removed" else _post(row)


async def count_published(tx: Transaction, year: str) -> int:
    """How many went out, those that were removed later included."""
    found = await tx.connection.execute(
        select(func.count())
        .select_from(posts)
        .where(posts.c.year == year, posts.c.state.in_(("published", "removed")))
    )
    return int(found.scalar_one())


async def propose(
    tx: Transaction, year: str, occasion: str, due_at: datetime, state: State = "draft"
) -> int | None:
    """The id of the occasion's post; None when it has one already."""
    row = (
        await tx.connection.execute(
            insert(posts)
            .values(
                year=year,
                occasion=occasion,
                due_at=due_at,
                state=state,
                made_at=tx.now,
            )
            .on_conflict_do_nothing(index_elements=["year", "occasion"])
            .returning(posts.c.id)
        )
    ).first()
    return None if row is None else int(row.id)


async def announce(
    tx: Transaction,
    year: str,
    words: str,
    *,
    due_at: datetime,
    by: int,
    school: str | None = None,
) -> int:
    """A free announcement, its hour chosen by whoever wrote it; its id."""
    row = await tx.connection.execute(
        posts.insert()
        .values(
            year=year,
            words=words,
            due_at=due_at,
            state="draft",
            made_at=tx.now,
            by=by,
            decided_by=by,
            decided_at=tx.now,
            own_hour=True,
            school=school,
        )
        .returning(posts.c.id)
    )
    return int(row.scalar_one())


async def decide(tx: Transaction, post: Post, by: int | None, **changed: object) -> bool:
    """Changes a post that is still as it was seen; False when somebody was quicker."""
    done = await tx.connection.execute(
        update(posts)
        .where(posts.c.id == post.id, posts.c.revision == post.revision)
        .values(revision=post.revision + 1, decided_by=by, decided_at=tx.now, **changed)
    )
    return done.rowcount > 0


async def move_due(tx: Transaction, post_id: int, due_at: datetime) -> None:
    """Dates of the campaign were moved, and nobody has chosen an hour for this post."""
    await tx.connection.execute(update(posts).where(posts.c.id == post_id).values(due_at=due_at))


async def revive(tx: Transaction, post_id: int, due_at: datetime) -> None:
    """It was missed, and is to come after all: dates of the campaign were moved."""
    await tx.connection.execute(
        update(posts)
        .where(posts.c.id == post_id, posts.c.state == "missed")
        .values(
            state="draft", due_at=due_at, own_hour=False, revision=posts.c.revision + 1, reason=""
        )
    )


async def settle(tx: Transaction, post_id: int, state: State, reason: str = "") -> None:
    """What became of a post on its way to the channel."""
    await tx.connection.execute(
        update(posts).where(posts.c.id == post_id).values(state=state, reason=reason)
    )


async def hold(tx: Transaction, until: datetime) -> list[int]:
    """Nobody knows whether those that are due by then went out: they wait for staff; ids."""
    due = (posts.c.state == "queued") | ((posts.c.state == "draft") & (posts.c.due_at <= until))
    held = await tx.connection.execute(
        update(posts).where(due).values(state="held", reason=RECOVERED).returning(posts.c.id)
    )
    return sorted(held.scalars())


async def published(
    tx: Transaction,
    post_id: int,
    chat: int,
    message_id: int | None,
    shown: str,
    *,
    as_of: datetime | None = None,
) -> None:
    """It stands in the channel; ``shown`` is the fingerprint of what it says ``as_of`` a moment."""
    await tx.connection.execute(
        update(posts)
        .where(posts.c.id == post_id)
        .values(
            state="published",
            published_at=tx.now,
            chat=chat,
            message_id=message_id,
            shown=shown,
            shown_at=as_of or tx.now,
            reason="",
        )
    )


async def try_again(tx: Transaction, post_id: int) -> None:
    """It could not be posted for want of rights: it waits for them, as a new message."""
    await tx.connection.execute(
        update(posts)
        .where(posts.c.id == post_id, posts.c.state == "queued")
        .values(state="draft", revision=posts.c.revision + 1)
    )


async def looked_at(tx: Transaction, post_id: int, as_of: datetime) -> None:
    """It could not be edited; the next try is as far away as after an edit."""
    await tx.connection.execute(update(posts).where(posts.c.id == post_id).values(shown_at=as_of))


async def edited(tx: Transaction, post_id: int, shown: str, as_of: datetime) -> None:
    """It says what was known ``as_of`` the moment when it was composed, before the call."""
    await tx.connection.execute(
        update(posts).where(posts.c.id == post_id).values(shown=shown, shown_at=as_of)
    )
