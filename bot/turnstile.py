"""A stranger who floods is let in at a walking pace, and told so once.

People with an account are never counted: a school's evening of forty answers is no flood. In
memory only, and bounded: after a restart everybody begins anew.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import Update

from bot.group import Group
from bot.line import Line
from bot.logs import who
from passport.clock import Clock

log = structlog.get_logger(__name__)

AT_ONCE = 20
PACE = timedelta(seconds=2)  # between two more
REMEMBERED = 10_000  # chats
ANSWERING = 8  # polite words on their way at once
SENTENCE = "Вы пишете быстрее, чем я отвечаю. Подождите полминуты и повторите последний вопрос."


@dataclass(slots=True)
class Bucket:
    """Tokens that a chat has left. ``told``: the present dry spell has had its sentence."""

    filled_at: datetime
    tokens: float = AT_ONCE
    told: bool = False

    def take(self, now: datetime) -> bool:
        """Whether one more is let in. The spell is over when half of the bucket is full again."""
        gained = max(timedelta(), now - self.filled_at) / PACE  # a clock may be put back
        self.tokens = min(AT_ONCE, self.tokens + gained)
        self.filled_at = now
        if self.tokens >= AT_ONCE / 2:
            self.told = False
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Turnstile:
    """Says of each update whether it is turned away, before it is stored."""

    def __init__(self, bot: Bot, line: Line, group: Group, clock: Clock) -> None:
        self._bot = bot
        self._line = line
        self._group = group
        self._clock = clock
        self._strangers: OrderedDict[int, Bucket] = OrderedDict()
        self._answering = 0

    def saw(self, chat: int, *, stranger: bool) -> None:
        """Who wrote has been looked up: an account is counted no more."""
        if not stranger:
            self.forget(chat)
        elif chat not in self._strangers:
            self._strangers[chat] = Bucket(self._clock.now(), AT_ONCE - 1)
            if len(self._strangers) > REMEMBERED:
                self._strangers.popitem(last=False)

    def crowds(self, chats: Iterable[int]) -> list[int]:
        """Who sends more at once than is let in, and has not been looked up lately."""
        counted = Counter(chats)
        return [
            chat
            for chat, count in counted.items()
            if count > AT_ONCE and chat not in self._strangers
        ]

    def forget(self, chat: int) -> None:
        """Not known to be a stranger any more."""
        self._strangers.pop(chat, None)

    def knows(self, chat: int) -> bool:
        """Whether it was a stranger when it wrote last."""
        return chat in self._strangers

    def turns_away(self, chat: int, update: Update) -> bool:
        """Blocking and unblocking is always let in: it is no question."""
        bucket = self._strangers.get(chat)
        if bucket is None or update.my_chat_member is not None:
            return False
        self._strangers.move_to_end(chat)
        if bucket.take(self._clock.now()):
            return False
        self._answer(chat, update, bucket)
        return True

    def _answer(self, chat: int, update: Update, bucket: Bucket) -> None:
        """One sentence a dry spell; a pressed button is always let go of."""
        pressed = update.callback_query
        if (bucket.told and pressed is None) or self._answering >= ANSWERING:
            return
        if not bucket.told:
            log.info("a stranger floods", chat=who(chat))
        told, bucket.told = bucket.told, True
        self._answering += 1
        self._group.run(
            f"turnstile {who(chat)}", self._say(chat, pressed.id if pressed else None, told)
        )

    async def _say(self, chat: int, callback_id: str | None, told: bool) -> None:
        async def release() -> object:
            return await self._bot.answer_callback_query(callback_id or "", text="Чуть помедленнее")

        async def say() -> object:
            sent = await self._bot.send_message(chat, SENTENCE)
            self._line.account_for(sent.message_id)
            return sent

        try:
            if callback_id is not None:
                await self._line.quietly(release)
            if not told:
                await self._line.quietly(say)
        except TelegramForbiddenError:
            log.debug("a stranger who floods has blocked the bot", chat=who(chat))
        finally:
            self._answering -= 1
