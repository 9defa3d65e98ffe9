"""What the bot costs when nobody writes: memory, and the time until it listens."""

import asyncio
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.ratios import Bar, tell, tell_fact
from benchmarks.rig import (
    ROOT,
    WatchedTelegram,
    bot,
    database_url,
    folder,
    process,
    resident_kib,
)

MEMORY_PAIRS = 3
START_PAIRS = 5
IDLE = 3.0  # seconds

MEMORY = Bar(1.5)
START_UP = Bar(1.3)

RUN = ("main.py", "run")
BARE = ("-m", "benchmarks.bare_bot")
WITHOUT_TELEGRAM = (
    ("--help",),
    ("migrate",),
    ("invite", "coordinator", "--school", "s24"),
    ("export", "form", "--school", "s24", "--year", "2026-2027", "--out", "form.xlsx"),
)
# Runs the command line as `python main.py` does, then tells what it has imported.
WATCHED = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
assert "aiogram" not in sys.modules
"""


async def idle_memory(arguments: tuple[str, ...], place: Path) -> int:
    telegram = WatchedTelegram()
    async with bot(telegram, *arguments, DATABASE_URL=database_url(place)) as process_id:
        await asyncio.sleep(IDLE)
        return resident_kib(process_id)


async def until_listening(place: Path) -> float:
    """From the start of the process to its first poll; the database is there already."""
    telegram = WatchedTelegram()
    begun = perf_counter()
    async with bot(telegram, *RUN, DATABASE_URL=database_url(place)):
        return telegram.polled_at - begun


async def importing() -> float:
    begun = perf_counter()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", "import aiogram", cwd=ROOT)
    await child.wait()
    return perf_counter() - begun


async def never_imports(arguments: tuple[str, ...], place: Path) -> bool:
    script = str(ROOT / "main.py")
    async with process(
        "-c", WATCHED, script, *arguments, cwd=place, DATABASE_URL=database_url(place)
    ) as child:
        return await child.wait() == 0


async def measure() -> bool:
    with folder() as place:
        quiet = [await never_imports(command, place) for command in WITHOUT_TELEGRAM]
        memory, start = [], []
        for _ in range(MEMORY_PAIRS):
            memory.append(await idle_memory(RUN, place) / await idle_memory(BARE, place))
        for _ in range(START_PAIRS):
            start.append(await until_listening(place) / await importing())
    return all(
        [
            tell("memory when idle, ours / bare aiogram", memory, MEMORY),
            tell("start to first poll, ours / `import aiogram`", start, START_UP),
            tell_fact("commands without Telegram import no aiogram", all(quiet)),
        ]
    )


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
