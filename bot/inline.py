"""Inline mode: cards of classes for any chat. Beside the inbox: there is nothing to store, and an
answer that is lost or late is asked for again with the next letter typed."""

from collections.abc import Callable

import structlog
from aiogram import Bot
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.fitting import fitted
from bot.group import Group
from bot.line import Line
from handlers.parents import sharing
from handlers.parents.sharing import Shared
from handlers.screen import Screen
from handlers.visit import onlooker
from passport.loader import Passport
from storage.database import Database

log = structlog.get_logger(__name__)

AT_ONCE = 8  # more are left unanswered
FRESH = 30  # seconds that Telegram may give the same answer to others: seats change
FURTHEST = 10_000  # classes; an offset comes from outside
OPEN = InlineQueryResultsButton(text="Открыть бота", start_parameter="classes")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class InlineDesk:
    """Answers queries, each in a read transaction of its own."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        passport: Passport,
        *,
        line: Line,
        group: Group,
        username: Callable[[], str],
    ) -> None:
        self._bot = bot
        self._database = database
        self._passport = passport
        self._line = line
        self._group = group
        self._username = username
        self._under_way = 0

    def take(self, query: InlineQuery) -> None:
        if self._under_way >= AT_ONCE:
            log.debug("an inline query is left out")
            return
        self._under_way += 1
        self._group.run("inline query", self._answer(query))

    async def _answer(self, query: InlineQuery) -> None:
        try:
            offset = offset_of(query.offset)
            shared = await self._found(query, offset)

            async def call() -> bool:
                return await self._bot.answer_inline_query(
                    query.id,
                    [result(one, self._username()) for one in shared],
                    cache_time=FRESH,
                    is_personal=False,
                    next_offset=next_offset(offset, len(shared)),
                    button=OPEN,
                )

            await self._line.quietly(call)
        except Exception as error:
            # Not the query's text. Nobody waits: the next letter typed asks again.
            log.warning("an inline query has no answer", error=type(error).__name__)
        finally:
            self._under_way -= 1

    async def _found(self, query: InlineQuery, offset: int) -> list[Shared]:
        async with self._database.read() as tx:
            visit = onlooker(tx, self._passport, query.from_user.id, username=self._username())
            return await sharing.found(visit, query.query, offset)


def offset_of(text: str) -> int:
    return min(int(text), FURTHEST) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def next_offset(offset: int, count: int) -> str:
    """Where the next page begins; empty when this was the last."""
    return str(offset + count) if count == sharing.MOST else ""


def result(one: Shared, username: str) -> InlineQueryResultArticle:
    link = f"https://t.me/{username}?start={one.payload}"
    button = InlineKeyboardButton(text="Открыть в боте", url=link)
    return InlineQueryResultArticle(
        id=one.id,
        title=one.title,
        description=one.description,
        input_message_content=InputTextMessageContent(
            message_text=fitted(Screen(one.text)).text, link_preview_options=NO_PREVIEW
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]) if username else None,
    )
