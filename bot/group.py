"""One group owns all background work: it logs what fails, starts it again, stops it in order."""

import asyncio
from collections.abc import Callable, Coroutine

import structlog

from bot.patience import Wait, pauses

log = structlog.get_logger(__name__)


class Group:
    """Supervised tasks. Nothing else in the bot may call ``asyncio.create_task``."""

    def __init__(self, wait: Wait = asyncio.sleep) -> None:
        self._wait = wait
        self._services: list[asyncio.Task[None]] = []
        self._jobs: set[asyncio.Task[None]] = set()

    def keep(self, name: str, service: Callable[[], Coroutine[None, None, None]]) -> None:
        """Runs a service for ever: when it fails, it is started again after a growing pause."""
        task = asyncio.create_task(self._supervise(name, service), name=name)  # noqa: TID251
        self._services.append(task)

    def run(self, name: str, job: Coroutine[None, None, None]) -> None:
        """Runs a job once; a failure is logged."""
        task = asyncio.create_task(job, name=name)  # noqa: TID251
        self._jobs.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Stops services in reverse order of their start, then the jobs."""
        for task in [*reversed(self._services), *self._jobs]:
            task.cancel()
            await asyncio.wait([task])
        self._services.clear()

    async def _supervise(
        self, name: str, service: Callable[[], Coroutine[None, None, None]]
    ) -> None:
        for pause in pauses():
            try:
                await service()
                return
            except Exception:
                log.exception("service failed", service=name, again_in=pause)
            await self._wait(pause)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._jobs.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("job failed", job=task.get_name(), exc_info=task.exception())
