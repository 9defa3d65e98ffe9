"""What was sent to whom, when and why; and who did what."""

from handlers.collect.callbacks import JournalTap, school_tap
from handlers.notices.kinds import KINDS, WHY
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.welcome import ROLE_NAMES
from handlers.words import q, school_year, shorten, when
from passport.form import EVERY_PERIOD
from storage import audit, journal, prompts
from storage.journal import Line
from storage.outbox import State

PAGE = 15
LONGEST_DETAIL = 90
ACTS: dict[audit.Act, str] = {
    "submit": "отчёт отправлен",
    "accept": "отчёт принят",
    "return": "отчёт возвращён",
    "reopen": "отчёт открыт снова",
    "move_deadline": "перенос",
    "confirm_dates": "даты подтверждены",
    "grant_time": "срок продлён по просьбе",
    "refuse_time": "в продлении отказано",
    "invite": "выдана ссылка",
    "revoke_invite": "ссылка отозвана",
    "join": "вошёл по ссылке",
    "hand_over": "доступ передан коллеге",
    "suspend": "доступ приостановлен",
    "restore": "доступ возвращён",
    "leave": "вышел из бота",
    "take_part": "участвует в Проекте",
    "drop_out": "больше не участвует",
    "set_number": "изменена настройка показателей",
    "set_threshold": "изменён порог риска",
    "add_school": "добавлена школа",
    "rename_school": "школа переименована",
    "fix_value": "зафиксирован показатель",
    "import": "загружен файл",
    "undo_import": "загрузка отменена",
    "nudge": "напоминание",
    "publish": "пост опубликован",
    "cancel_post": "пост отменён",
    "change_post": "текст поста изменён",
    "move_post": "пост перенесён",
    "announce": "объявление в канал",
    "move_campaign": "даты кампании изменены",
    "ask_cards": "просьба проверить классы",
    "mark_plan": "отметка в плане",
    "withdraw_plan": "отметка в плане снята",
    "switch_plan": "окна плана переключены",
    "make_report": "выгружен отчёт 1.8",
    "recover": "база восстановлена из копии",
}


async def show_sent(visit: Visit, school: str, page: int) -> Screen:
    """Messages that went out by themselves, newest first."""
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await journal.page(visit.tx, PAGE + 1, page * PAGE, school or None)
    lines = [f"<b>Что отправил бот{_of(visit, school)}</b>", ""]
    lines += [_sent_line(visit, one) for one in found[:PAGE]] or ["Пока ничего."]
    return Screen("\n".join(lines), _keyboard("sent", school, page, len(found) > PAGE))


async def show_acts(visit: Visit, school: str, page: int) -> Screen:
    """Acts of people, newest first."""
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await audit.page(visit.tx, PAGE + 1, page * PAGE, school or None)
    lines = [f"<b>Кто что сделал{_of(visit, school)}</b>", ""]
    for one in found[:PAGE]:
        who = ROLE_NAMES[one.role] if one.role else "оператор"
        about = _about(visit, one.school, one.year, one.period)
        detail = f": {q(shorten(one.detail, LONGEST_DETAIL))}" if one.detail else ""
        lines.append(f"{when(one.at, visit.zone)} – {ACTS[one.act]}{detail}{about} ({q(who)})")
    if not found:
        lines.append("Пока ничего.")
    return Screen("\n".join(lines), _keyboard("acts", school, page, len(found) > PAGE))


def _of(visit: Visit, school: str) -> str:
    return f": {q(visit.school_name(school))}" if school else ""


def _sent_line(visit: Visit, line: Line) -> str:
    posted = line.posted
    whom = ROLE_NAMES[line.role]
    if line.person_school:
        whom = f"координатор, {visit.school_name(line.person_school)}"
    if line.post:
        whom += f", {line.post}"
    about = _about(visit, posted.school, posted.year, posted.period)
    why = f" ({WHY[posted.why]})" if posted.why in WHY else ""
    return f"{_state(visit, line)} – {KINDS[posted.kind]}{why}{about} → {q(whom)}"


def _state(visit: Visit, line: Line) -> str:
    posted = line.posted
    match posted.state:
        case State.SENT if posted.sent_at is not None:
            return f"✅ {when(posted.sent_at, visit.zone)}"
        case State.DROPPED:
            why = f" ({q(posted.reason)})" if posted.reason else ""
            return f"➖ {when(posted.created_at, visit.zone)}, не отправлено{why}"
        case State.FAILED:
            return f"⚠️ {when(posted.created_at, visit.zone)}, не дошло: {q(posted.reason)}"
        case _:
            if posted.not_before <= visit.now:
                return f"🕒 отправляется, с {when(posted.not_before, visit.zone)}"
            return f"🕒 уйдёт {when(posted.not_before, visit.zone)}"


def _about(visit: Visit, school: str | None, year: str | None, period: str | None) -> str:
    words = []
    if school:
        words.append(visit.school_name(school))
    if period in EVERY_PERIOD and year:
        words.append(f"{visit.passport.forms.period(period).name} {school_year(year)}")
    elif year:
        words.append(f"{school_year(year)} уч. год")
    return f" · {q(', '.join(words))}" if words else ""


def _keyboard(act: str, school: str, page: int, more: bool) -> tuple[Row, ...]:
    def tap(other: str, number: int) -> str:
        return JournalTap(act=other, school=school, page=number).pack()

    turns = []
    if page:
        turns.append(Button("← Новее", tap(act, page - 1)))
    if more:
        turns.append(Button("Раньше →", tap(act, page + 1)))
    other = ("Кто что сделал", "acts") if act == "sent" else ("Что отправил бот", "sent")
    back = school_tap("show", school) if school else school_tap("board")
    rows: list[Row] = [tuple(turns), (Button(other[0], tap(other[1], 0)),)]
    rows.append((Button("← Школа" if school else "← Кто сдал", back),))
    return tuple(row for row in rows if row)
