"""The consolidated workbook: against bare openpyxl with the same cells, and its memory as it grows.

Run: ``python -m benchmarks.books``. Time is the processor's, both made in turn in one process.
Memory is the peak of a process that makes one workbook; the process's own size is in both.
"""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from time import process_time

from openpyxl import Workbook, load_workbook

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, percentile, tell, tell_share
from benchmarks.rig import PATIENCE, ROOT, START, WatchedTelegram, bot, folder, settle
from benchmarks.towns import MANAGER, METHODIST, prepare
from exports.books.desk import BookJob
from exports.books.making import make_book
from tests.world import YEAR

PAIRS = 5
SCHOOLS = 30
FEW, MANY = 100, 1000
STRETCHES = 5
ASKED = 30

TIME = Bar(1.5)
MEMORY = Bar(2)
P95 = Bar(3)

Sheets = list[list[list[object]]]
PEAK = """
import resource, sys
from exports.books.desk import BookJob
from exports.books.making import make_book
from benchmarks.rig import START
make_book(BookJob("city", sys.argv[1], "Asia/Kamchatka", sys.argv[2], START))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def bare(sheets: Sheets) -> bytes:
    """The same cells, without any look."""
    workbook = Workbook(write_only=True)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(str(number))
        for row in rows:
            sheet.append(row)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def seconds(make: Callable[[], bytes]) -> float:
    gc.collect()
    start = process_time()
    make()
    return process_time() - start


def against_bare(url: str) -> list[float]:
    job = BookJob("city", url, "Asia/Kamchatka", YEAR, START)
    book = load_workbook(BytesIO(make_book(job)))
    sheets: Sheets = [
        [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    ]
    seconds(lambda: bare(sheets))  # the first round imports and fills caches
    return [seconds(lambda: make_book(job)) / seconds(lambda: bare(sheets)) for _ in range(PAIRS)]


def peak(url: str) -> int:
    """Kibibytes."""
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, url, YEAR],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(ran.stdout)


async def others(url: str) -> bool:
    """Another member of staff keeps asking while the manager's workbook is made."""
    telegram = WatchedTelegram()
    other = METHODIST
    async with bot(telegram, "-m", "benchmarks.our_bot", DATABASE_URL=url):
        with Crowd(telegram, [MANAGER, other]) as crowd:
            ratios, files = [], 0
            await crowd.ask(MANAGER, "/help")
            for _ in range(STRETCHES + 1):
                settle()
                quiet = [await crowd.ask(other, "/help") for _ in range(ASKED)]
                before = telegram.world.file_count
                crowd.say(MANAGER, "/export city")
                loud = []
                while telegram.world.file_count == before:
                    loud.append(await crowd.ask(other, "/help"))
                    await asyncio.sleep(0.02)
                    if sum(loud) > PATIENCE:
                        raise TimeoutError("no workbook came")
                await telegram.changes.wait_until(lambda: not crowd.is_waiting(MANAGER), PATIENCE)
                files += 1
                ratios.append(percentile(loud, 0.95) / percentile(quiet, 0.95))
    return all(
        [
            tell("others' p95, a workbook of 30 schools being made / quiet", ratios[1:], P95),
            tell_share("workbooks that came", files, STRETCHES + 1),
        ]
    )


def main() -> int:
    with folder() as place:
        few, many, city = (asyncio.run(prepare(place, count)) for count in (FEW, MANY, SCHOOLS))
        good = [
            tell("workbook of 30 schools / bare openpyxl, same cells", against_bare(city), TIME),
            tell(
                f"peak memory, {MANY} schools / {FEW}",
                [peak(many) / peak(few)],
                MEMORY,
            ),
            asyncio.run(others(city)),
        ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
