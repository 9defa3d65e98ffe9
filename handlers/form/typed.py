"""Typed messages: which question they answer, and what they say."""

from handlers.form import more_time
from handlers.form.entries import class_lines, comment, first_classes, first_subjects, subject_lines
from handlers.form.flow import (
    Recorded,
    ask,
    ask_whose,
    changed_since,
    go_on,
    present,
    record,
    show_card,
)
from handlers.form.locks import lock_reason, own_filling
from handlers.screen import Reply
from handlers.visit import Visit
from handlers.words import EARLIER, q
from passport.answering import read
from passport.merge import merge
from passport.parsing import has_contact, parse_named
from passport.values import Named, Number, Refusal, Slot, Value
from storage import prompts
from storage.prompts import Given, Prompt
from storage.reports import Filling


async def typed(visit: Visit, prompt: Prompt, message_id: int, text: str) -> Reply:
    """A text message of a coordinator, which the form waits for."""
    if visit.is_early(message_id):  # taking it for an answer would be a guess
        return Reply(await present(visit, EARLIER), burst=True)
    filling = await own_filling(visit, prompt.report_id)
    match prompt.purpose:
        case "add_classes" | "mend_class":
            return await class_lines(visit, filling, prompt, text)
        case "add_subjects":
            return await subject_lines(visit, filling, prompt.slot.class_id, text)
        case "ask_time":
            return await more_time.typed(visit, filling, prompt, text)
    reason = lock_reason(visit, filling.report)
    if reason is not None:
        return Reply(await show_card(visit, filling, f"⚠️ {q(reason)}"))
    if prompt.purpose == "comment":
        return await comment(visit, filling, prompt, text)
    return await _answer(visit, filling, prompt, message_id, text)


async def _answer(
    visit: Visit, filling: Filling, prompt: Prompt, message_id: int, text: str
) -> Reply:
    slot = prompt.slot
    if not filling.sheet.is_open(slot):
        return Reply(await show_card(visit, filling, "Этот вопрос уже не нужен. Вот что сейчас."))
    if filling.sheet.form.question(slot.question).kind == "confirm":
        changed = await changed_since(visit, filling, slot, prompt.revision)
        return Reply(changed) if changed else await take(visit, filling, slot, text, message_id)
    if filling.revision(slot) != prompt.revision:
        if has_contact(text):
            return Reply(await ask(visit, filling, slot, contact_notice(text)))
        return await ask_whose(visit, filling, slot, text, message_id)
    return await take(visit, filling, slot, text, message_id)


async def take(
    visit: Visit, filling: Filling, slot: Slot, text: str, message_id: int, *, pressed: bool = False
) -> Reply:
    """Reads a text as the answer to a slot and records it.

    ``pressed``: the text was typed before, and is recorded by a button now.
    """
    question = filling.sheet.form.question(slot.question)
    if question.kind == "classes":
        return await first_classes(visit, filling, text, message_id)
    if question.kind == "subjects":
        return await first_subjects(visit, filling, slot, text, message_id)
    value = read(question, text)
    if isinstance(value, Refusal):
        await prompts.remember(visit.tx, visit.chat_id, message_id, Given(filling.report.id, slot))
        return Reply(await ask(visit, filling, slot, f"⚠️ {q(value.text)}"))
    names = names_of(value)
    target, value = _with_what_is_there(filling, slot, value)
    outcome = await record(visit, filling, target, value, clear=pressed)
    if isinstance(outcome, Recorded):
        revision = outcome.filling.revision(target)
        given = Given(filling.report.id, target, revision, names)
        await prompts.remember(visit.tx, visit.chat_id, message_id, given)
    return await go_on(visit, filling, target, outcome, typed=not pressed)


def names_of(value: Value) -> tuple[str, ...]:
    return tuple(item.name for item in value.items) if isinstance(value, Named) else ()


def contact_notice(text: str) -> str:
    return (
        f"⚠️ В сообщении личные данные: {has_contact(text)}. Их не храним, пришлите ответ без них."
    )


def _lacks_a_number(line: str) -> bool:
    """Whether a number alone mends the line: it is a whole name, not masked, with no number."""
    return "•" not in line and not any(sign.isdecimal() for sign in line)


def _with_what_is_there(filling: Filling, slot: Slot, value: Value) -> tuple[Slot, Value]:
    """A further message to a list adds to it; a bare number is what the list still lacks."""
    old = filling.sheet.answers.get(slot)
    if not isinstance(old, Named) or not (old.items or old.pending):
        return slot, value
    if isinstance(value, Named):
        return slot, merge(old, value)
    if not isinstance(value, Number):
        return slot, value
    unread = [one for one in old.pending if not one.person]
    if len(unread) == 1 and _lacks_a_number(unread[0].line):
        mended = parse_named(f"{unread[0].line} – {value.value}")
        if isinstance(mended, Named):
            return slot, merge(old, mended)
    if not old.pending and len(old.items) > 1:
        return Slot(f"{slot.question}.total"), value
    return slot, value
