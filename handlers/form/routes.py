"""Routes to reports: commands, the list, the card."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.errors import Outdated
from handlers.filters import EXPORT, Said
from handlers.form import classes as class_views
from handlers.form import more_time, periods, review
from handlers.form.callbacks import BeginTap, CardTap, GoTap, ListTap, PeriodTap, TimeTap
from handlers.form.card import section_screen
from handlers.form.files import file_of
from handlers.form.flow import ask, ask_next, present, show_card
from handlers.form.locks import editable, lock_reason, own_filling, own_register
from handlers.screen import FormFile, Note, Reply
from handlers.visit import Visit
from passport.values import Slot
from storage import prompts
from storage.prompts import Prompt

router = Router(name=__name__)
# What begins with «my school»: of coordinators only.
own = Router(name=f"{__name__}.own")
own.message.filter(May("own reports"))
own.callback_query.filter(May("own reports"))


@own.message(Command("form"))
async def form_command(_: Message, visit: Visit) -> Reply:
    return await periods.due(visit)


@own.message(Command("reports"))
async def reports_command(_: Message, visit: Visit) -> Reply:
    return Reply(await periods.show_list(visit))


@own.message(Said(EXPORT))
@own.message(Command("export"))
async def export_command(_: Message, visit: Visit) -> Reply:
    assert visit.person is not None
    assert visit.person.school is not None
    year = visit.calendar.current(visit.now)[0]
    file = FormFile(visit.person.school, year)
    return Reply(await present(visit), notes=(Note("Форма школы за этот учебный год.", file),))


@own.callback_query(GoTap.filter())
async def go_tap(_: CallbackQuery, callback_data: GoTap, visit: Visit) -> Reply:
    if callback_data.to == "form":
        return await periods.due(visit)
    return Reply(await periods.show_list(visit))


@own.callback_query(ListTap.filter())
async def list_tap(_: CallbackQuery, callback_data: ListTap, visit: Visit) -> Reply:
    if callback_data.year not in {year.key for year in visit.calendar.years}:
        raise Outdated
    return Reply(await periods.show_list(visit, year=callback_data.year))


@own.callback_query(TimeTap.filter())
async def more_time_tap(_: CallbackQuery, callback_data: TimeTap, visit: Visit) -> Reply:
    return await more_time.route(visit, callback_data)


@own.callback_query(BeginTap.filter())
async def begin_tap(_: CallbackQuery, callback_data: BeginTap, visit: Visit) -> Reply:
    """Under a message that came by itself."""
    data = callback_data
    match data.act:
        case "go":
            return await periods.begin(visit, data.year, data.period)
        case "tomorrow" | "monday":
            return await periods.snooze(visit, data.year, data.period, data.act)
    raise Outdated


@own.callback_query(PeriodTap.filter())
async def period_tap(_: CallbackQuery, callback_data: PeriodTap, visit: Visit) -> Reply:
    return await periods.open_period(visit, callback_data.year, callback_data.period)


@router.callback_query(CardTap.filter())
async def card_tap(_: CallbackQuery, callback_data: CardTap, visit: Visit) -> Reply:
    filling = await own_filling(visit, callback_data.report)
    report, sheet = filling.report, filling.sheet
    reason = lock_reason(visit, report)
    match callback_data.act:
        case "card":
            return Reply(await show_card(visit, filling))
        case "list" if not visit.is_staff:
            return Reply(await periods.show_list(visit))
        case "excel":
            note = Note("Заполненная форма за учебный год.", file_of(report))
            return Reply(await show_card(visit, filling), notes=(note,))
        case "part":
            section = next(
                (one for one in sheet.form.sections if one.key == callback_data.arg), None
            )
            if section is None:
                raise Outdated
            gaps = [slot for slot in sheet.section_slots(section.key) if slot in sheet.gaps]
            if gaps and reason is None:
                return Reply(await ask(visit, filling, gaps[0]))
            await prompts.put(visit.tx, visit.chat_id, Prompt("look", report.id, Slot("")))
            return Reply(section_screen(filling, section, locked=reason is not None))
    if callback_data.act in ("classes", "subjects"):
        filling = await own_register(visit, callback_data.report)
    else:
        filling = await editable(visit, callback_data.report)
    match callback_data.act:
        case "next":
            return Reply(await ask_next(visit, filling, None))
        case "review" if not (sheet.gaps or filling.to_mend):
            return Reply(await review.show_review(visit, filling))
        case "review":
            return Reply(await ask_next(visit, filling, None))
        case "classes":
            return Reply(await class_views.show_classes(visit, filling))
        case "subjects":
            class_id = int(callback_data.arg) if callback_data.arg.isdigit() else 0
            return Reply(await class_views.show_class(visit, filling, class_id))
    raise Outdated
