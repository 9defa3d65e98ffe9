"""Sent, returned, accepted, open again: each told to the other side."""

from handlers.collect.callbacks import report_tap
from handlers.form.callbacks import BeginTap, PeriodTap, card_tap
from handlers.form.locks import lock_reason
from handlers.form.question import short
from handlers.notices import subject
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, value_text, when
from passport.deadlines import is_late
from storage.outbox import Posted

SHOWN_SLOTS = 12


async def submitted(visit: Visit, posted: Posted) -> Screen | None:
    """To methodists: something waits to be looked at. To a school: staff has entered for it."""
    filling = await subject.filling(visit, posted)
    if filling is None or filling.report.status != "submitted":
        return None
    report = filling.report
    if report.submitted_at is None or posted.created_at < report.submitted_at:
        return None  # sent again since then: that has its own message
    name = subject.name(visit, posted)
    if not visit.is_staff:
        if not subject.is_own(visit, posted):
            return None
        locked = lock_reason(visit, report) is not None
        way = "напишите методисту ИМЦ" if locked else "исправьте и отправьте снова"
        text = (
            f"✍️ Методист внёс за вашу школу отчёт: {name}.\n"
            f"Проверьте числа; если что-то не так, {way}."
        )
        opens = PeriodTap(year=report.year, period=report.period).pack()
        return Screen(text, ((Button("Открыть отчёт", opens),),))
    late = is_late(report.first_submitted_at, report.late, subject.window(visit, posted))
    again = " снова" if report.submission > 1 else ""
    doubts = f"Сомнения: {report.doubts}" if report.doubts else "Сомнений нет"
    text = (
        f"📨 <b>{q(visit.school_name(report.school))}</b>: отчёт отправлен{again} "
        f"({'позже срока' if late else 'в срок'})\n{name}\n{doubts}"
    )
    return Screen(text, ((Button("Открыть", report_tap("show", report.id)),),))


async def returned(visit: Visit, posted: Posted) -> Screen | None:
    """The sentence, the numbers in question with their old values, and the way to the first."""
    filling = await subject.filling(visit, posted)
    if filling is None or filling.returned is None or not subject.is_own(visit, posted):
        return None
    if filling.returned.id != posted.ref:
        return None  # returned once more since then: that one has its own message
    sheet = filling.sheet
    lines = [f"↩️ <b>Отчёт вернули на исправление</b>: {subject.name(visit, posted)}"]
    lines.append(f"Методист: «{q(filling.returned.comment)}»")
    slots = [slot for slot in sheet.slots if slot in filling.returned.slots]
    if slots:
        lines += ["", "Проверьте:"]
    for slot in slots[:SHOWN_SLOTS]:
        unit = sheet.form.question(slot.question).unit
        value = value_text(sheet.effective(slot), unit)
        lines.append(f"• {q(short(sheet, slot))}: {value}")
    if len(slots) > SHOWN_SLOTS:
        lines.append(f"…и ещё {len(slots) - SHOWN_SLOTS}")
    return Screen("\n".join(lines), (_begin(posted, "▶ Исправить"),))


async def accepted(visit: Visit, posted: Posted) -> Screen | None:
    filling = await subject.filling(visit, posted)
    if filling is None or filling.report.accepted_at is None:
        return None
    if posted.created_at < filling.report.accepted_at:
        return None  # opened and accepted once more since then
    if not subject.is_own(visit, posted):
        return None
    report = filling.report
    at = when(filling.report.accepted_at, visit.zone)
    return Screen(
        f"✅ <b>Отчёт принят</b> {at}. Спасибо!\n{subject.name(visit, posted)}",
        ((Button("Форма в Excel", card_tap("excel", report.id)),),),
    )


async def reopened(visit: Visit, posted: Posted) -> Screen | None:
    filling = await subject.filling(visit, posted)
    if filling is None or filling.report.status != "submitted":
        return None
    report = filling.report
    if report.reopened_at is None or posted.created_at < report.reopened_at:
        return None  # sent since then, or opened once more
    if not subject.is_own(visit, posted):
        return None
    opens = PeriodTap(year=report.year, period=report.period).pack()
    way = "Исправьте, что нужно, и отправьте его ещё раз."
    if lock_reason(visit, report) is not None:
        way = "Приём закрыт: что исправить, напишите методисту ИМЦ."
    return Screen(
        f"🔓 Методист открыл отчёт снова: {subject.name(visit, posted)}.\n{way}",
        ((Button("Открыть отчёт", opens),),),
    )


def _begin(posted: Posted, word: str) -> Row:
    _, year, period = subject.place(posted)
    return (Button(word, BeginTap(act="go", year=year, period=period).pack(), style="primary"),)
