"""Turns a reply into API calls, and knows how Telegram refuses them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    LinkPreviewOptions,
)

from bot.keyboards import keyboard
from bot.logs import who
from bot.patience import UNANSWERED, Wait, pauses
from handlers.screen import Envelope, FormFile, Note, Reply, Screen
from storage import people, prompts
from storage.database import Database, DatabaseBusyError, Transaction

log = structlog.get_logger(__name__)

T = TypeVar("T")
FIRST_PAUSE = 0.5
QUICK_TRIES = 2  # for what is worth little when late: a toast, tidying up
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

FormMaker = Callable[[FormFile], Awaitable[tuple[str, bytes]]]


class Courier:
    """Delivers replies. Knows for each chat which message carries its screen."""

    def __init__(
        self, bot: Bot, database: Database, make_form: FormMaker, wait: Wait = asyncio.sleep
    ) -> None:
        self._bot = bot
        self._database = database
        self._make_form = make_form
        self._wait = wait
        self._live: dict[int, int | None] = {}
        # After a 429 nothing is sent to anybody before this moment of the loop's clock.
        self._resume_at = 0.0

    async def live_message(self, tx: Transaction, chat_id: int) -> int | None:
        if chat_id not in self._live:
            self._live[chat_id] = await prompts.live_message(tx, chat_id)
        return self._live[chat_id]

    async def deliver(self, envelope: Envelope) -> int | None:
        """Sends what the reply says; the message that is the chat's screen now, if it changed."""
        chat, reply = envelope.chat_id, envelope.reply
        if chat not in self._live:  # after a restart
            async with self._database.read() as tx:
                await self.live_message(tx, chat)
        try:
            if envelope.callback_id is not None:
                await self._answer(envelope.callback_id, reply)
            live = await self._show(chat, reply, envelope.pressed)
            if reply.menu:
                await self._set_menu(chat, reply.menu)
        except TelegramForbiddenError:
            log.info("unreachable", chat=who(chat))
            await self._mark_unreachable(chat)
            return None
        except TelegramBadRequest as error:
            # Nothing that is sent again would be taken; the person's next step shows a screen.
            log.error("telegram refused a reply", chat=who(chat), reason=error.message)
            text = "⚠️ Экран не поместился в сообщение. Откройте отчёт: /form"
            await self._quietly(lambda: self._bot.send_message(chat, text))
            return None
        if live is not None:
            self._live[chat] = live
        return live

    async def _mark_unreachable(self, chat: int) -> None:
        for pause in pauses(FIRST_PAUSE):
            try:
                async with self._database.write() as tx:
                    await people.set_reachable(tx, chat, reachable=False)
                return
            except DatabaseBusyError:
                await self._wait(pause)

    async def _show(self, chat: int, reply: Reply, pressed: int | None) -> int | None:
        screen, live = reply.screen, self._live.get(chat)
        if pressed is not None and not reply.notes:
            if screen is None:
                return None
            if live is not None and live != pressed:
                await self._remove(chat, live)
            if await self._edit(chat, pressed, screen):
                return pressed
            return await self._send(chat, screen)
        if pressed is not None and (pressed != live or screen is None):
            await self._remove(chat, pressed)
        if screen is None:
            await self._send_notes(chat, reply.notes)
            return None
        if live is None or reply.notes:
            if live is not None:
                await self._leave(chat, live, reply.quiet)
            await self._send_notes(chat, reply.notes)
            return await self._send(chat, screen)
        # The two messages do not depend on each other: the person need not wait for both in turn.
        left, sent = await asyncio.gather(
            self._leave(chat, live, reply.quiet), self._send(chat, screen), return_exceptions=True
        )
        if isinstance(sent, BaseException):
            raise sent
        if isinstance(left, BaseException):
            raise left
        return sent

    async def _send_notes(self, chat: int, notes: tuple[Note, ...]) -> None:
        for note in notes:
            await self._send_note(chat, note)

    async def _leave(self, chat: int, live: int, quiet: str) -> None:
        """What becomes of the screen above when a new one is sent below."""
        if not quiet or not await self._edit(chat, live, Screen(quiet)):
            await self._remove(chat, live)

    # --- single calls ------------------------------------------------------------------------

    async def _answer(self, callback_id: str, reply: Reply) -> None:
        """Stops the button's clock; a query that is too old has nobody waiting for it."""

        async def call() -> bool:
            return await self._bot.answer_callback_query(callback_id, text=reply.toast or None)

        await self._quietly(call)

    async def _edit(self, chat: int, message: int, screen: Screen) -> bool:
        """Whether the message shows the screen now."""

        async def call() -> object:
            return await self._bot.edit_message_text(
                screen.text,
                chat_id=chat,
                message_id=message,
                reply_markup=keyboard(screen),
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._stubbornly(call)
        except TelegramBadRequest as error:
            return "not modified" in error.message
        return True

    async def _send(self, chat: int, screen: Screen) -> int:
        async def call() -> int:
            sent = await self._bot.send_message(
                chat,
                screen.text,
                reply_markup=keyboard(screen),
                link_preview_options=NO_PREVIEW,
            )
            return sent.message_id

        return await self._stubbornly(call)

    async def _send_note(self, chat: int, note: Note) -> None:
        if note.file is None:
            await self._send(chat, Screen(note.text))
            return
        try:
            name, content = await self._make_form(note.file)
        except Exception:
            log.exception("form was not made", chat=who(chat))
            text = "⚠️ Файл пока не получился. Попросите его ещё раз: /export"
            await self._send(chat, Screen(text))
            return

        async def call() -> object:
            file = BufferedInputFile(content, filename=name)
            return await self._bot.send_document(chat, file, caption=note.text)

        try:
            await self._stubbornly(call)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            log.error("telegram refused a file", chat=who(chat), reason=type(error).__name__)
            await self._send(
                chat, Screen("⚠️ Telegram не принял файл. Попросите его позже: /export")
            )

    async def _remove(self, chat: int, message: int) -> None:
        """Takes an old screen away; one that Telegram no longer deletes loses its buttons."""

        async def delete() -> bool:
            return await self._bot.delete_message(chat, message)

        async def strip() -> object:
            return await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message)

        if not await self._quietly(delete):
            await self._quietly(strip)

    async def _set_menu(self, chat: int, menu: tuple[tuple[str, str], ...]) -> None:
        commands = [BotCommand(command=name, description=text) for name, text in menu]

        async def call() -> bool:
            return await self._bot.set_my_commands(commands, BotCommandScopeChat(chat_id=chat))

        await self._quietly(call)

    # --- how often to try --------------------------------------------------------------------

    async def _quietly(self, call: Callable[[], Awaitable[object]]) -> bool:
        """A call that nobody misses; whether it succeeded."""
        try:
            await self._try(call, QUICK_TRIES)
        except TelegramForbiddenError:
            raise
        except AiogramError as error:
            log.debug("call left out", reason=type(error).__name__)
            return False
        return True

    async def _stubbornly(self, call: Callable[[], Awaitable[T]]) -> T:
        """A call that must get through: tried until Telegram takes or refuses it."""
        return await self._try(call, None)

    async def _try(self, call: Callable[[], Awaitable[T]], tries: int | None) -> T:
        loop = asyncio.get_running_loop()
        for pause in pauses(FIRST_PAUSE):
            waited_for = 0.0  # another 429 may move the moment on meanwhile
            while waited_for < self._resume_at and self._resume_at > loop.time():
                waited_for = self._resume_at
                await self._wait(self._resume_at - loop.time())
            try:
                return await call()
            except TelegramRetryAfter as error:
                self._resume_at = max(self._resume_at, loop.time() + error.retry_after)
                log.warning("telegram asks to wait", seconds=error.retry_after)
                last: AiogramError = error
            except TelegramEntityTooLarge:
                raise  # aiogram counts it among network errors, but it will not pass
            except UNANSWERED as error:
                log.warning("telegram does not answer", error=type(error).__name__)
                last = error
            if tries is not None:
                tries -= 1
                if tries <= 0:
                    raise last
            if not isinstance(last, TelegramRetryAfter):  # that one waits for its moment above
                await self._wait(pause)
        raise AssertionError("pauses never end")
