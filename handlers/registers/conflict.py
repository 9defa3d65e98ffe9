"""Two people at one card: both values are shown, whoever came second chooses."""

import json
from datetime import date

from handlers.errors import Outdated
from handlers.registers import wording
from handlers.registers.callbacks import class_card_tap, contract_tap
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.cards import of_class as said_of_class
from passport.cards import of_contract as said_of_contract
from passport.form import Question
from passport.register import ClassCard, Contract
from passport.values import Slot, Value
from storage import codec, prompts
from storage.prompts import Prompt, Purpose


async def of_class(visit: Visit, card: ClassCard, question: Question, mine: Value | None) -> Screen:
    await _keep(visit, "class_field", Slot(question.key, card.id), mine)
    now = wording.field_text(question, said_of_class(card).get(question.key))
    return _screen(
        question,
        now,
        wording.field_text(question, mine),
        class_card_tap("mine", card.id, question.key),
        class_card_tap("show", card.id),
    )


async def of_contract(
    visit: Visit, contract: Contract, question: Question, mine: Value | None
) -> Screen:
    await _keep(visit, "contract_field", Slot(question.key, contract.id), mine)
    now = wording.field_text(question, said_of_contract(contract).get(question.key))
    return _screen(
        question,
        now,
        wording.field_text(question, mine),
        contract_tap("mine", contract.id, question.key),
        contract_tap("show", contract.id),
    )


def _screen(question: Question, now: str, mine: str, take: str, keep: str) -> Screen:
    return Screen(
        f"<b>{q(question.short)}</b>\nПока вы отвечали, здесь записали: <b>{now}</b>.\n"
        f"Ваш ответ: <b>{mine}</b>. Что оставить?",
        ((Button("Записать мой ответ", take),), (Button("Оставить как есть", keep),)),
    )


async def _keep(visit: Visit, purpose: Purpose, slot: Slot, mine: Value | None) -> None:
    draft = json.dumps([codec.dump(mine)])
    await prompts.wait(visit.tx, visit.chat_id, Prompt(purpose, 0, slot, draft=draft))


async def waiting(visit: Visit, field: str, card_id: int) -> tuple[str, Value | None]:
    """The answer that waits for a decision; raises Outdated when none does."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.draft is None or prompt.slot != Slot(field, card_id):
        raise Outdated
    return field, codec.load(json.loads(prompt.draft)[0])


def local(value: Value | None) -> date | None:
    text = getattr(value, "text", None)
    return date.fromisoformat(text) if text else None
