"""A bot that dies at a chosen step: before a statement, before a commit, around an API call.

Once dead it does nothing more, as a killed process: no statement, no commit, no call.
"""

from pathlib import Path
from typing import Any

from aiogram.client.bot import Bot
from aiogram.methods.base import TelegramMethod, TelegramType
from sqlalchemy import event

from bot.app import App
from tests import ground
from tests.demo.session import DirectSession
from tests.workshop import LastingWorkshop
from tests.world import NEVER, World, at_once


class Crash(BaseException):
    """The process is gone. Not an Exception: nothing may handle it."""


class Steps:
    """Counts what the bot does to the world outside; dies at the chosen one."""

    def __init__(self) -> None:
        self.taken = 0
        self.die_at: int | None = None
        self.dead = False

    def take(self, *_event: Any) -> None:
        self.taken += 1
        if self.dead or self.taken == self.die_at:
            self.dead = True
            raise Crash

    def start(self, die_at: int | None) -> None:
        self.taken, self.die_at, self.dead = 0, die_at, False


class MortalSession(DirectSession):
    def __init__(self, steps: Steps, *args: Any) -> None:
        super().__init__(*args)
        self._steps = steps

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        self._steps.take()  # killed before Telegram heard of it
        answer = await super().make_request(bot, method, timeout)
        self._steps.take()  # killed after Telegram did it
        return answer


class MortalWorld(World):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.database_file = folder / "bot.sqlite"
        self.steps = Steps()

    def create_app(self) -> App:
        app = App(
            self.settings,
            clock=self.clock,
            session=MortalSession(self.steps, self.telegram),
            passport=ground.passport(),
            workshop=LastingWorkshop,
            wait=at_once,
            tick=NEVER,
        )
        event.listen(app.database.engine.sync_engine, "before_cursor_execute", self.steps.take)
        event.listen(app.database.engine.sync_engine, "commit", self.steps.take)
        return app

    async def die(self) -> None:
        """Takes the dead bot away; what it had not committed is gone."""
        try:
            await self.close()
        except Crash:
            await self._buried.database.close()

    async def close(self) -> None:
        if self._app is not None:
            self._buried = self._app
        await super().close()
