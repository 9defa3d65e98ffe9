"""The filled official form as a file, for a chat and for the command line alike."""

from exports.form_book import FormBook
from exports.forms import file_name, stored_form_book
from exports.worker import Workshop
from handlers.screen import FormFile
from passport.loader import Passport
from storage.database import Database


class FormDesk:
    """Reads what is stored, has the workbook made in the worker process."""

    def __init__(self, database: Database, passport: Passport, workshop: Workshop) -> None:
        self._database = database
        self._passport = passport
        self._workshop = workshop

    async def make(self, wanted: FormFile) -> tuple[str, bytes]:
        """(file name, content of an .xlsx)."""
        book = await self.book(wanted)
        from exports.form_workbook import form_workbook  # noqa: PLC0415  # openpyxl is heavy

        return file_name(wanted.school, wanted.year), await self._workshop.make(form_workbook, book)

    async def book(self, wanted: FormFile) -> FormBook:
        async with self._database.read() as tx:
            return await stored_form_book(tx, self._passport, wanted.school, wanted.year)
