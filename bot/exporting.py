"""The command `export`: everything that the bot can export, into files, with no Telegram."""

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.offline import NO_DATABASE, complain, opened
from bot.settings import Settings, SettingsError, load_settings
from exports.books.desk import BookJob
from exports.books.making import KINDS, make_book, make_document
from exports.chart import chart_png
from exports.form_workbook import form_workbook
from exports.forms import UnknownSchoolError, stored_form_book
from exports.history import stored_template
from exports.indicator_chart import stored_chart
from exports.indicator_table import stored_table
from exports.portal import portal_json, stored_portal
from passport.calendar import UnknownYearError
from passport.clock import SystemClock
from passport.form import YEARLY
from passport.loader import Passport, PassportError
from storage import schools
from storage.database import Database, DatabaseBusyError

YEAR = re.compile(r"\d{4}-\d{4}")
EXAMPLES = {
    "brief": "sostoyanie.docx",
    "indicators": "pokazateli.csv",
    "chart": "grafik.png",
    "portal": "portal.html",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line; without a year the current one is meant."""

    kind: str
    year: str
    out: Path
    school: str = ""
    period: str = ""
    indicator: str = ""


async def export(wanted: Wanted) -> int:
    """The exit code; what is wrong is said in one sentence."""
    wrong = _wrong(wanted)
    if wrong:
        return complain(wrong)
    try:
        settings = load_settings()
        wanted = await _checked(settings, wanted)
        content = await _content(settings, wanted)
    except (SettingsError, PassportError, UnknownSchoolError, UnknownYearError) as error:
        return complain(str(error))
    except (SQLAlchemyError, DatabaseBusyError, OSError):
        return complain(NO_DATABASE)
    await asyncio.to_thread(wanted.out.write_bytes, content)
    typer.echo(f"Готово: {wanted.out}")
    return 0


def _wrong(wanted: Wanted) -> str:
    if wanted.year and not YEAR.fullmatch(wanted.year):
        return f"Учебный год {wanted.year} не подходит. Нужно, например: --year 2026-2027"
    if wanted.kind in ("form", "questionnaire") and not wanted.school:
        return "Укажите школу, например: --school s24"
    if wanted.kind == "questionnaire" and wanted.period not in YEARLY:
        return "Укажите анкету, например: --period may (или campaign, sept)"
    if not wanted.out.parent.is_dir() or wanted.out.is_dir():
        example = EXAMPLES.get(wanted.kind, f"{wanted.kind}.xlsx")
        return f"Файл {wanted.out} записать нельзя. Нужно, например: --out {example}"
    if wanted.kind == "portal" and wanted.out.suffix not in (".html", ".json"):
        return (
            "Раздел портала – страница или данные. Нужно, например: --out portal.html (или .json)"
        )
    return _wrong_brief(wanted) if wanted.kind == "brief" else ""


def _wrong_brief(wanted: Wanted) -> str:
    """It speaks of today, and comes in two forms."""
    if wanted.year:
        return "Состояние Проекта – всегда на сегодня: --year не нужен."
    if wanted.out.suffix not in (".xlsx", ".docx"):
        return "Нужна книга Excel или документ Word, например: --out sostoyanie.docx (или .xlsx)"
    return ""


async def _checked(settings: Settings, wanted: Wanted) -> Wanted:
    """With its year; raises what is wrong with the year, the school or the indicator before
    anything is made."""
    async with opened(settings) as (database, passport), database.read() as tx:
        year = wanted.year or passport.calendar.current(tx.now)[0]
        if wanted.kind != "portal":  # next summer's classes are of a year that has no dates yet
            passport.calendar.year(year)
        if wanted.school and await schools.get(tx, wanted.school) is None:
            raise UnknownSchoolError(f"Школы {wanted.school} нет. Нужна метка школы, например s24.")
        keys = [one.key for one in passport.indicators.indicators]
        if wanted.kind == "chart" and wanted.indicator not in keys:
            raise PassportError(f"Укажите показатель, например: --indicator {keys[1]}")
    return replace(wanted, year=year)


async def _content(settings: Settings, wanted: Wanted) -> bytes:
    if wanted.kind in KINDS and wanted.kind != "history":
        job = BookJob(
            kind=wanted.kind,
            database_url=settings.database_url,
            time_zone=settings.time_zone,
            year=wanted.year,
            now=SystemClock().now(),
            school=wanted.school,
            period=wanted.period,
        )
        in_word = wanted.kind == "brief" and wanted.out.suffix == ".docx"
        # Each has a loop of its own.
        return await asyncio.to_thread(make_document if in_word else make_book, job)
    async with opened(settings) as (database, passport):
        return await _made(database, passport, wanted)


async def _made(database: Database, passport: Passport, wanted: Wanted) -> bytes:
    async with database.read() as tx:
        match wanted.kind:
            case "indicators":
                return await stored_table(tx, passport)
            case "chart":
                return chart_png(await stored_chart(tx, passport, wanted.indicator))
            case "portal":
                from exports.portal_page import portal_page  # noqa: PLC0415  # as above

                portal = await stored_portal(tx, passport, wanted.year)
                return portal_json(portal) if wanted.out.suffix == ".json" else portal_page(portal)
            case "history":
                return await stored_template(tx, passport)
        return form_workbook(await stored_form_book(tx, passport, wanted.school, wanted.year))
