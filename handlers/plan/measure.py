"""One measure in one of its windows: the passport's words, the state, what can be done."""

from datetime import date, timedelta

from handlers.errors import Outdated
from handlers.plan import wording
from handlers.plan.callbacks import plan_tap, window_tap
from handlers.plan.opening import opens
from handlers.screen import Button, Row, Screen, Style
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.plan import Measure, UnknownMeasureError
from passport.plan_states import MeasureState
from passport.plan_windows import Terms, Window, windows
from storage import plan_state, plan_terms, prompts

# A list may be approved some time before its window opens.
EARLY = timedelta(days=60)


async def window_of(visit: Visit, key: str, start: str) -> tuple[Measure, Window]:
    """Of a button; raises Outdated for a measure or a window that is none."""
    terms = await plan_terms.read(visit.tx, visit.passport)
    try:
        measure = visit.passport.plan.measure(key)
    except UnknownMeasureError:
        raise Outdated from None
    for one in windows(measure, terms):
        if one.start.isoformat() == start:
            return measure, one
    raise Outdated


def today_of(visit: Visit) -> date:
    return visit.passport.calendar.today(visit.now)


async def show_card(visit: Visit, measure: Measure, window: Window, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    terms = await plan_terms.read(visit.tx, visit.passport)
    one = await plan_state.of_window(visit.tx, visit.passport, measure, window)
    today = today_of(visit)
    section = visit.passport.plan.section(measure.section)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{measure.key}. {q(measure.name)}</b>",
        f"Раздел {section.key}. {q(section.name)}",
        "",
        f"<b>Срок:</b> {wording.span(window)}, {_recurrence(measure, window)}",
        f"<b>В плане:</b> {q(measure.start_printed)} – {q(measure.end_printed)}",
        f"<b>Ответственный:</b> {q(measure.responsible)}",
        f"<b>Документ:</b> {q(measure.result)}",
        "",
        f"<b>Состояние:</b> {wording.state_words(one, today)}",
    ]
    if one.says:
        lines.append(f"<b>Данные:</b> {q(one.says)}")
    elif measure.evidence and window.start > today:
        lines.append("<b>Данные:</b> появятся, когда откроется срок")
    elif not measure.evidence:
        lines.append("<b>Данные:</b> бот их не собирает, о выполнении отмечают сотрудники")
    if one.done is not None and one.done.source == "mark":
        link = q(one.done.link) or "без ссылки"
        lines.append(f"<b>Отметка:</b> выполнено {one.done.on:{wording.FULL}}, документ: {link}")
    if measure.note:
        lines += ["", f"<i>{q(measure.note)}</i>"]
    return Screen("\n".join(lines), _keyboard(visit, one, terms))


def _recurrence(measure: Measure, window: Window) -> str:
    if window.soft:
        return "для новых школ"
    if measure.again == "choice" and window.recurrence == "yearly":
        return "ежегодно по решению сотрудников"
    return wording.RECURRENCE[window.recurrence]


def _keyboard(visit: Visit, one: MeasureState, terms: Terms) -> tuple[Row, ...]:
    measure, window = one.measure, one.window
    rows: list[Row] = list(opens(visit, measure, window))
    marked = one.done is not None and one.done.source == "mark"
    seen = one.done.mark if one.done is not None else 0
    if window.start - EARLY <= today_of(visit):
        words = "Изменить отметку" if marked else "Отметить выполненным"
        style: Style | None = None if marked else "primary"
        rows.append((Button(words, window_tap("mark", measure.key, window, seen), style=style),))
    if marked:
        rows.append((Button("Снять отметку", window_tap("withdraw", measure.key, window, seen)),))
    every = windows(measure, terms)
    at = every.index(window)
    around: list[Button] = []
    if at:
        earlier = every[at - 1]
        around.append(Button(f"← {_name(earlier)}", window_tap("card", measure.key, earlier)))
    if at + 1 < len(every):
        later = every[at + 1]
        around.append(Button(f"{_name(later)} →", window_tap("card", measure.key, later)))
    rows.append(tuple(around))
    if measure.again == "choice":
        rows.append((Button("Настроить сроки", plan_tap("settings")),))
    rows.append((Button("← План", plan_tap("show")),))
    return tuple(row for row in rows if row)


def _name(window: Window) -> str:
    """«2025/26» of a window that crosses the new year, «лето 2026»."""
    if window.start.year == window.end.year:
        return f"{window.start.year}"
    return school_year(window.year)
