"""The filled official form as an Excel file."""

from exports.form_book import FormBook


def form_workbook(book: FormBook) -> bytes:
    """The .xlsx of one school and year; the same book always gives the same bytes.

    The bot hands this function to the worker process. It must be importable without openpyxl
    (0.2 s, 18 MB), which only the worker needs.
    """
    from openpyxl import Workbook  # noqa: PLC0415

    from exports.form_sheet import FormSheet  # noqa: PLC0415
    from exports.still_archive import saved  # noqa: PLC0415

    workbook = Workbook()
    FormSheet(workbook.worksheets[0], book).write()
    return saved(workbook, title=f"{book.school_name}, {book.school_year}", moment=book.made_from)
