"""Typed messages: which question they answer, what they say, and what an edit corrects."""

from handlers.errors import Forbidden, Locked, Outdated
from handlers.form import classes as class_views
from handlers.form.card import card_screen
from handlers.form.flow import (
    Recorded,
    ask,
    ask_next,
    ask_whose,
    go_on,
    present,
    record,
    show_card,
)
from handlers.form.locks import editable, lock_reason, own_filling
from handlers.form.question import short
from handlers.form.review import ask_comment, open_doubts, show_review
from handlers.screen import Reply
from handlers.visit import Visit
from handlers.words import q, value_text
from passport.form import Question
from passport.merge import merge
from passport.parsing import (
    has_contact,
    looks_like_person,
    parse_average,
    parse_classes,
    parse_count,
    parse_named,
    parse_subjects,
)
from passport.register import ClassDraft
from passport.values import Named, Nothing, Number, Pending, Refusal, Slot, Value
from storage import classes, doubts, prompts
from storage.prompts import Given, Prompt
from storage.reports import Filling

LONGEST_COMMENT = 500


async def typed(visit: Visit, message_id: int, text: str) -> Reply | None:
    """A text message of a coordinator; None when no question waits for one."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None:
        return None
    if visit.live is not None and message_id < visit.live:
        # Written before the question was on the screen: taking it for an answer would be a guess.
        notice = "Это сообщение пришло раньше вопроса, я его не записал. Ответьте ещё раз:"
        return Reply(await present(visit, f"⚠️ {notice}"), burst=True)
    filling = await own_filling(visit, prompt.report_id)
    reason = lock_reason(visit, filling.report)
    if reason is not None:
        return Reply(await show_card(visit, filling, f"⚠️ {q(reason)}"))
    match prompt.purpose:
        case "comment":
            return await _comment(visit, filling, prompt, text)
        case "add_classes" | "mend_class":
            return await _class_line(visit, filling, prompt, text)
        case "add_subjects":
            return await _subject_lines(visit, filling, prompt.slot.class_id, text)
        case "answer":
            return await _answer(visit, filling, prompt, message_id, text)


async def _answer(
    visit: Visit, filling: Filling, prompt: Prompt, message_id: int, text: str
) -> Reply:
    slot = prompt.slot
    if not filling.sheet.is_open(slot):
        return Reply(await present(visit, "Этот вопрос уже не нужен. Вот что сейчас."))
    if filling.revision(slot) != prompt.revision and not has_contact(text):
        return await ask_whose(visit, filling, slot, text)
    return await take(visit, filling, slot, text, message_id)


async def take(
    visit: Visit, filling: Filling, slot: Slot, text: str, message_id: int | None = None
) -> Reply:
    """Reads a text as the answer to a slot and records it. ``message_id`` gave it, if any."""
    question = filling.sheet.form.question(slot.question)
    if question.kind == "classes":
        return await _first_classes(visit, filling, text)
    if question.kind == "subjects":
        return await _first_subjects(visit, filling, slot, text)
    value = read(question, text)
    if isinstance(value, Refusal):
        if message_id is not None:
            given = Given(filling.report.id, slot)
            await prompts.remember(visit.tx, visit.chat_id, message_id, given)
        return Reply(await ask(visit, filling, slot, f"⚠️ {q(value.text)}"))
    names = tuple(item.name for item in value.items) if isinstance(value, Named) else ()
    target, value = _with_what_is_there(filling, slot, value)
    outcome = await record(visit, filling, target, value)
    if isinstance(outcome, Recorded) and message_id is not None:
        revision = outcome.filling.revision(target)
        given = Given(filling.report.id, target, revision, names)
        await prompts.remember(visit.tx, visit.chat_id, message_id, given)
    return await go_on(visit, filling, target, outcome, typed=message_id is not None)


def read(question: Question, text: str) -> Value | Refusal:
    """A typed text as a value of a question's kind."""
    match question.kind:
        case "average":
            value = parse_average(text, question.example)
            if isinstance(value, Nothing):
                return Refusal("Если балла нет, выберите причину кнопкой под вопросом.")
            return value
        case "named":
            return parse_named(text)
        case _:
            return parse_count(text, question.example, question.unit)


def _with_what_is_there(filling: Filling, slot: Slot, value: Value) -> tuple[Slot, Value]:
    """A further message to a list adds to it; a bare number beside named items is their total."""
    old = filling.sheet.answers.get(slot)
    if not isinstance(old, Named) or not (old.items or old.pending):
        return slot, value
    if isinstance(value, Named):
        return slot, merge(old, value)
    if not isinstance(value, Number):
        return slot, value
    unread = [one for one in old.pending if not one.person]
    if len(unread) == 1:  # the number that the line lacked
        mended = parse_named(f"{unread[0].line} – {value.value}")
        if isinstance(mended, Named):
            return slot, merge(old, mended)
    if not old.pending and len(old.items) > 1:
        return Slot(f"{slot.question}.total"), value
    return slot, value


async def edited(visit: Visit, message_id: int, text: str) -> Reply | None:
    """An edited message corrects the answer that it gave; None when it gave none."""
    given = await prompts.given_by(visit.tx, visit.chat_id, message_id)
    if given is None:
        return None
    try:
        filling = await editable(visit, given.report_id)
    except (Locked, Outdated, Forbidden) as refused:
        return Reply(await present(visit, f"⚠️ {q(refused.text)}"))
    slot = given.slot
    sheet = filling.sheet
    if given.revision == 0:
        return await _second_try(visit, filling, given, message_id, text)
    old = sheet.answers.get(slot)
    value = read(sheet.form.question(slot.question), text)
    if isinstance(value, Refusal):
        kept = value_text(old, sheet.form.question(slot.question).unit)
        notice = f"⚠️ {q(value.text)}\nПока остаётся: {q(short(sheet, slot))} – {kept}."
        return Reply(await present(visit, notice) or card_screen(visit, filling, notice))
    names = tuple(item.name for item in value.items) if isinstance(value, Named) else ()
    if isinstance(old, Named) and isinstance(value, Named):
        value = merge(old, value, given.names, keep_pending=True)
    elif filling.revision(slot) != given.revision:
        return await ask_whose(visit, filling, slot, text)
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


async def _second_try(
    visit: Visit, filling: Filling, given: Given, message_id: int, text: str
) -> Reply:
    """A message that was refused and is mended now: an answer, if the question is still open."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    waits = prompt is not None and prompt.purpose == "answer" and prompt.slot == given.slot
    if not waits or filling.revision(given.slot) or not filling.sheet.is_open(given.slot):
        notice = "На этот вопрос уже есть ответ. Изменить его можно из отчёта."
        return Reply(await present(visit, notice) or await show_card(visit, filling, notice))
    return await take(visit, filling, given.slot, text, message_id)


async def _comment(visit: Visit, filling: Filling, prompt: Prompt, text: str) -> Reply:
    assert visit.person is not None
    comment = " ".join(text.split())
    contact = has_contact(comment)
    if contact or looks_like_person(comment):
        what = contact or "фамилия"
        notice = f"⚠️ Похоже, в комментарии {what}. Напишите без личных данных."
        return Reply(await ask_comment(visit, filling, prompt.draft or "", notice))
    if len(comment) > LONGEST_COMMENT:
        notice = f"⚠️ Комментарий длиннее {LONGEST_COMMENT} знаков. Напишите одной-двумя фразами."
        return Reply(await ask_comment(visit, filling, prompt.draft or "", notice))
    waiting, quiet = await open_doubts(visit, filling)
    for doubt in [*waiting, *quiet]:
        if doubt.key == prompt.draft:
            await doubts.settle(visit.tx, filling.report.id, doubt, comment, visit.person.id)
            line = f"💬 {q(doubt.text)}\n{q(comment)}"
            return Reply(await show_review(visit, filling), quiet=line)
    return Reply(await show_review(visit, filling, "Этого вопроса уже нет: числа изменились."))


async def _first_classes(visit: Visit, filling: Filling, text: str) -> Reply:
    parsed = parse_classes(text)
    slot = Slot("classes")
    if isinstance(parsed, Refusal):
        return Reply(await ask(visit, filling, slot, f"⚠️ {q(parsed.text)}"))
    if not parsed.classes:
        return Reply(await ask(visit, filling, slot, _problems(parsed.problems)))
    report = filling.report
    await classes.add(visit.tx, report.school, report.year, parsed.classes)
    after = await own_filling(visit, report.id)
    line = "✅ Классы: " + q(", ".join(one.full_name for one in after.sheet.classes))
    if parsed.problems:
        notice = _problems(parsed.problems)
        return Reply(await class_views.ask_for_class(visit, after, notice=notice), quiet=line)
    return Reply(await ask_next(visit, after, None), quiet=line)


async def _first_subjects(visit: Visit, filling: Filling, slot: Slot, text: str) -> Reply:
    parsed = parse_subjects(text)
    if isinstance(parsed, Refusal):
        return Reply(await ask(visit, filling, slot, f"⚠️ {q(parsed.text)}"))
    if not parsed.lines:
        return Reply(await ask(visit, filling, slot, _problems(parsed.problems)))
    names = [line.name for line in parsed.lines]
    ids = await classes.add_subjects(visit.tx, slot.class_id, names)
    after = await own_filling(visit, filling.report.id)
    line = f"✅ {q(short(filling.sheet, slot))}: {q(', '.join(names))}"
    for one in parsed.lines:
        if one.average is not None:
            mark = Slot("r2", slot.class_id, ids[one.name])
            outcome = await record(visit, after, mark, Number(one.average))
            if isinstance(outcome, Recorded):
                after, line = outcome.filling, f"{line}\n{outcome.line}"
    return Reply(await ask_next(visit, after, None, _problems(parsed.problems)), quiet=line)


async def _class_line(visit: Visit, filling: Filling, prompt: Prompt, text: str) -> Reply:
    class_id = prompt.slot.class_id
    parsed = parse_classes(text)
    if isinstance(parsed, Refusal):
        notice = f"⚠️ {q(parsed.text)}"
        return Reply(await class_views.ask_for_class(visit, filling, class_id, notice))
    report = filling.report
    if not parsed.classes:
        notice = _problems(parsed.problems)
        return Reply(await class_views.ask_for_class(visit, filling, class_id, notice))
    if class_id:
        return await _mend_class(visit, filling, class_id, parsed.classes[0])
    added = await classes.add(visit.tx, report.school, report.year, parsed.classes)
    notice = "✅ Записано." if added else "Такой класс уже есть в списке."
    if parsed.problems:
        notice += "\n" + _problems(parsed.problems)
    return Reply(await class_views.show_classes(visit, filling, notice))


async def _mend_class(visit: Visit, filling: Filling, class_id: int, draft: ClassDraft) -> Reply:
    await class_views.own_class(visit, filling, class_id)
    known = await classes.register(visit.tx, filling.report.school, filling.report.year)
    for one in known.open:
        same = (one.grade, one.letter, one.kind) == (draft.grade, draft.letter, draft.kind)
        if same and one.id != class_id:
            notice = "⚠️ Такой класс уже есть в списке. Напишите другую букву."
            return Reply(await class_views.ask_for_class(visit, filling, class_id, notice))
    await classes.rename(visit.tx, class_id, draft)
    return Reply(await class_views.show_class(visit, filling, class_id, "✅ Исправлено."))


async def _subject_lines(visit: Visit, filling: Filling, class_id: int, text: str) -> Reply:
    await class_views.own_class(visit, filling, class_id)
    parsed = parse_subjects(text)
    if isinstance(parsed, Refusal):
        notice = f"⚠️ {q(parsed.text)}"
        return Reply(await class_views.show_class(visit, filling, class_id, notice))
    names = [line.name for line in parsed.lines]
    await classes.add_subjects(visit.tx, class_id, names)
    notice = "✅ Добавлено: " + q(", ".join(names)) if names else ""
    if parsed.problems:
        notice = f"{notice}\n{_problems(parsed.problems)}".strip()
    return Reply(await class_views.show_class(visit, filling, class_id, notice))


def _problems(problems: tuple[Pending, ...]) -> str:
    return "\n".join(f"⚠️ {q(one.line[:80])}: {q(one.why)}" for one in problems[:5])
