"""The official form of a school's year: stored answers → what is printed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from exports.form_book import FormBook, form_book
from passport.form import PERIODS, PeriodKey
from passport.loader import Passport
from passport.printed import PeriodColumn
from storage import reports, schools
from storage.database import Transaction
from storage.reports import Report


class UnknownSchoolError(Exception):
    """No such school; the text says how a school is named."""


def file_name(school: str, year: str) -> str:
    """Latin and short, so that any phone and mail program keeps it."""
    return f"forma_{school}_{year}.xlsx"


async def stored_form_book(
    tx: Transaction,
    passport: Passport,
    school: str,
    year: str,
    filled: reports.FormYear | None = None,
) -> FormBook:
    """Raises UnknownSchoolError, and KeyError with a sentence for a year out of the calendar.

    ``filled``: the school's year, if it was read already.
    """
    passport.calendar.year(year)
    known = await schools.get(tx, school)
    if known is None:
        raise UnknownSchoolError(f"Школы {school} нет. Нужна метка школы, например s24.")
    filled = filled or await reports.form_year(tx, passport.forms, school, year)
    zone = passport.calendar.zone
    columns = [
        PeriodColumn(
            key=period,
            values=filled.fillings[period].sheet.values if period in filled.fillings else {},
            note=_note(_report(filled, period), zone),
            sent=_was_sent(_report(filled, period)),
        )
        for period in PERIODS
    ]
    return form_book(
        passport.form,
        school_name=known.name,
        school_year=year,
        classes=filled.classes,
        columns=columns,
        made_from=await reports.last_change(tx, school, year),
    )


def _report(filled: reports.FormYear, period: PeriodKey) -> Report | None:
    filling = filled.fillings.get(period)
    return None if filling is None else filling.report


def _was_sent(report: Report | None) -> bool:
    return report is not None and report.submitted_at is not None


def _note(report: Report | None, zone: ZoneInfo) -> str:
    """F17: the printed form says nothing of when it was filled and accepted; the head does."""
    if report is None:
        return "не начато"
    if report.accepted_at is not None:
        return f"принято {_at(report.accepted_at, zone)}"
    if report.status == "returned":
        return "возвращено на исправление"
    if report.submitted_at is not None:
        changed = ", есть неотправленные изменения" if report.has_unsent_changes else ""
        return f"отправлено {_at(report.submitted_at, zone)}{changed}"
    return "черновик"


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y, %H:%M}"
