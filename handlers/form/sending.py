"""Routes of the review: doubts and sending."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.errors import Outdated
from handlers.form import review
from handlers.form.flow import ask_next, show_card
from handlers.form.locks import editable, own_filling
from handlers.form.review import DoubtTap
from handlers.screen import Reply
from handlers.visit import Visit
from storage import doubts

router = Router(name=__name__)


@router.callback_query(DoubtTap.filter())
async def doubt_tap(_: CallbackQuery, callback_data: DoubtTap, visit: Visit) -> Reply:
    filling = await editable(visit, callback_data.report)
    if filling.sheet.gaps or filling.to_mend:
        return Reply(await ask_next(visit, filling, None))
    assert visit.person is not None
    waiting = (await review.open_doubts(visit, filling))[0]
    if callback_data.act == "send":
        report = filling.report
        if report.status == "submitted" and not report.has_unsent_changes:
            return Reply(await show_card(visit, filling), toast="Отчёт уже отправлен")
        unseen = review.whole_mark(filling, waiting) != callback_data.mark
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
