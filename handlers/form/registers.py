"""Routes of the school's classes."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.errors import Outdated
from handlers.form import classes as views
from handlers.form.classes import ClassTap
from handlers.form.flow import record
from handlers.form.locks import lock_reason, own_filling, own_register
from handlers.screen import Reply
from handlers.visit import Visit
from passport.register import ClassCard
from passport.values import Slot
from storage import class_cards, classes
from storage.reports import Filling

router = Router(name=__name__)


@router.callback_query(ClassTap.filter())
async def class_tap(_: CallbackQuery, callback_data: ClassTap, visit: Visit) -> Reply:
    filling = await own_register(visit, callback_data.report)
    class_id = callback_data.class_id
    report = filling.report
    assert visit.person is not None
    by = visit.person.id
    match callback_data.act:
        case "list":
            return Reply(await views.show_classes(visit, filling))
        case "add":
            return Reply(await views.ask_for_class(visit, filling))
        case "grow":
            drafts = views.grown(await views.last_year(visit, filling))
            await class_cards.add(visit.tx, report.school, report.year, drafts, by)
            after = await own_filling(visit, report.id)
            return Reply(await views.show_classes(visit, after, "✅ Записано. Всё верно?"))
    one = await views.own_class(visit, filling, class_id)
    match callback_data.act:
        case "show":
            return Reply(await views.show_class(visit, filling, class_id))
        case "mend":
            return Reply(await views.ask_for_class(visit, filling, class_id))
        case "drop":
            if callback_data.subject_id not in {subject.id for subject in one.subjects}:
                raise Outdated
            card = await _card(visit, class_id)
            await class_cards.drop_subject(visit.tx, card, callback_data.subject_id, by)
            mark = Slot("r2", class_id, callback_data.subject_id)
            notice = await _drop_mark(visit, filling, mark)
            after = await own_filling(visit, report.id)
            return Reply(await views.show_class(visit, after, class_id, notice))
        case "close":
            answered = await classes.has_answers(visit.tx, class_id)
            return Reply(views.closing_screen(filling, one, answered=answered))
        case "closed":
            await class_cards.close(visit.tx, await _card(visit, class_id), by)
            return Reply(await views.show_classes(visit, filling, "Класс закрыт."))
    raise Outdated


async def _card(visit: Visit, class_id: int) -> ClassCard:
    """Of a class that is known to be there."""
    card = await class_cards.get(visit.tx, class_id)
    assert card is not None
    return card


async def _drop_mark(visit: Visit, filling: Filling, slot: Slot) -> str:
    """A subject's mark leaves this report with it; in other reports it stays."""
    if slot not in filling.sheet.answers:
        return "Предмет убран."
    if lock_reason(visit, filling.report) is not None:
        return "Предмет убран. В этом отчёте его балл остался: отчёт уже не меняется."
    await record(visit, filling, slot, None)
    return "Предмет и его балл убраны из этого отчёта."
