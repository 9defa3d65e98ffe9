"""One risk: the passport's words, its signals with their numbers, and the rows behind them."""

from handlers.collect.callbacks import report_tap
from handlers.errors import Outdated
from handlers.indicators.callbacks import indicator_tap
from handlers.registers.callbacks import class_card_tap, contract_tap
from handlers.risks import wording
from handlers.risks.callbacks import risk_tap
from handlers.screen import Button, Row, Screen, turns
from handlers.visit import Visit
from handlers.words import q, shorten
from passport.risks import LIGHT_MARKS, Flag, FlagRow, RiskState
from storage import prompts, risk_state

PAGE = 10
WIDTH = 5
LONGEST_ROW = 300
LONGEST_NAME = 34  # of a signal, on its button
GRANTS = "grants_zero"


async def state_of(visit: Visit, no: str) -> RiskState:
    """Raises Outdated for a risk that is none."""
    found = await risk_state.of_day(visit.tx, visit.passport)
    for one in found:
        if one.risk.no == no:
            return one
    raise Outdated


async def flag_of(visit: Visit, signal: str) -> tuple[RiskState, Flag]:
    """Raises Outdated for a signal that is none."""
    for state in await risk_state.of_day(visit.tx, visit.passport):
        for flag in state.flags:
            if flag.signal.key == signal:
                return state, flag
    raise Outdated


async def show_risk(visit: Visit, no: str, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    state = await state_of(visit, no)
    risk = state.risk
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>Риск {risk.no}. {q(risk.name)}</b>",
        f"Сейчас: {wording.light(state.light)}, на {wording.day(state.on)}",
        f"Вероятность наступления: {risk.probability}",
        f"Проявления: {q(risk.manifestation)}.",
        f"Меры: {q(risk.measures)}.",
        "",
        "<b>Признаки</b>",
    ]
    for flag in state.flags:
        lines += _signal(flag)
    rows: list[Row] = [
        (
            Button(
                f"{LIGHT_MARKS[flag.light]} {shorten(flag.signal.name, LONGEST_NAME)}"
                + (f" ({len(flag.rows)})" if flag.rows else ""),
                risk_tap("rows", flag.signal.key),
            ),
        )
        for flag in state.flags
    ]
    if any(flag.signal.key == GRANTS for flag in state.flags):
        rows.append((Button("Указать гранты года", risk_tap("grants")),))
    rows.append((Button("Пороги", risk_tap("thresholds", no)), Button("← Риски", risk_tap("list"))))
    return Screen("\n".join(lines), tuple(rows))


def _signal(flag: Flag) -> list[str]:
    proxy = " (косвенный)" if flag.signal.proxy else ""
    lines = [
        f"{LIGHT_MARKS[flag.light]} <b>{q(flag.signal.name)}</b>{proxy} – "
        f"{wording.light(flag.light).split(maxsplit=1)[1]}: {q(shorten(flag.words, 360))}"
    ]
    if flag.says and flag.missing:
        lines.append(f"   Не вошло: {q(flag.missing)}")
    return lines


async def show_rows(visit: Visit, signal: str, page: int = 0) -> Screen:
    """The rows of a signal, ten at a time; a number opens what it was read from."""
    await prompts.put(visit.tx, visit.chat_id, None)
    state, flag = await flag_of(visit, signal)
    pages = max(1, -(-len(flag.rows) // PAGE))
    page = min(page, pages - 1)
    shown = flag.rows[page * PAGE : (page + 1) * PAGE]
    lines = [
        f"<b>{q(flag.signal.name)}</b>, на {wording.day(state.on)}",
        f"{wording.light(flag.light)}: {q(shorten(flag.words, 400))}",
        "",
        *(
            f"{number}. {q(shorten(row.text, LONGEST_ROW))}"
            for number, row in enumerate(shown, start=page * PAGE + 1)
        ),
    ]
    if not flag.rows:
        lines.append("Строк нет: показывать нечего.")
    if flag.says and flag.missing:
        lines += ["", f"Не вошло: {q(flag.missing)}"]
    lines += ["", f"Как считается: {q(flag.scale.rule if flag.scale else '')}."]
    lines.append(f"Откуда: {q(flag.signal.source)}.")
    year = visit.calendar_of(None).current(visit.now)[0]
    buttons = [
        Button(str(number), data)
        for number, row in enumerate(shown, start=page * PAGE + 1)
        if (data := opening(row, year))
    ]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    more = page + 1 < pages
    rows.append(turns(page, more, lambda to: risk_tap("rows", signal, page=to)))
    rows.append(
        (
            Button("Пороги", risk_tap("choose", signal)),
            Button(f"← Риск {state.risk.no}", risk_tap("risk", state.risk.no)),
        )
    )
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def opening(row: FlagRow, year: str) -> str:
    """The button behind a row; empty for a row that has nothing to open."""
    if row.report:
        return report_tap("show", row.report)
    if row.class_card:
        return class_card_tap("show", row.class_card)
    if row.contract:
        return contract_tap("show", row.contract)
    if row.indicator:
        return indicator_tap("one", year, row.indicator)
    if row.school:
        return indicator_tap("school", year, row.school.partition(",")[0])
    return ""
