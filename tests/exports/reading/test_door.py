"""Files that must not come in, each refused in one sentence; nothing is ever raised."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.form_workbook import form_workbook
from exports.reading import door
from exports.reading.door import ReadableBook, Refused, open_workbook
from exports.reading.upload import Upload, read_upload
from tests.exports.samples import busy_book


def workbook() -> bytes:
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def with_member(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """A workbook with one more member, or another content of one."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(base or workbook())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return buffer.getvalue()


def said(content: bytes, name: str = "forma.xlsx") -> str:
    opened = open_workbook(content, name)
    assert isinstance(opened, Refused)
    assert "\n" not in opened.text
    return opened.text


def test_a_plain_workbook_comes_in() -> None:
    assert isinstance(open_workbook(workbook()), ReadableBook)


def test_macros_are_refused() -> None:
    assert "макросы" in said(with_member("xl/vbaProject.bin", b"x"))


def test_links_to_other_books_are_refused() -> None:
    assert "ссылки на другие книги" in said(
        with_member("xl/externalLinks/externalLink1.xml", b"<a/>")
    )


def test_an_entity_in_the_xml_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'
    assert "необычно" in said(with_member("xl/workbook.xml", bomb))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LARGEST_UNPACKED", 200_000)
    assert "слишком большой" in said(with_member("xl/media/a.bin", bytes(400_000)))
    monkeypatch.setattr(door, "MOST_MEMBERS", 3)
    assert "слишком большой" in said(workbook())


def test_other_archives_are_told_apart() -> None:
    assert "OpenDocument" in said(archive({"content.xml": b""}))
    assert "Word" in said(archive({"word/document.xml": b""}))
    assert "архив" in said(archive({"forma.xlsx": b""}), "formy.zip")
    assert "RAR" in said(b"Rar!\x1a\x07\x00")


def archive(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def test_a_workbook_without_a_form() -> None:
    outcome = read_upload(Upload("a.xlsx", workbook()))
    assert isinstance(outcome, Refused)
    assert "нет формы отчётности" in outcome.text


FORM = form_workbook(busy_book())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_spoiled_file_never_raises(data: st.DataObject) -> None:
    """Bytes changed or cut anywhere: read or refused, in one sentence."""
    content = bytearray(FORM)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for spoiled in (bytes(content), bytes(content[:cut])):
        outcome = read_upload(Upload("forma.xlsx", spoiled))
        if isinstance(outcome, Refused):
            assert outcome.text
            assert "\n" not in outcome.text


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_are_refused_and_never_raise(content: bytes, name: str) -> None:
    assert isinstance(open_workbook(content, name), Refused)
