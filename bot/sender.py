"""Sends what the outbox holds, at one pace, each message once.

A batch is taken and leased in one transaction and sent after its commit; what became of it is
written down together with the next one. A send whose end is unknown is looked for first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import structlog
from aiogram import Bot

from bot import fingerprint, flight
from bot.carrier import Carrier
from bot.fitting import fitted
from bot.flight import Flight, Result
from bot.line import Line
from bot.pace import Pace
from bot.patience import pauses
from handlers.notices.letter import Composed, Later, Pointless
from storage import outbox, people, prompts
from storage.database import Database, DatabaseBusyError, Transaction
from storage.outbox import LEASE, Posted

log = structlog.get_logger(__name__)

Compose = Callable[[Transaction, Posted], Awaitable[Composed]]
OnUnreachable = Callable[[Transaction, int], Awaitable[None]]
OnChatSettled = Callable[[Transaction, Result], Awaitable[None]]

TOGETHER = 10


async def nobody(_tx: Transaction, _person: int) -> None:
    """Nobody needs to know that a person has become unreachable."""


async def nothing(_tx: Transaction, _result: Result) -> None:
    """Nobody keeps a book of chats without an account."""


class Sender:
    """``run`` is the service; ``wake`` tells it that something may be due.

    ``compose`` says where a row goes and what it says now. ``on_unreachable`` is called with the
    account, in the transaction that marks it; ``on_chat_settled`` with what became of a message to
    a chat without one.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        line: Line,
        pace: Pace,
        compose: Compose,
        *,
        on_unreachable: OnUnreachable = nobody,
        on_chat_settled: OnChatSettled = nothing,
    ) -> None:
        self._database = database
        self._line = line
        self._carrier = Carrier(bot, line, pace)
        self._compose = compose
        self._on_unreachable = on_unreachable
        self._on_chat_settled = on_chat_settled
        self._results: list[Result] = []
        self._booking = asyncio.Lock()
        self._batches: set[asyncio.Future[int]] = set()
        self._flights: set[asyncio.Future[Result]] = set()
        self._woken = asyncio.Event()
        self._knows_highest = False
        self._stopping = False

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Sends what is due, whenever it is woken; when cancelled, it closes first."""
        self._stopping = False
        try:
            await self._serve()
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _serve(self) -> None:
        # By then the rows that a crash has left under lease are free.
        asyncio.get_running_loop().call_later(LEASE.total_seconds() + 1, self.wake)
        growing = pauses()
        while True:
            self._woken.clear()
            try:
                while await self.once():
                    if self._carrier.silent:
                        await self._line.wait(next(growing))
                    else:
                        growing = pauses()
                await self.flush()
            except DatabaseBusyError:
                log.warning("database is busy: the outbox waits")
                await self._line.wait(next(growing))
                continue
            await self._woken.wait()

    async def once(self) -> int:
        """Writes down the batch before, takes the next one, sends it; how many rows that were."""
        batch = asyncio.ensure_future(self._batch())
        self._batches.add(batch)
        batch.add_done_callback(self._batches.discard)
        try:
            return await asyncio.shield(batch)
        except asyncio.CancelledError:
            await self.close()
            raise

    async def flush(self) -> None:
        """Writes down now what became of rows; when it returns, it is written."""
        await asyncio.shield(self._flush())

    async def close(self) -> None:
        """Lets calls in flight come to their end and begins no other. May be called twice."""
        self._stopping = True
        for task in self._flights:
            task.cancel()
        await asyncio.gather(*self._batches, return_exceptions=True)
        try:
            await self.flush()
        except DatabaseBusyError:
            log.warning("database is busy: the next start looks for what was sent")

    # --- a batch -----------------------------------------------------------------------------

    async def _batch(self) -> int:
        async with self._booking:
            flights, taken = await self._take()
        self._carrier.silent = False
        tasks = [asyncio.ensure_future(self._carrier.carry(one)) for one in flights]
        self._flights.update(tasks)
        if self._stopping:  # meanwhile
            for task in tasks:
                task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        self._flights.difference_update(tasks)
        for one, end in zip(flights, ends, strict=True):
            if isinstance(end, Result):
                self._results.append(end)
            elif isinstance(end, asyncio.CancelledError):  # not begun
                self._results.append(flight.back(one.row, one.row.sent_after))
            elif isinstance(end, Exception):
                log.error("notice was not sent", kind=one.row.kind, exc_info=end)
                self._results.append(flight.later(one.row, one.after))
            else:
                raise end
        return taken

    async def _take(self) -> tuple[list[Flight], int]:
        booked = len(self._results)
        if not booked and not await self._due():
            return [], 0
        async with self._database.write() as tx:
            await self._book(tx, self._results[:booked])
            if not self._knows_highest:
                self._line.seen(await outbox.newest_message(tx))
                self._line.seen(await prompts.newest_live(tx))
            rows = await outbox.take(tx, TOGETHER)
            after = self._line.highest
            flights = await self._composed(tx, rows, after)
            fresh = {
                one.row.id: fingerprint.of_html(one.screen.text) for one in flights if not one.tried
            }
            await outbox.lease(tx, fresh, after)
            await outbox.hold(tx, [one.row.id for one in flights if one.tried])
        # Only now: a transaction that failed has written nothing down.
        self._knows_highest = True
        del self._results[:booked]
        return flights, len(rows)

    async def _due(self) -> bool:
        """Mostly nothing is, and looking holds up nobody who writes."""
        async with self._database.read() as tx:
            return bool(await outbox.take(tx, 1))

    async def _composed(
        self, tx: Transaction, rows: Sequence[Posted], highest: int
    ) -> list[Flight]:
        """The rows that are to be sent; the others are settled."""
        flights, settled = [], []
        others = await _others(tx, [row.sent_after for row in rows if row.sent_after is not None])
        for row in rows:
            try:
                letter = await self._compose(tx, row)
            except Exception:
                # One bad row must not hold up everybody; a version without the error sends it.
                log.exception("notice was not composed", kind=row.kind)
                settled.append(flight.later(row, row.sent_after))
                continue
            match letter:
                case Pointless(reason):
                    settled.append(flight.dropped(row, reason))
                    continue
                case Later(at):
                    settled.append(flight.put_off(row, at))
                    continue
            tried = row.sent_after is not None
            after = highest if row.sent_after is None else row.sent_after
            screen = fitted(letter.screen)
            flights.append(Flight(row, letter.chat_id, screen, after, tried, others))
        await self._book(tx, settled)
        return flights

    # --- the book ----------------------------------------------------------------------------

    async def _flush(self) -> None:
        async with self._booking:
            booked = len(self._results)
            if booked:
                async with self._database.write() as tx:
                    await self._book(tx, self._results[:booked])
                del self._results[:booked]

    async def _book(self, tx: Transaction, results: Sequence[Result]) -> None:
        outcomes = []
        for one in results:
            outcome = one.outcome
            if one.again_in is not None:
                outcome = replace(outcome, again_at=tx.now + one.again_in)
                asyncio.get_running_loop().call_later(one.again_in.total_seconds(), self.wake)
            outcomes.append(outcome)
        await outbox.settle(tx, outcomes)
        for one in results:
            person = one.row.person
            if person is None:
                await self._on_chat_settled(tx, one)
            elif one.shut and await people.set_reachable(tx, one.shut, reachable=False):
                await self._on_unreachable(tx, person)


async def _others(tx: Transaction, after: Sequence[int]) -> frozenset[int]:
    """Messages above these that are known to be screens, or notices sent for certain."""
    if not after:
        return frozenset()
    lowest = min(after)
    screens = await prompts.live_above(tx, lowest)
    return frozenset(screens | await outbox.messages_above(tx, lowest))
