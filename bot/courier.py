"""Turns a reply into API calls, and knows how Telegram refuses them."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    LinkPreviewOptions,
)

from bot.attachments import Attachment
from bot.fitting import fitted, fitted_caption, fitted_toast
from bot.keyboards import keyboard
from bot.line import FIRST_PAUSE, Line
from bot.logs import who
from bot.patience import pauses
from handlers.screen import BookFile, ChartFile, Envelope, InvitePass, Note, Reply, Screen
from storage import people, prompts
from storage.database import Database, DatabaseBusyError, Transaction

log = structlog.get_logger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Maker = Callable[[Note], Awaitable[Attachment]]
OnUnreachable = Callable[[Transaction, int], Awaitable[None]]


class Courier:
    """Delivers replies. Knows for each chat which message carries its screen."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        make: Maker,
        line: Line,
        on_unreachable: OnUnreachable,
    ) -> None:
        self._bot = bot
        self._database = database
        self._make = make
        self._on_unreachable = on_unreachable
        self._line = line
        self._live: dict[int, int | None] = {}

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
            text = "⚠️ Экран не поместился в сообщение. На главный экран: /start"
            await self._line.quietly(lambda: self._bot.send_message(chat, text))
            return None
        if live is not None:
            self._live[chat] = live
        return live

    async def _mark_unreachable(self, chat: int) -> None:
        for pause in pauses(FIRST_PAUSE):
            try:
                async with self._database.write() as tx:
                    person = await people.by_telegram_id(tx, chat)
                    changed = await people.set_reachable(tx, chat, reachable=False)
                    if person is not None and changed:
                        await self._on_unreachable(tx, person.id)
                return
            except DatabaseBusyError:
                await self._line.wait(pause)

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
            toast = fitted_toast(reply.toast) or None
            return await self._bot.answer_callback_query(callback_id, text=toast)

        await self._line.quietly(call)

    async def _edit(self, chat: int, message: int, screen: Screen) -> bool:
        """Whether the message shows the screen now."""
        screen = fitted(screen)

        async def call() -> object:
            return await self._bot.edit_message_text(
                screen.text,
                chat_id=chat,
                message_id=message,
                reply_markup=keyboard(screen),
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._line.stubbornly(call)
        except TelegramBadRequest as error:
            return "not modified" in error.message
        return True

    async def _send(self, chat: int, screen: Screen) -> int:
        screen = fitted(screen)

        async def call() -> int:
            sent = await self._bot.send_message(
                chat,
                screen.text,
                reply_markup=keyboard(screen),
                link_preview_options=NO_PREVIEW,
            )
            self._line.account_for(sent.message_id)
            return sent.message_id

        return await self._line.stubbornly(call)

    async def _send_note(self, chat: int, note: Note) -> None:
        if note.file is None:
            await self._send(chat, Screen(note.text))
            return
        progress = await self._progress(chat, note)
        try:
            made = await self._made(note)
        except Exception:
            log.exception("attachment was not made", chat=who(chat))
            await self._send(chat, Screen(f"⚠️ Файл пока не получился. {_again(note)}"))
            return
        finally:
            if progress is not None:
                await self._remove(chat, progress)
        if made.words:
            await self._send(chat, Screen(made.words))
        if made.content:
            await self._send_file(chat, made, note)

    async def _progress(self, chat: int, note: Note) -> int | None:
        """Before a long export: a line that is taken away when the file is there."""
        if not isinstance(note.file, BookFile) or note.file.kind != "city":
            return None
        return await self._send(
            chat, Screen(f"⏳ Делаю файл: {note.text}. Это может занять минуту.")
        )

    async def _made(self, note: Note) -> Attachment:
        for pause in pauses(FIRST_PAUSE):
            try:
                return await self._make(note)
            except DatabaseBusyError:
                await self._line.wait(pause)
        raise AssertionError("pauses never end")

    async def _send_file(self, chat: int, made: Attachment, note: Note) -> None:
        caption = fitted_caption(made.caption)

        async def call() -> object:
            file = BufferedInputFile(made.content, filename=made.name)
            if made.picture:
                sent = await self._bot.send_photo(chat, file, caption=caption)
            else:
                sent = await self._bot.send_document(chat, file, caption=caption)
            self._line.account_for(sent.message_id)
            return sent

        try:
            await self._line.stubbornly(call)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            log.error("telegram refused a file", chat=who(chat), reason=type(error).__name__)
            await self._send(chat, Screen(f"⚠️ Telegram не принял файл. {_again(note)}"))

    async def _remove(self, chat: int, message: int) -> None:
        """Takes an old screen away; one that Telegram no longer deletes loses its buttons."""

        async def delete() -> bool:
            return await self._bot.delete_message(chat, message)

        async def strip() -> object:
            return await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message)

        if not await self._line.quietly(delete):
            await self._line.quietly(strip)

    async def _set_menu(self, chat: int, menu: tuple[tuple[str, str], ...]) -> None:
        commands = [BotCommand(command=name, description=text) for name, text in menu]

        async def call() -> bool:
            return await self._bot.set_my_commands(commands, BotCommandScopeChat(chat_id=chat))

        await self._line.quietly(call)


def _again(note: Note) -> str:
    if isinstance(note.file, InvitePass):
        return "Ссылка в сообщении выше действует и без картинки."
    if isinstance(note.file, ChartFile):
        return "Нажмите «График» ещё раз."
    return "Попросите его ещё раз: /export"
