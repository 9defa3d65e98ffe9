"""Use cases of filling: ask, record, go on. Each works inside the caller's transaction."""

import json
from dataclasses import dataclass, replace

from handlers.errors import ForPerson, Outdated
from handlers.form import classes, confirming
from handlers.form.card import card_screen
from handlers.form.classes import last_year_row
from handlers.form.locks import lock_reason, own_filling
from handlers.form.question import clearing_screen, conflict_screen, question_screen, recorded
from handlers.form.review import ask_comment, show_review
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.change import Edit, RowHasAnswers, applied, change
from passport.values import Refusal, Slot, Value
from storage import answers, prompts, reports, returns
from storage.prompts import Prompt
from storage.reports import Filling


@dataclass(frozen=True)
class Recorded:
    """An answer that is stored now, and the report as it stands after it."""

    filling: Filling
    line: str


async def ask(visit: Visit, filling: Filling, slot: Slot, notice: str = "") -> Screen:
    """Shows a question; from now on a typed message answers it."""
    question = filling.sheet.form.question(slot.question)
    if question.kind == "confirm":
        return await _ask_to_confirm(visit, filling, slot, notice)
    prompt = Prompt("answer", filling.report.id, slot, filling.revision(slot))
    await prompts.put(visit.tx, visit.chat_id, prompt)
    extra = await last_year_row(visit, filling) if slot.question == "classes" else ()
    return question_screen(filling, slot, notice, extra)


async def _ask_to_confirm(visit: Visit, filling: Filling, slot: Slot, notice: str) -> Screen:
    """A yes, typed or pressed, is to what is shown here: the question carries a mark of it."""
    question = filling.sheet.form.question(slot.question)
    seen = await confirming.mark_of(visit, filling, question)
    prompt = Prompt("answer", filling.report.id, slot, seen)
    await prompts.put(visit.tx, visit.chat_id, prompt)
    told = await confirming.lines(visit, filling, question)
    rows = confirming.rows(filling, slot, seen)
    return question_screen(filling, slot, notice, extra=rows, told=told)


async def changed_since(visit: Visit, filling: Filling, slot: Slot, seen: int) -> Screen | None:
    """The question anew when the register that it shows is no longer as it was shown."""
    question = filling.sheet.form.question(slot.question)
    if await confirming.mark_of(visit, filling, question) == seen:
        return None
    notice = "⚠️ Данные с тех пор изменили. Посмотрите их ещё раз."
    return await ask(visit, filling, slot, notice)


async def ask_next(visit: Visit, filling: Filling, after: Slot | None, notice: str = "") -> Screen:
    """The next gap; when nothing is missing, the doubts; when nothing is to send, the card."""
    if filling.to_mend:
        return await ask(visit, filling, filling.to_mend[0], notice)
    gap = filling.sheet.next_gap(after)
    if gap is not None:
        return await ask(visit, filling, gap, notice)
    report = filling.report
    if report.status == "submitted" and not report.has_unsent_changes:
        return await show_card(visit, filling, notice)
    return await show_review(visit, filling, notice)


async def stay(visit: Visit, filling: Filling, slot: Slot) -> Screen:
    """A returned number is right as it stands: the coordinator says so, and goes on."""
    if filling.returned is None or slot not in filling.to_mend:
        raise Outdated
    await returns.keep(visit.tx, filling.returned.id, slot)
    after = replace(filling, returned=await returns.open_return(visit.tx, filling.report.id))
    return await ask_next(visit, after, slot)


async def show_card(visit: Visit, filling: Filling, notice: str = "") -> Screen:
    """The card: a typed message answers nothing while it is shown."""
    look = Prompt("look", filling.report.id, Slot(""))
    await prompts.put(visit.tx, visit.chat_id, look)
    return card_screen(visit, filling, notice)


async def record(
    visit: Visit, filling: Filling, slot: Slot, value: Value | None, *, clear: bool = False
) -> Recorded | Refusal | RowHasAnswers:
    """Checks and stores one answer with everything that must move with it."""
    edits = change(filling.sheet, slot, value, clear=clear)
    if isinstance(edits, Refusal | RowHasAnswers):
        return edits
    after = await store(visit, filling, edits)
    question = filling.sheet.form.question(slot.question)
    if question.kind == "confirm" and value is not None:
        await confirming.confirm(visit, filling, question)
    return Recorded(after, recorded(after.sheet, slot))


async def store(visit: Visit, filling: Filling, edits: tuple[Edit, ...]) -> Filling:
    """Writes edits that ``change`` has allowed."""
    if not edits:
        return filling
    assert visit.person is not None
    by, on_behalf = visit.person.id, visit.is_staff
    fresh = await answers.save(visit.tx, filling.report.id, edits, by, on_behalf=on_behalf)
    report = filling.report
    if not report.unsent:
        await reports.mark_changed(visit.tx, report)
        report = replace(report, unsent=True)
    sheet = applied(filling.sheet, edits)
    return replace(filling, report=report, sheet=sheet, revisions={**filling.revisions, **fresh})


async def go_on(
    visit: Visit,
    filling: Filling,
    slot: Slot,
    outcome: Recorded | Refusal | RowHasAnswers,
    *,
    typed: bool = False,
) -> Reply:
    """What the person sees after an answer.

    A typed answer leaves its quiet line in the question above; a button's question turns into
    the next one, so the line goes to its head.
    """
    match outcome:
        case Recorded(after, line) if after.sheet.has(slot) or not after.sheet.is_open(slot):
            notice = "" if typed else line
            return Reply(await ask_next(visit, after, slot, notice), quiet=line)
        case Recorded(after):
            return Reply(await ask(visit, after, slot))
        case Refusal(text):
            return Reply(await ask(visit, filling, slot, f"⚠️ {q(text)}"))
        case RowHasAnswers(head, text):
            await ask(visit, filling, slot)
            return Reply(clearing_screen(filling, head, text))


async def ask_whose(
    visit: Visit, filling: Filling, slot: Slot, typed: str, message_id: int
) -> Reply:
    """The answer changed while this person was typing: both values are shown, nothing is lost."""
    draft = json.dumps([message_id, typed], ensure_ascii=False)
    prompt = Prompt("answer", filling.report.id, slot, filling.revision(slot), draft)
    await prompts.put(visit.tx, visit.chat_id, prompt)
    return Reply(conflict_screen(filling, slot, typed))


def drafted(prompt: Prompt) -> tuple[int, str]:
    """The message that waits for a decision, and its text."""
    message_id, text = json.loads(prompt.draft or '[0, ""]')
    return message_id, text


async def present(visit: Visit, notice: str = "") -> Screen | None:
    """The screen that this chat should show now; None when no report is at hand in it."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or not (prompt.purpose == "look" or prompt.purpose in prompts.OF_FORM):
        return None
    try:
        filling = await own_filling(visit, prompt.report_id)
    except ForPerson:  # of a school that one has left, or gone
        await prompts.put(visit.tx, visit.chat_id, None)
        return None
    try:
        return await _waiting(visit, filling, prompt, notice)
    except ForPerson as error:
        return await show_card(visit, filling, f"{notice}\n{q(error.text)}".strip())


async def _waiting(visit: Visit, filling: Filling, prompt: Prompt, notice: str) -> Screen:
    """The request that is open; the card when it no longer makes sense."""
    slot = prompt.slot
    match prompt.purpose:
        case "add_classes" | "mend_class":
            return await classes.ask_for_class(visit, filling, slot.class_id, notice)
        case "add_subjects":
            return await classes.show_class(visit, filling, slot.class_id, notice)
    if prompt.purpose in ("look", "ask_time") or lock_reason(visit, filling.report):
        return await show_card(visit, filling, notice)
    if prompt.purpose == "comment":
        return await ask_comment(visit, filling, prompt.draft or "", notice)
    if not filling.sheet.is_open(slot):
        return await show_card(visit, filling, notice)
    if prompt.draft is not None:
        return conflict_screen(filling, slot, drafted(prompt)[1], notice)
    return await ask(visit, filling, slot, notice)
