"""Routes of campaigns: `/campaign`, the word, buttons, and the texts that a screen waits for."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.campaigns import announcing, dates, deciding, note, overview
from handlers.campaigns.callbacks import CampaignTap, PostTap
from handlers.campaigns.drafts import post_screen
from handlers.errors import ForPerson, Outdated
from handlers.filters import CAMPAIGN, Awaited, PlainText, Said
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import EARLIER, q
from storage import prompts
from storage.prompts import OF_CAMPAIGNS, Prompt

router = Router(name=__name__)
router.message.filter(May("publish"))
router.callback_query.filter(May("publish"))


@router.message(Command("campaign"))
async def campaign_command(_: Message, visit: Visit) -> Reply:
    return Reply(await overview.show_campaign(visit))


@router.message(PlainText(), Awaited(OF_CAMPAIGNS))
async def awaited_text(message: Message, visit: Visit, text: str, prompt: Prompt) -> Reply:
    if visit.is_early(message.message_id):
        return Reply(await present(visit, EARLIER), burst=True)
    return Reply(await _typed(visit, prompt, text))


async def _typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    match prompt.purpose:
        case "campaign_date":
            return await dates.typed(visit, prompt, text)
        case "post_words":
            return await deciding.typed_words(visit, prompt, text)
        case "post_day":
            return await deciding.typed_day(visit, prompt, text)
        case "announce_day":
            return await announcing.typed_day(visit, text)
    return await announcing.typed(visit, prompt, text)


@router.message(Said(CAMPAIGN))
async def campaign_word(_: Message, visit: Visit) -> Reply:
    return Reply(await overview.show_campaign(visit))


@router.callback_query(CampaignTap.filter())
async def campaign_tap(_: CallbackQuery, callback_data: CampaignTap, visit: Visit) -> Reply:
    year = overview.known_year(visit, callback_data.year)
    match callback_data.act:
        case "note":
            return Reply(await note.show_note(visit, year))
        case "book":
            return await note.book(visit, year)
        case "last_year":
            return Reply(await note.compare(visit, year))
        case "show":
            return Reply(await overview.show_campaign(visit, year))
    try:
        if year != overview.year_at_hand(visit):
            raise Outdated("Эта кампания закончена: в ней уже ничего не меняется.")
        return Reply(await _changed(visit, callback_data.act, year, callback_data.arg))
    except Outdated as refusal:
        return Reply(await overview.show_campaign(visit, notice=f"⚠️ {q(refusal.text)}"))


async def _changed(visit: Visit, act: str, year: str, arg: str) -> Screen:
    """What is done about the campaign of now."""
    match act:
        case "dates":
            return await dates.show_dates(visit, year)
        case "date":
            return await dates.ask_date(visit, year, dates.anchor_of(arg))
        case "day":
            return await dates.pressed(visit, year, arg)
        case "plan_dates":
            return await dates.back_to_plan(visit, year)
        case "occasion":
            return await overview.show_occasion(visit, year, arg)
        case "prepare":
            return await post_screen(visit, await overview.prepare(visit, year, arg))
        case "announce":
            return await announcing.ask(visit, year)
        case "announce_now":
            return await announcing.now(visit)
        case "announce_days":
            return await announcing.ask_day(visit)
        case "announce_day":
            return await announcing.pressed_day(visit, arg)
        case "announce_back":
            return await announcing.back(visit)
        case "announce_no":
            return await overview.show_campaign(visit, year, "Объявление не опубликовано.")
    raise Outdated


@router.callback_query(PostTap.filter())
async def post_tap(_: CallbackQuery, callback_data: PostTap, visit: Visit) -> Reply:
    try:
        return await deciding.route(visit, callback_data)
    except Outdated as refusal:
        return Reply(await overview.show_campaign(visit, notice=f"⚠️ {q(refusal.text)}"))


async def present(visit: Visit, notice: str) -> Screen | None:
    """The question of campaigns that waits for a text; None when none does."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.purpose not in OF_CAMPAIGNS:
        return None
    if visit.actor not in ("manager", "owner"):
        return None
    try:
        waiting = await _waiting(visit, prompt)
    except ForPerson:
        await prompts.put(visit.tx, visit.chat_id, None)
        return None
    return Screen(f"{notice}\n\n{waiting.text}", waiting.keyboard)


async def _waiting(visit: Visit, prompt: Prompt) -> Screen:
    match prompt.purpose:
        case "campaign_date":
            return await dates.present(visit, prompt)
        case "post_words" | "post_day":
            return await deciding.present(visit, prompt)
    return await announcing.present(visit, prompt)
