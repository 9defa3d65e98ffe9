"""`/tasks`: the six tasks, what is measured of each, and the rows behind a value."""

from handlers.brief.callbacks import brief_tap, task_tap
from handlers.collect.callbacks import report_tap
from handlers.errors import Outdated
from handlers.indicators.callbacks import indicator_tap
from handlers.plan.callbacks import plan_tap
from handlers.registers.callbacks import cards_tap, check_tap, contract_tap
from handlers.screen import Button, Row, Screen, turns
from handlers.visit import Visit
from handlers.words import q, shorten
from passport.brief import SIGNS
from passport.brief_city import task_sign
from passport.plan import STATES, State
from passport.tasks import Measured, TaskRow, TaskState
from storage import plan_state, prompts, task_state

PAGE = 25
WIDTH = 5
LONGEST_ROW = 150
LEGEND = (
    "● порог достигнут, ○ не достигнут, • порога в Паспорте нет или ответили не все, · нет данных"
)
LONGEST_NAME = 32  # of a measure, on its button


async def show_tasks(visit: Visit, notice: str = "") -> Screen:
    """All six on one screen: a value, its day, its completeness, its threshold."""
    await prompts.put(visit.tx, visit.chat_id, None)
    states = await task_state.of_day(visit.tx, visit.passport)
    today = visit.calendar_of(None).today(visit.now)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Задачи Проекта на {today:%d.%m.%Y}</b>"]
    for one in states:
        lines += ["", f"<b>{one.task.no}. {q(one.task.short)}</b>"]
        lines += [_measured(measured) for measured in one.measured]
    lines += ["", LEGEND]
    buttons = [
        Button(f"{one.task.no}. {one.task.short}", task_tap("task", one.task.no)) for one in states
    ]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows.append((Button("Финансовое обеспечение", task_tap("money")),))
    rows.append((Button("← Состояние Проекта", brief_tap("show")),))
    return Screen("\n".join(lines), tuple(rows))


def _measured(one: Measured) -> str:
    mark = SIGNS[task_sign(one)].mark
    printed = one.measure.threshold_printed
    threshold = f" (порог: {q(printed)})" if printed else ""
    if not one.is_known:
        return f"{mark} {q(one.measure.name)}{threshold}: – {q(one.missing)}"
    return f"{mark} {q(one.measure.name)}{threshold}: {q(one.sentence)}"


async def show_task(visit: Visit, no: str) -> Screen:
    """The task verbatim, where each value comes from, and how its section of the plan stands."""
    await prompts.put(visit.tx, visit.chat_id, None)
    state = _known(await task_state.of_day(visit.tx, visit.passport), no)
    task = state.task
    plan = await plan_state.of_day(visit.tx, visit.passport)
    lines = [f"<b>Задача {task.no}. {q(task.name)}</b>", "", q(task.result), ""]
    for one in state.measured:
        lines += [_measured(one), f"   <i>{q(one.measure.clause)}</i>"]
    of_section = [one.state for one in plan.measures if one.measure.section == task.section]
    order: tuple[State, ...] = ("late", "soon", "running", "ahead", "done")
    counts = [f"{STATES[one]} {of_section.count(one)}" for one in order if one in of_section]
    lines += ["", f"План, раздел {task.section}: {', '.join(counts) or 'всё позади'}"]
    rows: list[Row] = [
        (
            Button(
                f"Строки: {shorten(one.measure.name, LONGEST_NAME)}",
                task_tap("rows", one.measure.key),
            ),
        )
        for one in state.measured
        if one.rows
    ]
    deeper = [button for one in state.measured if (button := _deeper(one)) is not None]
    rows += [(button,) for button in dict.fromkeys(deeper)]
    rows.append((Button(f"План, раздел {task.section}", plan_tap("show", f"s{task.section}")),))
    rows.append((Button("← Задачи", task_tap("list")),))
    return Screen("\n".join(lines), tuple(rows))


def _known(states: tuple[TaskState, ...], no: str) -> TaskState:
    """Raises Outdated for a task that is none."""
    for one in states:
        if one.task.no == no:
            return one
    raise Outdated


def _deeper(one: Measured) -> Button | None:
    """Where the datum is kept."""
    match one.measure.key:
        case "contracts" | "schools_with_contract":
            return Button("Договоры города", contract_tap("city")) if one.rows else None
        case "cards_fresh":
            return Button("Какие карточки устарели", check_tap("stale"))
        case "trained":
            key = "teachers_trained_share"
            year = f"{one.on.year - 1}-{one.on.year}"
            return Button("Показатель", indicator_tap("one", year, key)) if one.is_known else None
    return None


async def show_rows(visit: Visit, key: str, page: int = 0) -> Screen:
    """Down to schools and classes; a number opens its report or its card."""
    await prompts.put(visit.tx, visit.chat_id, None)
    for state in await task_state.of_day(visit.tx, visit.passport):
        for one in state.measured:
            if one.measure.key == key:
                return _rows(visit, state, one, page)
    raise Outdated


def _rows(visit: Visit, state: TaskState, one: Measured, page: int) -> Screen:
    page = min(page, max(len(one.rows) - 1, 0) // PAGE)
    shown = one.rows[page * PAGE : (page + 1) * PAGE]
    lines = [f"<b>{q(one.measure.name)}: строки</b>", _measured(one), ""]
    lines += [f"• {_row(visit, row)}" for row in shown] or ["Строк нет."]
    buttons = [button for row in shown if (button := _open(row)) is not None]
    unique = list(dict.fromkeys(buttons))
    rows: list[Row] = [tuple(unique[at : at + WIDTH]) for at in range(0, len(unique), WIDTH)]
    more = len(one.rows) > (page + 1) * PAGE
    rows.append(turns(page, more, lambda to: task_tap("rows", one.measure.key, to)))
    rows.append((Button(f"← Задача {state.task.no}", task_tap("task", state.task.no)),))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def _row(visit: Visit, row: TaskRow) -> str:
    names = ", ".join(visit.school_name(slug) for slug in row.school.split(",") if slug)
    return q(shorten(f"{names}: {row.says}" if names else row.says, LONGEST_ROW))


def _open(row: TaskRow) -> Button | None:
    """The report that a row comes from, else the cards of its school."""
    if not row.school or "," in row.school:
        return None
    label = f"№ {int(row.school[1:])}"
    if row.report:
        return Button(label, report_tap("show", row.report))
    return Button(label, cards_tap("school", row.school))


async def show_money(visit: Visit) -> Screen:
    """«4. Финансовое обеспечение», verbatim: the passport gives no sums."""
    await prompts.put(visit.tx, visit.chat_id, None)
    tasks = visit.passport.tasks
    lines = [f"<b>{q(tasks.financing_heading)}</b>", "", f"{q(tasks.financing_within)}.", ""]
    for one in tasks.financing:
        lines += [f"{one.no}. {q(one.name)}", f"   <i>{q(one.source)}</i>"]
    lines += ["", "Сумм в Паспорте нет."]
    return Screen("\n".join(lines), ((Button("← Задачи", task_tap("list")),),))
