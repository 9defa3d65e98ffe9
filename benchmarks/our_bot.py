"""Our bot as `run` runs it, except for the date: a report must be open."""

import asyncio

from benchmarks.rig import START
from bot import logs
from bot.app import App
from bot.settings import load_settings
from demo.telegram import MovableClock


async def main() -> None:
    settings = load_settings(None)
    logs.configure(settings.log_level, settings.log_format)
    async with App(settings, clock=MovableClock(START)) as app:
        await app.serve()


if __name__ == "__main__":
    asyncio.run(main())
