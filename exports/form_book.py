"""What the workbook of one school's year is made from: plain data that crosses processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.form import Form
from passport.printed import PeriodColumn, PrintedForm, print_form
from passport.register import ProfileClass


@dataclass(frozen=True, slots=True)
class FormBook:
    """``made_from`` is the latest change of the data; the file's properties carry no other time."""

    school_name: str
    school_year: str  # «2026-2027»
    title: str
    periodicity: str
    printed: PrintedForm
    made_from: datetime | None = None


def form_book(
    form: Form,
    *,
    school_name: str,
    school_year: str,
    classes: Sequence[ProfileClass],
    columns: Sequence[PeriodColumn],
    made_from: datetime | None = None,
) -> FormBook:
    """The filled official form of one school and year."""
    return FormBook(
        school_name=school_name,
        school_year=school_year,
        title=form.title,
        periodicity=form.periodicity,
        printed=print_form(form, classes, columns),
        made_from=made_from,
    )
