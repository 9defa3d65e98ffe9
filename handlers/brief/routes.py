"""Routes of the brief: `/brief`, `/brief 24`, `/tasks`, the words for them, buttons."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.brief import page, tasks
from handlers.brief.callbacks import BriefTap, TaskTap
from handlers.errors import Outdated
from handlers.filters import Said
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import q
from storage import schools as school_rows

router = Router(name=__name__)
router.message.filter(May("see project"))
router.callback_query.filter(May("see project"))
own = Router(name=f"{__name__}.own")
own.message.filter(May("own reports"))
own.callback_query.filter(May("own reports"))

_KIND = r"(?:школ\w*|лице\w*|гимнази\w*)"
# «справка» alone, or of a school: «справка о кампании» is another one.
BRIEF = re.compile(
    rf"(?:сводк\w*|справк\w*|материал\w*) (?:к|для) (?:совещани\w+|планёрк\w+|планерк\w+)"
    rf"|состояние(?: проекта| школы)?(?!\w)|бриф(?!\w)"
    rf"|справк[аиу](?=$| (?:(?:по|о|об) )?(?:{_KIND}|№|\d))"
)
TASKS = re.compile(r"задач[аиу](?: проекта| паспорта)?(?!\w)")
# «школы 24», «№ 24», and the other way round: «33 школы», «по 33-й школе».
_SCHOOL = re.compile(
    rf"(?:(?:по|о|об)\s+)?(?:{_KIND}|s)?\s*№?\s*(\d{{1,4}})(?:-?[йя]|-?[оеая]й)?(?:\s+{_KIND})?"
)


@own.message(Command("brief"))
async def own_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _own(visit, command.args or ""))


@own.message(Said(BRIEF))
async def own_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _own(visit, rest))


async def _own(visit: Visit, words: str) -> Screen:
    """Whatever school is named, a coordinator sees the own one."""
    school = await page.own_school(visit)
    found = _SCHOOL.fullmatch(" ".join(words.casefold().split()))
    other = found is not None and int(found[1]) != school.number
    notice = "Вам открыта справка только вашей школы." if other else ""
    return await page.show_school(visit, school, notice)


@own.callback_query(BriefTap.filter())
async def own_tap(_: CallbackQuery, callback_data: BriefTap, visit: Visit) -> Reply:
    if not callback_data.school:  # of the city: for staff
        raise Outdated
    return await _tapped(visit, callback_data)


@router.message(Command("brief"))
async def brief_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _asked(visit, command.args or ""))


@router.message(Said(BRIEF))
async def brief_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _asked(visit, rest))


async def _asked(visit: Visit, words: str) -> Screen:
    """A school's number, or nothing: the city."""
    said = " ".join(words.casefold().split())
    if not said:
        return await page.show_city(visit)
    if found := _SCHOOL.fullmatch(said):
        for known in await school_rows.every(visit.tx):
            if known.number == int(found[1]):
                return await page.show_school(visit, known)
        return await page.show_schools(visit, f"Школы № {found[1]} в списке нет.")
    notice = "Не понял, о какой школе. Напишите, например: <code>/brief 24</code>"
    return await page.show_city(visit, notice)


@router.callback_query(BriefTap.filter())
async def brief_tap(_: CallbackQuery, callback_data: BriefTap, visit: Visit) -> Reply:
    return await _tapped(visit, callback_data)


async def _tapped(visit: Visit, data: BriefTap) -> Reply:
    school = await page.school_for(visit, data.school) if data.school else None
    match data.act:
        case "show" if school is not None:
            return Reply(await page.show_school(visit, school))
        case "show":
            return Reply(await page.show_city(visit))
        case "schools" if visit.is_staff:
            return Reply(await page.show_schools(visit))
        case "xlsx":
            return await page.file(visit, "xlsx", school)
        case "docx":
            return await page.file(visit, "docx", school)
    raise Outdated


@router.message(Command("tasks"))
async def tasks_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _task(visit, command.args or ""))


@router.message(Said(TASKS))
async def tasks_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _task(visit, rest))


async def _task(visit: Visit, words: str) -> Screen:
    """A task's number, or nothing: all six."""
    said = words.strip().removeprefix("№").strip()
    known = visit.passport.tasks.tasks
    if said in {one.no for one in known}:
        return await tasks.show_task(visit, said)
    if not said:
        return await tasks.show_tasks(visit)
    notice = (
        f"Не понял «{q(said[:40])}»: задач {len(known)}. Напишите, например: <code>задача 4</code>"
    )
    return await tasks.show_tasks(visit, notice)


@router.callback_query(TaskTap.filter())
async def task_tap(_: CallbackQuery, callback_data: TaskTap, visit: Visit) -> Reply:
    match callback_data.act:
        case "list":
            return Reply(await tasks.show_tasks(visit))
        case "task":
            return Reply(await tasks.show_task(visit, callback_data.key))
        case "rows":
            return Reply(await tasks.show_rows(visit, callback_data.key, callback_data.page))
        case "money":
            return Reply(await tasks.show_money(visit))
    raise Outdated
