"""How the plan is worded: marks of states, windows, what is left."""

from datetime import date

from handlers.words import q
from passport.numbers import plural
from passport.plan import Recurrence, State
from passport.plan_states import Done, MeasureState
from passport.plan_windows import Window

MARKS: dict[State, str] = {
    "late": "🔴",
    "soon": "⏰",
    "running": "▶",
    "ahead": "🕒",
    "done": "✅",
    "off": "⏸",
    "history": "🗄",
    "over": "🏁",
}
RECURRENCE: dict[Recurrence, str] = {
    "once": "один раз",
    "yearly": "ежегодно",
    "continuous": "всё время Проекта",
}
FULL = "%d.%m.%Y"


def span(window: Window) -> str:
    """«01.09.2026 – 30.05.2027»."""
    return f"{window.start:{FULL}} – {window.end:{FULL}}"


def head(one: MeasureState) -> str:
    """«4.1. Перечень школ-участниц», quoted."""
    return f"{one.measure.key}. {q(one.measure.short)}"


def line(one: MeasureState, today: date) -> str:
    """One line of the wheel, with the date that matters now; a span has a dash of its own."""
    dash = "," if one.state in ("off", "over", "history") else " –"
    return f"{MARKS[one.state]} {head(one)}{dash} {when(one, today)}"


def when(one: MeasureState, today: date) -> str:
    window = one.window
    match one.state:
        case "late":
            return f"срок был {window.end:{FULL}}"
        case "soon":
            return f"до {window.end:{FULL}}, {left(window.end, today)}"
        case "running":
            return f"до {window.end:{FULL}}"
        case "ahead":
            return f"с {window.start:{FULL}} до {window.end:{FULL}}"
        case "done":
            return done_words(one.done)
    return span(window)


def left(day: date, today: date) -> str:
    days = (day - today).days
    if not days:
        return "сегодня последний день"
    verb = plural(days, "остался", "осталось", "осталось")
    return f"{verb} {days} {plural(days, 'день', 'дня', 'дней')}"


def done_words(done: Done | None) -> str:
    if done is None:
        return "отметки нет"
    if done.source == "data":
        return f"по данным бота на {done.on:{FULL}}"
    return f"выполнено {done.on:{FULL}}"


def state_words(one: MeasureState, today: date) -> str:
    """«⏰ срок в ближайшие 30 дней, до 20.08.2026, осталось 10 дней»."""
    words = f"{MARKS[one.state]} {one.word}"
    if one.window.soft and one.state in ("running", "soon", "ahead"):
        words += " (предлагается новым школам, не обязательно)"
    if one.state in ("history", "over", "off"):
        return words
    if one.state == "done" and one.done is not None and one.done.source == "mark":
        return f"{words} {one.done.on:{FULL}}"
    comma = " " if one.state == "running" else ", "
    return f"{words}{comma}{when(one, today)}"
