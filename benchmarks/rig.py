"""What benchmarks with bots share: a Telegram behind loopback HTTP, bots in processes of their own.

The benchmark's process is Telegram and the people; what it costs is nobody's.
"""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from aiohttp import web

from demo.telegram import MovableClock, Telegram, UploadedFile
from demo.telegram.server import create_app
from tests.clock import local

ROOT = Path(__file__).parents[1]
START = local(2027, 1, 12, 9, 20)  # the second quarter's report is open
PATIENCE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


class Nobody:
    """The page of this Telegram is not looked at."""

    def persons(self) -> list[dict[str, Any]]:
        return []

    async def jumps(self) -> list[dict[str, str]]:
        return []

    def status(self) -> dict[str, Any]:
        return {}

    async def restart(self) -> None:
        """There is nothing to restart from here."""


class WatchedTelegram(Telegram):
    """Knows when its bot begins to poll."""

    def __init__(self) -> None:
        token = "1000000001:token-of-a-bot-that-is-measured"
        super().__init__(token=token, username="measured_bot", clock=MovableClock(START))
        self.polled = asyncio.Event()
        self.polled_at = 0.0

    async def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, UploadedFile] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        if method.lower() == "getupdates" and not self.polled.is_set():
            self.polled_at = perf_counter()
            self.polled.set()
        return await super().call(token, method, params, files)


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[str]:
    """The address of this Telegram."""
    app = create_app(telegram, page_dir=ROOT / "demo" / "page", control=Nobody())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await telegram.close()
        await runner.cleanup()


@asynccontextmanager
async def process(
    *arguments: str, cwd: Path = ROOT, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Another python; it is stopped at the end."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
        await child.wait()


@asynccontextmanager
async def bot(telegram: WatchedTelegram, *arguments: str, **settings: str) -> AsyncIterator[int]:
    """A bot's process that polls this Telegram; its id."""
    async with served(telegram) as address:
        settings |= {"BOT_TOKEN": telegram.token, "BOT_API_URL": address}
        async with process(*arguments, cwd=ROOT, **settings) as child:
            ended = asyncio.ensure_future(child.wait())
            polled = asyncio.ensure_future(telegram.polled.wait())
            await asyncio.wait(
                (ended, polled), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
            )
            if not polled.done():
                raise RuntimeError(f"{' '.join(arguments)} does not poll")
            ended.cancel()
            yield child.pid


@contextmanager
def folder() -> Iterator[Path]:
    """On the machine's own disk, as a database is."""
    with TemporaryDirectory(prefix="benchmark-") as name:
        yield Path(name)


def database_url(place: Path, name: str = "bot") -> str:
    return f"sqlite+aiosqlite:///{place}/{name}.sqlite"


def settle() -> None:
    """Old messages of our Telegram must not slow down its later rounds."""
    gc.collect()
    gc.freeze()


def cpu_seconds(process_id: int) -> float:
    """What a process has used so far, its threads included."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_kib(process_id: int) -> int:
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise LookupError("VmRSS")
