"""Routes of registers: one a kind of button, and the texts that a card waits for."""

from collections.abc import Awaitable

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.errors import ForPerson, Locked, Outdated
from handlers.filters import Awaited, PlainText
from handlers.registers import (
    check,
    city,
    class_card,
    contract_card,
    new_class,
    new_contract,
    school,
    stale,
)
from handlers.registers.callbacks import CardsTap, CheckTap, ClassCardTap, ContractTap, PartnerTap
from handlers.registers.lookup import school_of
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import EARLIER, q
from passport.calendar import next_year, previous_year
from storage import prompts
from storage.prompts import OF_REGISTERS, Prompt

router = Router(name=__name__)
router.message.filter(May("keep cards"))
router.callback_query.filter(May("keep cards"))
staff = Router(name=f"{__name__}.staff")
staff.callback_query.filter(May("collect"))
own = Router(name=f"{__name__}.own")
own.message.filter(May("own reports"))
router.include_routers(staff, own)

NEW = ("partner", "other", "type", "skip", "same")


@own.message(Command("school"))
async def school_command(_: Message, visit: Visit) -> Reply:
    assert visit.person is not None
    return Reply(await school.show_school(visit, visit.person.school or ""))


@router.message(PlainText(), Awaited(OF_REGISTERS))
async def text_message(message: Message, visit: Visit, text: str, prompt: Prompt) -> Reply:
    if visit.is_early(message.message_id):
        return Reply(await present(visit, EARLIER), burst=True)
    match prompt.purpose:
        case "new_class":
            return Reply(await new_class.typed(visit, prompt, text))
        case "class_field":
            return Reply(await class_card.typed(visit, prompt, text))
        case "contract_field":
            return Reply(await contract_card.typed(visit, prompt, text))
        case "new_contract":
            return Reply(await new_contract.typed(visit, prompt, text))
        case "class_seats":
            return Reply(await check.typed(visit, prompt, text))
        case "partner_benefit":
            return Reply(await city.typed_benefit(visit, prompt, text))
    return Reply(await city.typed_name(visit, prompt, text))


@router.callback_query(CardsTap.filter())
async def cards_tap(_: CallbackQuery, callback_data: CardsTap, visit: Visit) -> Reply:
    data = callback_data
    await school_of(visit, data.school)
    current = visit.calendar_of(None).current(visit.now)[0]
    year = data.year or current
    _known_year(visit, year)
    match data.act:
        case "school":
            return Reply(await school.show_school(visit, data.school, year))
        case "contracts":
            return Reply(await school.show_contracts(visit, data.school))
        case "contracts_fine":
            return Reply(await school.contracts_fine(visit, data.school, data.seen))
        case "add_class":
            return Reply(await new_class.ask(visit, data.school, year))
        case "add_contract":
            return Reply(await new_contract.begin(visit, data.school))
        case "fine":
            return Reply(await school.all_fine(visit, data.school, year, data.seen))
    raise Outdated


def _known_year(visit: Visit, year: str) -> None:
    current = visit.calendar_of(None).current(visit.now)[0]
    known = {one.key for one in visit.passport.calendar.years}
    if year not in known | {next_year(current), previous_year(current)}:
        raise Outdated


@router.callback_query(CheckTap.filter())
async def check_tap(_: CallbackQuery, callback_data: CheckTap, visit: Visit) -> Reply:
    data = callback_data
    if data.act in ("stale", "ask"):
        if not visit.is_staff:
            raise Outdated
        return Reply(await (stale.ask(visit) if data.act == "ask" else stale.show(visit)))
    if data.act in ("show", "fine"):
        _known_year(visit, data.year)
    return Reply(await check.route(visit, data))


@router.callback_query(ClassCardTap.filter())
async def class_card_tap(_: CallbackQuery, callback_data: ClassCardTap, visit: Visit) -> Reply:
    return Reply(await _routed(visit, class_card.route(visit, callback_data)))


@router.callback_query(ContractTap.filter())
async def contract_tap(_: CallbackQuery, callback_data: ContractTap, visit: Visit) -> Reply:
    if callback_data.act == "city" and visit.is_staff:
        page = int(callback_data.arg) if callback_data.arg.isdecimal() else 0
        return Reply(await city.show_contracts(visit, page=min(page, 10_000)))
    if callback_data.act in NEW:
        return Reply(await _routed(visit, new_contract.route(visit, callback_data)))
    return Reply(await _routed(visit, contract_card.route(visit, callback_data)))


@staff.callback_query(PartnerTap.filter())
async def partner_tap(_: CallbackQuery, callback_data: PartnerTap, visit: Visit) -> Reply:
    return Reply(await _routed(visit, city.route(visit, callback_data)))


async def _routed(visit: Visit, screen: Awaitable[Screen]) -> Screen:
    """A button that is out of date leads to the register that it stood in, unless a question is
    open: that one is shown again. Nothing was written when it is raised."""
    try:
        return await screen
    except (Outdated, Locked) as error:
        prompt = await prompts.get(visit.tx, visit.chat_id)
        if prompt is not None and prompt.purpose != "look":
            raise
        return await _register(visit, f"⚠️ {q(error.text)}")


async def _register(visit: Visit, notice: str) -> Screen:
    """What is kept: for a coordinator of the own school, for staff of the city."""
    if visit.is_staff or visit.person is None or visit.person.school is None:
        return await city.show_contracts(visit, notice)
    return await school.show_school(visit, visit.person.school, notice=notice)


async def present(visit: Visit, notice: str) -> Screen | None:
    """The card's question that waits for a text; the register when the card is gone."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.purpose not in OF_REGISTERS:
        return None
    try:
        waiting = await _waiting(visit, prompt)
    except ForPerson:
        return await _register(visit, notice)
    return Screen(f"{notice}\n\n{waiting.text}", waiting.keyboard)


async def _waiting(visit: Visit, prompt: Prompt) -> Screen:
    match prompt.purpose:
        case "new_class":
            slug, _, year = (prompt.draft or "").partition("/")
            return await new_class.ask(visit, slug, year)
        case "class_field":
            return await class_card.ask(visit, prompt.slot.class_id, prompt.slot.question)
        case "contract_field":
            return await contract_card.ask(visit, prompt.slot.class_id, prompt.slot.question)
        case "new_contract":
            return await new_contract.show(visit, new_contract.load(prompt))
        case "class_seats":
            return await check.ask(visit, prompt.slot.class_id)
        case "partner_benefit":
            return await city.ask_benefit(visit, prompt.slot.class_id)
    return await city.ask_name(visit, prompt.slot.class_id)
