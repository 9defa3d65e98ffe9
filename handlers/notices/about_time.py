"""A moved date, a request for more time, and the answer to it."""

from handlers.collect.callbacks import AnswerTimeTap, report_tap
from handlers.form.callbacks import BeginTap, ListTap
from handlers.notices import subject
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import date_words, day, q, when
from storage import deadlines, reports
from storage.outbox import Posted

NO_REASON = ("", "Без причины")


async def moved(visit: Visit, posted: Posted) -> Screen | None:
    """To who still owes: the date as it is now, and why."""
    move = await deadlines.moved(visit.tx, posted.ref or 0)
    if move is None or not move.holds or not subject.is_own(visit, posted):
        return None
    filling = await subject.filling(visit, posted)
    if filling is not None and filling.report.status in ("submitted", "accepted"):
        return None
    window = subject.window(visit, posted)
    name = subject.name(visit, posted)
    if move.opens is not None and move.due is None:
        text = f"📅 Отчёт откроется {day(window.opens_at, visit.zone)}: {name}."
    else:
        text = f"📅 <b>Новый срок отчёта: {when(window.due_at, visit.zone)}</b>\n{name}"
    if move.reason not in NO_REASON:
        text += f"\nПричина: {q(move.reason)}"
    if window.state(visit.now) == "future":
        _, year, _ = subject.place(posted)
        return Screen(text, ((Button("Все отчёты", ListTap(year=year).pack()),),))
    return Screen(text, (_fill(posted),))


async def asked(visit: Visit, posted: Posted) -> Screen | None:
    """To methodists: grant or refuse by a tap."""
    request = await deadlines.request(visit.tx, posted.ref or 0)
    if request is None or request.decided_at is not None:
        return None
    report = await reports.find(visit.tx, request.school, request.year, request.period)
    now = when(subject.window(visit, posted).due_at, visit.zone)
    hour = f"{visit.passport.calendar.due_time:%H:%M}"
    text = (
        f"🙏 <b>{q(visit.school_name(request.school))}</b> просит продлить срок "
        f"до {date_words(request.due)}, {hour}\n"
        f"{subject.name(visit, posted)}, сейчас срок {now}"
    )
    if request.reason not in NO_REASON:
        text += f"\nПричина: {q(request.reason)}"
    rows: list[Row] = [
        (
            Button(
                "Продлить", AnswerTimeTap(act="grant", request=request.id).pack(), style="success"
            ),
            Button("Отказать", AnswerTimeTap(act="refuse", request=request.id).pack()),
        )
    ]
    if report is not None:
        rows.append((Button("Отчёт школы", report_tap("show", report.id)),))
    return Screen(text, tuple(rows))


async def answered(visit: Visit, posted: Posted) -> Screen | None:
    request = await deadlines.request(visit.tx, posted.ref or 0)
    if request is None or request.granted is None or not subject.is_own(visit, posted):
        return None
    due = when(subject.window(visit, posted).due_at, visit.zone)
    name = subject.name(visit, posted)
    if request.granted:
        text = f"📅 <b>Срок продлён: {due}</b>\n{name}"
    else:
        text = f"📅 Методист не смог продлить срок. Он прежний: {due}\n{name}"
    return Screen(text, (_fill(posted),))


def _fill(posted: Posted) -> Row:
    _, year, period = subject.place(posted)
    tap = BeginTap(act="go", year=year, period=period).pack()
    return (Button("▶ К отчёту", tap, style="primary"),)
