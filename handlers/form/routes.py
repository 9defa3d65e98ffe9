"""Routes of the form: messages and buttons of coordinators."""

from decimal import Decimal

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.access import COORDINATOR, Only
from handlers.errors import Outdated
from handlers.filters import Edited, PlainText
from handlers.form import classes as class_views
from handlers.form import periods, review, typed
from handlers.form.callbacks import CardTap, GoTap, ListTap, PeriodTap, Tap
from handlers.form.card import section_screen
from handlers.form.classes import ClassTap
from handlers.form.flow import ask, ask_next, go_on, present, record, show_card
from handlers.form.locks import editable, lock_reason, own_filling
from handlers.form.question import removal_screen
from handlers.form.review import DoubtTap
from handlers.screen import FormFile, Note, Reply, Screen
from handlers.visit import Visit
from passport.merge import accept_titles, merge, without
from passport.parsing import parse_named
from passport.values import Named, NotApplicable, Nothing, Number, Slot, Value
from storage import classes, doubts, prompts
from storage.reports import Filling

router = Router(name=__name__)
router.message.filter(Only(COORDINATOR))
router.edited_message.filter(Only(COORDINATOR))
router.callback_query.filter(Only(COORDINATOR))


@router.message(Command("form"))
async def form_command(_: Message, visit: Visit) -> Reply:
    return await periods.due(visit)


@router.message(Command("reports"))
async def reports_command(_: Message, visit: Visit) -> Reply:
    return Reply(await periods.show_list(visit))


@router.message(Command("school"))
async def school_command(_: Message, visit: Visit) -> Reply:
    return await periods.school(visit)


@router.message(Command("export"))
async def export_command(_: Message, visit: Visit) -> Reply:
    assert visit.person is not None
    assert visit.person.school is not None
    year = visit.passport.calendar.current(visit.now)[0]
    file = FormFile(visit.person.school, year)
    return Reply(await present(visit), notes=(Note("Форма школы за этот учебный год.", file),))


@router.callback_query(GoTap.filter())
async def go_tap(_: CallbackQuery, callback_data: GoTap, visit: Visit) -> Reply:
    if callback_data.to == "form":
        return await periods.due(visit)
    return Reply(await periods.show_list(visit))


@router.callback_query(PeriodTap.filter())
async def period_tap(_: CallbackQuery, callback_data: PeriodTap, visit: Visit) -> Reply:
    return await periods.open_period(visit, callback_data.year, callback_data.period)


@router.callback_query(ListTap.filter())
async def list_tap(_: CallbackQuery, callback_data: ListTap, visit: Visit) -> Reply:
    if callback_data.year not in {year.key for year in visit.passport.calendar.years}:
        raise Outdated
    return Reply(await periods.show_list(visit, year=callback_data.year))


@router.callback_query(CardTap.filter())
async def card_tap(_: CallbackQuery, callback_data: CardTap, visit: Visit) -> Reply:
    filling = await own_filling(visit, callback_data.report)
    report, sheet = filling.report, filling.sheet
    reason = lock_reason(visit, report)
    match callback_data.act:
        case "card":
            return Reply(await show_card(visit, filling))
        case "list":
            return Reply(await periods.show_list(visit))
        case "excel":
            file = FormFile(report.school, report.year)
            note = Note("Заполненная форма за учебный год.", file)
            return Reply(await show_card(visit, filling), notes=(note,))
        case "part":
            section = sheet.form.section(callback_data.arg)
            gaps = [slot for slot in sheet.section_slots(section.key) if slot in sheet.gaps]
            if gaps and reason is None:
                return Reply(await ask(visit, filling, gaps[0]))
            await prompts.put(visit.tx, visit.chat_id, None)
            return Reply(section_screen(filling, section, locked=reason is not None))
    filling = await editable(visit, callback_data.report)
    match callback_data.act:
        case "next":
            return Reply(await ask_next(visit, filling, None))
        case "review" if not sheet.gaps:
            return Reply(await review.show_review(visit, filling))
        case "review":
            return Reply(await ask_next(visit, filling, None))
        case "classes":
            return Reply(await class_views.show_classes(visit, filling))
        case "subjects":
            return Reply(await class_views.show_class(visit, filling, int(callback_data.arg)))
    raise Outdated


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
    value: Value | None
    match act:
        case "ask" | "keep":
            return Reply(await ask(visit, filling, slot))
        case "next":
            return Reply(await ask_next(visit, filling, slot))
        case "pick":
            return Reply(removal_screen(filling, slot))
        case "mine":
            prompt = await prompts.get(visit.tx, visit.chat_id)
            if prompt is None or prompt.draft is None or prompt.slot != slot:
                raise Outdated
            return await typed.take(visit, filling, slot, prompt.draft)
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
        case _:
            value = _listed(filling, slot, act)
    if value is None:
        raise Outdated
    return await go_on(visit, filling, slot, await record(visit, filling, slot, value))


def _listed(filling: Filling, slot: Slot, act: str) -> Value | None:
    """Acts on a reason or on the lines of a list; None when there is nothing to act on."""
    reasons = filling.sheet.form.question(slot.question).reasons
    number = int(act[-1]) if act[-1:].isdigit() else 0
    if act.startswith("na"):
        return NotApplicable(reasons[number]) if number < len(reasons) else None
    old = filling.sheet.answers.get(slot)
    if not isinstance(old, Named):
        return None
    if act == "drop":
        return Named(old.items)
    if act == "title":
        lines = [one.line for one in old.pending if one.person]
        parsed = parse_named("\n".join(lines), accept=lines)
        return accept_titles(old, merge(None, parsed)) if isinstance(parsed, Named) else None
    if act.startswith("del") and act[3:].isdigit() and int(act[3:]) < len(old.items):
        return without(old, int(act[3:]))
    return None


async def _move(visit: Visit, filling: Filling, slot: Slot, *, back: bool) -> Screen:
    """«Назад»: the question before this one; «Позже»: the next gap, or the card if it is alone."""
    sheet = filling.sheet
    if back:
        before = sheet.before(slot)
        if before is None:
            return await show_card(visit, filling)
        return await ask(visit, filling, before)
    gap = sheet.next_gap(slot)
    if gap is None or gap == slot:
        return await show_card(visit, filling)
    return await ask(visit, filling, gap)


@router.callback_query(DoubtTap.filter())
async def doubt_tap(_: CallbackQuery, callback_data: DoubtTap, visit: Visit) -> Reply:
    filling = await editable(visit, callback_data.report)
    if filling.sheet.gaps:
        return Reply(await ask_next(visit, filling, None))
    assert visit.person is not None
    waiting = (await review.open_doubts(visit, filling))[0]
    if callback_data.act == "send":
        report = filling.report
        if report.status == "submitted" and not report.has_unsent_changes:
            return Reply(await show_card(visit, filling), toast="Отчёт уже отправлен")
        unseen = review.mark(*waiting) != callback_data.mark
        if unseen or any(doubt.severity == "comment" for doubt in waiting):
            notice = "Пока вы смотрели, числа изменились. Проверьте ещё раз."
            return Reply(await review.show_review(visit, filling, notice))
        for one in waiting:
            await doubts.settle(visit.tx, report.id, one, "", visit.person.id)
        notes = await review.send(visit, filling)
        after = await own_filling(visit, report.id)
        return Reply(await show_card(visit, after), notes=notes)
    doubt = next((one for one in waiting if one.key == callback_data.doubt), None)
    if doubt is None or review.mark(doubt) != callback_data.mark:
        return Reply(await review.show_review(visit, filling), toast="Этот вопрос уже снят")
    if callback_data.act == "say":
        return Reply(await review.ask_comment(visit, filling, doubt.key))
    if callback_data.act == "yes" and doubt.severity == "soft":
        await doubts.settle(visit.tx, filling.report.id, doubt, "", visit.person.id)
        return Reply(await review.show_review(visit, filling))
    raise Outdated


@router.callback_query(ClassTap.filter())
async def class_tap(_: CallbackQuery, callback_data: ClassTap, visit: Visit) -> Reply:
    filling = await editable(visit, callback_data.report)
    class_id = callback_data.class_id
    report = filling.report
    match callback_data.act:
        case "list":
            return Reply(await class_views.show_classes(visit, filling))
        case "add":
            return Reply(await class_views.ask_for_class(visit, filling))
        case "grow":
            drafts = class_views.grown(await class_views.last_year(visit, filling))
            await classes.add(visit.tx, report.school, report.year, drafts)
            after = await own_filling(visit, report.id)
            return Reply(await class_views.show_classes(visit, after, "✅ Записано. Всё верно?"))
    one = await class_views.own_class(visit, filling, class_id)
    match callback_data.act:
        case "show":
            return Reply(await class_views.show_class(visit, filling, class_id))
        case "mend":
            return Reply(await class_views.ask_for_class(visit, filling, class_id))
        case "drop":
            if callback_data.subject_id not in {subject.id for subject in one.subjects}:
                raise Outdated
            await classes.drop_subject(visit.tx, callback_data.subject_id)
            return Reply(await class_views.show_class(visit, filling, class_id))
        case "close":
            answered = await classes.has_answers(visit.tx, class_id)
            return Reply(class_views.closing_screen(filling, one, answered=answered))
        case "closed":
            await classes.close(visit.tx, class_id)
            return Reply(await class_views.show_classes(visit, filling, "Класс закрыт."))
    raise Outdated


@router.message(PlainText())
async def text_message(message: Message, visit: Visit, text: str) -> Reply:
    reply = await typed.typed(visit, message.message_id, text)
    if reply is not None:
        return reply
    return await periods.due(visit, "Чтобы ответить, выберите вопрос в отчёте.")


@router.edited_message(Edited())
async def edited_message(message: Message, visit: Visit, text: str) -> Reply:
    reply = await typed.edited(visit, message.message_id, text)
    if reply is not None:
        return reply
    notice = "Это сообщение не было ответом: в отчёте ничего не изменилось."
    return Reply(await present(visit, notice), toast="") if await present(visit) else Reply()
