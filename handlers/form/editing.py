"""Edited messages: editing one's own message corrects the answer that it gave."""

from handlers.errors import Locked
from handlers.form.card import card_screen
from handlers.form.classes import show_class, show_classes
from handlers.form.flow import Recorded, ask, ask_whose, go_on, present, record, show_card
from handlers.form.locks import editable, own_filling
from handlers.form.question import short
from handlers.form.typed import contact_notice, names_of, take
from handlers.screen import Reply
from handlers.visit import Visit
from handlers.words import q, value_text
from passport.answering import read
from passport.merge import merge
from passport.parsing import has_contact
from passport.values import Named, Refusal
from storage import prompts
from storage.prompts import Given
from storage.reports import Filling


async def edited(visit: Visit, message_id: int, text: str) -> Reply | None:
    """An edited message corrects its answer; None when it gave none.

    Raises Outdated or Forbidden when the report is no longer there, or another school's by now.
    """
    given = await prompts.given_by(visit.tx, visit.chat_id, message_id)
    if given is None:
        return None
    try:
        filling = await editable(visit, given.report_id)
    except Locked as locked:
        filling = await own_filling(visit, given.report_id)
        notice = f"⚠️ {q(locked.text)}"
        return Reply(await present(visit, notice) or card_screen(visit, filling, notice))
    kind = filling.sheet.form.question(given.slot.question).kind
    if given.revision == 0 and await _still_asked(visit, filling, given):
        return await take(visit, filling, given.slot, text, message_id)
    if kind == "classes":
        notice = "Список классов исправляется здесь:"
        return Reply(await show_classes(visit, filling, notice))
    if kind == "subjects":
        notice = "Список предметов исправляется здесь:"
        return Reply(await show_class(visit, filling, given.slot.class_id, notice))
    if given.revision == 0:
        notice = "На этот вопрос уже есть ответ. Изменить его можно из отчёта."
        return Reply(await present(visit, notice) or await show_card(visit, filling, notice))
    return await _correct(visit, filling, given, message_id, text)


async def _correct(
    visit: Visit, filling: Filling, given: Given, message_id: int, text: str
) -> Reply:
    slot, sheet = given.slot, filling.sheet
    question = sheet.form.question(slot.question)
    old = sheet.answers.get(slot)
    value = read(question, text)
    if isinstance(value, Refusal):
        kept = f"{q(short(sheet, slot))} – {value_text(old, question.unit)}"
        notice = f"⚠️ {q(value.text)}\nПока остаётся: {kept}."
        return Reply(await present(visit, notice) or card_screen(visit, filling, notice))
    names = names_of(value)
    if isinstance(old, Named) and isinstance(value, Named):
        value = merge(old, value, given.names)
    elif filling.revision(slot) != given.revision:
        if has_contact(text):
            notice = contact_notice(text)
            return Reply(await present(visit, notice) or card_screen(visit, filling, notice))
        return await ask_whose(visit, filling, slot, text, message_id)
    outcome = await record(visit, filling, slot, value)
    if not isinstance(outcome, Recorded):
        return await go_on(visit, filling, slot, outcome)
    after = outcome.filling
    given = Given(given.report_id, slot, after.revision(slot), names)
    await prompts.remember(visit.tx, visit.chat_id, message_id, given)
    if not after.sheet.has(slot):
        return Reply(await ask(visit, after, slot))
    notice = f"✏️ Исправлено. {outcome.line}"
    return Reply(await present(visit, notice) or await show_card(visit, after, notice))


async def _still_asked(visit: Visit, filling: Filling, given: Given) -> bool:
    """Whether a message that was refused is mended while its question is still open."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    waits = prompt is not None and prompt.purpose == "answer" and prompt.slot == given.slot
    return waits and not filling.revision(given.slot) and filling.sheet.is_open(given.slot)
