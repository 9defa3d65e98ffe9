"""Rows of the outbox to subscribers: who gets one, on which day, and what it is to speak of.

One row a chat and a local day. A row that waits speaks, when it is sent, of everything that came
up since its ``ref``, the first opening that the chat has not been told of; so nothing is added to
it. Thousands of chats are written by one statement.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from passport.register import ClassKind
from storage.database import Transaction
from storage.outbox import State
from storage.subscriptions import interest
from storage.tables import classes, openings, outbox, schools, subscriptions

_COLUMNS = ("key", "kind", "chat", "ref", "why", "created_at", "not_before", "state", "reason")
_AGAIN = ("ref", "created_at", "not_before", "state", "reason")  # of a row that came to nothing


@dataclass(frozen=True, slots=True)
class Day:
    """A local day, with when it begins and from when its bulletins may go out (UTC)."""

    day: date
    begins: datetime
    from_: datetime


async def write(
    tx: Transaction, whom: Collection[tuple[str, str]] | None, first: int, today: Day, next_: Day
) -> int:
    """A row for every chat that wants to know of one of the classes, (track, school), or for all.

    Who was told today already is told on the next day; how many rows are new.
    """
    chats = select(subscriptions.c.chat_id).where(interest(whom)).distinct()
    told = outbox.c.sent_at >= today.begins
    written = 0
    # The next day first: what is written for today must not count as told.
    for day, those in ((next_, True), (today, False)):
        written += await _write(tx, chats, first, day, told=told, those=those)
    return written


async def _write(
    tx: Transaction,
    chats: Select[tuple[int]],
    first: int,
    day: Day,
    *,
    told: ColumnElement[bool],
    those: bool,
) -> int:
    whose = chats.subquery()
    rows = (
        select(outbox.c.id).where(outbox.c.chat == whose.c.chat_id, outbox.c.kind == "bulletin")
    ).correlate(whose)
    waits = rows.where(outbox.c.state == State.WAITING, outbox.c.sent_after.is_(None)).exists()
    # Tried, and nobody knows or knew with what end: it may have been read.
    tried = outbox.c.sent_as.is_not(None)
    perhaps = and_(outbox.c.state.in_((State.WAITING, State.DROPPED)), tried)
    was_told = rows.where(or_(told, perhaps)).exists()
    values = select(
        literal("bulletin:", String) + cast(whose.c.chat_id, String) + f":{day.day}",
        literal("bulletin"),
        whose.c.chat_id,
        literal(first, Integer),
        literal(""),
        literal(tx.now, outbox.c.created_at.type),
        literal(day.from_, outbox.c.not_before.type),
        literal(State.WAITING.value, Integer),
        literal(""),
    ).where(~waits, was_told if those else ~was_told)
    new = insert(outbox).from_select(_COLUMNS, values)
    # What was written for the day and came to nothing – the seat was taken – is written anew.
    new = new.on_conflict_do_update(
        index_elements=["key"],
        set_={name: new.excluded[name] for name in _AGAIN},
        where=outbox.c.state.in_((State.DROPPED, State.FAILED)),
    )
    return (await tx.connection.execute(new)).rowcount


_TOLD = select(outbox.c.id).where(
    outbox.c.chat == bindparam("chat"),
    outbox.c.kind == "bulletin",
    outbox.c.state == State.SENT,
    outbox.c.sent_at >= bindparam("moment"),
)


async def told_since(tx: Transaction, chat: int, moment: datetime) -> bool:
    """Whether a bulletin was sent to the chat since then."""
    found = await tx.connection.execute(_TOLD.limit(1), {"chat": chat, "moment": moment})
    return found.first() is not None


@dataclass(frozen=True, slots=True)
class Seats:
    """One class with free seats, as a bulletin names it."""

    class_id: int
    school: str
    grade: int
    letter: str
    kind: ClassKind
    track: str
    vacancies: int
    confirmed_at: datetime | None
    in_all: int  # classes of the same answer, with those that were cut off


_news = select(openings.c.class_id).where(
    openings.c.id >= bindparam("first"),
    openings.c.year == bindparam("of_year"),
    openings.c.handed_on_at.is_not(None),
)
_BEGUN = _news.where(openings.c.class_id.is_(None)).limit(1)
_wants = (
    select(subscriptions.c.chat_id)
    .where(
        subscriptions.c.chat_id == bindparam("chat"),
        or_(
            subscriptions.c.kind == "all",
            (subscriptions.c.kind == "track") & (subscriptions.c.value == classes.c.track),
            (subscriptions.c.kind == "school") & (subscriptions.c.value == classes.c.school),
        ),
    )
    .exists()
)
# Built once: they are asked for each of thousands of messages.
_SEATS = (
    select(
        classes.c.id,
        schools.c.short_name,
        classes.c.grade,
        classes.c.letter,
        classes.c.kind,
        classes.c.track,
        classes.c.capacity - classes.c.enrolled,
        classes.c.confirmed_at,
        func.count().over(),
    )
    .join(schools, schools.c.slug == classes.c.school)
    .where(
        classes.c.year == bindparam("of_year"),
        classes.c.closed_at.is_(None),
        classes.c.track != "",
        classes.c.capacity > classes.c.enrolled,
        _wants,
    )
    .order_by(schools.c.number, classes.c.grade, classes.c.letter, classes.c.id)
    .limit(bindparam("most"))
)
_NEW_SEATS = _SEATS.where(classes.c.id.in_(_news))


async def begun(tx: Transaction, year: str, first: int) -> bool:
    """Whether the beginning of enrolment is among the news from ``first`` on."""
    found = await tx.connection.execute(_BEGUN, {"of_year": year, "first": first})
    return found.first() is not None


async def seats(
    tx: Transaction, chat: int, year: str, first: int, most: int, *, every: bool
) -> list[Seats]:
    """Classes that the chat wants to know of and that have seats now, by school.

    ``every``: all of them; else only those where a seat has come up since ``first``.
    """
    which: dict[str, str | int] = {"chat": chat, "of_year": year, "most": most}
    query, which = (_SEATS, which) if every else (_NEW_SEATS, which | {"first": first})
    return [Seats(*row) for row in await tx.connection.execute(query, which)]
