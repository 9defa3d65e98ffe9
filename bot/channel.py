"""The city's channel: may we post there, posts whose hour has come, numbers that are kept fresh.

``upkeep`` is called every few seconds. Posts themselves go out as rows of the outbox, by the one
paced sender; here it is decided that they may, and written down what became of them.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

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
from bot.fitting import fitted
from bot.flight import NO_RIGHTS, Result
from bot.keyboards import keyboard
from bot.line import Line
from bot.patience import UNANSWERED
from handlers.campaigns.post import compose
from handlers.notices.about_posts import LOST_RIGHTS
from handlers.screen import Screen
from handlers.visit import NO_CHANNEL, ChannelState, onlooker
from passport.loader import Passport
from reminders.campaigning import tell_managers
from reminders.hours import may_speak
from storage import campaigns, outbox, posts, subscriptions
from storage.database import Database, Transaction
from storage.outbox import Notice, State
from storage.posts import Post

log = structlog.get_logger(__name__)

FRESH = timedelta(hours=1)  # a post's numbers are edited at most so often
LOOK = timedelta(minutes=10)  # somebody may rename the channel, or put us out of it
LOOK_AGAIN = timedelta(minutes=1)  # while we may not post
CALM = timedelta(hours=1)  # without trouble for so long, lost rights are news again
GONE = ("message to edit not found", "message_id_invalid")
MUTE = "Бот не может публиковать в канале: дайте ему право публиковать сообщения."
NOT_SEEN = "Бота нет в канале: добавьте его администратором с правом публиковать сообщения."
RENAMED = (
    "Канал по адресу {address} не найден, или бота в нём нет. Если адрес сменили, скажите его "
    "оператору бота; если бота убрали, добавьте его администратором с правом публиковать сообщения."
)
NOT_LOOKED = "Канал ещё не проверен: Telegram пока не ответил."


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
        self._next_look: datetime | None = None
        self._told_on: date | None = None
        self._told_of = ""  # the trouble in words
        self._troubled_at: datetime | None = None
        self.state: ChannelState = NO_CHANNEL
        if channel_id:
            self.state = ChannelState(None, channel_id, NOT_LOOKED)

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
            # A number stays what it is; an address may lead nowhere any more.
            named = self._channel_id.startswith("@")
            trouble = RENAMED.format(address=self._channel_id) if named else NOT_SEEN
            self.state = ChannelState(None, self._channel_id, trouble)
        else:
            # The creator of a channel is a person: a bot is at most an administrator.
            may = member.status == "administrator" and getattr(member, "can_post_messages", False)
            title = chat.title or self._channel_id
            self.state = ChannelState(chat.id if may else None, title, "" if may else MUTE)
        return self.state

    async def upkeep(self) -> None:
        """Posts what is due, and brings the newest post up to date."""
        if not self._channel_id or self._line.held:
            return
        async with self._database.read() as tx:
            now, due = tx.now, await self._due(tx)
        await self._keep_looking(now, urgent=bool(due))
        if due and self.state.chat is not None:
            await self._queue(self.state.chat)
        await self._refresh()

    async def _keep_looking(self, now: datetime, *, urgent: bool) -> None:
        """Before each post, and every few minutes; managers are told once a day of trouble."""
        pressing = urgent and self.state.chat is not None
        if self._next_look is not None and now < self._next_look and not pressing:
            return
        before = self.state
        state = await self.look()
        self._next_look = now + (LOOK_AGAIN if state.chat is None else LOOK)
        if state.chat is None and state.trouble != NOT_LOOKED:
            await self._tell_of_lost_rights(newly=before.chat is not None)

    async def _due(self, tx: Transaction) -> list[Post]:
        """What may go out at this hour: at night and on days off only what a person sent off."""
        speaking = may_speak(self._passport.calendar, tx.now)
        return [one for one in await posts.due(tx) if one.own_hour or speaking]

    async def _queue(self, chat: int) -> None:
        """Hands the posts that are due to the sender."""
        async with self._database.write() as tx:
            for post in await self._due(tx):
                await posts.settle(tx, post.id, "queued")
                key = f"post:{post.id}/{post.revision}"
                await outbox.post(tx, [Notice(key, "post", ref=post.id, chat=chat)])

    async def _tell_of_lost_rights(self, *, newly: bool) -> None:
        async with self._database.write() as tx:
            await self._write_of_lost_rights(tx, newly=newly)

    async def _write_of_lost_rights(self, tx: Transaction, *, newly: bool) -> None:
        """To managers: when it happens, when it changes, and once a day while it lasts.

        Rights that look good and are refused at each post have not come back meanwhile.
        """
        today, trouble = self._passport.calendar.today(tx.now), self.state.trouble
        lasting = self._troubled_at is not None and tx.now - self._troubled_at < CALM
        self._troubled_at = tx.now
        news = (newly and not lasting) or (lasting and trouble != self._told_of)
        if not news and self._told_on == today:
            return
        self._told_on, self._told_of = today, trouble
        key = f"{tx.now:%Y-%m-%dT%H:%M}" if news else str(today)
        await tell_managers(tx, "post_trouble", None, key, LOST_RIGHTS)

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
                self._troubled_at = None
                # Composed after its hour: a date that was moved since then is looked for again.
                as_of = row.not_before
                await posts.published(
                    tx, row.ref, row.chat, outcome.message_id, result.said, as_of=as_of
                )
            case State.HELD:
                await posts.settle(tx, row.ref, "held", outcome.reason)
                await tell_managers(tx, "post_trouble", row.ref, f"held/{row.key}")
            case State.DROPPED:
                # It was not cancelled, or it would not have been on its way: it was overtaken.
                post = await posts.get(tx, row.ref)
                if post is not None and post.state == "queued":
                    await posts.settle(tx, row.ref, "missed")
            case State.FAILED if result.shut is not None or _is_right(outcome.reason):
                # Lost since we looked: it waits, as if it had not been begun.
                await posts.try_again(tx, row.ref)
                self.state = ChannelState(None, self.state.title, MUTE)
                self._next_look = tx.now + LOOK
                await self._write_of_lost_rights(tx, newly=True)
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
            screen, as_of = await self._composed(tx, post), tx.now
        said = fingerprint.of_html(screen.text)
        if said == post.shown or await self._edit(post, screen, as_of):
            async with self._database.write() as tx:
                await posts.edited(tx, post.id, said, as_of)

    async def _is_worth_a_look(self, tx: Transaction, post: Post) -> bool:
        if post.message_id is None or post.shown_at is None:
            return False
        if not self._passport.campaigns.knows(post.occasion):
            return False  # what it said is not known any more: it stays as it stands
        campaign = await campaigns.of_year(tx, self._passport.campaigns, post.year)
        if campaign.stage(self._passport.calendar.today(tx.now)) == "over":
            return False
        moved_at = await campaigns.moved_at(tx, post.year)
        if moved_at is not None and moved_at >= post.shown_at:
            return True
        return tx.now - post.shown_at >= FRESH

    async def _composed(self, tx: Transaction, post: Post) -> Screen:
        visit = onlooker(tx, self._passport, post.chat or 0, username=self._username())
        return fitted(await compose(visit, post))

    async def _edit(self, post: Post, screen: Screen, as_of: datetime) -> bool:
        """Whether the channel shows the new text; an edit may safely be made twice.

        One that is refused is tried again in an hour, one that had no answer at the next tick.
        """

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
            gone = any(words in error.message.lower() for words in GONE)
            log.warning("channel post was not edited", gone=gone)
            await (self._removed(post) if gone else self._not_edited(post, as_of))
            return False
        except TelegramForbiddenError:
            await self._not_edited(post, as_of)
            return False
        return True

    async def _not_edited(self, post: Post, as_of: datetime) -> None:
        async with self._database.write() as tx:
            await posts.looked_at(tx, post.id, as_of)
            await self._write_of_lost_rights(tx, newly=False)

    async def _removed(self, post: Post) -> None:
        """Deleted by hand: it is not posted again, and its numbers are let be."""
        async with self._database.write() as tx:
            await posts.settle(tx, post.id, "removed", "удалён из канала")
            await tell_managers(tx, "post_trouble", post.id, "removed")


def _is_right(reason: str) -> bool:
    """Whether it is for want of a right that Telegram refuses."""
    return any(words in reason.lower() for words in NO_RIGHTS)
