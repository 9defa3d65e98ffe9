"""Opens a file that somebody sent: whatever it is, it is refused in one sentence or read safely.

Nothing in it is run or followed. What it unpacks to is measured before it is parsed: a few
kilobytes may hold gigabytes.
"""

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from zipfile import ZipFile

from exports.reading.grids import ReadableBook, grids_of
from exports.reading.unpacking import fault_of

LARGEST = 10 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = (
    (b"%PDF", "Это PDF, а нужна таблица Excel."),
    (b"\x89PNG", "Это картинка, а нужна таблица Excel."),
    (b"\xff\xd8\xff", "Это фотография, а нужна таблица Excel."),
    (b"Rar!", "Это архив RAR: пришлите сам файл .xlsx."),
    (b"7z\xbc\xaf", "Это архив 7-Zip: пришлите сам файл .xlsx."),
)
SAVE_AS = "Откройте файл в Excel и сохраните как «Книга Excel (.xlsx)»."


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file cannot be read: one sentence, and what to do."""

    text: str


def open_workbook(content: bytes, name: str = "") -> ReadableBook | Refused:
    """Never raises, whatever the bytes are."""
    refused = _refused(content, name)
    if refused is not None:
        return refused
    try:
        return grids_of(content)
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
        f"Файл слишком большой: {ceil(size / 1024 / 1024)} МБ, а можно до "
        f"{LARGEST // 1024 // 1024} МБ. Пришлите только форму, без картинок."
    )


def _refused_archive(archive: ZipFile) -> Refused | None:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names:
            return Refused(f"Это двоичная книга .xlsb. {SAVE_AS}")
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
    match fault_of(archive):
        case "too much":
            return Refused(
                "После распаковки файл слишком большой. Скопируйте одну форму в новую книгу и "
                "пришлите её."
            )
        case "unusual":
            return Refused(f"Файл устроен необычно, такие не принимаю. {SAVE_AS}")
    return None
