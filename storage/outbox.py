"""What the bot says on its own initiative, between «it is due» and «Telegram has it».

A row is written in the transaction of its cause; its unique key makes a second one impossible. The
text is not in it: it is worked out when the row is sent, so nobody is told what is no longer so.
A row that was taken is leased: whoever took it sends it and marks it, and after a crash somebody
else may, once the lease has run out. A row with ``sent_after`` has been tried, and nobody knows how
that ended: a person has at most one such row, and their other rows wait until it is cleared up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.tables import outbox

Kind = Literal[
    "reminder",  # the ladder, a nudge, a snooze that has ended, a return that waits
    "submitted",
    "returned",
    "accepted",
    "reopened",
    "moved",
    "time_asked",
    "time_answered",
    "joined",
    "handed_over",
    "unreachable",
    "digest",
    "confirm_dates",
    "contract_ends",
    "cards_check",  # class cards that nobody has looked at for long
    "measures",  # of the plan: what opens and what closes soon
    "last_summer",  # the plan's windows of the project's last summer
    "draft",  # of a post, to managers
    "post_trouble",  # a post that is held, refused or gone; lost rights in the channel
    "post",  # to the channel
    "bulletin",  # to a subscriber
]
LEASE = timedelta(minutes=1)
KEPT = timedelta(days=400)  # a school year and its summer
KEPT_OF_PARENTS = timedelta(days=7)


class State(IntEnum):
    WAITING = 0
    SENT = 1
    DROPPED = 2  # no longer true, or nobody to tell
    FAILED = 3  # Telegram refuses it; staff see it with its reason
    HELD = 4  # a post of which nobody knows whether it went out: staff are asked


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to come, to an account or to a ``chat`` that has none.

    ``not_before`` None is «now» (UTC).
    """

    key: str
    kind: Kind
    person: int | None = None
    school: str | None = None
    year: str | None = None
    period: str | None = None
    why: str = ""
    ref: int | None = None
    not_before: datetime | None = None
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A row as it is stored."""

    id: int
    key: str
    kind: Kind
    person: int | None
    chat: int | None
    school: str | None
    year: str | None
    period: str | None
    why: str
    ref: int | None
    created_at: datetime
    not_before: datetime
    state: State
    attempts: int
    leased_until: datetime | None
    sent_after: int | None
    sent_as: str | None
    sent_at: datetime | None
    message_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row that was taken; ``again_at`` with WAITING.

    ``sent_after`` says that a try may have reached Telegram: look above this message first.
    """

    id: int
    state: State
    message_id: int | None = None
    reason: str = ""
    again_at: datetime | None = None
    sent_after: int | None = None


def posted_row(row: Row[tuple[object, ...]]) -> Posted:
    values: dict[str, Any] = {column.name: row._mapping[column] for column in outbox.c}
    return Posted(**(values | {"state": State(values["state"])}))


# Statements of every message are built once: building costs as much as running them.
_POST = insert(outbox).on_conflict_do_nothing(index_elements=["key"]).returning(outbox.c.id)
_other = outbox.alias("other")


def _free(rows: FromClause) -> ColumnElement[bool]:
    """Its hour has come, and nobody has taken it."""
    return and_(
        rows.c.not_before <= bindparam("now"),
        or_(
            rows.c.leased_until.is_(None),
            rows.c.leased_until <= bindparam("now"),
            # A clock that was set back must not keep a row for ever.
            rows.c.leased_until > bindparam("longest"),
        ),
    )


# In the same lane: of one account, or of one chat without an account. Whatever nobody knows the end
# of goes first, then the oldest.
_before = (
    select(_other.c.id)
    .where(
        # Said twice, so that either way is looked up in an index of its own.
        or_(
            and_(_other.c.person == outbox.c.person, _other.c.state == State.WAITING),
            and_(_other.c.chat == outbox.c.chat, _other.c.state == State.WAITING),
        ),
        or_(
            _other.c.sent_after.is_not(None),
            and_(_other.c.id < outbox.c.id, _free(_other)),
        ),
    )
    .exists()
)
# In the order of an index, so that thousands of waiting rows are not looked at for the next ten.
_NEXT = (
    select(outbox)
    .where(
        outbox.c.state == State.WAITING,
        _free(outbox),
        or_(outbox.c.sent_after.is_not(None), ~_before),
    )
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(bindparam("most"))
)
# Thousands of subscribers must not keep a coordinator waiting for «отчёт вернули».
_NEXT_FEW = _NEXT.where(outbox.c.kind != "bulletin")
_NEXT_OF_MANY = _NEXT.where(outbox.c.kind == "bulletin")
_LEASED = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        leased_until=bindparam("until"), sent_after=bindparam("after"), sent_as=bindparam("said")
    )
)
_HELD = (
    update(outbox).where(outbox.c.id == bindparam("row_id")).values(leased_until=bindparam("until"))
)
_SETTLED = (
    update(outbox)
    # One that was recognised meanwhile stays what it is.
    .where(outbox.c.id == bindparam("row_id"), outbox.c.state == State.WAITING)
    .values(
        state=bindparam("new_state"),
        message_id=bindparam("message"),
        reason=bindparam("why_so"),
        sent_at=bindparam("at"),
        not_before=func.coalesce(bindparam("again_at"), outbox.c.not_before),
        sent_after=bindparam("after"),
        leased_until=None,
        attempts=outbox.c.attempts + bindparam("tried"),
    )
)


async def post(tx: Transaction, notices: Iterable[Notice]) -> int:
    """Writes what is new of the notices; how many that were."""
    added = 0
    for one in notices:
        values = {
            "key": one.key,
            "kind": one.kind,
            "person": one.person,
            "chat": one.chat,
            "school": one.school,
            "year": one.year,
            "period": one.period,
            "why": one.why,
            "ref": one.ref,
            "created_at": tx.now,
            "not_before": one.not_before or tx.now,
            "state": State.WAITING,
        }
        added += (await tx.connection.execute(_POST, values)).first() is not None
    return added


async def known_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Which of these keys have a row already."""
    if not keys:
        return set()
    rows = await tx.connection.execute(select(outbox.c.key).where(outbox.c.key.in_(keys)))
    return set(rows.scalars())


async def take(tx: Transaction, most: int) -> list[Posted]:
    """The next rows that are due, at most one a person, oldest first, bulletins last.

    Nothing is leased yet: see ``lease`` and ``hold``.
    """
    found: list[Posted] = []
    for query in (_NEXT_FEW, _NEXT_OF_MANY):
        which = {"now": tx.now, "longest": tx.now + LEASE, "most": most - len(found)}
        found += [posted_row(row) for row in await tx.connection.execute(query, which)]
        if len(found) == most:
            break
    return found


async def lease(tx: Transaction, said: Mapping[int, str], after: int) -> None:
    """Before rows are sent: nobody else takes them for a minute.

    ``said`` has the fingerprint of what each will say. ``after`` is the newest message of the bot
    that is known of: if we die on the way, theirs is above it.
    """
    if said:
        until = tx.now + LEASE
        await tx.connection.execute(
            _LEASED,
            [
                {"row_id": row, "until": until, "after": after, "said": text}
                for row, text in said.items()
            ],
        )


async def hold(tx: Transaction, rows: Sequence[int]) -> None:
    """Before messages that may have been sent are looked for: a lease, and what is known stays."""
    if rows:
        until = tx.now + LEASE
        await tx.connection.execute(_HELD, [{"row_id": row, "until": until} for row in rows])


async def settle(tx: Transaction, outcomes: Sequence[Outcome]) -> None:
    """Writes down what became of rows."""
    if outcomes:
        await tx.connection.execute(
            _SETTLED,
            [
                {
                    "row_id": one.id,
                    "new_state": one.state,
                    "message": one.message_id,
                    "why_so": one.reason,
                    "at": tx.now if one.state == State.SENT else None,
                    "again_at": one.again_at,
                    "after": one.sent_after,
                    # Who goes back to wait for a turn that did not come has not tried.
                    "tried": one.state != State.WAITING or one.again_at is not None,
                }
                for one in outcomes
            ],
        )


async def hold_posts(tx: Transaction, reason: str) -> None:
    """None of them goes out: staff are asked."""
    await tx.connection.execute(
        update(outbox)
        .where(outbox.c.kind == "post", outbox.c.state == State.WAITING)
        .values(state=State.HELD, reason=reason, leased_until=None)
    )


async def recognise(tx: Transaction, person: int, message_id: int, sent_as: str) -> bool:
    """Somebody holds a message that may be our try of unknown end; whether it is.

    Asked when a button of it was pressed: then it was sent, whatever we know of it.
    """
    found = await tx.connection.execute(
        update(outbox)
        .where(
            outbox.c.person == person,
            outbox.c.state == State.WAITING,
            outbox.c.sent_after < message_id,
            outbox.c.sent_as == sent_as,
        )
        .values(
            state=State.SENT,
            message_id=message_id,
            sent_at=tx.now,
            sent_after=None,
            leased_until=None,
        )
    )
    return found.rowcount > 0


async def messages_above(tx: Transaction, message_id: int) -> set[int]:
    """Newer messages that the outbox knows to be its own."""
    found = await tx.connection.execute(
        select(outbox.c.message_id).where(outbox.c.message_id > message_id, outbox.c.kind != "post")
    )
    return set(found.scalars())


async def trim(tx: Transaction) -> int:
    """Forgets what was settled more than a year ago, its whole journal with it; how many rows.

    Of parents nothing is kept: whether one was told today is all that has to be known.
    """
    old = outbox.c.created_at < tx.now - KEPT
    told = and_(outbox.c.kind == "bulletin", outbox.c.created_at < tx.now - KEPT_OF_PARENTS)
    gone = await tx.connection.execute(
        delete(outbox).where(outbox.c.state != State.WAITING, or_(old, told))
    )
    return gone.rowcount


async def newest_message(tx: Transaction) -> int:
    """The newest message that the outbox knows to have been sent; 0 for none."""
    found = await tx.connection.execute(
        select(func.max(outbox.c.message_id)).where(outbox.c.kind != "post")
    )
    return found.scalar() or 0
