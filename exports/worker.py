"""Workbooks are made in a process of their own: in the bot's one they would stop every answer.

Measured with a 30-sheet workbook, another person's wait: in the event loop 764 ms, in a thread
52 ms, in a worker process 6 ms. The worker is spawned, so it holds only what its jobs import. A
spawned process imports ``__main__`` again: the main module must import aiogram inside functions.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from exports.workplace import prepare

Job = TypeVar("Job")
Made = TypeVar("Made")
log = logging.getLogger(__name__)

IDLE_SECONDS = 120.0
JOB_SECONDS = 120.0  # a form takes less than one


class WorkshopClosedError(RuntimeError):
    """A job came after the end: the bot is stopping."""


class Workshop:
    """One worker process: started at the first job, stopped when there is nothing to do."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._pool: ProcessPoolExecutor | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Whether a worker process is kept."""
        return self._pool is not None

    async def make(
        self, function: Callable[[Job], Made], job: Job, seconds: float = JOB_SECONDS
    ) -> Made:
        """``function(job)``, made in the worker within ``seconds``; both must be picklable.

        Jobs take turns, so a job that kills the worker spoils no other one. It is tried again
        once, with a new worker; then BrokenProcessPool comes out.
        """
        async with self._turn:
            self._stay()
            try:
                return await self._attempt(function, job, seconds)
            except BrokenProcessPool:
                log.warning("export worker died, starting another one")
                return await self._attempt(function, job, seconds)
            finally:
                self._rest()

    async def close(self) -> None:
        """Stops the worker after the job in hand; later jobs are refused. May be called twice."""
        self._closed = True
        self._stay()
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True)

    async def _attempt(self, function: Callable[[Job], Made], job: Job, seconds: float) -> Made:
        if self._closed:
            raise WorkshopClosedError("the workshop is closed")
        pool = self._pool = self._pool or ProcessPoolExecutor(
            max_workers=1, mp_context=get_context("spawn"), initializer=prepare
        )
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.wrap_future(pool.submit(function, job))
        except TimeoutError:
            for process in pool._processes.values():
                process.kill()  # a job that hangs would hold up every later one
            self._drop(pool)
            raise
        except BrokenProcessPool:
            self._drop(pool)
            raise

    def _stay(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _rest(self) -> None:
        if self._pool is not None:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(self._idle_seconds, self._drop, self._pool)

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        """Lets the process end on its own; a cancelled job that it still makes is finished."""
        if self._pool is pool:
            self._pool = None
        pool.shutdown(wait=False)
