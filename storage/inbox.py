"""Updates between «Telegram gave it» and «the person has the answer».

An update is stored before Telegram is told that it arrived; what it changes is committed together
with its reply; it is done when the reply went out. After a crash at any point the rest is resumed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from sqlalchemy import BigInteger, Integer, bindparam, case, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from passport.calendar import Calendar
from storage import parent_asks
from storage.database import Transaction
from storage.parent_asks import STRANGER
from storage.tables import inbox, live_messages, people

# Telegram gives an update again for a day at most, and after a quiet week its ids start anew at
# random: done rows are kept long enough for the first and not so long as to meet the second.
KEPT = timedelta(days=3)


class State(IntEnum):
    RECEIVED = 0
    APPLIED = 1
    DONE = 2


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update to store. ``lane`` is whose it is: one lane is handled in order.

    With ``reply`` it has been answered already, and only the reply is kept.
    """

    update_id: int
    lane: int
    payload: str | None
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    id: int
    lane: int
    state: State
    payload: str | None
    reply: str | None
    update_id: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A reply that went out; ``live_message`` now carries the chat's screen (None: no change)."""

    id: int
    chat_id: int
    live_message: int | None


# Statements of every update are built once: building costs as much as running them.
_STORE = (
    insert(inbox)
    .on_conflict_do_nothing(index_elements=["update_id"])
    .returning(inbox.c.id, inbox.c.update_id)
)
_APPLIED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row_id"))
    .values(state=State.APPLIED, payload=None, reply=bindparam("reply_json"))
)
_chat = bindparam("chat", type_=BigInteger)
_has_account = select(people.c.id).where(people.c.telegram_id == _chat).exists()
_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row_id"))
    .values(
        state=State.DONE,
        lane=case((_has_account, 0), else_=STRANGER),
        payload=None,
        reply=None,
    )
)
_LIVE = insert(live_messages).from_select(
    ["chat_id", "message_id"],
    select(_chat, bindparam("message", type_=Integer)).where(_has_account),
)
_LIVE = _LIVE.on_conflict_do_update(
    index_elements=["chat_id"], set_={"message_id": _LIVE.excluded.message_id}
)


async def store(tx: Transaction, arrived: Sequence[Arrived]) -> list[Stored]:
    """Stores what is new of the batch, in order; an update that came before is left out."""
    stored = []
    for one in arrived:
        row = (
            await tx.connection.execute(
                _STORE,
                {
                    "update_id": one.update_id,
                    "lane": one.lane,
                    "received_at": tx.now,
                    "state": State.RECEIVED if one.reply is None else State.APPLIED,
                    "payload": one.payload,
                    "reply": one.reply,
                },
            )
        ).first()
        if row is not None:
            state = State.RECEIVED if one.reply is None else State.APPLIED
            stored.append(Stored(row.id, one.lane, state, one.payload, one.reply, one.update_id))
    return stored


async def unfinished(tx: Transaction) -> list[Stored]:
    """What a stop interrupted, in the order of arrival."""
    rows = await tx.connection.execute(
        select(inbox.c.id, inbox.c.lane, inbox.c.state, inbox.c.payload, inbox.c.reply)
        .where(inbox.c.state != State.DONE)
        .order_by(inbox.c.id)
    )
    return [Stored(row.id, row.lane, State(row.state), row.payload, row.reply) for row in rows]


async def applied(tx: Transaction, row_id: int, reply: str) -> None:
    """In the transaction of the effect itself: from here on it is never applied again."""
    await tx.connection.execute(_APPLIED, {"row_id": row_id, "reply_json": reply})


async def done(tx: Transaction, finished: Iterable[Done]) -> None:
    """Replies that went out: whose they were is forgotten, each chat's screen is kept."""
    rows = list(finished)
    if not rows:
        return
    await tx.connection.execute(_DONE, [{"row_id": one.id, "chat": one.chat_id} for one in rows])
    # Of strangers, and of those who have just left, nothing is kept but their number.
    moved = {one.chat_id: one.live_message for one in rows if one.live_message is not None}
    if moved:
        await tx.connection.execute(
            _LIVE,
            [{"chat": chat, "message": message} for chat, message in moved.items()],
        )


async def trim(tx: Transaction, calendar: Calendar) -> int:
    """Forgets finished updates of more than three days ago, once parents' are counted; how many."""
    await parent_asks.keep(tx, calendar, tx.now - KEPT)
    gone = await tx.connection.execute(
        delete(inbox).where(inbox.c.state == State.DONE, inbox.c.received_at < tx.now - KEPT)
    )
    return gone.rowcount
