"""Telegram's own HTML: how its server reads tags, and the exact words of its complaints.

Follows parse_html of TDLib: offsets in complaints are bytes of the UTF-8 text, offsets of entities
are UTF-16 units. It is no browser: a bare `&` stays text, but a bare `<` is an error.
"""

import re

from demo.telegram.html_tags import TAGS, Entities, OpenTag, argument_of, close_tag, complaint
from demo.telegram.utf16 import utf16_length

_SPACE = b" \t\r\n\0\x0b"  # what is_space of TDLib takes for a space
_STOP = re.compile(rb"[<&]")
_NAME_END = re.compile(rb"[ \t\r\n\0\x0b>]")
_ATTRIBUTE_END = re.compile(rb"[ \t\r\n\0\x0b=>/\"']")
_TOKEN = re.compile(rb"[A-Za-z0-9.\-]*")
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}


def parse_html(source: str) -> tuple[str, Entities]:
    return _Reader(source.encode()).read()


class _Reader:
    """One pass over the bytes; `offset` counts UTF-16 units of the text read so far."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.offset = 0
        self.pieces: list[str] = []
        self.open: list[OpenTag] = []
        self.entities: Entities = []

    def read(self) -> tuple[str, Entities]:
        while self.at < len(self.data):
            found = _STOP.search(self.data, self.at)
            stop = found.start() if found else len(self.data)
            self._text(self.data[self.at : stop].decode())
            self.at = stop
            if found is None:
                break
            if found[0] == b"&":
                self._reference()
            elif self.data[self.at + 1 : self.at + 2] == b"/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            tag = self.open[-1].tag
            raise complaint(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.pieces), self.entities

    def _text(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.offset += utf16_length(piece)

    def _reference(self) -> None:
        decoded, self.at = _decode_reference(self.data, self.at)
        self._text(decoded)

    def _start_tag(self) -> None:
        begin = self.at
        end = _NAME_END.search(self.data, begin + 1)
        if end is None or end[0] == b"\0":
            raise complaint(f"Unclosed start tag at byte offset {begin}")
        tag = self.data[begin + 1 : end.start()].decode().lower()
        if tag not in TAGS:
            raise complaint(f'Unsupported start tag "{tag}" at byte offset {begin}')
        self.at = end.start()
        attributes = self._attributes(tag, begin)
        argument, unix_time = argument_of(tag, attributes)
        if tag == "span" and argument != "spoiler":
            raise complaint(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(OpenTag(tag, argument, self.offset, len(self.pieces), unix_time))
        self.at += 1

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._peek() == b">":
                return found
            end = _ATTRIBUTE_END.search(self.data, self.at)
            stop = end.start() if end else len(self.data)
            name = self.data[self.at : stop].decode()
            if not name:
                sentence = f'Empty attribute name in the tag "{tag}" at byte offset {begin}'
                raise complaint(sentence)
            self.at = stop
            self._skip_space()
            if self._peek() != b"=":
                self._check_not_over(f'Unclosed start tag "{tag}" at byte offset {begin}')
                found[name] = ""
                continue
            self.at += 1
            self._skip_space()
            self._check_not_over(f'Unclosed start tag "{tag}" at byte offset {begin}')
            found[name] = self._value()
            self._check_not_over(f"Unclosed start tag at byte offset {begin}")

    def _value(self) -> str:
        quote = self._peek()
        if quote not in (b"'", b'"'):
            begin = self.at
            token = _TOKEN.match(self.data, self.at)
            self.at = token.end() if token else self.at
            if self._peek() not in {b">", b""} and self._peek() not in _SPACE:
                raise complaint(f"Unexpected end of name token at byte offset {begin}")
            return self.data[begin : self.at].decode().lower()
        self.at += 1
        pieces: list[str] = []
        while self._peek() not in (quote, b""):
            if self._peek() == b"&":
                decoded, self.at = _decode_reference(self.data, self.at)
                pieces.append(decoded)
                continue
            begin = self.at
            self.at += 1
            while self._peek() not in (quote, b"&", b""):
                self.at += 1
            pieces.append(self.data[begin : self.at].decode())
        if self._peek():
            self.at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise complaint(f"Unexpected end tag at byte offset {begin}")
        end = _NAME_END.search(self.data, begin + 2)
        self.at = end.start() if end else len(self.data)
        name = self.data[begin + 2 : self.at].decode().lower()
        self._skip_space()
        if self._peek() != b">":
            raise complaint(f"Unclosed end tag at byte offset {begin}")
        opened = self.open.pop()
        if name and name != opened.tag:
            raise complaint(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", '
                f'found "</{name}>"'
            )
        if self.offset > opened.begin:
            covered = "".join(self.pieces[opened.text_at :])
            close_tag(opened, self.offset, covered, self.entities)
        self.at += 1

    def _peek(self) -> bytes:
        return self.data[self.at : self.at + 1]

    def _skip_space(self) -> None:
        while self.at < len(self.data) and self.data[self.at] in _SPACE:
            self.at += 1

    def _check_not_over(self, sentence: str) -> None:
        if self.at >= len(self.data):
            raise complaint(sentence)


def _decode_reference(data: bytes, at: int) -> tuple[str, int]:
    """What stands at an `&`: one decoded character, or the `&` itself when it means nothing."""
    found = _REFERENCE.match(data, at)
    if found is None:
        return "&", at + 1
    if found[3]:
        return _NAMED[found[3]], found.end()
    code = int(found[1] or b"0", 16) if found[1] is not None else int(found[2] or b"0")
    width = found.end() - at - data[at : found.end()].endswith(b";")
    if not 0 < code < 0x10FFFF or width >= 10 or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), found.end()
