"""Typed messages of staff: what a screen waits for, or words that stand for a command."""

import re

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.campaigns import rewording
from handlers.collect import (
    board,
    days,
    deadlines,
    decisions,
    invitations,
    moves,
    report,
    returning,
    school_list,
    schools,
)
from handlers.collect.callbacks import DateTap, InviteTap
from handlers.errors import ForPerson
from handlers.filters import CAMPAIGN
from handlers.indicators import settings as indicator_settings
from handlers.parents.talk import answer_account
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from passport.parsing import with_figures
from storage import prompts
from storage import schools as school_rows
from storage.prompts import OF_STAFF

_KIND = r"(?:школ[аыуе]|лице[йяю]|гимнази[яию])"
_NUMBER = re.compile(rf"(?:{_KIND}|№|n)?\s*№?\s*(\d{{1,4}})(?:(?:-?[аяй]{{1,2}})?\s*{_KIND})?")
_OWING = re.compile(r"(кто )?не (сдал|отправил)\w*|должники|долги")
_DATES = re.compile(r"срок\w*|дедлайн\w*")
_BOARD = re.compile(r"отчет\w*|кто сдал|сводка")


class ForStaff(Filter):
    """A text that is not an answer of the form: staff may be filling for a school."""

    async def __call__(self, _message: Message, visit: Visit) -> bool:
        prompt = await prompts.get(visit.tx, visit.chat_id)
        return prompt is None or prompt.purpose in OF_STAFF or prompt.purpose == "look"


async def typed(visit: Visit, text: str) -> Reply:
    prompt = await prompts.get(visit.tx, visit.chat_id)
    match prompt.purpose if prompt else None:
        case "return" if prompt:
            return await returning.sentence(visit, prompt, text)
        case "move_date" if prompt:
            return await moves.typed_day(visit, prompt, text)
        case "move_reason" if prompt:
            return await moves.typed_reason(visit, prompt, text)
        case "invite_post" if prompt:
            return await invitations.typed_post(visit, prompt, text)
        case "new_school" | "school_name" | "left_on" if prompt:
            return Reply(await school_list.typed(visit, prompt, text))
        case "city_number" if prompt:
            return Reply(await indicator_settings.typed(visit, prompt, text))
    return Reply(await _words(visit, text))


async def _words(visit: Visit, text: str) -> Screen:
    words = text.casefold().replace("?", " ").replace("ё", "е").split()
    said = " ".join(with_figures(words))
    number = _NUMBER.fullmatch(said)
    if number:
        return await _school(visit, int(number[1]))
    pair = board.period_at_hand(visit)
    if _OWING.fullmatch(said):
        return await board.show_board(visit, *pair, "owes")
    if _DATES.fullmatch(said):
        return await deadlines.show_deadlines(visit)
    notice = ""
    if CAMPAIGN.match(said):  # a manager's has been answered before
        notice = (
            "Кампанию и канал ведёт руководитель. Вам доступны справка 2.1 и раздел портала – "
            "/export, места в классах – /classes."
        )
    elif not _BOARD.fullmatch(said):
        about_post = await rewording.typed(visit, text)
        if about_post is not None:
            return about_post
        about_classes = await answer_account(visit, text)
        if about_classes is not None:
            return about_classes
        notice = "Не понял. Напишите, например: <code>24</code> или <code>кто не сдал</code>"
    return await board.show_board(visit, *pair, notice=notice)


async def _school(visit: Visit, number: int) -> Screen:
    for one in await school_rows.every(visit.tx):
        if one.number == number:
            return await schools.show_school(visit, one.slug)
    return await schools.show_schools(visit, f"Школы № {number} в списке нет.")


async def present(visit: Visit, notice: str) -> Screen | None:
    """The screen that waits for a typed text; None when none does."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.purpose not in OF_STAFF or not visit.is_staff:
        return None
    try:
        reply = await _waiting(visit, prompt)
    except ForPerson:  # the account, the school or the report is no longer there
        await prompts.put(visit.tx, visit.chat_id, None)
        return None
    return Screen(f"{notice}\n\n{reply.text}", reply.keyboard)


async def _waiting(visit: Visit, prompt: prompts.Prompt) -> Screen:
    match prompt.purpose:
        case "move_date":
            return await days.show_days(visit, DateTap.unpack(prompt.draft or ""))
        case "move_reason":
            return await moves.show_reasons(visit, DateTap.unpack(prompt.draft or ""))
        case "invite_post":
            return await invitations.show_posts(visit, InviteTap.unpack(prompt.draft or ""))
        case "new_school" | "school_name" | "left_on":
            return await school_list.present(visit, prompt)
        case "city_number":
            year, _, key = (prompt.draft or "").partition("/")
            return await indicator_settings.ask_count(visit, year, key)
    choice = returning.Choice.load(prompt.draft)
    try:
        looked = await decisions.decidable(visit, prompt.report_id, choice.number)
    except ForPerson:
        return await report.show_report(visit, prompt.report_id)
    return await returning.show_choice(visit, looked, choice)
