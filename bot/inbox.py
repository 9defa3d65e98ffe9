"""From «Telegram gave it» to «the person has the answer», each update once, whatever happens.

One person's updates are handled in the order they came, different people's side by side.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import Update
from pydantic import ValidationError

from bot.courier import Courier
from bot.finished import Finished
from bot.glance import Early, Glance, ahead
from bot.group import Group
from bot.inline import InlineDesk
from bot.lanes import has_contact, has_document, lane_of, sealed
from bot.logs import who
from bot.patience import Wait, pauses
from bot.turnstile import Turnstile
from bot.uploads import Uploads
from bot.visits import Visits
from exports.reading.upload import Reading
from handlers import fallback
from handlers.errors import ForPerson
from handlers.screen import Envelope, Reply, envelopes
from handlers.visit import Visit
from storage import inbox as inbox_rows
from storage import people
from storage.database import Database, DatabaseBusyError, Transaction
from storage.inbox import Arrived, Done, State, Stored

log = structlog.get_logger(__name__)
LOCKED_PAUSE = 0.2
TOGETHER = 10  # more at once would make the first wait for the last


Answer = Callable[[Visit], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class _Work:
    stored: Stored
    update: Update | None = None  # already parsed, or to be read from the stored payload
    envelope: Envelope | None = None  # when it was applied together with being stored

    @property
    def lane(self) -> int:
        return self.stored.lane


class Inbox:
    """Stores updates, applies each once, delivers its reply, in one lane a person."""

    def __init__(
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        database: Database,
        courier: Courier,
        visits: Visits,
        uploads: Uploads,
        inline: InlineDesk,
        turnstile: Turnstile,
        group: Group,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._courier = courier
        self._visits = visits
        self._uploads = uploads
        self._inline = inline
        self._turnstile = turnstile
        self._group = group
        self._wait = wait
        self._glance = Glance(database, visits)
        self._lanes: dict[int, deque[_Work | Early]] = {}
        self.finished = Finished(database, wait)
        self._idle = asyncio.Event()
        self._idle.set()
        self.handled = 0
        self._to_forget = False
        self.last_accepted: datetime | None = None

    async def resume(self) -> int:
        """Takes up what the last stop interrupted; how many updates that is."""
        async with self._database.read() as tx:
            rows = await inbox_rows.unfinished(tx)
        for row in rows:
            self._enqueue(_Work(row))
        return len(rows)

    async def accept(self, updates: Sequence[Update]) -> None:
        """Stores updates durably. When this returns, Telegram may forget them.

        The first of them take effect in the same transaction: one commit serves a whole batch.
        Those that change nothing are answered meanwhile.
        """
        taken: list[tuple[int, Update]] = []
        lanes = [lane_of(update) for update in updates]
        await self._meet(lane for lane in lanes if lane is not None)
        for update, lane in zip(updates, lanes, strict=True):
            if update.inline_query is not None:
                self._inline.take(update.inline_query)
            if lane is not None and not self._turnstile.turns_away(lane, update):
                self._to_forget = self._to_forget or has_contact(update)
                self._visits.note(update)
                taken.append((lane, update))
        if not taken:
            return
        await self._answer_at_a_glance(taken)
        with self.finished.taken() as finished:
            work = await asyncio.shield(self._store(taken, finished))
        for one in work:
            self._enqueue(one)

    async def _answer_at_a_glance(self, taken: Sequence[tuple[int, Update]]) -> None:
        """Of strangers who have nothing else under way."""
        lanes, begun = [lane for lane, _ in taken], []
        for lane, update in taken[:TOGETHER]:
            if lane in self._lanes or lanes.count(lane) > 1 or not self._turnstile.knows(lane):
                continue
            early = await self._glance.answer(update, lane, self._handle)
            if early is not None:
                self._enqueue(early)
                begun.append(early)
        await ahead(begun)

    async def _meet(self, lanes: Iterable[int]) -> None:
        """While the bot was down somebody may have written a hundred times: answering them all
        would make Telegram silence us for everybody. Whoever has an account is answered."""
        crowds = self._turnstile.crowds(lanes)
        if not crowds:
            return
        async with self._database.read() as tx:
            for lane in crowds:
                person = await people.by_telegram_id(tx, lane)
                self._turnstile.saw(lane, stranger=person is None)

    async def _store(
        self, taken: Sequence[tuple[int, Update]], finished: Sequence[Done]
    ) -> list[_Work]:
        """Stores the batch, and applies what it can in the same transaction."""
        try:
            return await self._store_once(taken, finished, apply=True)
        except DatabaseBusyError:
            raise
        except Exception as error:
            # A handler failed: its lane knows how to refuse and to apologise.
            log.debug("left to its lane", error=type(error).__name__)
            return await self._store_once(taken, finished, apply=False)

    async def _store_once(
        self, taken: Sequence[tuple[int, Update]], finished: Sequence[Done], *, apply: bool
    ) -> list[_Work]:
        updates = {update.update_id: update for _, update in taken}
        async with self._database.write() as tx:
            # Marks of replies that just went out ride along: fewer transactions.
            await inbox_rows.done(tx, finished)
            rows = await inbox_rows.store(tx, [self._arrived(*one) for one in taken])
            self.last_accepted = tx.now
            work = [_Work(one, updates[one.update_id]) for one in rows if one.reply is None]
            work = await self._apply_together(tx, work) if apply else work
        self._glance.stored(updates, {one.update_id: one.id for one in rows})
        return work

    def _arrived(self, lane: int, update: Update) -> Arrived:
        reply = self._glance.reply_to(update)
        if reply is not None:
            return Arrived(update.update_id, lane, None, reply)
        payload = update.model_dump_json(by_alias=True, exclude_none=True)
        return Arrived(update.update_id, lane, payload)

    async def _apply_together(self, tx: Transaction, work: list[_Work]) -> list[_Work]:
        """Applies what can be applied at once: of people who have nothing else under way."""
        begun = set(self._lanes)
        done = []
        for number, one in enumerate(work):
            lane, update = one.lane, one.update
            free = lane not in begun and update is not None and not has_document(update)
            if number < TOGETHER and free and update is not None:
                visit = await self._visits.of(tx, lane, update)
                reply = await self._handle(update, visit)
                envelope = await self._sealed(visit, one.stored, update, reply)
                one = replace(one, envelope=envelope)  # noqa: PLW2901
            begun.add(lane)
            done.append(one)
        return done

    async def _handle(self, update: Update, visit: Visit, upload: Reading | None = None) -> Reply:
        self._turnstile.saw(visit.chat_id, stranger=visit.person is None)
        result = await self._dispatcher.feed_update(self._bot, update, visit=visit, upload=upload)
        reply: Reply = Reply() if result is UNHANDLED else result
        if reply.menu:  # joined or left: who it is now is looked up the next time
            self._turnstile.forget(visit.chat_id)
        return reply

    async def idle(self) -> None:
        """Waits until every accepted update is answered."""
        await self._idle.wait()

    # --- one lane ----------------------------------------------------------------------------

    def _enqueue(self, work: _Work | Early) -> None:
        lane = self._lanes.get(work.lane)
        if lane is not None:
            lane.append(work)
            return
        self._lanes[work.lane] = deque([work])
        self._idle.clear()
        self._group.run(f"lane {who(work.lane)}", self._drive(work.lane))

    async def _drive(self, number: int) -> None:
        lane = self._lanes[number]
        try:
            while lane:
                await self._process(lane[0], waiting=len(lane) - 1)
                if self._to_forget and len(lane) == len(self._lanes) == 1:
                    self._to_forget = not await asyncio.shield(self._database.forget())
                lane.popleft()
        finally:
            # After a failure the rows are still unfinished and are resumed at the next start.
            del self._lanes[number]
            if not self._lanes:
                self._idle.set()

    async def _process(self, work: _Work | Early, waiting: int) -> None:
        if isinstance(work, Early):
            live = await self._deliver(work.envelope, waiting)
            work.out.set()
            work.when_stored(lambda row: self.finished.add(Done(row, work.lane, live)))
            return
        stored = work.stored
        try:
            envelope = await self._envelope(work)
        except ValidationError:
            # Left by another version of the bot. Not the error's text: it quotes the message.
            log.error("a stored row cannot be read", row=stored.id, chat=who(stored.lane))
            self.finished.add(Done(stored.id, stored.lane, None))
            return
        live = await self._deliver(envelope, waiting)
        self.finished.add(Done(stored.id, envelope.chat_id, live))

    async def _deliver(self, envelope: Envelope, waiting: int) -> int | None:
        """The message that carries the chat's screen now, if that changed."""
        live = None
        if not (envelope.reply.burst and waiting):  # the last of a burst answers for all
            try:
                live = await self._courier.deliver(envelope)
            except Exception:
                # An error of ours, which would come again: what is stored is stored, go on.
                log.exception("reply was not delivered", chat=who(envelope.chat_id))
        self.handled += 1
        return live

    async def _envelope(self, work: _Work) -> Envelope:
        """The reply that is due: of an update applied now, or before a stop."""
        stored = work.stored
        if work.envelope is not None:
            return work.envelope
        if stored.state == State.APPLIED:
            return envelopes.validate_json(stored.reply or "")
        update = work.update or Update.model_validate_json(stored.payload or "")
        return await self._apply(stored, update)

    async def _apply(self, stored: Stored, update: Update) -> Envelope:
        """The effect and its reply, in one transaction; a refusal or a failure is a reply too."""
        upload = await self._uploads.of(update, stored.lane)
        for pause in pauses(LOCKED_PAUSE):
            try:
                # A stop in the middle waits for the transaction's end, and no longer.
                return await asyncio.shield(self._attempt(stored, update, upload))
            except DatabaseBusyError:
                # Another process holds the database. The update is safe: try until it is free.
                log.warning("database is busy", chat=who(stored.lane))
            except Exception:
                # Not even an apology could be stored. Going on would let later messages overtake.
                log.exception("nothing can be stored", chat=who(stored.lane))
            await self._wait(pause)
        raise AssertionError("pauses never end")

    async def _attempt(self, stored: Stored, update: Update, upload: Reading | None) -> Envelope:
        """Tries the handler; then to refuse or apologise on the present screen; then plainly."""

        async def plainly(visit: Visit) -> Reply:
            return fallback.broken(visit)

        handle = partial(self._handle, update, upload=upload)
        answers: list[Answer] = [handle, fallback.failed, plainly]
        refused = False
        while True:
            answer = answers.pop(0)
            try:
                async with self._database.write() as tx:
                    visit = await self._visits.of(tx, stored.lane, update)
                    return await self._sealed(visit, stored, update, await answer(visit))
            except DatabaseBusyError:
                raise
            except ForPerson as refusal:
                log.info("refused", reason=str(refusal), chat=who(stored.lane))
                if not refused:  # the screen under a refusal may itself be refused
                    answers.insert(0, partial(fallback.refused, refusal))
                refused = True
            except Exception:
                if not answers:
                    raise
                log.exception("handler failed", chat=who(stored.lane))

    async def _sealed(self, visit: Visit, stored: Stored, update: Update, reply: Reply) -> Envelope:
        envelope = sealed(update, reply)
        await inbox_rows.applied(visit.tx, stored.id, envelopes.dump_json(envelope).decode())
        return envelope
