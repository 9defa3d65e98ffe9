"""`/risks`: eight lines with their lights and the sentence that weighs most in each."""

from handlers.risks import wording
from handlers.risks.callbacks import risk_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.risks import LIGHT_MARKS, LIGHT_NAMES, RiskState
from storage import prompts, risk_state

WIDTH = 4


async def show_risks(visit: Visit, notice: str = "") -> Screen:
    """As of now; a light is a question to the manager, and no verdict."""
    await prompts.put(visit.tx, visit.chat_id, None)
    states = await risk_state.of_day(visit.tx, visit.passport)
    calendar = visit.calendar_of(None)
    lines = [notice, ""] if notice else []
    lines.append(f"<b>Риски Проекта на {wording.day(states[0].on)}</b>")
    if states[0].on > calendar.project_end:
        end = wording.day(calendar.project_end)
        lines.append(f"Проект завершён {end}: это данные его последнего учебного года.")
    for one in states:
        lines += ["", *_lines(one)]
    lines += [
        "",
        "Светофор – вопрос, а не вывод: откройте риск, чтобы увидеть числа, меры и строки.",
    ]
    buttons = [
        Button(f"{LIGHT_MARKS[one.light]} {one.risk.no}", risk_tap("risk", one.risk.no))
        for one in states
    ]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    rows.append(
        (
            Button("Пороги", risk_tap("thresholds", states[0].risk.no)),
            Button("Excel", risk_tap("xlsx")),
        )
    )
    return Screen("\n".join(lines), tuple(rows))


def _lines(state: RiskState) -> list[str]:
    head = f"{LIGHT_MARKS[state.light]} <b>{state.risk.no}. {q(state.risk.name)}</b>"
    if state.light == "unknown":
        return [f"{head} – {LIGHT_NAMES['unknown']}", wording.sentence(state.worst)]
    told = f"признаков с данными {state.known} из {len(state.flags)}"
    return [f"{head} – {LIGHT_NAMES[state.light]}, {told}", wording.sentence(state.worst)]
