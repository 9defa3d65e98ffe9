"""Routes of risks: `/risks`, «риски», «риск 3», buttons, and the numbers that screens wait for."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.errors import ForPerson, Outdated
from handlers.filters import RISKS, Awaited, PlainText, Said
from handlers.indicators.exporting import MAKING, book
from handlers.risks import grants, one, overview, thresholds
from handlers.risks.callbacks import RiskTap
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import EARLIER, q
from storage import prompts
from storage.prompts import OF_RISKS, Prompt

router = Router(name=__name__)
router.message.filter(May("see project"))
router.callback_query.filter(May("see project"))

_NUMBER = re.compile(r"№?\s*(\d{1,3})")
# «пороги», «пороги 3», «пороги риска № 3», and behind «риск»: «3 пороги».
_THRESHOLDS = re.compile(
    r"порог\w*(?: (?:риск\w* )?(?:№\s*)?(\d{1,3}))?|(?:№\s*)?(\d{1,3}) порог\w*"
)
_THRESHOLDS_ALONE = re.compile(r"(?=порог\w*(?: (?:риск\w* )?(?:№\s*)?\d{1,3})?$)")


@router.message(Command("risks"))
async def risks_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    return Reply(await _asked(visit, command.args or ""))


@router.message(Said(RISKS))
@router.message(Said(_THRESHOLDS_ALONE))
async def risks_words(_: Message, visit: Visit, rest: str) -> Reply:
    return Reply(await _asked(visit, rest))


async def _asked(visit: Visit, words: str) -> Screen:
    """Nothing: all eight; a number: that one; «пороги», of the first or of the named one."""
    said = " ".join(words.casefold().split())
    known = visit.passport.risks.risks
    if not said:
        return await overview.show_risks(visit)
    numbers = {risk.no for risk in known}
    if found := _THRESHOLDS.fullmatch(said):
        no = found[1] or found[2] or known[0].no
        if no in numbers:
            return await thresholds.show_thresholds(visit, no)
    if (found := _NUMBER.fullmatch(said)) and found[1] in numbers:
        return await one.show_risk(visit, found[1])
    notice = (
        f"Не понял «{q(said[:40])}»: рисков {len(known)}. Напишите, например: <code>риск 3</code>"
    )
    return await overview.show_risks(visit, notice)


@router.message(PlainText(), Awaited(OF_RISKS))
async def awaited_text(message: Message, visit: Visit, text: str, prompt: Prompt) -> Reply:
    if visit.is_early(message.message_id):
        return Reply(await present(visit, EARLIER), burst=True)
    if prompt.purpose == "risk_grants":
        return Reply(await grants.typed(visit, prompt, text))
    return Reply(await thresholds.typed(visit, prompt, text))


@router.callback_query(RiskTap.filter())
async def risk_tap(_: CallbackQuery, callback_data: RiskTap, visit: Visit) -> Reply:
    data = callback_data
    match data.act:
        case "list":
            return Reply(await overview.show_risks(visit))
        case "xlsx":
            year = visit.calendar_of(None).current(visit.now)[0]
            screen = await overview.show_risks(visit)
            return Reply(screen, toast=MAKING, notes=(book("risks", year),))
        case "risk":
            return Reply(await one.show_risk(visit, data.key))
        case "rows":
            return Reply(await one.show_rows(visit, data.key, data.page))
        case "thresholds":
            return Reply(await thresholds.show_thresholds(visit, data.key))
        case "choose":
            no = thresholds.risk_no(visit, data.key)
            return Reply(await thresholds.show_thresholds(visit, no))
        case "threshold":
            return Reply(await thresholds.ask(visit, data.key, data.name))
        case "usual":
            return Reply(await thresholds.usual(visit, data.key, data.name))
        case "grants":
            return Reply(await grants.ask(visit))
        case "no_grants" if data.key == visit.calendar_of(None).current(visit.now)[0]:
            return Reply(await grants.save(visit, 0))
    raise Outdated


async def present(visit: Visit, notice: str) -> Screen | None:
    """The question of risks that waits for a number; None when none does."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.purpose not in OF_RISKS or not visit.is_staff:
        return None
    try:
        if prompt.purpose == "risk_grants":
            return await grants.ask(visit, notice)
        return await thresholds.ask(visit, prompt.slot.question, prompt.draft or "", notice)
    except ForPerson:  # a threshold that the data have no more
        await prompts.put(visit.tx, visit.chat_id, None)
        return None
