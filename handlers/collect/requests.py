"""Answering a school that asks for more time."""

from handlers.collect import board
from handlers.collect.callbacks import DateTap
from handlers.collect.days import show_days
from handlers.collect.moves import apply, refreshed
from handlers.collect.report import show_report
from handlers.errors import Outdated
from handlers.screen import Screen
from handlers.tell import About, tell, told
from handlers.visit import Visit
from handlers.words import date_words, q
from passport.deadlines import check_due
from storage import audit, deadlines, people, reports
from storage.deadlines import TimeRequest

# What became of a request that another methodist, the school or time has answered.
DECIDED = {
    True: "Срок уже продлили.",
    False: "В продлении уже отказали.",
    None: "Просьба уже не нужна: отчёт отправлен или день прошёл.",
}


async def decide(visit: Visit, request_id: int, *, granted: bool) -> Screen:
    """Grants or refuses once; whoever comes second is told so."""
    assert visit.person is not None
    request = await deadlines.request(visit.tx, request_id)
    if request is None:
        raise Outdated
    if request.decided_at is not None:
        return await _afterwards(visit, request, f"⚠️ {DECIDED[request.granted]}")
    data = DateTap(act="set", year=request.year, period=request.period, school=request.school)
    calendar = visit.calendar_of(request.school)
    if granted:
        wrong = check_due(calendar, request.year, request.period, request.due, visit.now)
        if wrong is not None:
            pick = data.model_copy(update={"act": "pick"})
            return await show_days(visit, pick, f"⚠️ {q(wrong.text)} Выберите другой день.")
    await deadlines.decide(visit.tx, request.id, granted=granted, by=visit.person.id)
    act: audit.Act = "grant_time" if granted else "refuse_time"
    about = About(request.school, request.year, request.period, ref=request.id)
    await audit.add(visit.tx, act, visit.person.id, **about.place, detail=date_words(request.due))
    if granted:
        await apply(visit, data, request.due, request.reason, telling=False)
    coordinators = await people.coordinators(visit.tx, request.school)
    count = await tell(visit, "time_answered", coordinators, str(request.id), about)
    name = q(visit.school_name(request.school))
    notice = f"✅ {name}: срок продлён до {date_words(request.due)}."
    if not granted:
        notice = f"{name}: в продлении отказано, срок прежний."
    return await _afterwards(await refreshed(visit), request, f"{notice} {told(visit, count)}")


async def _afterwards(visit: Visit, request: TimeRequest, notice: str) -> Screen:
    report = await reports.find(visit.tx, request.school, request.year, request.period)
    if report is not None:
        return await show_report(visit, report.id, notice)
    return await board.show_board(visit, request.year, request.period, notice=notice)
