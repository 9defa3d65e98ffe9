"""Workbooks for staff: what there is, of which year, and sending it."""

import re

from exports.books.making import KINDS
from handlers.errors import Outdated
from handlers.indicators.callbacks import ExportTap, export_tap
from handlers.indicators.year import year_at_hand, years_known
from handlers.parents.season import season
from handlers.screen import BookFile, Button, Note, PortalFile, Reply, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from storage import audit, prompts

MAKING = "Делаю файл"
SHOWN = ("city", "report", "contracts", "tracks", "note", "plan", "risks")


async def show_menu(visit: Visit, year: str = "", notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    year = year or year_at_hand(visit)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>Выгрузки в Excel, {school_year(year)} учебный год</b>",
        "",
        "Сводная книга – все школы и ответы, показатели с графиками, сроки, классы, договоры, "
        "план, риски, задачи, журнал и формы школ. Форма одной школы – в её отчёте. Состояние "
        "Проекта на одну страницу – /brief.",
    ]
    rows: list[Row] = [(Button(KINDS[key].title, export_tap(key, year)),) for key in SHOWN]
    others = [one for one in years_known(visit) if one != year]
    rows.append(tuple(Button(school_year(one), export_tap("years", one)) for one in others[-4:]))
    rows.append((Button("Раздел для портала", export_tap("portal", year)),))
    rows.append((Button("История прошлых лет: шаблон", export_tap("history", year)),))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


# What may be typed behind /export.
WORDS = {"свод": "city", "сводная": "city", "книга": "city", "1.8": "report", "отчёт": "report"}
WORDS |= {"отчет": "report", "договоры": "contracts", "портал": "portal", "portal": "portal"}
WORDS |= {"2.1": "note", "справка": "note", "кампания": "note"}
WORDS |= {"риски": "risks"}
WORDS |= {
    "план": "plan",
    "плана": "plan",
    "классы": "tracks",
    "направленности": "tracks",
    **{key: key for key in SHOWN},
}


_YEAR = re.compile(r"(20\d\d)(?:[-–/](?:20)?\d\d)?")


async def asked(visit: Visit, words: str) -> Reply:
    """«/export договоры» or «/export свод 2024» at once; «/export 2024» is the menu of a year."""
    said = words.casefold().split()
    year, kind, unknown = year_at_hand(visit), "", ""
    for word in said:
        found = _YEAR.fullmatch(word)
        if found and (named := f"{found[1]}-{int(found[1]) + 1}") in years_known(visit):
            year = named
        elif word in WORDS:
            kind = WORDS[word]
        else:
            unknown = word
    if unknown:
        notice = (
            f"Не понял «{q(unknown[:40])}». Выберите кнопкой или напишите, например: "
            f"<code>/export свод {year[:4]}</code>"
        )
        return Reply(await show_menu(visit, year, notice))
    if not kind:
        return Reply(await show_menu(visit, year))
    return await route(visit, ExportTap(act=kind, year=year))


async def route(visit: Visit, data: ExportTap) -> Reply:
    """Raises Outdated for a year or a kind that is none."""
    if data.year not in years_known(visit):
        raise Outdated
    if data.act == "years":
        return Reply(await show_menu(visit, data.year))
    if data.act == "portal":
        return Reply(await show_menu(visit), toast=MAKING, notes=await _portal(visit))
    if data.act not in (*SHOWN, "history"):
        raise Outdated
    if data.act == "report":  # plan 1.8: that it was made is what the plan asks for
        assert visit.person is not None
        await audit.add(visit.tx, "make_report", visit.person.id, year=data.year)
    note = book(data.act, data.year)
    return Reply(await show_menu(visit, data.year), toast=MAKING, notes=(note,))


def book(kind: str, year: str) -> Note:
    """A message with the workbook, for any screen to send."""
    return Note(f"{KINDS[kind].words}, {school_year(year)}", BookFile(kind, year))


async def _portal(visit: Visit) -> tuple[Note, ...]:
    """The page and the same as data: of the classes that parents are shown now."""
    year = (await season(visit)).year
    words = f"Раздел портала, классы {school_year(year)}"
    return (
        Note(f"{words}: страница", PortalFile(year, "html")),
        Note(f"{words}: данные", PortalFile(year, "json")),
    )
