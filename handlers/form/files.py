"""Which file goes with a report: the official form, or a questionnaire's own sheet."""

from handlers.screen import BookFile, FormFile
from passport.form import PERIODS
from storage.reports import Report


def file_of(report: Report) -> FormFile | BookFile:
    """The form holds the whole year, a questionnaire only itself."""
    if report.period in PERIODS:
        return FormFile(report.school, report.year)
    return BookFile("questionnaire", report.year, report.school, report.period)
