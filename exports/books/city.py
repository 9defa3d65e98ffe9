"""The consolidated workbook of a school year."""

from exports.books import (
    changes,
    completeness,
    indicators,
    long,
    marks,
    notes,
    plan,
    questionnaires,
    registers,
    risks,
    tasks,
    wide,
)
from exports.books.desk import Desk
from exports.books.table import Binder
from exports.form_sheet import FormSheet
from exports.forms import stored_form_book

# More official forms than this in one file help nobody: each school's is a file of its own.
MOST_FORMS = 60


async def write(binder: Binder, desk: Desk) -> None:
    await indicators.write(binder, desk)
    await tasks.write(binder, desk)
    await risks.write(binder, desk)
    await wide.write(binder, desk)
    await marks.write(binder, desk)
    await completeness.write(binder, desk)
    await questionnaires.write(binder, desk)
    await registers.write_classes(binder, desk)
    await registers.write_contracts(binder, desk)
    await registers.write_partners(binder, desk)
    await plan.write(binder, desk)
    await long.write(binder, desk)
    await changes.write(binder, desk)
    await _forms(binder, desk)
    await notes.write(binder, desk)


async def _forms(binder: Binder, desk: Desk) -> None:
    """The official form of every school, in its very look."""
    schools = await desk.taking_part()
    if len(schools) > MOST_FORMS:
        return
    for school in schools:
        filled = await desk.form_year(school)
        book = await stored_form_book(desk.tx, desk.passport, school.slug, desk.year, filled)
        sheet = binder.sheet(f"Форма {school.number}")
        FormSheet(sheet, book, binder.palette, sheet.title).write()
