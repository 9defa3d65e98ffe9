"""Carries one row of the outbox to Telegram, and finds out whether it is there already.

A bot cannot read a chat, but it can touch a message: putting the row's own buttons under message
N is refused in a way that tells what N is (decision 0015).
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.types import InlineKeyboardMarkup, Message
from aiohttp import ClientConnectorError

from bot import fingerprint, flight
from bot.courier import NO_PREVIEW
from bot.flight import Flight, Result
from bot.keyboards import keyboard
from bot.line import Line, interrupted
from bot.logs import who
from bot.pace import Pace
from bot.patience import UNANSWERED

log = structlog.get_logger(__name__)

T = TypeVar("T")
REACH = 32  # so many messages of others may come between the lease and the send
FARTHEST = 500  # ids tried for one message: more are missing only after an old backup
NOT_FOUND = "chat not found"


class SilenceError(Exception):
    """Telegram has stopped answering before this call's turn came: it was not made."""


class Carrier:
    """``silent``: Telegram did not answer lately, so nothing more is begun."""

    def __init__(self, bot: Bot, line: Line, pace: Pace) -> None:
        self._bot = bot
        self._line = line
        self._pace = pace
        self.silent = False

    async def carry(self, one: Flight) -> Result:
        """Cancelled before its call has begun, it raises; a call that was begun is finished."""
        row, known = one.row, one.after if one.tried else None
        said = fingerprint.of_html(one.screen.text)
        if one.tried and not _private(one):
            return flight.held(row, row.sent_as or said)
        try:
            if not one.tried:
                return flight.sent(row, await self._send(one), said)
            found = await self._find(one)
            return flight.back(row) if found is None else flight.sent(row, found)
        except SilenceError:
            return flight.later(row, known)
        except TelegramForbiddenError as error:
            log.info("unreachable", chat=who(one.chat))
            return flight.shut_out(row, one.chat, error)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            if NOT_FOUND in error.message.lower():
                return flight.shut_out(row, one.chat, error)
            log.error("telegram refused a notice", kind=row.kind, chat=who(one.chat))
            return flight.refused(row, error)
        except UNANSWERED as error:
            log.warning("telegram does not answer", error=type(error).__name__)
            self.silent = True
            if not _private(one):
                # Whoever could not connect has said nothing; otherwise nobody knows.
                return flight.later(row) if _unconnected(error) else flight.held(row, said)
            return flight.later(row, one.after)
        except TelegramAPIError as error:  # of us, not of this message: a token withdrawn
            log.error("telegram refuses", error=type(error).__name__)
            return flight.later(row, known)

    async def _send(self, one: Flight) -> int:
        """The message's id; a channel has a counter of its own."""

        async def call() -> Message:
            return await self._bot.send_message(
                one.chat,
                one.screen.text,
                reply_markup=keyboard(one.screen),
                link_preview_options=NO_PREVIEW,
            )

        message = await self._in_turn(lambda: self._pace.turn(one.chat), call)
        if _private(one):
            self._line.seen(message.message_id)
        return message.message_id

    async def _find(self, one: Flight) -> int | None:
        """The message of a try whose end is unknown, if it is in the chat."""
        buttons = keyboard(one.screen)
        if buttons is None:  # nothing to know it by
            return None
        left = FARTHEST
        for message in range(one.after + 1, max(self._line.highest, one.after + REACH) + 1):
            if message in one.others or self._line.accounts_for(message):
                continue
            if await self._is_it(one, message, buttons):
                return message
            left -= 1
            if not left:
                break
        return None

    async def _is_it(self, one: Flight, message: int, buttons: InlineKeyboardMarkup) -> bool:
        try:
            touched = await self._touch(one.chat, message, buttons)
        except TelegramBadRequest as error:
            if NOT_FOUND in error.message.lower():
                raise
            return "not modified" in error.message
        # The buttons differed. Ours, when they are drawn otherwise by now: they are fresh then.
        said = touched.text if isinstance(touched, Message) else None
        if said is not None and fingerprint.of_shown(said) == one.row.sent_as:
            return True
        # An answer that went out just before a crash: it must not offer what is not its own.
        await self._touch(one.chat, message, None)
        return False

    async def _touch(
        self, chat: int, message: int, buttons: InlineKeyboardMarkup | None
    ) -> Message | bool:
        async def call() -> Message | bool:
            return await self._bot.edit_message_reply_markup(
                chat_id=chat, message_id=message, reply_markup=buttons
            )

        return await self._in_turn(self._pace.breath, call)

    async def _in_turn(
        self, turn: Callable[[], Awaitable[None]], call: Callable[[], Awaitable[T]]
    ) -> T:
        """Makes the call at its turn; again, at another turn, when Telegram says 429."""
        while True:
            moment = await self._line.resumed()
            await turn()
            if self.silent:
                raise SilenceError
            if self._line.resume_at > moment:  # somebody else was told to wait meanwhile
                continue
            try:
                return await self._line.singly(call)
            except TelegramRetryAfter:
                interrupted()


def _unconnected(error: Exception) -> bool:
    return isinstance(error.__cause__, ClientConnectorError)


def _private(one: Flight) -> bool:
    return one.chat > 0
