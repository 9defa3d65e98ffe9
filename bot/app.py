"""The composition root: opens everything in order, closes it in reverse."""

import asyncio
import gc
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from types import TracebackType
from typing import Self

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    GetUpdates,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import BotCommand

from bot.attachments import Attachments
from bot.channel import Channel
from bot.courier import Courier
from bot.group import Group
from bot.http import HOOK, HttpSide
from bot.inbox import Inbox
from bot.inline import InlineDesk
from bot.line import Line, loop_time
from bot.pace import Pace
from bot.patience import Wait, insist
from bot.polling import UPDATES, Poller
from bot.sender import Sender
from bot.settings import Settings
from bot.turnstile import Turnstile
from bot.uploads import Uploads
from bot.visits import Visits
from exports.worker import Workshop
from handlers.access import menu
from handlers.notices.compose import Composer
from handlers.router import routing
from handlers.tell import tell_unreachable
from passport.clock import Clock, SystemClock
from passport.loader import Passport, load_passport, localised
from reminders.schedule import TICK, Schedule
from storage import schools
from storage.database import Database, Transaction
from storage.schema import migrate

log = structlog.get_logger(__name__)
# pydantic builds these on first use, loses them at every garbage collection and builds them again
# (14 % of the time under load), unless somebody holds on to them.
KEPT_TYPES = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (
        AnswerCallbackQuery,
        DeleteMessage,
        EditMessageText,
        GetUpdates,
        SendDocument,
        SendMessage,
        SendPhoto,
    )
)


def create_session(settings: Settings) -> BaseSession:
    proxy = settings.bot_proxy or None
    if not settings.bot_api_url:
        return AiohttpSession(proxy=proxy)
    return AiohttpSession(proxy=proxy, api=TelegramAPIServer.from_base(settings.bot_api_url))


class App:
    """The whole bot. ``async with App(...) as app`` opens it; ``await app.serve()`` runs it."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        session: BaseSession | None = None,
        passport: Passport | None = None,
        workshop: Callable[[], Workshop] = Workshop,
        wait: Wait = asyncio.sleep,
        monotonic: Callable[[], float] = loop_time,
        tick: timedelta = TICK,
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.passport = localised(passport or load_passport(), settings.time_zone)
        self.bot = Bot(
            settings.bot_token.get_secret_value(),
            session=session or create_session(settings),
            default=DefaultBotProperties(parse_mode=ParseMode.HTML),
        )
        self.database = Database(settings.database_url, self.clock)
        self.workshop = workshop()
        # Of long workbooks and of files that people send: a receipt's form waits for neither.
        self.press = workshop()
        self.attachments = Attachments(
            self.bot, self.database, self.passport, self.workshop, self.press
        )
        self.group = Group(wait)
        self.line = Line(wait, monotonic)
        self.courier = Courier(
            self.bot, self.database, self.attachments.make, self.line, self._tell_of_unreachable
        )
        pace = Pace(wait, monotonic)
        self.channel = Channel(
            self.bot,
            self.database,
            self.passport,
            self.line,
            channel_id=settings.channel_id,
            username=self._own_name,
        )
        self.sender = Sender(
            self.bot,
            self.database,
            self.line,
            pace,
            Composer(
                self.passport,
                frozenset(settings.owner_ids),
                self._own_name,
                lambda: self.channel.state,
            ),
            on_unreachable=self._tell_of_unreachable,
            on_chat_settled=self.channel.settled,
        )
        self.schedule = Schedule(
            self.database, self.passport, self.sender.wake, tick, self.channel.upkeep
        )
        self._wait = wait
        self._username = ""  # until Telegram has told it
        self._stack = AsyncExitStack()
        self.inbox: Inbox
        self.poller: Poller

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.bot.session.close)
            stack.push_async_callback(self.press.close)
            stack.push_async_callback(self.workshop.close)
            await migrate(self.database)
            async with self.database.write() as tx:
                await schools.add_missing(tx, self.passport.schools.schools)
            await self._introduce()
            self.inbox = Inbox(
                bot=self.bot,
                dispatcher=routing(),
                database=self.database,
                courier=self.courier,
                visits=Visits(
                    self.passport,
                    self.courier,
                    self.line,
                    frozenset(self.settings.owner_ids),
                    username=self._own_name(),
                    channel=lambda: self.channel.state,
                ),
                uploads=Uploads(self.bot, self.database, self.line, self.press),
                inline=InlineDesk(
                    self.bot,
                    self.database,
                    self.passport,
                    line=self.line,
                    group=self.group,
                    username=self._own_name,
                ),
                turnstile=Turnstile(self.bot, self.line, self.group, self.clock),
                group=self.group,
                wait=self._wait,
            )
            self.poller = Poller(self.bot, self.inbox, self.clock, self._wait)
            stack.push_async_callback(self.inbox.finished.flush)
            stack.push_async_callback(self.sender.close)
            stack.push_async_callback(self.group.close)
            resumed = await self.inbox.resume()
            self.group.keep("inbox marks", self.inbox.finished.mark)
            self.schedule.start()
            stack.callback(self.schedule.stop)
            log.info("bot is open", resumed=resumed)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def serve(self) -> None:
        """Receives updates until cancelled: by webhook when one is set, by polling otherwise."""
        settings = self.settings
        # Nothing made so far goes away: collecting it again and again is work for nothing.
        gc.collect()
        gc.freeze()
        # The default is meant for small programs: here every answer makes thousands of objects
        # that die by themselves, and looking for cycles after each 700 costs a tenth of the time.
        gc.set_threshold(20_000, 20, 50)
        self.group.keep("sender", self.sender.run)
        async with AsyncExitStack() as stack:
            if settings.http_port:
                secret = settings.webhook_secret.get_secret_value() if settings.webhook_url else ""
                side = HttpSide(settings.http_port, self.inbox, secret, self.figures)
                await side.start()
                stack.push_async_callback(side.close)
            if settings.webhook_url:
                await insist(self._set_webhook, self._wait)
                await asyncio.Event().wait()
            await insist(self.bot.delete_webhook, self._wait)
            await self.poller.run()

    async def _set_webhook(self) -> bool:
        return await self.bot.set_webhook(
            self.settings.webhook_url + HOOK,
            secret_token=self.settings.webhook_secret.get_secret_value(),
            allowed_updates=UPDATES,
        )

    def figures(self) -> dict[str, float]:
        """What health shows: counts and ages, no names."""
        heard = self.poller.last_heard or self.inbox.last_accepted
        age = (self.clock.now() - heard).total_seconds() if heard else -1.0
        return {"updates_handled": self.inbox.handled, "seconds_since_telegram": age}

    def _own_name(self) -> str:
        return self._username

    async def _tell_of_unreachable(self, tx: Transaction, person: int) -> None:
        await tell_unreachable(tx, self.passport.calendar, person)

    async def _introduce(self) -> None:
        """Makes sure that Telegram knows us, and sets the menu of strangers."""
        me = await insist(self.bot.me, self._wait)
        self._username = me.username or ""
        commands = [BotCommand(command=name, description=text) for name, text in menu(None)]
        await insist(lambda: self.bot.set_my_commands(commands), self._wait)
