"""Words that sheets share."""

from datetime import date

from exports.books.desk import Desk
from storage.reports import Status

STATUS_WORDS: dict[Status | None, str] = {
    "accepted": "принят",
    "submitted": "на проверке",
    "returned": "возвращён",
    "draft": "черновик",
    None: "не начат",
}


def on_day(desk: Desk) -> str:
    """«На 12.01.2027, 09:20.»"""
    local = desk.local(desk.tx.now)
    assert local is not None
    return f"На {local:%d.%m.%Y, %H:%M}."


def year_words(year: str) -> str:
    """«2026–2027 учебный год»."""
    return f"{year.replace('-', '–')} учебный год"


def last_day(year: str) -> date:
    """Of a school year: what is told of a year that is over speaks of it."""
    return date(int(year[:4]) + 1, 8, 31)
