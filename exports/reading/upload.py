"""What a person has sent, read in the worker process: which kind of file, and what it says."""

from dataclasses import dataclass

from exports.reading.door import Refused, open_workbook
from exports.reading.form_file import NO_FORM, ReadForm, read_form
from exports.reading.history_file import ReadHistory, find, read_history
from passport.loader import load_passport


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; it is not kept."""

    name: str
    content: bytes


Reading = ReadForm | ReadHistory | Refused


def read_upload(upload: Upload) -> Reading:
    """Never raises; the passport is read anew, for it does not cross processes cheaply."""
    book = open_workbook(upload.content, upload.name)
    if isinstance(book, Refused):
        return book
    passport = load_passport()
    form = read_form(book, passport.form)
    if not isinstance(form, Refused):
        return form
    if find(book) is not None:
        return read_history(book, passport.indicators)
    return NO_FORM
