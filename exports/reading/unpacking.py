"""What an archive holds, measured while it is unpacked and before anything is parsed.

Sizes that an archive declares may be a lie, and a parsed tag takes hundreds of times its bytes:
both are counted. Rows of a sheet are read one at a time, so only the longest one counts.
"""

import re
from collections.abc import Iterator
from typing import IO, Literal
from zipfile import ZipFile

LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 400
MOST_TAGS = 100_000  # held at once; a filled form has some three thousand in all
MOST_TAGS_IN_ALL = 3_000_000  # a sheet whose million of rows was formatted has fewer
CHUNK = 1 << 20

_ROW = b"<row"
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_MARK = 10  # of those above, which may lie across two chunks

Fault = Literal["too much", "unusual"]


def fault_of(archive: ZipFile) -> Fault | None:
    """Why the archive must not be parsed, if so."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_UNPACKED:
        return "too much"
    left, held, tags = LARGEST_UNPACKED, MOST_TAGS, MOST_TAGS_IN_ALL
    for member in members:
        with archive.open(member) as packed:
            part = _Part(packed, left)
            fault = part.measure()
        left -= part.size
        held -= part.held
        tags -= part.tags
        if fault is not None:
            return fault
        if min(left, held, tags) <= 0:
            return "too much"
    return None


class _Part:
    """One member: how large it is, and how many tags at most must be held at once."""

    def __init__(self, packed: IO[bytes], allowed: int) -> None:
        self._packed = packed
        self._allowed = allowed
        self.size = 0
        self.held = 0
        self.tags = 0
        self._open = 0  # tags since the last row began

    def measure(self) -> Fault | None:
        xml = None
        before = b""
        for chunk in self._chunks():
            if xml is None:
                xml = _is_xml(chunk)
            if not xml:
                continue
            seen = before + chunk
            # Excel writes UTF-8, which has no zeros; whatever has is not what it looks like.
            if _ENTITY.search(seen) or b"\0" in chunk:
                return "unusual"
            before = chunk[-_LONGEST_MARK:]
            self._count(chunk)
        return None

    def _chunks(self) -> Iterator[bytes]:
        while self.size < self._allowed and (chunk := self._packed.read(CHUNK)):
            self.size += len(chunk)
            yield chunk

    def _count(self, chunk: bytes) -> None:
        self.tags += chunk.count(b"<")
        first, *rows = chunk.split(_ROW)
        self._open += first.count(b"<")
        self.held = max(self.held, self._open)
        for row in rows:
            self._open = row.count(b"<") + 1
            self.held = max(self.held, self._open)


def _is_xml(head: bytes) -> bool:
    """By content: a part may have any name."""
    start = head[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return start.startswith(b"<")
