"""Routes of the plan: `/plan`, `/plan 4.1`, the word «план», buttons, and texts it waits for."""

import re
from datetime import date

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.errors import ForPerson, Outdated
from handlers.filters import Awaited, PlainText, Said
from handlers.indicators.exporting import MAKING, book
from handlers.indicators.year import year_at_hand
from handlers.plan import choices, marking, measure, wheel
from handlers.plan.callbacks import PlanTap
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import EARLIER, q
from passport.plan import UnknownMeasureError
from passport.plan_states import Done
from passport.plan_windows import window_at
from storage import plan_terms, prompts
from storage.prompts import OF_PLAN, Prompt

router = Router(name=__name__)
router.message.filter(May("see project"))
router.callback_query.filter(May("see project"))

WORD = re.compile(r"(?:план(?:а|у|ом|е)?(?: мероприятий)?|мероприятия плана)(?![\w.])")
_MEASURE = re.compile(r"(?:п\.? ?|пункт )?(\d)[.,](\d)\.?")
_SECTION = re.compile(r"(?:раздел )?(\d)\.?")
_NUMBER_ALONE = re.compile(rf"(?={_MEASURE.pattern}$)")


@router.message(Command("plan"))
async def plan_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _asked(visit, command.args or ""))


@router.message(Said(WORD))
@router.message(Said(_NUMBER_ALONE))
async def plan_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _asked(visit, rest))


async def _asked(visit: Visit, words: str) -> Screen:
    """«4.1» is a measure, «4» a section, nothing the whole wheel."""
    said = words.strip()
    if not said:
        return await wheel.show_wheel(visit)
    section = _SECTION.fullmatch(said.casefold())
    if section and section[1] in {one.key for one in visit.passport.plan.sections}:
        return await wheel.show_wheel(visit, f"s{section[1]}")
    found = _MEASURE.fullmatch(said)
    if found:
        try:
            one = visit.passport.plan.measure(f"{found[1]}.{found[2]}")
        except UnknownMeasureError:
            pass
        else:
            terms = await plan_terms.read(visit.tx, visit.passport)
            window = window_at(one, terms, measure.today_of(visit))
            return await measure.show_card(visit, one, window)
    notice = f"Не понял «{q(said[:40])}». Напишите, например: <code>/plan 4.1</code>"
    return await wheel.show_wheel(visit, notice=notice)


@router.message(PlainText(), Awaited(OF_PLAN))
async def awaited_text(message: Message, visit: Visit, text: str, prompt: Prompt) -> Reply:
    if visit.is_early(message.message_id):
        return Reply(await present(visit, EARLIER), burst=True)
    if prompt.purpose == "plan_day":
        return Reply(await marking.typed_day(visit, prompt, text))
    return Reply(await marking.typed_link(visit, prompt, text))


@router.callback_query(PlanTap.filter())
async def plan_tap(_: CallbackQuery, callback_data: PlanTap, visit: Visit) -> Reply:
    try:
        if callback_data.act == "xlsx":
            return await _file(visit, callback_data.key)
        return Reply(await _pressed(visit, callback_data))
    except Outdated as refusal:
        return Reply(await wheel.show_wheel(visit, notice=f"⚠️ {q(refusal.text)}"))


async def _file(visit: Visit, only: str) -> Reply:
    """The whole plan as a workbook; the screen stays what it was."""
    screen = await wheel.show_wheel(visit, only)
    return Reply(screen, toast=MAKING, notes=(book("plan", year_at_hand(visit)),))


async def _pressed(visit: Visit, data: PlanTap) -> Screen:
    match data.act:
        case "show":
            return await wheel.show_wheel(visit, data.key)
        case "sections":
            return await wheel.show_sections(visit)
        case "sides":
            return await wheel.show_sides(visit)
        case "history":
            return await wheel.show_history(visit)
        case "settings":
            return await choices.show_choices(visit)
        case "summer":
            return await choices.show_choices(visit, await choices.switch_summer(visit, data.key))
        case "funding":
            return await choices.show_choices(visit, await choices.switch_funding(visit, data.key))
    one, window = await measure.window_of(visit, data.key, data.start)
    if data.act == "card":
        return await measure.show_card(visit, one, window)
    about = marking.About(one, window, data.seen)
    match data.act:
        case "mark":
            return await marking.ask_day(visit, about)
        case "today":
            day = measure.today_of(visit)
            return await marking.ask_link(visit, about, day)
        case "unlinked":
            done = Done(_day(data.arg), "mark")
            return await marking.put(visit, about, done)
        case "withdraw":
            return await marking.ask_withdraw(visit, about)
        case "withdrawn":
            return await marking.withdraw(visit, about)
    raise Outdated


def _day(text: str) -> date:
    """Of a button; raises Outdated for one that was made up."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Outdated from None


async def present(visit: Visit, notice: str) -> Screen | None:
    """The question of the plan that waits for a text; None when none does."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.purpose not in OF_PLAN or not visit.is_staff:
        return None
    try:
        waiting = await marking.present(visit, prompt)
    except ForPerson:
        await prompts.put(visit.tx, visit.chat_id, None)
        return None
    return Screen(f"{notice}\n\n{waiting.text}", waiting.keyboard)
