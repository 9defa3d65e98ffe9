"""Grants of the school year (plan 6.2): no school reports them, staff say the sum."""

import re

from handlers.risks.callbacks import risk_tap
from handlers.risks.one import GRANTS, show_risk
from handlers.risks.thresholds import risk_no
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import school_year
from passport.numbers import grouped
from passport.values import Slot
from storage import audit, city_facts, prompts
from storage.prompts import Prompt

MOST = 999_999  # thousands of roubles
# Roubles only behind «тыс.»: «350 000 рублей» are not 350 000 thousand.
_NUMBER = re.compile(
    r"([0-9]{1,3}(?: ?[0-9]{3})?)\s*(?:тыс[а-я.]*\s*(?:₽|руб[а-я.]*|р\.)?)?", re.IGNORECASE
)


def _year(visit: Visit) -> str:
    return visit.calendar_of(None).current(visit.now)[0]


async def ask(visit: Visit, notice: str = "") -> Screen:
    """The next typed number is the sum of this year."""
    year = _year(visit)
    await prompts.put(visit.tx, visit.chat_id, Prompt("risk_grants", 0, Slot(""), draft=year))
    said = (await city_facts.every(visit.tx)).get(("grants", year))
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>Гранты за {school_year(year)} учебный год</b>",
        "Сколько тысяч рублей получено с начала года? Например: <code>350</code>",
    ]
    if said is not None:
        lines += ["", f"Сейчас: <b>{grouped(int(said))} тыс. ₽</b>"]
    no = risk_no(visit, GRANTS)
    rows: list[Row] = [
        (Button("Не было", risk_tap("no_grants", year)),),
        (Button(f"← Риск {no}", risk_tap("risk", no)),),
    ]
    return Screen("\n".join(lines), tuple(rows))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    if prompt.draft != _year(visit):  # asked in the last days of a year
        return await ask(visit, "⚠️ Начался новый учебный год: укажите гранты этого года.")
    found = _NUMBER.fullmatch(" ".join(text.split()))
    if found is None or int(found[1].replace(" ", "")) > MOST:
        notice = f"⚠️ Нужно целое число от 0 до {MOST}, в тысячах рублей. Например: 350"
        return await ask(visit, notice)
    return await save(visit, int(found[1].replace(" ", "")))


async def save(visit: Visit, sum_: int) -> Screen:
    assert visit.person is not None
    year = _year(visit)
    await city_facts.put(visit.tx, "grants", year, str(sum_), visit.person.id)
    detail = f"грантов за год – {grouped(sum_)} тыс. ₽"
    await audit.add(visit.tx, "set_number", visit.person.id, year=year, detail=detail)
    return await show_risk(visit, risk_no(visit, GRANTS), f"✅ Записано: {detail}.")
