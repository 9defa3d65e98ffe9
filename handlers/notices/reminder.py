"""A reminder: what is missing in this school's report, and a button to the first gap."""

from handlers.form.callbacks import BeginTap
from handlers.form.progress import left_text
from handlers.notices import subject
from handlers.screen import Button, Row, Screen
from handlers.snooze import choices
from handlers.visit import Visit
from handlers.words import date_words, q, when
from passport.calendar import Window
from passport.form import Form
from passport.numbers import plural
from storage.outbox import Posted
from storage.reports import Filling

BEFORE_DUE = ("opening", "before", "due")


async def reminder(visit: Visit, posted: Posted) -> Screen | None:
    """None when the report is sent, the moment has passed, or the school is another's now."""
    if not subject.is_own(visit, posted):
        return None
    filling = await subject.filling(visit, posted)
    if filling is not None and filling.report.status in ("submitted", "accepted"):
        return None
    window = subject.window(visit, posted)
    state = window.state(visit.now)
    if state == "future" or (state == "closed" and not _returned(filling)):
        return None
    if posted.why in BEFORE_DUE and state != "open":
        return None
    lines = [f"<b>Отчёт: {subject.name(visit, posted)}</b>", _why(visit, posted, window)]
    lines += _missing(visit.passport.form, filling)
    return Screen("\n".join(lines), _keyboard(visit, posted, filling, window))


def _returned(filling: Filling | None) -> bool:
    return filling is not None and filling.report.status == "returned"


def _why(visit: Visit, posted: Posted, window: Window) -> str:
    due = when(window.due_at, visit.zone)
    state = window.state(visit.now)
    if state in ("late", "closed"):
        date = f"Срок был {due}, отчёт ещё принимаем"
    elif visit.calendar.today(window.due_at) == visit.calendar.today(visit.now):
        date = f"Срок сегодня, в {window.due_at.astimezone(visit.zone):%H:%M}"
    else:
        date = f"Срок: {due}"
    match posted.why:
        case "opening":
            return f"🔔 Отчёт открыт, его можно заполнять. {date}."
        case "nudge":
            return f"🔔 Методист ИМЦ просит не забыть об отчёте. {date}."
        case "snooze":
            return f"🔔 Вы просили напомнить. {date}."
    return f"🔔 {date}."


def _missing(form: Form, filling: Filling | None) -> list[str]:
    if filling is None:
        return ["Ещё не начат: это 8–25 коротких ответов, на многие – одна кнопка."]
    if filling.returned is not None:
        count = len(filling.to_mend)
        noun = plural(count, "ответ", "ответа", "ответов")
        lines = [f"Методист вернул его: «{q(filling.returned.comment)}»"]
        return lines + (
            [f"Осталось проверить {count} {noun}."] if count else ["Отправьте его снова."]
        )
    if not filling.sheet.gaps:
        return ["Все ответы есть, осталось проверить и отправить."]
    keys = dict.fromkeys(form.question(slot.question).section for slot in filling.sheet.gaps)
    lines = [f"{left_text(filling.sheet)}:".capitalize()]
    return lines + [f"• {key}. {q(form.section(key).title)}" for key in keys]


def _keyboard(
    visit: Visit, posted: Posted, filling: Filling | None, window: Window
) -> tuple[Row, ...]:
    _, year, period = subject.place(posted)

    def tap(act: str) -> str:
        return BeginTap(act=act, year=year, period=period).pack()

    if filling is None:
        word = "▶ Заполнить"
    elif filling.returned is not None:
        word = "▶ Исправить"
    else:
        word = "▶ Продолжить" if filling.sheet.gaps else "Проверить и отправить"
    rows: list[Row] = [(Button(word, tap("go"), style="primary"),)]
    later = tuple(
        Button(f"Напомнить {one.word or date_words(one.day)}", tap(one.act))
        for one in choices(visit.passport.calendar, window, visit.now)
    )
    return tuple(row for row in (*rows, later) if row)
