"""Long polling: a batch is confirmed to Telegram only after it is stored."""

import asyncio
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import GetUpdates
from aiogram.types import Update
from pydantic import ValidationError

from bot.inbox import Inbox
from bot.patience import LONGEST_PAUSE, UNANSWERED, Wait, pauses
from passport.clock import Clock
from storage.database import DatabaseBusyError

log = structlog.get_logger(__name__)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
HELD = 30  # seconds that Telegram holds a poll; proxies cut idle connections at about a minute
GRACE = 15


class Poller:
    """Asks for updates for ever. ``last_heard`` is when Telegram last answered (UTC)."""

    def __init__(self, bot: Bot, inbox: Inbox, clock: Clock, wait: Wait = asyncio.sleep) -> None:
        self._bot = bot
        self._inbox = inbox
        self._clock = clock
        self._wait = wait
        self._offset: int | None = None
        self.last_heard: datetime | None = None

    async def run(self) -> None:
        growing = pauses()
        while True:
            try:
                await self.once(HELD)
                growing = pauses()
                continue
            except TelegramRetryAfter as error:
                pause = float(error.retry_after)
            except TelegramConflictError:
                log.error("another process polls with this token; stop it")
                pause = LONGEST_PAUSE
            except UNANSWERED as error:
                log.warning("telegram does not answer", error=type(error).__name__)
                pause = next(growing)
            except DatabaseBusyError:
                log.warning("database is busy: updates stay with telegram")
                pause = next(growing)
            await self._wait(pause)

    async def once(self, held: int = 0) -> int:
        """One poll; how many updates came. The offset moves only when they are stored."""
        asked = GetUpdates(offset=self._offset, timeout=held, allowed_updates=UPDATES)
        try:
            updates = await self._bot(asked, request_timeout=held + GRACE)
            last = max((update.update_id for update in updates), default=None)
        except ClientDecodeError as error:
            updates, last = self._readable(error.data)
            if last is None:
                raise  # no batch at all: somebody else's page
        self.last_heard = self._clock.now()
        if updates:
            await self._inbox.accept(updates)
            await asyncio.sleep(0)  # the answers of this batch go out before the next is asked for
        if last is not None:
            self._offset = last + 1
        return len(updates)

    def _readable(self, answer: Any) -> tuple[list[Update], int | None]:
        """The updates of a batch that can be read, and the last id of all.

        One that cannot would otherwise come again and again, and nothing after it.
        """
        raw = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(raw, list):
            return [], None
        updates: list[Update] = []
        last = None
        for one in raw:
            last = max(last or 0, one["update_id"])
            try:
                updates.append(Update.model_validate(one, context={"bot": self._bot}))
            except ValidationError:
                log.error("an update that cannot be read is left out")
        return updates, last
