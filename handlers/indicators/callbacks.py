"""What the buttons of indicators carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class IndicatorTap(CallbackData, prefix="q1"):
    """``act``: now, year, years, one, parts, fixed, ends, chart, fix, schools, school, settings,
    count, teachers.

    ``key`` is an indicator or a school's slug; ``page`` of a list, or of «fix» the value's mark.
    """

    act: str
    year: str = ""
    key: str = ""
    page: RowId = 0


class ExportTap(CallbackData, prefix="x1"):
    """A workbook to make: its kind and school year; ``kinds`` and ``years`` only choose."""

    act: str
    year: str = ""


def indicator_tap(act: str, year: str = "", key: str = "", page: int = 0) -> str:
    return IndicatorTap(act=act, year=year, key=key, page=page).pack()


def export_tap(act: str, year: str = "") -> str:
    return ExportTap(act=act, year=year).pack()
