"""The wiring of APScheduler: which function is woken when, local time.

Jobs live in memory only. A run that the machine slept through is made up for once (coalesced,
however late): every job looks at the tables and finds by itself what is to be done.
"""

from zoneinfo import ZoneInfo

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from storage import inbox
from storage.database import Database

log = structlog.get_logger(__name__)


class Schedule:
    """Background work by the clock."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone
        self._scheduler = AsyncIOScheduler(
            timezone=zone, job_defaults={"coalesce": True, "misfire_grace_time": None}
        )

    def start(self) -> None:
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        # At night, when nobody fills anything.
        nightly = CronTrigger(hour=3, minute=30, timezone=self._zone)
        self._scheduler.add_job(self.trim_inbox, nightly, id="trim inbox")
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def trim_inbox(self) -> None:
        """Forgets finished updates that Telegram can no longer send again."""
        async with self._database.write() as tx:
            gone = await inbox.trim(tx)
        log.info("inbox trimmed", updates=gone)


def _report(event: JobExecutionEvent) -> None:
    if event.exception is not None:
        log.error("job failed", job=event.job_id, exc_info=event.exception)
    else:
        log.warning("job missed", job=event.job_id)
