"""Setting an answer: the hard checks, and what else must move so that the report stays true.

Hard is only what cannot be true under any reading (V01–V05); everything else is a doubt that is
asked once, at the end.
"""

from dataclasses import dataclass
from decimal import Decimal

from passport.form import Question
from passport.limits import broken
from passport.parsing.options import CONFIRMED
from passport.sheet import Sheet, amount, closes_row, numbers
from passport.values import (
    Chosen,
    Named,
    NotApplicable,
    Nothing,
    Number,
    Refusal,
    Slot,
    Text,
    Value,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One slot that changes; ``None`` is «нет ответа»."""

    slot: Slot
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class RowHasAnswers:
    """«Не было» for a row that already holds people: clearing it must be meant."""

    slot: Slot
    text: str


def change(
    sheet: Sheet, slot: Slot, value: Value | None, *, clear: bool = False
) -> tuple[Edit, ...] | Refusal | RowHasAnswers:
    """The edits that put ``value`` into ``slot``; empty when it stands there already.

    ``clear`` says that it is meant: a list may give way, what is below a row's head may go.
    """
    if not sheet.is_open(slot) and not _reopens(sheet, slot):
        return Refusal(_closed_text(sheet, slot))
    if value == Named(()):
        value = None  # a list that lost its last line is no answer, not «0»
    refusal = _hard(sheet, slot, value, clear=clear) or _beyond(sheet, slot, value)
    if refusal is not None:
        return refusal
    if not clear and isinstance(value, Nothing) and _is_list(sheet.answers.get(slot)):
        return RowHasAnswers(slot, _row_text(value))
    dropped: list[Edit] = []
    section = sheet.form.section(sheet.form.question(slot.question).section)
    if section.head == slot.question and closes_row(value):
        below = _below(sheet, slot)
        if not clear and any(_holds_something(edit.old) for edit in below):
            return RowHasAnswers(slot, _row_text(value))
        dropped += below
    dropped += _outgrown_totals(sheet, slot, value)
    old = sheet.answers.get(slot)
    own = [Edit(slot, old, value)] if old != value else []
    return (*own, *dropped)


def applied(sheet: Sheet, edits: tuple[Edit, ...]) -> Sheet:
    """The sheet after the edits."""
    answers = dict(sheet.answers)
    for edit in edits:
        if edit.new is None:
            answers.pop(edit.slot, None)
        else:
            answers[edit.slot] = edit.new
    return sheet.with_answers(answers)


def difference(before: dict[Slot, Value], after: dict[Slot, Value]) -> tuple[Edit, ...]:
    """What changed between two versions of one report, slot by slot."""
    slots = sorted(before.keys() | after.keys())
    return tuple(
        Edit(slot, before.get(slot), after.get(slot))
        for slot in slots
        if before.get(slot) != after.get(slot)
    )


def _hard(sheet: Sheet, slot: Slot, value: Value | None, *, clear: bool) -> Refusal | None:
    question = sheet.form.question(slot.question)
    if isinstance(value, NotApplicable) and value.reason not in question.reasons:
        return Refusal("Такой причины в форме нет. Выберите причину кнопкой под вопросом.")
    if isinstance(value, Nothing) and not _may_be_nothing(sheet, slot):
        return Refusal(f"Здесь нужно число. Например: {question.example}")
    if isinstance(value, Text | Chosen) and not _is_offered(question, value):
        return Refusal("Такого ответа в списке нет. Выберите кнопкой под вопросом.")
    if isinstance(value, Number) and _is_list(sheet.answers.get(slot)) and not clear:
        return Refusal(
            "Здесь уже есть список. Пришлите строку «Название – число» или сначала удалите строки."
        )
    if question.offer and question.offer.rule == "items_sum" and isinstance(value, Number):
        items = sheet.answers.get(Slot(question.offer.of[0]))
        if isinstance(items, Named) and value.value < items.largest:  # V04
            return Refusal(
                f"«Всего» ({value.value}) меньше, чем участников по одному названию "
                f"({items.largest}). Напишите число не меньше {items.largest}."
            )
    return None


def _is_offered(question: Question, value: Text | Chosen) -> bool:
    """A button can be made up: what is chosen must stand in the list."""
    match question.kind:
        case "confirm":
            return value == CONFIRMED
        case "choice" if isinstance(value, Text):
            return value.text in question.options
        case "checklist" if isinstance(value, Chosen):
            return set(value.options) <= set(question.options)
    return False


def _beyond(sheet: Sheet, slot: Slot, value: Value | None) -> Refusal | None:
    """A hard limit of the form that this answer would break."""
    if not sheet.form.limits or value is None:
        return None
    after = applied(sheet, (Edit(slot, sheet.answers.get(slot), value),))
    for one in broken(sheet.form, numbers(after), {}):
        named = (*one.limit.of, one.limit.at_most)
        if one.limit.kind == "hard" and slot.question in named:
            return Refusal(one.text)
    return None


def _is_list(value: Value | None) -> bool:
    return isinstance(value, Named) and bool(value.items or value.pending)


def _holds_something(value: Value | None) -> bool:
    """What «не было» must not sweep away unasked."""
    return _is_list(value) or amount(value) > 0


def _may_be_nothing(sheet: Sheet, slot: Slot) -> bool:
    question = sheet.form.question(slot.question)
    return question.skippable or sheet.form.section(question.section).head == question.key


def _reopens(sheet: Sheet, slot: Slot) -> bool:
    """The head of a row and a total may be corrected even when they are not asked."""
    question = sheet.form.question(slot.question)
    if sheet.period not in question.required + question.optional or question.per != "school":
        return False
    head = sheet.form.section(question.section).head
    if head == question.key:
        return True
    closed = head is not None and closes_row(sheet.answers.get(Slot(head)))
    return question.offer is not None and not closed


def _closed_text(sheet: Sheet, slot: Slot) -> str:
    question = sheet.form.question(slot.question)
    if question.per != "school" and sheet.profile_class(slot.class_id) is None:
        return "Этого класса в списке школы больше нет."
    return f"Строка {question.section} отмечена как «не было». Сначала измените её."


def _row_text(value: Value | None) -> str:
    if isinstance(value, Number):
        return "Вы указали 0, а в этой строке уже есть ответы. Очистить их и записать «не было»?"
    return "В этой строке уже есть ответы. Очистить их и записать «не было»?"


def _below(sheet: Sheet, head: Slot) -> list[Edit]:
    section = sheet.form.question(head.question).section
    return [
        Edit(slot, value, None)
        for slot, value in sheet.answers.items()
        if slot != head and sheet.form.question(slot.question).section == section
    ]


def _outgrown_totals(sheet: Sheet, slot: Slot, value: Value | None) -> list[Edit]:
    """Totals that were about the old parts: they follow anew, or are asked again, never kept stale.

    A total that the person had set apart from the offer stays while the new parts allow it.
    """
    edits = []
    after = applied(sheet, (Edit(slot, sheet.answers.get(slot), value),))
    for question in sheet.form.questions:
        if question.offer is None or slot.question not in question.offer.of:
            continue
        total = Slot(question.key)
        stored = sheet.answers.get(total)
        if not isinstance(stored, Number):
            continue
        offered = after.offered(total) or Decimal(0)
        followed = stored.value == sheet.offered(total) != offered
        if followed or not after.must_ask(question) or not _allows(after, question, stored):
            edits.append(Edit(total, stored, None))
    return edits


def _allows(sheet: Sheet, question: Question, total: Number) -> bool:
    """Whether a total set by hand can be true of these parts (V04; names that were counted)."""
    assert question.offer is not None
    parts = [sheet.answers.get(Slot(key)) for key in question.offer.of]
    if question.offer.rule == "items_sum":
        return all(total.value >= part.largest for part in parts if isinstance(part, Named))
    if question.offer.rule == "distinct_names":
        return total.value >= (sheet.offered(Slot(question.key)) or 0)
    return True
