"""Routes of indicators: `/indicators`, `/indicators 2024`, `/indicators 33`, buttons."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.errors import Outdated
from handlers.filters import EXPORT, INDICATORS, Said
from handlers.indicators import exporting, one, schools, settings, year
from handlers.indicators.callbacks import ExportTap, IndicatorTap
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import school_year
from storage import schools as school_rows

router = Router(name=__name__)
router.message.filter(May("see indicators"))
router.callback_query.filter(May("see indicators"))
own = Router(name=f"{__name__}.own")
own.message.filter(May("own reports"))

_YEAR = re.compile(r"(20\d\d)(?:\s*[-–/]\s*(?:20)?\d\d)?")
_ALL = re.compile(r"(?:по )?год(?:ы|ам)|все(?: годы)?|5 лет|пять лет")
_SCHOOL = re.compile(r"(?:№|s|школа|лицей|гимназия)?\s*№?\s*(\d{1,3})")


@own.message(Command("indicators"))
async def own_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _own(visit, command.args or ""))


@own.message(Said(INDICATORS))
async def own_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _own(visit, rest))


async def _own(visit: Visit, words: str) -> Screen:
    """A coordinator sees the own school's part, and no other; of another year, if it is named."""
    assert visit.person is not None
    school = await school_rows.get(visit.tx, visit.person.school or "")
    if school is None:
        raise Outdated
    found = _YEAR.fullmatch(words.strip())
    wanted = f"{found[1]}-{int(found[1]) + 1}" if found else ""
    key = wanted if wanted in year.years_known(visit) else year.year_at_hand(visit)
    return await schools.show_school(visit, key, school)


@router.message(Command("indicators"))
async def indicators_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _asked(visit, command.args or ""))


@router.message(Said(INDICATORS))
async def indicators_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _asked(visit, rest))


async def _asked(visit: Visit, words: str) -> Screen:
    """A year («2024» begins in September 2024), a school's number, or nothing: this year."""
    said = " ".join(words.casefold().split())
    if not said:
        return await year.show_year(visit, year.year_at_hand(visit))
    if _ALL.fullmatch(said):
        return await year.show_years(visit, year.year_at_hand(visit))
    if found := _YEAR.fullmatch(said):
        return await _of_year(visit, int(found[1]))
    if found := _SCHOOL.fullmatch(said):
        for known in await school_rows.every(visit.tx):
            if known.number == int(found[1]):
                return await schools.show_school(visit, year.year_at_hand(visit), known)
    notice = (
        "Не понял, какой нужен год или школа. Напишите, например: <code>/indicators 2024</code> "
        "или <code>/indicators 33</code>"
    )
    return await year.show_year(visit, year.year_at_hand(visit), notice)


async def _of_year(visit: Visit, first: int) -> Screen:
    key = f"{first}-{first + 1}"
    if key in year.years_known(visit):
        return await year.show_year(visit, key)
    known = year.years_known(visit)
    span = f"с {school_year(known[0])} по {school_year(known[-1])}"
    notice = f"Показателей за {school_year(key)} уч. год нет: есть {span}. "
    notice += f"Напишите, например: <code>/indicators {known[-1][:4]}</code>"
    return await year.show_year(visit, year.year_at_hand(visit), notice)


@router.message(Command("export"))
async def export_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return await exporting.asked(visit, command.args or "")


@router.message(Said(EXPORT))
async def export_words(_: Message, visit: Visit, rest: str) -> Reply:
    return await exporting.asked(visit, rest)


@router.callback_query(ExportTap.filter())
async def export_tap(_: CallbackQuery, callback_data: ExportTap, visit: Visit) -> Reply:
    return await exporting.route(visit, callback_data)


@router.callback_query(IndicatorTap.filter())
async def indicator_tap(_: CallbackQuery, callback_data: IndicatorTap, visit: Visit) -> Reply:
    data = callback_data
    if data.act == "now":
        return Reply(await year.show_year(visit, year.year_at_hand(visit)))
    if data.year not in year.years_known(visit):
        raise Outdated
    match data.act:
        case "year":
            return Reply(await year.show_year(visit, data.year))
        case "years":
            return Reply(await year.show_years(visit, data.year))
        case "one":
            return Reply(await one.show_one(visit, data.year, data.key))
        case "parts" | "fixed" | "ends":
            if data.act == "ends" and one.known(visit, data.key).point("end") is None:
                raise Outdated
            return Reply(await one.show_parts(visit, data.year, data.key, data.page, data.act))
        case "chart":
            return await one.chart(visit, data.year, data.key)
        case "fix" if visit.actor in ("manager", "owner"):
            return Reply(await one.fix(visit, data.year, data.key, data.page))
        case "schools":
            return Reply(await schools.show_schools(visit, data.year))
        case "school":
            school = await school_rows.get(visit.tx, data.key)
            if school is None:
                raise Outdated
            return Reply(await schools.show_school(visit, data.year, school))
        case "settings":
            return Reply(await settings.show_settings(visit, data.year))
        case "count" if data.key in ("all_schools", "wishing"):
            return Reply(await settings.ask_count(visit, data.year, data.key))
        case "teachers" if data.key in settings.TEACHERS:
            return Reply(await settings.choose_teachers(visit, data.key, data.year))
    raise Outdated
