"""Routes of answers: buttons under a question, typed and edited messages."""

from decimal import Decimal

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.errors import Outdated
from handlers.filters import Awaited, PlainText
from handlers.form import editing, periods, typed
from handlers.form.callbacks import Tap
from handlers.form.flow import (
    Recorded,
    ask,
    ask_next,
    changed_since,
    drafted,
    go_on,
    present,
    record,
    show_card,
    stay,
)
from handlers.form.locks import editable
from handlers.form.question import LINES_A_PAGE, removal_screen
from handlers.parents.talk import answer_account
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from passport.merge import accept_titles, merge, without
from passport.parsing import name_key, parse_named
from passport.parsing.options import CONFIRMED
from passport.sheet import Sheet
from passport.values import Chosen, Named, NotApplicable, Nothing, Number, Slot, Text, Value
from storage import prompts
from storage.prompts import Prompt
from storage.reports import Filling

router = Router(name=__name__)
# Most of what anybody ever sends: asked before all other routes, which let it pass anyway.
awaited = Router(name=f"{__name__}.awaited")
awaited.message.filter(May("fill"))


@router.callback_query(Tap.filter())
async def question_tap(_: CallbackQuery, callback_data: Tap, visit: Visit) -> Reply:
    """A button under a question: valid only for the version of the answer it was drawn for."""
    filling = await editable(visit, callback_data.report)
    slot, sheet = callback_data.slot, filling.sheet
    if slot.question not in {question.key for question in sheet.form.questions}:
        raise Outdated
    act = callback_data.act
    if act in ("later", "back"):
        return Reply(await _move(visit, filling, slot, back=act == "back"))
    if act != "ask" and filling.revision(slot) != callback_data.revision:
        raise Outdated("На этот вопрос уже есть ответ. Изменить его можно из отчёта.")
    if act != "row" and not sheet.is_open(slot) and sheet.effective(slot) is None:
        raise Outdated
    listed = sheet.answers.get(slot)
    if act.startswith("pick") and isinstance(listed, Named) and listed.items:
        page = min(_number(act, "pick") or 0, (len(listed.items) - 1) // LINES_A_PAGE)
        return Reply(removal_screen(filling, slot, listed, page))
    value: Value | None
    match act:
        case "ask" | "keep":
            return Reply(await ask(visit, filling, slot))
        case "next":
            return Reply(await ask_next(visit, filling, slot))
        case "stay":
            return Reply(await stay(visit, filling, slot))
        case "mine":
            prompt = await prompts.get(visit.tx, visit.chat_id)
            if prompt is None or prompt.draft is None or prompt.slot != slot:
                raise Outdated
            message_id, text = drafted(prompt)
            return await typed.take(visit, filling, slot, text, message_id, pressed=True)
        case "clear":
            outcome = await record(visit, filling, slot, Nothing(), clear=True)
            return await go_on(visit, filling, slot, outcome)
        case "none" | "row":
            value = Nothing()
        case "same":
            value = sheet.previous(slot)
        case "sum":
            offered = sheet.offered(slot)
            value = None if offered is None else Number(Decimal(offered))
        case _ if act.startswith("opt"):
            if sheet.form.question(slot.question).kind == "confirm":
                changed = await changed_since(visit, filling, slot, _number(act, "opt") or 0)
                if changed is not None:
                    return Reply(changed)
            value = picked(sheet, slot, _number(act, "opt"))
        case _:
            value = _listed(filling, slot, act)
    if value is None:
        raise Outdated
    outcome = await record(visit, filling, slot, value)
    ticking = isinstance(value, Chosen) and bool(value.options) and act.startswith("opt")
    several = sheet.form.question(slot.question).kind == "checklist"
    if (act.startswith("del") or (ticking and several)) and isinstance(outcome, Recorded):
        return Reply(await ask(visit, outcome.filling, slot))
    return await go_on(visit, filling, slot, outcome)


def picked(sheet: Sheet, slot: Slot, number: int | None) -> Value | None:
    """What a button of a list of options means; None when there is no such option."""
    question = sheet.form.question(slot.question)
    if number is None:
        return None
    if question.kind == "confirm":
        return CONFIRMED
    if question.kind == "checklist" and number == len(question.options):
        return Chosen(())
    if number >= len(question.options):
        return None
    option = question.options[number]
    if question.kind == "choice":
        return Text(option)
    if question.kind != "checklist":
        return None
    stored = sheet.answers.get(slot)
    ticked = set(stored.options) if isinstance(stored, Chosen) else set()
    after = ticked ^ {option}
    return Chosen(tuple(one for one in question.options if one in after))


def _listed(filling: Filling, slot: Slot, act: str) -> Value | None:
    """Acts on a reason or on the lines of a list; None when there is nothing to act on."""
    reasons = filling.sheet.form.question(slot.question).reasons
    reason = _number(act, "na")
    if reason is not None:
        return NotApplicable(reasons[reason]) if reason < len(reasons) else None
    old = filling.sheet.answers.get(slot)
    if not isinstance(old, Named):
        return None
    if act == "drop":
        return Named(old.items)
    if act == "title":
        lines = [one.line for one in old.pending if one.person]
        parsed = parse_named("\n".join(lines), accept={name_key(line) for line in lines})
        return accept_titles(old, merge(None, parsed)) if isinstance(parsed, Named) else None
    line = _number(act, "del")
    return without(old, line) if line is not None and line < len(old.items) else None


def _number(act: str, verb: str) -> int | None:
    """The number behind an act's verb («del3»); None when it is another act or no number."""
    digits = act.removeprefix(verb)
    if not act.startswith(verb) or not digits.isascii() or not digits.isdecimal():
        return None
    return int(digits)


async def _move(visit: Visit, filling: Filling, slot: Slot, *, back: bool) -> Screen:
    """«Назад»: the question before this one; «Позже»: the next gap, or the card if it is alone."""
    sheet = filling.sheet
    if back:
        before = sheet.before(slot)
        if before is None:
            return await show_card(visit, filling)
        return await ask(visit, filling, before)
    if slot in filling.to_mend and len(filling.to_mend) > 1:
        later = filling.to_mend.index(slot) + 1
        return await ask(visit, filling, filling.to_mend[later % len(filling.to_mend)])
    gap = sheet.next_gap(slot)
    if gap is None or gap == slot:
        return await show_card(visit, filling)
    return await ask(visit, filling, gap)


@awaited.message(PlainText(), Awaited(prompts.OF_FORM))
async def awaited_text(message: Message, visit: Visit, text: str, prompt: Prompt) -> Reply:
    return await typed.typed(visit, prompt, message.message_id, text)


@router.message(PlainText())
async def text_message(_: Message, visit: Visit, text: str) -> Reply:
    about_classes = await answer_account(visit, text)
    if about_classes is not None:
        return Reply(about_classes)
    return await periods.due(visit, "Сейчас вопрос не открыт: нажмите кнопку под этим сообщением.")


@router.edited_message(PlainText())
async def edited_message(message: Message, visit: Visit, text: str) -> Reply:
    reply = await editing.edited(visit, message.message_id, text)
    if reply is not None:
        return reply
    notice = "Это сообщение не было ответом: в отчёте ничего не изменилось."
    screen = await present(visit, notice)
    if screen is None:  # a card is open, or nothing: whoever knows of that answers
        raise SkipHandler
    return Reply(screen)
