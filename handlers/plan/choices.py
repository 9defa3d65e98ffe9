"""What staff may decide about windows: the last summer, and 6.2 as a measure of every year."""

from handlers.errors import Outdated
from handlers.plan.callbacks import plan_tap
from handlers.plan.measure import today_of
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import school_year
from passport.calendar import school_year_of
from passport.plan_windows import Terms, window_at, windows
from storage import plan_terms, prompts


def last_summer(visit: Visit, terms: Terms) -> list[str]:
    """Measures that have a window in the project's last summer."""
    return [
        one.key
        for one in visit.passport.plan.measures
        if one.is_yearly and any(window.is_last_summer(terms) for window in windows(one, terms))
    ]


async def show_choices(visit: Visit, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    terms = await plan_terms.read(visit.tx, visit.passport)
    summer = terms.ends.year
    funding = _funding(visit, terms)
    lines = [notice, ""] if notice else []
    lines += [
        "<b>Сроки плана: настройка</b>",
        "",
        f"<b>Сроки лета {summer}</b> {'включены' if terms.last_summer else 'отключены'} "
        f"(пп. {', '.join(last_summer(visit, terms))})",
        f"Эти сроки готовят {summer}/{(summer + 1) % 100:02} учебный год: он начнётся в день "
        "окончания Проекта, целей у него нет. Отключённые сроки не напоминают о себе и не "
        "становятся просроченными.",
        "",
        f"<b>П. 6.2, дополнительное финансирование:</b> "
        f"{'ежегодно' if funding else 'один раз, в 2022/23'}",
        "«Далее ежегодно» у него не напечатано, ежегодным его делают сотрудники, "
        "с текущего учебного года.",
    ]
    rows: list[Row] = []
    if today_of(visit) <= terms.ends:
        rows.append((_summer(terms),))
        word, to = ("Сделать 6.2 разовым", "no") if funding else ("Сделать 6.2 ежегодным", "yes")
        rows.append((Button(word, plan_tap("funding", to)),))
    rows.append((Button("← План", plan_tap("show")),))
    return Screen("\n".join(lines), tuple(rows))


def _summer(terms: Terms) -> Button:
    if terms.last_summer:
        return Button(f"Отключить сроки лета {terms.ends.year}", plan_tap("summer", "off"))
    return Button(f"Включить сроки лета {terms.ends.year}", plan_tap("summer", "on"))


def _funding(visit: Visit, terms: Terms) -> bool:
    """Whether 6.2 is one of this school year's measures."""
    year = school_year_of(today_of(visit))
    if year == "2022-2023":
        return False
    return int(year[:4]) in terms.chosen


async def _open(visit: Visit) -> Terms:
    """Raises Outdated after the project: nothing is planned any more."""
    terms = await plan_terms.read(visit.tx, visit.passport)
    if today_of(visit) > terms.ends:
        raise Outdated(f"Проект завершён {terms.ends:%d.%m.%Y}: сроки плана не меняются.")
    return terms


async def switch_summer(visit: Visit, to: str) -> str:
    """The sentence about what is now."""
    assert visit.person is not None
    terms = await _open(visit)
    if to not in ("on", "off"):
        raise Outdated
    if terms.last_summer == (to == "on"):
        return f"Сроки лета {terms.ends.year} уже {'включены' if to == 'on' else 'отключены'}."
    await plan_terms.switch_last_summer(visit.tx, visit.passport, visit.person.id, on=to == "on")
    return f"✅ Сроки лета {terms.ends.year} {'включены' if to == 'on' else 'отключены'}."


async def switch_funding(visit: Visit, to: str) -> str:
    assert visit.person is not None
    terms = await _open(visit)
    year = school_year_of(today_of(visit))
    if to not in ("yes", "no") or year < "2023-2024":
        raise Outdated
    if _funding(visit, terms) == (to == "yes"):
        return f"П. 6.2 уже {'ежегодный' if to == 'yes' else 'разовый'}."
    await plan_terms.switch_funding(visit.tx, year, visit.person.id, on=to == "yes")
    if to == "no":
        return "✅ П. 6.2 снова разовый."
    measure = visit.passport.plan.measure("6.2")
    terms = await plan_terms.read(visit.tx, visit.passport)
    window = window_at(measure, terms, today_of(visit))
    return (
        f"✅ П. 6.2 теперь ежегодный, с {school_year(year)}: "
        f"{window.start:%d.%m.%Y} – {window.end:%d.%m.%Y}."
    )
