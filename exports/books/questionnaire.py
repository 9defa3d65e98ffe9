"""One questionnaire of one school and year, to print, sign and file."""

from exports.books.desk import BookJob, Desk
from exports.books.questionnaires import shown
from exports.books.table import MIDDLE, TEXT, Binder, Column, Heading, Table
from exports.books.words import STATUS_WORDS, on_day, year_words
from passport.form import EVERY_PERIOD
from storage import reports, schools

COLUMNS = (
    Column("№", 5, MIDDLE),
    Column("Вопрос", 56, TEXT),
    Column("Ед.", 8, MIDDLE),
    Column("Ответ", 26, MIDDLE),
)


async def write(binder: Binder, desk: Desk, job: BookJob) -> None:
    """Raises KeyError for an unknown school."""
    school = await schools.get(desk.tx, job.school)
    if school is None:
        raise KeyError(job.school)
    period = next(one for one in EVERY_PERIOD if one == job.period)
    form = desk.passport.forms.of(period)
    year = await reports.form_year(desk.tx, desk.passport.forms, school.slug, desk.year)
    filling = year.fillings.get(period)
    status = STATUS_WORDS[filling.report.status if filling else None]
    notes = (
        f"Образовательная организация: {school.name}",
        f"{year_words(desk.year).capitalize()}. Состояние: {status}. {on_day(desk)}",
    )
    heading = Heading(form.period(period).name.capitalize(), form.title, notes)
    table = Table(binder, heading, COLUMNS, landscape=False, filtered=False)
    number = 0
    for question in form.questions:
        places = filling.sheet.classes if filling and question.per == "class" else (None,)
        for one in places:
            number += 1
            words = question.ask.replace("{track}", "")
            words = words.replace("{class}", one.name if one else "")
            slots = (
                []
                if filling is None
                else [
                    slot
                    for slot in filling.sheet.values
                    if slot.question == question.key and slot.class_id == (one.id if one else 0)
                ]
            )
            value = filling.sheet.effective(slots[0]) if filling and slots else None
            table.row([number, words, question.unit, shown(value)])
    table.free()
    table.free("Ответственный: " + "_" * 28 + " " * 6 + "Дата: " + "_" * 16)
    table.finish()
