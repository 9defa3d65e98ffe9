"""Sheets of a workbook as plain values, read row by row: a sheet may claim a billion of cells."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 40, 1000, 40
MOST_AREAS = 500  # merged ones
LONGEST_TEXT = 1000  # the longest label of the form has some three hundred characters

_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
_LITERAL = re.compile(r'"[^"]*"|\\.')  # of a number's format: text that is only shown

Raw = str | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as plain values: ``rows[0]`` is row 1. Covered cells of a merge are empty.

    ``formulas`` are places (row, column), counted from 1, that hold a formula, not a value.
    """

    name: str
    rows: tuple[tuple[Raw, ...], ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False

    def at(self, row: int, column: int) -> Raw:
        """Of a place counted from 1; nothing outside of the sheet."""
        if not 0 < row <= len(self.rows):
            return None
        line = self.rows[row - 1]
        return line[column - 1] if 0 < column <= len(line) else None


@dataclass(frozen=True, slots=True)
class ReadableBook:
    grids: tuple[Grid, ...]


def grids_of(content: bytes) -> ReadableBook:
    """Raises whatever openpyxl does on files that others spoiled."""
    from openpyxl import load_workbook  # noqa: PLC0415  # heavy, and only here

    with ZipFile(BytesIO(content)) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is left out on the way
        values = load_workbook(BytesIO(content), True, data_only=True, keep_links=False)
        written = load_workbook(BytesIO(content), True, data_only=False, keep_links=False)
        pairs: Iterator[tuple[Any, Any]] = zip(values.worksheets, written.worksheets, strict=True)
        grids = [_grid(sheet, formulas, archive) for sheet, formulas in islice(pairs, MOST_SHEETS)]
    return ReadableBook(tuple(grids))


def _grid(sheet: Any, written: Any, archive: ZipFile) -> Grid:
    covered = _covered(archive.read(sheet._worksheet_path))
    rows = tuple(
        tuple(
            None if cell.value is None or (number, place) in covered else _plain(cell)
            for place, cell in enumerate(row, start=1)
        )
        for number, row in _rows(sheet)
    )
    formulas = frozenset(
        (number, place)
        for number, row in _rows(written)
        for place, cell in enumerate(row, start=1)
        if cell.data_type == "f"
    )
    return Grid(sheet.title, rows, formulas, sheet.sheet_state != "visible")


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """(number, cells); of a row without any cell nothing is left."""
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        yield number, row if any(cell.value is not None for cell in row) else ()


def _covered(xml: bytes) -> set[tuple[int, int]]:
    """Cells under a merge, but for the first: what an editor has left in them nobody sees."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415  # as above

    found: set[tuple[int, int]] = set()
    for area in islice(_MERGED.finditer(xml), MOST_AREAS):
        left, top, right, bottom = (side or 1 for side in range_boundaries(area[1].decode()))
        rows = range(top, min(bottom, MOST_ROWS) + 1)
        columns = range(left, min(right, MOST_COLUMNS) + 1)
        found.update((row, column) for row in rows for column in columns)
        found.discard((top, left))
    return found


def _plain(cell: Any) -> Raw:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _as_percent(value) if "%" in _LITERAL.sub("", cell.number_format) else value
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    return value if isinstance(value, bool | date) else str(value)


def _as_percent(value: float) -> Raw:
    """As the person sees it: 0.367 that is shown as «36,7 %» is no 0.367."""
    number = Decimal(repr(value))
    return f"{(number * 100).normalize():f}%" if number.is_finite() else value
