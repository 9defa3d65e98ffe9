"""Opens a file that somebody sent: whatever it is, it is refused in one sentence or read safely.

Nothing in it is run or followed. Sizes are checked before anything is unpacked: a few kilobytes
may unpack to gigabytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 400
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 80, 2000, 60

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_KINDS = (
    (b"%PDF", "Это PDF, а нужна таблица Excel."),
    (b"\x89PNG", "Это картинка, а нужна таблица Excel."),
    (b"\xff\xd8\xff", "Это фотография, а нужна таблица Excel."),
    (b"Rar!", "Это архив RAR: пришлите сам файл .xlsx."),
    (b"7z\xbc\xaf", "Это архив 7-Zip: пришлите сам файл .xlsx."),
)
SAVE_AS = "Откройте файл в Excel и сохраните как «Книга Excel (.xlsx)»."

Raw = str | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file cannot be read: one sentence, and what to do."""

    text: str


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


def open_workbook(content: bytes, name: str = "") -> ReadableBook | Refused:
    """Never raises, whatever the bytes are."""
    refused = _refused(content, name)
    if refused is not None:
        return refused
    try:
        return _opened(content)
    except Exception:  # openpyxl fails in many ways on files that others spoiled
        return Refused(f"Файл повреждён, прочитать его не получилось. {SAVE_AS}")


def _refused(content: bytes, name: str) -> Refused | None:
    if not content:
        return Refused("Файл пустой. Пришлите заполненную форму .xlsx.")
    if len(content) > LARGEST:
        return Refused(too_large(len(content)))
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return Refused("Файл защищён паролем. Снимите пароль на открытие и пришлите снова.")
        return Refused(f"Это старый формат .xls. {SAVE_AS}")
    for start, text in _KINDS:
        if content.startswith(start):
            return Refused(f"{text} Пришлите заполненную форму .xlsx.")
    if not content.startswith(b"PK"):
        kind = name.rpartition(".")[2].lower()
        what = "Это файл CSV" if kind == "csv" else "Это не таблица Excel"
        return Refused(f"{what}. Пришлите заполненную форму .xlsx.")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _refused_archive(archive)
    except Exception:  # zip files fail in many ways: bad sums, odd methods, passwords
        return Refused(f"Файл повреждён, прочитать его не получилось. {SAVE_AS}")


def too_large(size: int) -> str:
    return (
        f"Файл слишком большой: {size / 1024 / 1024:.0f} МБ, а можно до "
        f"{LARGEST // 1024 // 1024} МБ. Пришлите только форму, без картинок."
    )


def _refused_archive(archive: ZipFile) -> Refused | None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        if "content.xml" in names:
            return Refused(f"Это файл OpenDocument. {SAVE_AS}")
        if any(one.startswith("word/") for one in names):
            return Refused("Это документ Word, а нужна таблица Excel: пришлите форму .xlsx.")
        return Refused("Это архив, а не таблица Excel. Пришлите сам файл .xlsx.")
    if any("vbaProject" in one for one in names):
        return Refused(f"В файле макросы, такие файлы не принимаю. {SAVE_AS}")
    if any(one.startswith("xl/externalLinks/") for one in names):
        return Refused(
            "В файле ссылки на другие книги. Скопируйте значения («Вставить – Значения») и "
            "пришлите снова."
        )
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_UNPACKED:
        return Refused("Файл распаковывается в слишком большой. Пришлите только форму.")
    left = LARGEST_UNPACKED
    for member in members:
        with archive.open(member) as packed:
            head = packed.read(2048)
            if member.filename.endswith((".xml", ".rels")) and _ENTITY.search(head):
                return Refused(f"Файл устроен необычно, такие не принимаю. {SAVE_AS}")
            left -= len(head)
            # What is declared may be a lie: it is counted while it is unpacked.
            while left > 0 and (chunk := packed.read(1 << 20)):
                left -= len(chunk)
        if left <= 0:
            return Refused("Файл распаковывается в слишком большой. Пришлите только форму.")
    return None


def _opened(content: bytes) -> ReadableBook:
    from openpyxl import load_workbook  # noqa: PLC0415  # heavy, and only here

    values = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    written = load_workbook(BytesIO(content), data_only=False, keep_links=False)
    grids = []
    for sheet in values.worksheets[:MOST_SHEETS]:
        grids.append(_grid(sheet, written[sheet.title]))
    return ReadableBook(tuple(grids))


def _grid(sheet: "Worksheet", written: "Worksheet") -> Grid:
    rows = tuple(tuple(_plain(value) for value in row) for row in _bounded(sheet))
    formulas = frozenset(
        (number, place)
        for number, row in enumerate(_bounded(written), start=1)
        for place, value in enumerate(row, start=1)
        if _is_formula(value)
    )
    return Grid(sheet.title, rows, formulas, sheet.sheet_state != "visible")


def _bounded(sheet: "Worksheet") -> Iterator[tuple[Any, ...]]:
    return sheet.iter_rows(
        max_row=min(sheet.max_row or 1, MOST_ROWS),
        max_col=min(sheet.max_column or 1, MOST_COLUMNS),
        values_only=True,
    )


def _is_formula(value: object) -> bool:
    if isinstance(value, str):
        return value.startswith("=") and len(value) > 1
    return value is not None and type(value).__name__ in ("ArrayFormula", "DataTableFormula")


def _plain(value: Any) -> Raw:
    if value is None or isinstance(value, str | int | float | bool | datetime | date):
        return value
    return str(value)
