"""Answers that change nothing: they need not wait for the disk.

A stranger's question – which classes are there? – is stored like every update, with its answer. But
nothing in the database follows from it, so the answer goes out while both are being stored: a
parent is spared the time that a commit takes, and whatever crashes, an answer may come twice and
is never lost.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from aiogram.types import Update

from bot.lanes import sealed
from bot.visits import Visits
from handlers.screen import Envelope, Reply, envelopes
from handlers.visit import Visit
from storage.database import Database

log = structlog.get_logger(__name__)

REMEMBERED = 10_000  # updates
HEAD_START = 0.01  # seconds; whoever came in the same batch waits as long at the most

Handle = Callable[[Update, Visit], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Early:
    """Answered at a glance; ``row`` is its row of the inbox, once there is one, or None when it
    was stored by a delivery beside this one."""

    envelope: Envelope
    out: asyncio.Event = field(default_factory=asyncio.Event)  # Telegram has answered
    row: asyncio.Future[int | None] = field(default_factory=asyncio.Future)

    @property
    def lane(self) -> int:
        return self.envelope.chat_id

    def when_stored(self, then: Callable[[int], None]) -> None:
        """The answer may have been quicker than the disk."""

        def tell(row: asyncio.Future[int | None]) -> None:
            number = None if row.cancelled() else row.result()
            if number is not None:
                then(number)

        if self.row.done():
            tell(self.row)
        else:
            self.row.add_done_callback(tell)


async def ahead(begun: Sequence[Early]) -> None:
    """A moment in which answers get on their way: the disk would only hold them up."""
    if begun:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEAD_START):
                await asyncio.gather(*(one.out.wait() for one in begun))


class Glance:
    """Answers updates early, and remembers them until they are stored."""

    def __init__(self, database: Database, visits: Visits) -> None:
        self._database = database
        self._visits = visits
        self._early: dict[int, Early] = {}  # by update
        # What has come lately. Before a restart nobody was known to be a stranger: what Telegram
        # gives again then goes the usual way, which looks in the inbox.
        self._stored: OrderedDict[int, None] = OrderedDict()

    async def answer(self, update: Update, lane: int, handle: Handle) -> Early | None:
        """None: the update goes the usual way, or has been answered before.

        That is for whoever has an account, and for whatever writes, refuses or fails: nothing has
        happened yet. ``handle`` may be called again then.
        """
        if update.update_id in self._early or update.update_id in self._stored:
            return None
        try:
            async with self._database.read() as tx:
                visit = await self._visits.of_stranger(tx, lane)
                if visit is None:
                    return None
                reply = await handle(update, visit)
        except Exception as error:
            log.debug("no answer at a glance", error=type(error).__name__)
            return None
        if reply.menu or reply.notes or reply.burst:
            return None
        self._early[update.update_id] = early = Early(sealed(update, reply))
        return early

    def reply_to(self, update: Update) -> str | None:
        """What was answered, to be stored; None if nothing was."""
        early = self._early.get(update.update_id)
        return envelopes.dump_json(early.envelope).decode() if early else None

    def stored(self, updates: Iterable[int], rows: Mapping[int, int]) -> None:
        """These updates are safe; ``rows`` are the new ones of the inbox, by update."""
        for update_id in updates:
            self._stored[update_id] = None
            if len(self._stored) > REMEMBERED:
                self._stored.popitem(last=False)
            early = self._early.pop(update_id, None)
            if early is not None:
                early.row.set_result(rows.get(update_id))
