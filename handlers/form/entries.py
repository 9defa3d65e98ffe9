"""Typed lines that are not answers of the form: classes, subjects, comments to doubts."""

from handlers.errors import ForPerson
from handlers.form import classes as views
from handlers.form.flow import Recorded, ask, ask_next, record
from handlers.form.locks import lock_reason, own_filling, own_register
from handlers.form.question import short
from handlers.form.review import ask_comment, open_doubts, show_review
from handlers.screen import Reply
from handlers.visit import Visit
from handlers.words import q
from passport.parsing import (
    clean_line,
    has_contact,
    looks_like_person,
    parse_classes,
    parse_subjects,
)
from passport.parsing.subjects import SubjectList
from passport.register import ClassDraft
from passport.values import Number, Pending, Refusal, Slot
from storage import class_cards, classes, doubts, prompts
from storage.prompts import Given, Prompt
from storage.reports import Filling

LONGEST_COMMENT = 500


async def comment(visit: Visit, filling: Filling, prompt: Prompt, text: str) -> Reply:
    """A sentence to the methodist about one doubt."""
    assert visit.person is not None
    said = " ".join(clean_line(text).split())
    wrong = wrong_comment(said)
    if wrong:
        return Reply(await ask_comment(visit, filling, prompt.draft or "", f"⚠️ {wrong}"))
    waiting, quiet = await open_doubts(visit, filling)
    for doubt in [*waiting, *quiet]:
        if doubt.key == prompt.draft:
            await doubts.settle(visit.tx, filling.report.id, doubt, said, visit.person.id)
            line = f"💬 {q(doubt.text)}\n{q(said)}"
            return Reply(await show_review(visit, filling), quiet=line)
    return Reply(await show_review(visit, filling, "Этого вопроса уже нет: числа изменились."))


def wrong_comment(said: str) -> str:
    """What keeps a comment from being taken; empty when nothing does."""
    contact = has_contact(said)
    if contact or looks_like_person(said):
        return (
            f"Похоже, в пояснении личные данные: {contact or 'фамилия'}. "
            "Напишите без них. Например: итоги прошлогодней олимпиады"
        )
    if len(said) > LONGEST_COMMENT:
        return f"Пояснение длиннее {LONGEST_COMMENT} знаков. Сократите его до одной-двух фраз."
    if sum(sign.isalpha() for sign in said) < 2:
        return "Напишите словами. Например: итоги прошлогодней олимпиады"
    return ""


async def first_classes(visit: Visit, filling: Filling, text: str, message_id: int) -> Reply:
    """The answer to «какие классы есть»: asked once, at a school's first report of a year."""
    parsed = parse_classes(text)
    slot = Slot("classes")
    await prompts.remember(visit.tx, visit.chat_id, message_id, Given(filling.report.id, slot))
    if isinstance(parsed, Refusal):
        return Reply(await ask(visit, filling, slot, f"⚠️ {q(parsed.text)}"))
    if not parsed.classes:
        return Reply(await ask(visit, filling, slot, problem_lines(parsed.problems)))
    report = filling.report
    assert visit.person is not None
    by = visit.person.id
    await class_cards.add(visit.tx, report.school, report.year, parsed.classes, by)
    after = await own_filling(visit, report.id)
    line = "✅ Классы: " + q(", ".join(one.full_name for one in after.sheet.classes))
    if parsed.problems:
        notice = problem_lines(parsed.problems)
        return Reply(await views.ask_for_class(visit, after, notice=notice), quiet=line)
    return Reply(await ask_next(visit, after, None), quiet=line)


async def first_subjects(
    visit: Visit, filling: Filling, slot: Slot, text: str, message_id: int
) -> Reply:
    """The answer to «какие предметы»: asked once a class; marks may come along."""
    parsed = parse_subjects(text)
    await prompts.remember(visit.tx, visit.chat_id, message_id, Given(filling.report.id, slot))
    if isinstance(parsed, Refusal):
        return Reply(await ask(visit, filling, slot, f"⚠️ {q(parsed.text)}"))
    if not parsed.lines:
        return Reply(await ask(visit, filling, slot, problem_lines(parsed.problems)))
    after, line = await _add_subjects(visit, filling, slot.class_id, parsed)
    if parsed.problems:
        notice = problem_lines(parsed.problems)
        return Reply(await views.show_class(visit, after, slot.class_id, notice), quiet=line)
    return Reply(await ask_next(visit, after, None), quiet=line)


async def subject_lines(visit: Visit, filling: Filling, class_id: int, text: str) -> Reply:
    """Subjects that are added later, on the screen of their class."""
    await own_register(visit, filling.report.id)
    await views.own_class(visit, filling, class_id)
    parsed = parse_subjects(text)
    if isinstance(parsed, Refusal):
        notice = f"⚠️ {q(parsed.text)}"
        return Reply(await views.show_class(visit, filling, class_id, notice))
    notice, after = "", filling
    if parsed.lines:
        after, notice = await _add_subjects(visit, filling, class_id, parsed)
    notice = f"{notice}\n{problem_lines(parsed.problems)}".strip()
    return Reply(await views.show_class(visit, after, class_id, notice))


async def _add_subjects(
    visit: Visit, filling: Filling, class_id: int, parsed: SubjectList
) -> tuple[Filling, str]:
    """Registers subjects, records the marks that came along; the report after it, and a line."""
    names = [line.name for line in parsed.lines]
    card = await class_cards.get(visit.tx, class_id)
    assert card is not None
    assert visit.person is not None
    ids = await class_cards.add_subjects(visit.tx, card, names, visit.person.id)
    after = await own_filling(visit, filling.report.id)
    line = f"✅ {q(short(after.sheet, Slot('r2.subjects', class_id)))}: {q(', '.join(names))}"
    locked = lock_reason(visit, after.report) is not None
    for one in parsed.lines:
        slot = Slot("r2", class_id, ids[one.name])
        if one.average is None or locked or not after.sheet.is_open(slot):
            continue
        outcome = await record(visit, after, slot, Number(one.average))
        if isinstance(outcome, Recorded):
            after, line = outcome.filling, f"{line}\n{outcome.line}"
    return after, line


async def class_lines(visit: Visit, filling: Filling, prompt: Prompt, text: str) -> Reply:
    """New classes, or the mended name of one."""
    await own_register(visit, filling.report.id)
    class_id = prompt.slot.class_id
    parsed = parse_classes(text)
    if isinstance(parsed, Refusal):
        notice = f"⚠️ {q(parsed.text)}"
        return Reply(await views.ask_for_class(visit, filling, class_id, notice))
    problems = problem_lines(parsed.problems)
    if not parsed.classes:
        return Reply(await views.ask_for_class(visit, filling, class_id, problems))
    if class_id:
        if len(parsed.classes) > 1 or problems:
            notice = "⚠️ Напишите один класс одной строкой, например: 10 А медицинская"
            return Reply(await views.ask_for_class(visit, filling, class_id, notice))
        return await _mend_class(visit, filling, class_id, parsed.classes[0])
    report = filling.report
    assert visit.person is not None
    by = visit.person.id
    added = await class_cards.add(visit.tx, report.school, report.year, parsed.classes, by)
    notice = "✅ Записано." if added else "Такой класс уже есть в списке."
    if problems:
        return Reply(await views.ask_for_class(visit, filling, 0, f"{notice}\n{problems}"))
    return Reply(await views.show_classes(visit, filling, notice))


async def _mend_class(visit: Visit, filling: Filling, class_id: int, draft: ClassDraft) -> Reply:
    await views.own_class(visit, filling, class_id)
    known = await classes.register(visit.tx, filling.report.school, filling.report.year)
    for one in known.open:
        if classes.class_key(one) == classes.class_key(draft) and one.id != class_id:
            raise ForPerson(
                "Такой класс уже есть в списке. Напишите другую букву, например: 10 Б медицинская"
            )
    if await classes.is_accepted(visit.tx, class_id):
        raise ForPerson(
            "Этот класс стоит в принятом отчёте, его описание уже не меняется. Если в нём ошибка, "
            "попросите методиста ИМЦ открыть отчёт."
        )
    await classes.rename(visit.tx, class_id, draft)
    after = await own_filling(visit, filling.report.id)
    return Reply(await views.show_class(visit, after, class_id, "✅ Исправлено."))


def problem_lines(problems: tuple[Pending, ...]) -> str:
    """Lines that were not understood, each with what to do about it; HTML."""
    return "\n".join(f"⚠️ {q(one.line[:80])}: {q(one.why)}" for one in problems[:5])
