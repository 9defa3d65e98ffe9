"""A workshop whose worker process goes on to the next world instead of ending with its own.

Starting one takes as long as a whole test does; how workers start, die and end is a matter of
``tests/exports/test_worker.py``.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from exports.worker import Job, Made, Workshop

_AT_REST: list[ProcessPoolExecutor] = []


class LastingWorkshop(Workshop):
    async def close(self) -> None:
        self._closed = True
        async with self._turn:
            if self._pool is not None:
                _AT_REST.append(self._pool)
                self._pool = None
        await super().close()

    async def _attempt(self, function: Callable[[Job], Made], job: Job, seconds: float) -> Made:
        if self._pool is None and not self._closed and _AT_REST:
            self._pool = _AT_REST.pop()
        return await super()._attempt(function, job, seconds)


def send_workers_home() -> None:
    while _AT_REST:
        _AT_REST.pop().shutdown(wait=True)
