"""What the looks cost: the official form against the same cell values written bare.

Run: ``python -m benchmarks.form_workbook``. Both are made in turn in one process, and the time is
the processor's: by the clock on the wall, a busy neighbour made the ratio anything from 0.9 to 1.9.
Only the ratio means anything. It must not exceed 1.5.
"""

import gc
from collections.abc import Callable
from io import BytesIO
from time import process_time

from openpyxl import Workbook, load_workbook

from benchmarks.ratios import Bar, tell
from exports.form_workbook import form_workbook
from tests.exports.samples import busy_book

PAIRS = 15
TIMES = 8  # forms a measurement
BAR = Bar(1.5)

Rows = list[list[object]]


def bare(rows: Rows) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def seconds(make: Callable[[], bytes]) -> float:
    gc.collect()
    start = process_time()
    for _ in range(TIMES):
        make()
    return process_time() - start


def main() -> int:
    book = busy_book()
    sheet = load_workbook(BytesIO(form_workbook(book))).worksheets[0]
    rows: Rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    seconds(lambda: bare(rows))  # the first round imports and fills caches
    ratios = [
        seconds(lambda: form_workbook(book)) / seconds(lambda: bare(rows)) for _ in range(PAIRS)
    ]
    return 0 if tell("form workbook / bare openpyxl, same cells", ratios, BAR) else 1


if __name__ == "__main__":
    raise SystemExit(main())
