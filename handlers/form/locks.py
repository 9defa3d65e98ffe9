"""Which report a person may open, and whether it can still be changed."""

from handlers.errors import Forbidden, Locked, Outdated
from handlers.visit import Visit
from storage import reports
from storage.reports import Filling, Report


def may_fill(visit: Visit, school: str) -> bool:
    """A coordinator for the own school, staff for any that phoned."""
    if visit.is_staff:
        return True
    return visit.person is not None and visit.person.school == school


def lock_reason(visit: Visit, report: Report) -> str | None:
    """Why the visitor cannot change the report now; None when they can."""
    if report.status == "accepted" and visit.is_staff:
        return "Отчёт принят. Чтобы исправить ответ, сначала откройте его снова."
    if report.status == "accepted":
        return "Отчёт принят. Чтобы исправить ответ, попросите методиста ИМЦ открыть его снова."
    match visit.calendar_of(report.school).state(report.year, report.period, visit.now):
        case "closed" if not visit.is_staff and report.status != "returned":
            return "Приём этого отчёта закрыт. Чтобы исправить ответ, напишите методисту ИМЦ."
        case "future":
            return "Этот отчёт ещё не открыт: заполнить его можно будет позже."
    return None


async def own_filling(visit: Visit, report_id: int) -> Filling:
    """The report with its sheet, if it belongs to the visitor's school.

    Raises Outdated when there is no such report, Forbidden when it is another school's.
    """
    filling = await reports.filling_by_id(visit.tx, visit.passport.forms, report_id)
    if filling is None:
        raise Outdated("Такого отчёта больше нет. Вот что сейчас.")
    if not may_fill(visit, filling.report.school):
        raise Forbidden
    return filling


async def own_register(visit: Visit, report_id: int) -> Filling:
    """The report whose school's classes are changed: they may be, as long as the year is open."""
    filling = await own_filling(visit, report_id)
    report = filling.report
    state = visit.calendar_of(report.school).state(report.year, report.period, visit.now)
    if state == "closed" and not visit.is_staff:
        raise Locked(
            "Учебный год закрыт: классы уже не меняются. Об ошибке напишите методисту ИМЦ."
        )
    return filling


async def editable(visit: Visit, report_id: int) -> Filling:
    """As above, and it can be changed; raises Locked with the reason when it cannot."""
    filling = await own_filling(visit, report_id)
    reason = lock_reason(visit, filling.report)
    if reason is not None:
        raise Locked(reason)
    return filling
