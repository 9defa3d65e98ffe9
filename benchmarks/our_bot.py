"""Our bot as `run` runs it, except for the date: a report must be open, or enrolment."""

import asyncio
import os
from datetime import datetime

from benchmarks.rig import START
from bot import logs
from bot.app import App
from bot.settings import load_settings
from demo.telegram import MovableClock


async def main() -> None:
    settings = load_settings(None)
    logs.configure(settings.log_level, settings.log_format)
    moment = os.environ.get("MEASURED_AT")
    clock = MovableClock(datetime.fromisoformat(moment) if moment else START)
    async with App(settings, clock=clock) as app:
        await app.serve()


if __name__ == "__main__":
    asyncio.run(main())
