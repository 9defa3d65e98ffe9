"""The demo as a whole: the Telegram, its page, the city, and a bot that can be restarted.

It knows the bot only as something that is opened at an address and speaks the Bot API.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from demo import city, last_summer, season
from demo.jumps import campaign_jumps, jumps
from demo.quarter import FIRST_MOMENT
from demo.residents import MANAGER, NEWCOMER_SCHOOL, Resident, residents
from demo.telegram.clock import MovableClock
from demo.telegram.server import create_app
from demo.telegram.telegram import Telegram
from passport.campaign import Campaign
from passport.loader import Passport
from storage import campaigns
from storage.database import Database

TOKEN = "424242:DEMO-the-token-of-the-bot-in-this-process"  # noqa: S105  # opens nothing
USERNAME = "traektoria_demo_bot"
CHANNEL = last_summer.CHANNEL
PAGE = Path(__file__).with_name("page")

# (address of the Bot API, clock) → the bot, opened; it serves while the context lasts.
OpenBot = Callable[[str, MovableClock], AbstractAsyncContextManager[None]]


def first_moment() -> MovableClock:
    """The clock of the demo: it starts at a day worth seeing, and can be moved."""
    return MovableClock(FIRST_MOMENT)


ROLES = {"coordinator": "координатор", "methodist": "методист", "manager": "руководитель УО"}


def _card(one: Resident, token: str) -> dict[str, Any]:
    """What the page's list says of a person; the newcomer's says the way in."""
    note = one.note
    if one.school == NEWCOMER_SCHOOL:
        note = f"Ссылка-приглашение: https://t.me/{USERNAME}?start={token}"
    role = ROLES.get(one.role or "", "гость")
    return {"id": one.telegram_id, "name": one.name, "role": role, "note": note}


class Stage:
    """Everything the page controls. Closed in reverse order of opening."""

    def __init__(self, passport: Passport, open_bot: OpenBot, clock: MovableClock) -> None:
        self._passport = passport
        self._open_bot = open_bot
        self.clock = clock
        self.telegram = Telegram(token=TOKEN, username=USERNAME, clock=self.clock)
        self._bot = AsyncExitStack()
        self._status = "stopped"
        self._address = ""
        self._notes: dict[int, dict[str, Any]] = {}
        self._database: Database | None = None
        self._lived = clock.now()  # the city stands there

    async def play(self, database: Database, port: int, ready: Callable[[str], None]) -> None:
        """Serves until cancelled; ``ready`` is told the page's address."""
        token = await city.settle(database, self._passport)
        self._database = database
        self._open_channel()
        self._invite_residents(token)
        async with AsyncExitStack() as stack:
            runner = web.AppRunner(
                create_app(
                    self.telegram, page_dir=PAGE, control=self, before_moving=self.live_until
                )
            )
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            self._address = f"http://127.0.0.1:{port}"
            stack.push_async_callback(self.telegram.close)
            await self.restart()
            stack.push_async_callback(self._stop_bot)
            ready(self._address)
            await asyncio.Event().wait()

    def _open_channel(self) -> None:
        """The city's channel, with the posts of last summer; the bot is its administrator."""
        channel = self.telegram.channel(id=CHANNEL, title=last_summer.TITLE)
        today = self.clock.now()
        for post in last_summer.old_posts(self._passport):
            if post.message_id is not None:
                self.clock.move_to(post.due_at)
                assert channel.post(post.text).message_id == post.message_id
        self.clock.move_to(today)
        manager = self.telegram.person(id=MANAGER, name="Начальник отдела УО")
        channel.admit(by=manager.id)

    def _invite_residents(self, token: str) -> None:
        people = residents(self._passport)
        for one in people:
            person = self.telegram.person(id=one.telegram_id, name=one.name)
            if one.shown:
                self._notes[one.telegram_id] = _card(one, token)
                continue
            person.start()
            if one.blocked:
                person.block()
        # They came long ago, and the city's tables know it: the bot need not answer them now.
        self.telegram.queue.take()
        for one in people:
            if one.shown and one.role is not None:
                self.telegram.person(id=one.telegram_id).start()

    # --- what the page asks for --------------------------------------------------------------

    def persons(self) -> list[dict[str, Any]]:
        return list(self._notes.values())

    async def jumps(self) -> list[dict[str, str]]:
        now = self.clock.now()
        groups = {
            "": jumps(self._passport, now),
            "campaign": campaign_jumps(self._passport, now, await self._moved()),
        }
        return [
            {"label": label, "to": moment.isoformat(), "group": group}
            for group, ahead in groups.items()
            for label, moment in ahead
        ]

    async def _moved(self) -> Mapping[str, Campaign]:
        """Campaigns whose dates the page's manager has moved."""
        if self._database is None:
            return {}
        async with self._database.read() as tx:
            return await campaigns.moved(tx)

    def status(self) -> dict[str, Any]:
        return {"status": self._status, "username": USERNAME, "name": "Траектория будущего"}

    async def live_until(self, moment: datetime) -> None:
        """What schools do till then; the clock may go back, what happened stays."""
        if self._database is None or moment <= self._lived:
            return
        await season.live(self._database, self._lived, moment)
        self._lived = moment

    async def restart(self) -> None:
        """Stops the bot and opens it again on the same database."""
        self._status = "restarting"
        await self._stop_bot()
        await self._bot.enter_async_context(self._open_bot(self._address, self.clock))
        self._status = "running"

    async def _stop_bot(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await self._bot.aclose()
        self._bot = AsyncExitStack()
