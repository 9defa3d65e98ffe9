"""Thresholds of a risk's signals: what holds, another value typed, the usual one by a tap."""

from decimal import Decimal

from handlers.errors import Outdated
from handlers.risks.callbacks import risk_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q
from passport.numbers import plain
from passport.risk_thresholds import COLOURS, bounds, example, read_threshold, words
from passport.risks import Risk, Signal, Threshold, UnknownRiskError, scale_of
from passport.values import Refusal, Slot
from storage import audit, prompts, risk_thresholds
from storage.prompts import Prompt

WIDTH = 4
NAMES = {
    **COLOURS,
    "days": "дней",
    "summer": "дней летом",
    "quarters": "четвертей",
    "kinds": "видов",
    "persons": "учеников",
    "percent": "процентов",
    "times": "возвратов",
}


def _risk(visit: Visit, no: str) -> Risk:
    try:
        return visit.passport.risks.risk(no)
    except UnknownRiskError:
        raise Outdated from None


def _place(visit: Visit, signal: str, name: str) -> tuple[Signal, Threshold]:
    """Raises Outdated for a signal or a threshold that is none."""
    try:
        found = visit.passport.risks.signal(signal)
        return found, found.threshold(name)
    except UnknownRiskError:
        raise Outdated from None


def risk_no(visit: Visit, signal: str) -> str:
    try:
        return visit.passport.risks.risk_of(signal).no
    except UnknownRiskError:
        raise Outdated from None


async def show_thresholds(visit: Visit, no: str, notice: str = "") -> Screen:
    """Of one risk; the other risks are one tap away."""
    await prompts.put(visit.tx, visit.chat_id, None)
    risk = _risk(visit, no)
    said = await risk_thresholds.every(visit.tx)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Пороги риска {risk.no}. {q(risk.name)}</b>"]
    rows: list[Row] = []
    for place, signal in enumerate(risk.signals, start=1):
        scale = scale_of(signal, said)
        lines += ["", f"{place}. <b>{q(signal.name)}</b>", f"{q(scale.rule)}."]
        own = [one for one in signal.thresholds if scale[one.name] != one.default]
        if own:
            usual = ", ".join(f"{NAMES[one.name]} {plain(one.default)}" for one in own)
            lines.append(f"Изменено, обычно: {usual}")
        buttons = [
            Button(
                f"{place}: {NAMES[one.name]} {plain(scale[one.name])}",
                risk_tap("threshold", signal.key, one.name),
            )
            for one in signal.thresholds
        ]
        rows += [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    lines += ["", "Нажмите порог, чтобы изменить его."]
    others = [
        Button(f"Риск {one.no}", risk_tap("thresholds", one.no))
        for one in visit.passport.risks.risks
        if one.no != no
    ]
    rows += [tuple(others[at : at + WIDTH]) for at in range(0, len(others), WIDTH)]
    rows.append((Button(f"← Риск {no}", risk_tap("risk", no)), Button("← Риски", risk_tap("list"))))
    return Screen("\n".join(lines), tuple(rows))


async def ask(visit: Visit, signal: str, name: str, notice: str = "") -> Screen:
    """The next typed number is the threshold."""
    found, one = _place(visit, signal, name)
    scale = scale_of(found, await risk_thresholds.every(visit.tx))
    prompt = Prompt("risk_threshold", 0, Slot(signal), draft=name)
    await prompts.put(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{q(found.name)}: {NAMES[one.name]}</b>",
        q(one.question),
        f"{capital(words(scale, one))}. Например: <code>{example(scale, one)}</code>",
        "",
        f"Сейчас: <b>{plain(scale[one.name])} {q(one.unit)}</b>",
    ]
    rows: list[Row] = []
    if scale[one.name] != one.default:
        usual = f"Вернуть обычный: {plain(one.default)} {one.unit}"
        rows.append((Button(usual, risk_tap("usual", signal, one.name)),))
    rows.append((Button("← Пороги", risk_tap("thresholds", risk_no(visit, signal))),))
    return Screen("\n".join(lines), tuple(rows))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    signal, name = prompt.slot.question, prompt.draft or ""
    found, one = _place(visit, signal, name)
    scale = scale_of(found, await risk_thresholds.every(visit.tx))
    value = read_threshold(scale, one, text)
    if isinstance(value, Refusal):
        return await ask(visit, signal, name, f"⚠️ {q(value.text)}")
    return await _set(visit, found, one, value)


async def usual(visit: Visit, signal: str, name: str) -> Screen:
    """Back to the data's value; tapped twice it does nothing twice."""
    found, one = _place(visit, signal, name)
    said = await risk_thresholds.every(visit.tx)
    if (signal, name) not in said:
        return await show_thresholds(visit, risk_no(visit, signal), "Порог и так обычный.")
    least, most = bounds(scale_of(found, said), one)
    if not least <= one.default <= most:
        other = COLOURS["amber" if name == "red" else "red"]
        notice = (
            f"⚠️ Обычное значение {plain(one.default)} сейчас не подходит: сначала верните "
            f"{other} порог этого признака."
        )
        return await ask(visit, signal, name, notice)
    await risk_thresholds.reset(visit.tx, signal, name)
    return await _told(visit, found, one, one.default, "снова обычный")


async def _set(visit: Visit, signal: Signal, one: Threshold, value: Decimal) -> Screen:
    assert visit.person is not None
    await risk_thresholds.put(visit.tx, signal.key, one.name, value, visit.person.id)
    return await _told(visit, signal, one, value, "")


async def _told(visit: Visit, signal: Signal, one: Threshold, value: Decimal, word: str) -> Screen:
    """Leaves a line in the journal, and says what holds now."""
    assert visit.person is not None
    what = f"{signal.name}: {NAMES[one.name]} – {plain(value)} {one.unit}"
    detail = f"{what}, {word}" if word else what
    await audit.add(visit.tx, "set_threshold", visit.person.id, detail=detail)
    return await show_thresholds(visit, risk_no(visit, signal.key), f"✅ {q(detail)}.")
