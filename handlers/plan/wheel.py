"""The year wheel: late, due within 30 days, running, ahead; by section or by who answers."""

from collections.abc import Callable

from handlers.errors import Outdated
from handlers.plan import wording
from handlers.plan.callbacks import plan_tap, window_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.plan import SIDES, Side, State
from passport.plan_states import MeasureState, PlanState
from storage import plan_state, prompts

WIDTH = 5
GROUPS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("Просрочено", ("late",)),
    ("Срок в ближайшие 30 дней", ("soon",)),
    ("Идёт сейчас", ("running",)),
    ("Впереди", ("ahead",)),
    ("Выполнено", ("done",)),
    ("Отключено", ("off",)),
    ("Проект завершён, не отмечено", ("over",)),
)
Wanted = Callable[[MeasureState], bool]


async def show_wheel(visit: Visit, only: str = "", notice: str = "") -> Screen:
    """``only``: «s4» a section, «r» and a side who answers; «» everything. Outdated for others."""
    await prompts.put(visit.tx, visit.chat_id, None)
    wanted, words = _filter(visit, only)
    found = await plan_state.of_day(visit.tx, visit.passport)
    shown = [one for one in found.measures if wanted(one)]
    lines = [notice, ""] if notice else []
    lines.append(f"<b>План мероприятий · на {found.day:{wording.FULL}}</b>")
    if words:
        lines.append(words)
    if found.day > found.terms.ends:
        lines.append(f"Проект завершён {found.terms.ends:{wording.FULL}}.")
    for title, states in GROUPS:
        group = [one for one in found.those(*states) if wanted(one)]
        if not group:
            continue
        lines += ["", f"<b>{title}: {len(group)}</b>"]
        for one in group:
            lines.append(wording.line(one, found.day))
            if only.startswith("s") and one.says:
                lines.append(f"   {q(one.says)}")
    past = [one for one in shown if one.state == "history"]
    if past:
        lines += ["", f"🗄 История 2022 года: {', '.join(one.measure.key for one in past)}"]
    if not shown:
        lines += ["", "Мероприятий нет."]
    return Screen("\n".join(lines), _keyboard(shown, only))


def _filter(visit: Visit, only: str) -> tuple[Wanted, str]:
    sections = {f"s{one.key}": one for one in visit.passport.plan.sections}
    if not only:
        return (lambda _: True), ""
    if only in sections:
        section = sections[only]
        words = f"Раздел {section.key}. {q(section.name)}"
        return (lambda one: one.measure.section == section.key), words
    side = side_of(only.removeprefix("r"))
    return (lambda one: side in one.measure.sides), f"Ответственный: {q(SIDES[side])}"


def side_of(text: str) -> Side:
    """Of a button; raises Outdated for one that was made up."""
    for one in SIDES:
        if one == text:
            return one
    raise Outdated


def buttons(shown: list[MeasureState]) -> list[Row]:
    every = [
        Button(
            f"{wording.MARKS[one.state]} {one.measure.key}",
            window_tap("card", one.measure.key, one.window),
        )
        for one in shown
    ]
    return [tuple(every[at : at + WIDTH]) for at in range(0, len(every), WIDTH)]


def _keyboard(shown: list[MeasureState], only: str) -> tuple[Row, ...]:
    rows = buttons([one for one in shown if one.state != "history"])
    ways = [
        Button("По разделам", plan_tap("sections")),
        Button("По ответственным", plan_tap("sides")),
    ]
    if only:
        ways.insert(0, Button("Весь план", plan_tap("show")))
    rows.append(tuple(ways))
    rows.append(
        (
            Button("История 2022", plan_tap("history")),
            Button("Excel", plan_tap("xlsx", only)),
            Button("Настроить сроки", plan_tap("settings")),
        )
    )
    return tuple(row for row in rows if row)


async def show_sections(visit: Visit) -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await plan_state.of_day(visit.tx, visit.passport)
    lines = ["<b>План по разделам</b>", ""]
    rows: list[Row] = []
    for section in visit.passport.plan.sections:
        own = [one for one in found.measures if one.measure.section == section.key]
        lines.append(f"{section.key}. {q(section.name)}: {_counts(own)}")
        rows.append(
            (Button(f"{section.key}. {section.short}", plan_tap("show", f"s{section.key}")),)
        )
    rows.append((Button("← План", plan_tap("show")),))
    return Screen("\n".join(lines), tuple(rows))


async def show_sides(visit: Visit) -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await plan_state.of_day(visit.tx, visit.passport)
    lines = ["<b>План по ответственным</b>", ""]
    rows: list[Row] = []
    for side, name in SIDES.items():
        own = [one for one in found.measures if side in one.measure.sides]
        lines.append(f"{q(name)}: {_counts(own)}")
        rows.append((Button(name, plan_tap("show", f"r{side}")),))
    rows.append((Button("← План", plan_tap("show")),))
    return Screen("\n".join(lines), tuple(rows))


def _counts(own: list[MeasureState]) -> str:
    """«5 (🔴 просрочено 1, ⏰ скоро срок 2)»."""
    late = sum(one.state == "late" for one in own)
    soon = sum(one.state == "soon" for one in own)
    parts = [f"🔴 просрочено {late}"] * bool(late) + [f"⏰ скоро срок {soon}"] * bool(soon)
    return str(len(own)) + (f" ({', '.join(parts)})" if parts else "")


async def show_history(visit: Visit) -> Screen:
    """One-off measures of 2022: what was to be, and the document where it was marked."""
    await prompts.put(visit.tx, visit.chat_id, None)
    found: PlanState = await plan_state.of_day(visit.tx, visit.passport)
    past = [one for one in found.measures if one.state == "history"]
    lines = ["<b>Разовые мероприятия 2022 года</b>", "Их сроки прошли: это история Проекта."]
    for one in past:
        lines += ["", f"🗄 {wording.head(one)}, {wording.span(one.window)}"]
        if one.window.soft:
            lines.append(f"   {one.word}; первый срок – 2022 год")
        lines.append(f"   {q(one.measure.result)}")
        if one.done is not None:
            lines.append(f"   ✅ {wording.done_words(one.done)} {q(one.done.link)}".rstrip())
    if not past:
        lines += ["", "Пока ничего: сроки ещё идут."]
    return Screen("\n".join(lines), (*buttons(past), (Button("← План", plan_tap("show")),)))
