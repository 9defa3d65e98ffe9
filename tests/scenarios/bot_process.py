"""The real bot as a process of its own: what `run` runs, on a day of the scenario."""

import asyncio
import os
from collections.abc import Mapping

from bot import logs
from bot.app import App
from bot.settings import load_settings
from demo.telegram import MovableClock
from tests.clock import local


async def main() -> None:
    settings = load_settings(None)
    logs.configure(settings.log_level, settings.log_format)
    async with App(settings, clock=MovableClock(local(2027, 1, 12, 9, 20))) as app:
        await app.serve()


def live(environment: Mapping[str, str]) -> None:
    """All of the process's life, with these settings."""
    os.environ.update(environment)
    asyncio.run(main())
