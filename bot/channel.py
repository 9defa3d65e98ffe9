"""The city's channel: may we post there, posts whose hour has come, numbers that are kept fresh.

``upkeep`` is called every few seconds. Posts themselves go out as rows of the outbox, by the one
paced sender; here it is decided that they may, and written down what became of them.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot import fingerprint
from bot.courier import NO_PREVIEW
from bot.flight import Result
from bot.keyboards import keyboard
from bot.line import Line
from bot.patience import UNANSWERED
from handlers.campaigns.post import compose
from handlers.notices.about_posts import LOST_RIGHTS
from handlers.screen import Screen
from handlers.visit import NO_CHANNEL, ChannelState, Visit
from passport.deadlines import Deadlines
from passport.loader import Passport
from reminders.campaigning import tell_managers
from storage import campaigns, deadlines, outbox, posts, subscriptions
from storage.database import Database, Transaction
from storage.outbox import Notice, State
from storage.posts import Post

log = structlog.get_logger(__name__)

FRESH = timedelta(hours=1)  # a post's numbers are edited at most so often
GONE = "message to edit not found"
NO_RIGHTS = "Бот не может публиковать в канале: дайте ему право публиковать и изменять сообщения."
NOT_SEEN = "Канал не виден. Добавьте бота в канал администратором."


class Channel:
    """``state`` is what was seen last: shown to managers, asked anew before each post."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        passport: Passport,
        line: Line,
        *,
        channel_id: str,
        username: Callable[[], str],
    ) -> None:
        self._bot = bot
        self._database = database
        self._passport = passport
        self._line = line
        self._channel_id = channel_id
        self._username = username
        self._looked = False
        self.state: ChannelState = NO_CHANNEL

    async def look(self) -> ChannelState:
        """Asks Telegram whether we may post; without an answer what was known stays."""
        if not self._channel_id:
            return self.state
        try:
            chat = await self._bot.get_chat(self._channel_id)
            member = await self._bot.get_chat_member(chat.id, self._bot.id)
        except (*UNANSWERED, TelegramRetryAfter) as error:
            log.warning("channel was not looked at", error=type(error).__name__)
            return self.state
        except TelegramAPIError:
            self.state = ChannelState(None, self._channel_id, NOT_SEEN)
        else:
            may = member.status == "administrator" and getattr(member, "can_post_messages", False)
            title = chat.title or self._channel_id
            self.state = ChannelState(chat.id if may else None, title, "" if may else NO_RIGHTS)
        self._looked = True
        return self.state

    async def upkeep(self) -> None:
        """Posts what is due, and brings the newest post up to date."""
        if not self._channel_id:
            return
        if not self._looked and (await self.look()).trouble:
            await self._tell_of_lost_rights()
        async with self._database.read() as tx:
            due = await posts.due(tx)
        if due:
            await self._queue()
        await self._refresh()

    async def _queue(self) -> None:
        """Hands the posts that are due to the sender, if we may post at all."""
        state = await self.look()
        if state.chat is None:
            if self._looked:
                await self._tell_of_lost_rights()
            return
        async with self._database.write() as tx:
            for post in await posts.due(tx):
                await posts.settle(tx, post.id, "queued")
                key = f"post:{post.id}/{post.revision}"
                await outbox.post(tx, [Notice(key, "post", ref=post.id, chat=state.chat)])

    async def _tell_of_lost_rights(self) -> None:
        async with self._database.write() as tx:
            day = self._passport.calendar.today(tx.now)
            await tell_managers(tx, "post_trouble", None, str(day), LOST_RIGHTS)

    # --- what became of a message --------------------------------------------------------------

    async def settled(self, tx: Transaction, result: Result) -> None:
        """Called in the transaction that writes down what became of a message to a chat."""
        row, outcome = result.row, result.outcome
        if row.kind == "bulletin":
            if result.shut is not None:  # blocked: whoever does not want us is forgotten
                await subscriptions.forget(tx, result.shut)
            return
        if row.kind != "post" or row.ref is None or row.chat is None:
            return
        match outcome.state:
            case State.SENT:
                await posts.published(tx, row.ref, row.chat, outcome.message_id, result.said)
            case State.HELD:
                await posts.settle(tx, row.ref, "held", outcome.reason)
                await tell_managers(tx, "post_trouble", row.ref, f"held/{row.key}")
            case State.FAILED:
                await posts.settle(tx, row.ref, "failed", outcome.reason)
                await tell_managers(tx, "post_trouble", row.ref, f"failed/{row.key}")

    # --- keeping the newest post fresh ---------------------------------------------------------

    async def _refresh(self) -> None:
        """Edits the newest post when its dates were moved, or its numbers changed an hour ago."""
        async with self._database.read() as tx:
            post = await posts.latest(tx)
            if post is None or not await self._is_worth_a_look(tx, post):
                return
            screen = await self._composed(tx, post)
        said = fingerprint.of_html(screen.text)
        if said == post.shown:
            edited = True  # looked at: the next look is in an hour
        else:
            edited = await self._edit(post, screen)
        if edited:
            async with self._database.write() as tx:
                await posts.edited(tx, post.id, said)

    async def _is_worth_a_look(self, tx: Transaction, post: Post) -> bool:
        if post.message_id is None or post.shown_at is None:
            return False
        campaign = await campaigns.of_year(tx, self._passport.campaigns, post.year)
        if campaign.stage(self._passport.calendar.today(tx.now)) == "over":
            return False
        moved_at = await campaigns.moved_at(tx, post.year)
        if moved_at is not None and moved_at > post.shown_at:
            return True
        return tx.now - post.shown_at >= FRESH

    async def _composed(self, tx: Transaction, post: Post) -> Screen:
        dates = Deadlines(self._passport.calendar, await deadlines.moves(tx))
        visit = Visit(tx, self._passport, post.chat or 0, None, dates, username=self._username())
        return await compose(visit, post)

    async def _edit(self, post: Post, screen: Screen) -> bool:
        """Whether the channel shows the new text; an edit may safely be made twice."""

        async def call() -> object:
            return await self._bot.edit_message_text(
                screen.text,
                chat_id=post.chat,
                message_id=post.message_id,
                reply_markup=keyboard(screen),
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._line.singly(call)
        except (*UNANSWERED, TelegramRetryAfter):
            return False  # the next tick tries again
        except TelegramBadRequest as error:
            if "not modified" in error.message:
                return True
            gone = GONE in error.message
            log.warning("channel post was not edited", gone=gone)
            await (self._removed(post) if gone else self._tell_of_lost_rights())
            return not gone
        except TelegramForbiddenError:
            await self._tell_of_lost_rights()
            return True  # to be looked at again in an hour, not every few seconds
        return True

    async def _removed(self, post: Post) -> None:
        """Deleted by hand: it is not posted again, and its numbers are let be."""
        async with self._database.write() as tx:
            await posts.settle(tx, post.id, "removed", "удалён из канала")
            await tell_managers(tx, "post_trouble", post.id, "removed")
