"""The consolidated workbook: against bare openpyxl with the same cells, and its memory as it grows.

Run: ``python -m benchmarks.books``. Time is the processor's, both made in turn in one process.
Memory is the peak of a process that makes one workbook; the process's own size is in both.
"""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Callable
from copy import copy
from io import BytesIO
from time import process_time
from typing import Any, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

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

# A cell: its value, and font, alignment, border, fill, number format as the workbook has them.
Dressed = tuple[object, tuple[object, ...]]
Sheets = list[list[list[Dressed]]]
LOOKS = ("font", "alignment", "border", "fill", "number_format")
PEAK = """
import sys
from pathlib import Path
from exports.books.desk import BookJob
from exports.books.making import make_book
from benchmarks.rig import START
make_book(BookJob("city", sys.argv[1], "Asia/Kamchatka", sys.argv[2], START))
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def bare(sheets: Sheets, *, dressed: bool) -> bytes:
    """The same cells written by openpyxl alone, with their looks or their values only."""
    workbook = Workbook(write_only=True)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(str(number))
        for row in rows:
            if not dressed:
                sheet.append([value for value, _ in row])
                continue
            cells = []
            for value, looks in row:
                cell = WriteOnlyCell(sheet, cast(Any, value))
                for name, look in zip(LOOKS, looks, strict=True):
                    setattr(cell, name, look)
                cells.append(cell)
            sheet.append(cells)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def seconds(make: Callable[[], bytes]) -> float:
    gc.collect()
    start = process_time()
    make()
    return process_time() - start


def against_bare(url: str) -> tuple[list[float], list[float]]:
    """(with their looks, values alone)"""
    job = BookJob("city", url, "Asia/Kamchatka", YEAR, START)
    sheets = _cells(make_book(job))
    gc.collect()
    gc.freeze()  # what was read here is not looked through again by either side
    for dressed in (True, False):
        seconds(lambda dressed=dressed: bare(sheets, dressed=dressed))  # type: ignore[misc]
    with_looks, values = [], []
    for _ in range(PAIRS):
        ours = seconds(lambda: make_book(job))
        with_looks.append(ours / seconds(lambda: bare(sheets, dressed=True)))
        values.append(ours / seconds(lambda: bare(sheets, dressed=False)))
    return with_looks, values


def _cells(content: bytes) -> Sheets:
    """Each look once: cells that look alike share it, as they do in the workbook."""
    shared: dict[str, tuple[object, ...]] = {}
    book = load_workbook(BytesIO(content))
    return [
        [[(cell.value, _looks(cell, shared)) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    ]


def _looks(cell: Any, shared: dict[str, tuple[object, ...]]) -> tuple[object, ...]:
    key = repr(cell._style)
    if key not in shared:
        looks = [copy(getattr(cell, name)) for name in LOOKS[:-1]]
        shared[key] = (*looks, cell.number_format)
    return shared[key]


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


def _times(url: str) -> list[bool]:
    with_looks, values = against_bare(url)
    return [
        tell("workbook of 30 schools / openpyxl, same cells and looks", with_looks, TIME),
        tell("the same / openpyxl, values alone, no bar", values),
    ]


def main() -> int:
    with folder() as place:
        few, many, city = (asyncio.run(prepare(place, count)) for count in (FEW, MANY, SCHOOLS))
        good = [
            *_times(city),
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
