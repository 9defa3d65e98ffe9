"""The wiring of APScheduler: which function is woken when, local time.

Jobs live in memory only. A run that the machine slept through is made up for once (coalesced,
however late): every job looks at the tables and at the bot's own clock, and finds by itself what
is to be done.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from passport.loader import Passport
from reminders.bulletins import hand_on
from reminders.campaigning import propose
from reminders.measuring import fix_due
from reminders.planner import plan
from reminders.risk_watch import watch
from storage import inbox, openings, outbox
from storage.database import Database

log = structlog.get_logger(__name__)

# How long a message to somebody else may wait for its way out. A tick with nothing to do costs a
# handful of queries and writes nothing.
TICK = timedelta(seconds=5)


async def nothing() -> None:
    """No channel to keep up."""


class Schedule:
    """Background work by the clock. ``wake`` tells the sender that something may be due;
    ``upkeep`` looks after the channel."""

    def __init__(
        self,
        database: Database,
        passport: Passport,
        wake: Callable[[], None],
        tick: timedelta = TICK,
        upkeep: Callable[[], Awaitable[None]] = nothing,
    ) -> None:
        self._database = database
        self._passport = passport
        self._wake = wake
        self._tick = tick
        self._upkeep = upkeep
        self._zone = passport.calendar.zone
        self._measured_on: date | None = None
        self._watched_on: date | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=self._zone,
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def start(self) -> None:
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        # At night, when nobody fills anything.
        nightly = CronTrigger(hour=3, minute=30, timezone=self._zone)
        self._scheduler.add_job(self.trim, nightly, id="trim")
        often = IntervalTrigger(seconds=self._tick.total_seconds(), timezone=self._zone)
        self._scheduler.add_job(self.plan, often, id="plan reminders")
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def plan(self) -> None:
        """Writes the reminders and digests that are due, and lets the sender look."""
        # Before the digest is written: it tells what has changed this morning.
        self._watched_on = await watch(self._database, self._passport, self._watched_on)
        written = await plan(self._database, self._passport)
        written += await propose(self._database, self._passport)
        written += await hand_on(self._database, self._passport)
        await self._upkeep()
        if written:
            log.info("messages planned", count=written)
        self._wake()
        await self._measure()

    async def _measure(self) -> None:
        """Makes values official that have come to their date; looked at once a day."""
        async with self._database.read() as tx:
            today = self._passport.calendar.today(tx.now)
        if today == self._measured_on:
            return
        fixed = await fix_due(self._database, self._passport)
        self._measured_on = today
        if fixed:
            log.info("indicators fixed", count=fixed)

    async def trim(self) -> None:
        """Forgets finished updates that Telegram can no longer send again, and old notices."""
        async with self._database.write() as tx:
            updates, notices = await inbox.trim(tx, self._passport.calendar), await outbox.trim(tx)
            await openings.trim(tx)
        log.info("trimmed", updates=updates, notices=notices)


def _report(event: JobExecutionEvent) -> None:
    if event.exception is not None:
        log.error("job failed", job=event.job_id, exc_info=event.exception)
    else:
        log.warning("job missed", job=event.job_id)
