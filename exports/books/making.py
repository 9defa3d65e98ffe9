"""Kinds of workbooks, their names, and the one function that the worker process is given."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.books.desk import BookJob, Desk, opened

if TYPE_CHECKING:
    from exports.books.table import Binder


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` of the file, Latin and short; ``words`` of the caption."""

    key: str
    name: str
    words: str
    title: str  # on a button


KINDS = {
    one.key: one
    for one in (
        Kind("city", "svod", "Сводная книга по школам", "Сводная книга"),
        Kind(
            "report", "otchet_1_8", "Информационно-аналитический отчёт (п. 1.8)", "Отчёт по п. 1.8"
        ),
        Kind("contracts", "dogovory", "Договоры по видам и срокам", "Договоры по видам"),
        Kind("tracks", "klassy", "Школы и классы по направленностям", "Классы по направленностям"),
        Kind("note", "spravka_2_1", "Справка о кампании (п. 2.1)", "Справка о кампании (п. 2.1)"),
        Kind("plan", "plan", "План мероприятий", "План мероприятий"),
        Kind("questionnaire", "anketa", "Анкета школы", "Анкета"),
        Kind("history", "istoriya", "Шаблон истории показателей", "Шаблон истории"),
    )
}


def file_name(kind: str, year: str, school: str = "", period: str = "") -> str:
    """Latin and short, so that any phone and mail program keeps it."""
    parts = (KINDS[kind].name, school, period, year)
    return "_".join(part for part in parts if part) + ".xlsx"


def make_book(job: BookJob) -> bytes:
    """The .xlsx; the same data at the same moment always gives the same bytes.

    Importable without openpyxl, which only the worker needs. KeyError for an unknown kind.
    """
    # Hundreds of thousands of small values, none in a circle: looking for circles among them again
    # and again costs a third of the time.
    gc.disable()
    try:
        return asyncio.run(_make(job))
    finally:
        gc.enable()


async def _make(job: BookJob) -> bytes:
    from exports.books.table import Binder  # noqa: PLC0415  # openpyxl, as above
    from exports.still_archive import saved  # noqa: PLC0415

    binder = Binder()
    async with opened(job) as desk:
        if job.kind == "questionnaire":
            from exports.books import questionnaire  # noqa: PLC0415

            await questionnaire.write(binder, desk, job)
        else:
            await _writer(job.kind)(binder, desk)
        moment = desk.tx.now
    title = f"{KINDS[job.kind].words}, {job.year}"
    return saved(binder.workbook, title=title, moment=moment)


def _writer(kind: str) -> Callable[["Binder", Desk], Awaitable[None]]:
    from exports.books import (  # noqa: PLC0415  # openpyxl, as above
        campaign_note,
        city,
        city_contracts,
        plan,
        tracks,
        year_report,
    )

    writers = {
        "city": city.write,
        "report": year_report.write,
        "contracts": city_contracts.write,
        "tracks": tracks.write,
        "note": campaign_note.write,
        "plan": plan.write,
    }
    return writers[kind]
