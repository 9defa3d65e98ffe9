"""Kinds of workbooks, their names, and the one function that the worker process is given."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
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
        Kind("risks", "riski", "Риски Проекта", "Риски"),
        Kind("plan", "plan", "План мероприятий", "План мероприятий"),
        Kind("questionnaire", "anketa", "Анкета школы", "Анкета"),
        Kind("brief", "sostoyanie", "Состояние Проекта", "Состояние Проекта"),
        Kind("history", "istoriya", "Шаблон истории показателей", "Шаблон истории"),
    )
}


def file_name(kind: str, year: str, school: str = "", period: str = "") -> str:
    """Latin and short, so that any phone and mail program keeps it."""
    parts = (KINDS[kind].name, school, period, year)
    return "_".join(part for part in parts if part) + ".xlsx"


def brief_name(form: str, day: date, school: str = "") -> str:
    """«sostoyanie_2027-01-12.xlsx», «spravka_s24_2027-01-12.docx»."""
    return f"{f'spravka_{school}' if school else 'sostoyanie'}_{day:%Y-%m-%d}.{form}"


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


def make_document(job: BookJob) -> bytes:
    """The page for a meeting as .docx; importable without python-docx, as above."""
    return asyncio.run(_make_document(job))


async def _make_document(job: BookJob) -> bytes:
    from exports.brief_document import document_of  # noqa: PLC0415  # python-docx, as above
    from exports.brief_paper import stored_paper  # noqa: PLC0415

    return document_of(*await stored_paper(job))


async def _make(job: BookJob) -> bytes:
    from exports.books.table import Binder  # noqa: PLC0415  # openpyxl, as above
    from exports.still_archive import saved  # noqa: PLC0415

    binder = Binder()
    if job.kind == "brief":
        from exports.books import brief  # noqa: PLC0415  # openpyxl, as above

        return saved(binder.workbook, title=await brief.write(binder, job), moment=job.now)
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
        risks,
        tracks,
        year_report,
    )

    writers = {
        "city": city.write,
        "report": year_report.write,
        "contracts": city_contracts.write,
        "tracks": tracks.write,
        "note": campaign_note.write,
        "risks": risks.write,
        "plan": plan.write,
    }
    return writers[kind]
