"""Saving a workbook so that its bytes depend on its data and on nothing else.

openpyxl stamps the present time into the properties and into every member of the archive. A file
that is made again from the same answers must be the same file: it can be compared and cached.
"""

from datetime import UTC, datetime
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from exports.cell_text import clean

CREATOR = "Траектория будущего"
BEGINNING = datetime(2022, 9, 1, tzinfo=UTC)  # of the project: for a form nobody has touched
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
FAST = 1  # half the time of the usual level, for one more kilobyte
UNIX = 3  # ZipInfo would write the system it runs on


class StillArchive(ZipFile):
    """A zip whose members carry no time and no system."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname
        info = ZipInfo(name if isinstance(name, str) else name.filename, ZIP_EPOCH)
        info.compress_type = ZIP_DEFLATED
        info.create_system = UNIX
        super().writestr(info, data, compresslevel=FAST)

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        """openpyxl leaves each sheet in a temporary file first."""
        self.writestr(str(arcname or filename), Path(filename).read_bytes())


def settled(content: bytes) -> bytes:
    """The same archive, its members in their order and without their times."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as made, StillArchive(buffer, "w", ZIP_DEFLATED) as still:
        for name in made.namelist():
            still.writestr(name, made.read(name))
    return buffer.getvalue()


def saved(workbook: Workbook, *, title: str, moment: datetime | None) -> bytes:
    """The file's bytes; ``moment`` stands in its properties as created and modified."""
    stamp = (moment or BEGINNING).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = workbook.properties
    properties.creator = CREATOR
    properties.title = clean(title)
    properties.created = properties.modified = stamp
    buffer = BytesIO()
    # Workbook.save would set `modified` to now; the writer below it does not.
    ExcelWriter(workbook, StillArchive(buffer, "w", ZIP_DEFLATED)).save()
    return buffer.getvalue()
