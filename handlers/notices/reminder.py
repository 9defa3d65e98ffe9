"""A reminder: what is missing in this school's report, and a button to the first gap."""

from handlers.collect.board import candidates
from handlers.form.callbacks import BeginTap
from handlers.form.progress import left_text
from handlers.notices import subject
from handlers.notices.letter import Later, Pointless
from handlers.screen import Button, Row, Screen
from handlers.snooze import choices
from handlers.visit import Visit
from handlers.words import date_words, q, when
from passport.calendar import Window
from passport.form import Form
from passport.numbers import plural
from reminders.due import Owing, rung_of
from reminders.hours import next_moment
from reminders.ladder import ladder
from reminders.planner import BUSY
from storage import answers, said, schools, snoozes
from storage.outbox import Posted, State
from storage.reports import Filling


async def reminder(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """None when it is no longer the message that is right now."""
    if not subject.is_own(visit, posted):
        return Pointless("отвечает за другую школу")
    filling = await subject.filling(visit, posted)
    if filling is not None and filling.report.status in ("submitted", "accepted"):
        return Pointless("отчёт уже отправлен")
    if not await _takes_part(visit, posted):
        return Pointless("школа больше не участвует")
    window = subject.window(visit, posted)
    state = window.state(visit.now)
    if state == "future" or (state == "closed" and not _returned(filling)):
        return None
    if not await _is_right(visit, posted, filling, window):
        return None
    if await _is_busy(visit, posted):
        return Later(next_moment(visit.passport.calendar, visit.now + BUSY))
    lines = [f"<b>Отчёт: {subject.name(visit, posted)}</b>", _why(visit, posted, window)]
    lines += _missing(visit.passport.forms.of(subject.place(posted)[2]), filling)
    return Screen("\n".join(lines), _keyboard(visit, posted, filling, window))


async def _takes_part(visit: Visit, posted: Posted) -> bool:
    school, year, _ = subject.place(posted)
    today = visit.calendar.today(visit.now)
    expected = await schools.participants(visit.tx, year, candidates(visit), today)
    return school in {one.slug for one in expected}


async def _is_busy(visit: Visit, posted: Posted) -> bool:
    """Whether somebody of the school is just at it: then it waits."""
    school, year, period = subject.place(posted)
    return school in await answers.recently_changed(visit.tx, year, period, visit.now - BUSY)


async def _is_right(visit: Visit, posted: Posted, filling: Filling | None, window: Window) -> bool:
    """Whether it is worth saying still: the bot may have been down since it was written."""
    calendar, now = visit.passport.calendar, visit.now
    meant_for = calendar.today(next_moment(calendar, posted.created_at))
    if posted.why == "nudge":  # by hand: quiet or not
        worth_until = calendar.add_working_days(meant_for, 1)
        fresh = calendar.today(now) <= worth_until
        return fresh and (calendar.today(now) <= meant_for or not await _told_today(visit, posted))
    school, year, period = subject.place(posted)
    quiet = (await snoozes.of_period(visit.tx, year, period)).get(subject.account(posted))
    if (quiet is not None and now < quiet) or await _told_today(visit, posted):
        return False
    if posted.why == "snooze":
        return calendar.today(now) == meant_for
    back = filling.returned.at if filling is not None and filling.returned else None
    rung = rung_of(calendar, Owing(school, window, back), ladder(calendar, window), now)
    return rung is not None and rung.why == posted.why and posted.created_at >= rung.at


async def _told_today(visit: Visit, posted: Posted) -> bool:
    """Whether another reminder of the period has come today."""
    _, year, period = subject.place(posted)
    today = visit.passport.calendar.today(visit.now)
    return any(
        one.state == State.SENT
        and one.id != posted.id
        and visit.passport.calendar.today(one.at) == today
        for one in await said.reminders(visit.tx, year, period, subject.account(posted))
    )


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
        count = len(form.questions)
        size = "8–25" if form.is_quarterly else f"около {count}"
        return [f"Ещё не начат: это {size} коротких ответов, на многие хватит одной кнопки."]
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
