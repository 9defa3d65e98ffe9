"""What the passport leaves open: how many schools the city has, who counts as all teachers."""

import re

from handlers.access import RIGHTS
from handlers.campaigns.callbacks import campaign_tap
from handlers.indicators.callbacks import indicator_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.values import Slot
from storage import audit, city_facts, indicator_lines, prompts
from storage.prompts import Prompt

MOST = 9999
TEACHERS = {
    "profile": "педагоги профильных предметов",
    "all": "все педагоги школ Проекта",
}


async def show_settings(visit: Visit, year: str, notice: str = "") -> Screen:
    """Both choices with what they mean."""
    await prompts.put(visit.tx, visit.chat_id, None)
    said = await city_facts.every(visit.tx)
    count = indicator_lines.all_schools(visit.passport.indicators, said, year)
    of = indicator_lines.teachers_of(said, year)
    wishing = city_facts.held(said, "schools_wishing", year)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>Настройки показателей, {school_year(year)}</b>",
        "",
        f"Школ в городе (за 100 % в доле школ): <b>{count}</b>",
        f"За 100 % в доле педагогов приняты: <b>{q(TEACHERS[of])}</b>",
        f"Школ хотят участвовать (для справки о кампании): <b>{wishing or '–'}</b>",
        "",
        "Числа действуют с этого года, пока для следующего не указаны другие. Официальные "
        "значения сами не меняются: руководитель обновляет их на экране показателя.",
    ]
    other = "all" if of == "profile" else "profile"
    note: tuple[Row, ...] = ()
    if visit.actor in RIGHTS["publish"]:
        note = ((Button("Справка о кампании", campaign_tap("note")),),)
    rows: tuple[Row, ...] = (
        (Button("Изменить число школ", indicator_tap("count", year, "all_schools")),),
        (Button(f"За 100 % – {TEACHERS[other]}", indicator_tap("teachers", year, other)),),
        (Button("Изменить, сколько хотят участвовать", indicator_tap("count", year, "wishing")),),
        *note,
        (Button("← Показатели", indicator_tap("year", year)),),
    )
    return Screen("\n".join(lines), rows)


async def ask_count(visit: Visit, year: str, key: str, notice: str = "") -> Screen:
    """The next typed number is the answer."""
    prompt = Prompt("city_number", 0, Slot(""), draft=f"{year}/{key}")
    await prompts.put(visit.tx, visit.chat_id, prompt)
    words = {
        "all_schools": "Сколько всего общеобразовательных организаций в городе?",
        "wishing": "Сколько школ хотят участвовать в Проекте?",
    }
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{words[key]}</b>",
        f"С {school_year(year)} учебного года. Например: <code>30</code>",
    ]
    return Screen("\n".join(lines), ((Button("← Назад", indicator_tap("settings", year)),),))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    assert visit.person is not None
    year, _, key = (prompt.draft or "").partition("/")
    said = text.strip()
    least = 1 if key == "all_schools" else 0
    if not re.fullmatch(r"\d{1,4}", said) or not least <= int(said) <= MOST:
        return await ask_count(visit, year, key, "⚠️ Нужно целое число. Например: 30")
    name: city_facts.Key = "all_schools" if key == "all_schools" else "schools_wishing"
    await city_facts.put(visit.tx, name, year, str(int(said)), visit.person.id)
    detail = f"{'школ в городе' if key == 'all_schools' else 'школ хотят участвовать'} – {said}"
    await audit.add(visit.tx, "set_number", visit.person.id, year=year, detail=detail)
    return await show_settings(visit, year, "✅ Записано.")


async def choose_teachers(visit: Visit, key: str, year: str) -> Screen:
    """One choice for all years of the project: shares of two readings cannot be compared."""
    assert visit.person is not None
    first = visit.passport.indicators.years[0]
    await city_facts.put(visit.tx, "teachers_of", first, key, visit.person.id)
    detail = f"за 100 % приняты {TEACHERS[key]}"
    await audit.add(visit.tx, "set_number", visit.person.id, detail=detail)
    return await show_settings(visit, year, "✅ Записано: сегодняшняя доля пересчитана.")
