"""Routes of staff: commands, then one route a kind of button."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.access import May
from handlers.collect import (
    board,
    days,
    deadlines,
    decisions,
    invitations,
    journal,
    moves,
    nudges,
    report,
    requests,
    returning,
    school_list,
    schools,
    typed,
)
from handlers.collect.callbacks import (
    AnswerTimeTap,
    BoardTap,
    DateTap,
    DigestTap,
    InviteTap,
    JournalTap,
    PickTap,
    ReportTap,
    SchoolTap,
    StaffTap,
)
from handlers.errors import Outdated
from handlers.filters import PlainText
from handlers.form.files import file_of
from handlers.form.flow import show_card
from handlers.form.locks import lock_reason
from handlers.screen import Note, Reply, Screen
from handlers.tell import told
from handlers.visit import Visit
from handlers.words import q
from passport.form import EVERY_PERIOD, PeriodKey
from passport.numbers import plural
from storage import people, reports

router = Router(name=__name__)
router.message.filter(May("collect"))
router.callback_query.filter(May("collect"))
managers = Router(name=f"{__name__}.managers")
managers.message.filter(May("invite staff"))
managers.callback_query.filter(May("invite staff"))
router.include_router(managers)


@router.message(Command("reports"))
async def reports_command(_: Message, visit: Visit) -> Reply:
    return Reply(await board.show_board(visit, *board.period_at_hand(visit)))


@router.message(Command("schools"))
async def schools_command(_: Message, visit: Visit) -> Reply:
    return Reply(await schools.show_schools(visit))


@router.message(Command("deadlines"))
async def deadlines_command(_: Message, visit: Visit) -> Reply:
    return Reply(await deadlines.show_deadlines(visit))


@router.message(Command("invite"))
async def invite_command(_: Message, visit: Visit) -> Reply:
    return Reply(await invitations.show_start(visit))


@managers.message(Command("staff"))
async def staff_command(_: Message, visit: Visit) -> Reply:
    return Reply(await invitations.show_staff(visit))


@router.message(PlainText(), typed.ForStaff())
async def text_message(_: Message, visit: Visit, text: str) -> Reply:
    return await typed.typed(visit, text)


@router.callback_query(BoardTap.filter())
async def board_tap(_: CallbackQuery, callback_data: BoardTap, visit: Visit) -> Reply:
    year, period = callback_data.year, callback_data.period
    if year not in {one.key for one in visit.passport.calendar.years}:
        raise Outdated
    match callback_data.act:
        case "show" if callback_data.only in ("", *board.FILTERS):
            only, page = callback_data.only, callback_data.page
            return Reply(await board.show_board(visit, year, period, only, page=page))
        case "periods":
            return Reply(await board.show_periods(visit, year))
        case "fill":
            return Reply(await _fill(visit, callback_data.only, year, period))
        case "nudge":
            notice = await nudges.nudge_all(visit, year, period)
            return Reply(await board.show_board(visit, year, period, "owes", notice=notice))
        case "accept":
            found = await board.read(visit, year, period)
            if found.mark != callback_data.page:
                notice = "Пока вы смотрели, список изменился. Проверьте его и нажмите ещё раз."
                return Reply(await board.show_board(visit, year, period, notice=notice))
            taken = found.acceptable
            for line in taken:
                assert line.report_id is not None
                await decisions.accept(visit, await report.look(visit, line.report_id))
            noun = plural(len(taken), "отчёт", "отчёта", "отчётов")
            notice = f"✅ Принято: {len(taken)} {noun}." if taken else "Принимать пока нечего."
            return Reply(await board.show_board(visit, year, period, notice=notice))
    raise Outdated


@router.callback_query(ReportTap.filter())
async def report_tap(_: CallbackQuery, callback_data: ReportTap, visit: Visit) -> Reply:
    try:
        return await _report(callback_data, visit)
    except Outdated as refusal:
        return await _as_it_stands(visit, callback_data.report, refusal)


async def _as_it_stands(visit: Visit, report_id: int, refusal: Outdated) -> Reply:
    """One sentence above the report: what a colleague decided, or the school sent, meanwhile."""
    return Reply(await report.show_report(visit, report_id, f"⚠️ {q(refusal.text)}"))


async def _report(data: ReportTap, visit: Visit) -> Reply:
    number, id_ = data.number, data.report
    match data.act:
        case "show":
            return Reply(await report.show_report(visit, id_))
        case "part":
            return Reply(await report.show_part(visit, id_, data.arg))
        case "accept":
            looked = await decisions.decidable(visit, id_, number)
            if looked.filling.report.unsent:
                return Reply(report.unsent_screen(visit, looked))
            return await _accepted(visit, looked)
        case "accept_sent":
            return await _accepted(visit, await decisions.decidable(visit, id_, number))
        case "return":
            looked = await decisions.decidable(visit, id_, number)
            choice = await returning.current(visit, id_, number)
            return Reply(await returning.show_choice(visit, looked, choice))
        case "send_back":
            return Reply(await returning.send_back(visit, id_, number))
        case "reopen":
            count = await decisions.reopen(visit, await report.look(visit, id_))
            notice = "🔓 Отчёт открыт: школа может исправить его и отправить снова."
            about = (await report.look(visit, id_)).filling.report
            state = visit.calendar_of(about.school).state(about.year, about.period, visit.now)
            if state == "closed":
                notice = (
                    "🔓 Отчёт открыт для исправлений, но срок приёма прошёл: верните его школе "
                    "или внесите числа сами."
                )
            notice += f" {told(visit, count)}"
            return Reply(await report.show_report(visit, id_, notice))
        case "excel":
            about = (await report.look(visit, id_)).filling.report
            note = Note("Форма школы за учебный год.", file_of(about))
            return Reply(await report.show_report(visit, id_), notes=(note,))
        case "fill":
            looked = await report.look(visit, id_)
            locked = lock_reason(visit, looked.filling.report)
            if locked is not None:
                return Reply(await report.show_report(visit, id_, f"⚠️ {q(locked)}"))
            return Reply(await show_card(visit, looked.filling))
        case "nudge":
            about = (await report.look(visit, id_)).filling.report
            found = await board.read(visit, about.year, about.period)
            owing = [line for line in found.lines if line.report_id == id_ and line.owes]
            notice = await nudges.nudge(visit, about.year, about.period, owing)
            return Reply(await report.show_report(visit, id_, notice))
    raise Outdated


async def _accepted(visit: Visit, looked: report.Looked) -> Reply:
    count = await decisions.accept(visit, looked)
    notice = f"✅ Отчёт принят. {told(visit, count)}"
    return Reply(await report.show_report(visit, looked.filling.report.id, notice))


@router.callback_query(PickTap.filter())
async def pick_tap(_: CallbackQuery, callback_data: PickTap, visit: Visit) -> Reply:
    try:
        return Reply(await returning.pick(visit, callback_data))
    except Outdated as refusal:
        return await _as_it_stands(visit, callback_data.report, refusal)


@router.callback_query(SchoolTap.filter())
async def school_tap(_query: CallbackQuery, callback_data: SchoolTap, visit: Visit) -> Reply:
    slug, person = callback_data.school, callback_data.person
    act, _, period = callback_data.act.partition("_")
    match callback_data.act:
        case "list":
            return Reply(await schools.show_schools(visit))
        case "others":
            return Reply(await schools.show_schools(visit, outside=True))
        case "board":
            return Reply(await board.show_board(visit, *board.period_at_hand(visit)))
        case "show":
            return Reply(await schools.show_school(visit, slug))
        case "new":
            return Reply(await school_list.ask_new(visit))
        case "rename":
            return Reply(await school_list.ask_name(visit, slug))
        case "leave":
            return Reply(await school_list.ask_leaving(visit, slug))
        case "left_today":
            return Reply(await school_list.leave(visit, slug, visit.calendar.today(visit.now)))
        case "take_part" | "drop_out":
            takes_part = callback_data.act == "take_part"
            return Reply(await schools.take_part(visit, slug, takes_part=takes_part))
        case "person":
            return Reply(await schools.show_person(visit, slug, person))
        case "suspend" | "restore":
            suspended = callback_data.act == "suspend"
            return Reply(await schools.suspend(visit, slug, person, suspended=suspended))
        case "revoke":
            return Reply(await schools.revoke(visit, slug, person))
    if act == "fill" and period in EVERY_PERIOD:
        key = next(one for one in EVERY_PERIOD if one == period)
        return Reply(await _fill(visit, slug, visit.calendar.current(visit.now)[0], key))
    raise Outdated


async def _fill(visit: Visit, slug: str, year: str, period: PeriodKey) -> Screen:
    """The school's form of a period, begun now if it was not, for staff to enter into."""
    await schools.known_school(visit, slug)
    if visit.calendar_of(slug).state(year, period, visit.now) == "future":
        raise Outdated("Этот отчёт ещё не открыт.")
    begun = await reports.open_report(visit.tx, slug, year, period)
    return await show_card(visit, await reports.filling(visit.tx, visit.passport.forms, begun))


@router.callback_query(DateTap.filter())
async def date_tap(_: CallbackQuery, callback_data: DateTap, visit: Visit) -> Reply:
    data = callback_data
    if data.year not in {one.key for one in visit.passport.calendar.years}:
        raise Outdated
    if data.school:
        await schools.known_school(visit, data.school)
    match data.act:
        case "list":
            return Reply(await deadlines.show_deadlines(visit, data.year))
        case "confirm":
            return Reply(await deadlines.confirm(visit, data.year))
        case "pick" | "opening":
            return Reply(await days.show_days(visit, data))
        case "schools":
            return Reply(await days.show_schools(visit, data))
        case "day" | "open_day":
            return Reply(await moves.show_reasons(visit, data))
        case "set" | "open_set" if data.reason < len(moves.REASONS):
            reason = moves.REASONS[data.reason]
            return Reply(await moves.move(visit, data, reason))
    raise Outdated


@router.callback_query(AnswerTimeTap.filter())
async def answer_time(_: CallbackQuery, callback_data: AnswerTimeTap, visit: Visit) -> Reply:
    if callback_data.act not in ("grant", "refuse"):
        raise Outdated
    granted = callback_data.act == "grant"
    return Reply(await requests.decide(visit, callback_data.request, granted=granted))


@router.callback_query(InviteTap.filter())
async def invite_tap(_: CallbackQuery, callback_data: InviteTap, visit: Visit) -> Reply:
    match callback_data.act:
        case "post":
            return Reply(await invitations.show_posts(visit, callback_data))
        case "make":
            post = invitations.chosen_post(callback_data)
            return await invitations.make(visit, callback_data, post)
    raise Outdated


@router.callback_query(JournalTap.filter())
async def journal_tap(_: CallbackQuery, callback_data: JournalTap, visit: Visit) -> Reply:
    school, page = callback_data.school, min(callback_data.page, 10_000)
    match callback_data.act:
        case "sent":
            return Reply(await journal.show_sent(visit, school, page))
        case "acts":
            return Reply(await journal.show_acts(visit, school, page))
    raise Outdated


@router.callback_query(DigestTap.filter())
async def digest_tap(_: CallbackQuery, callback_data: DigestTap, visit: Visit) -> Reply:
    if callback_data.act not in ("on", "off"):
        raise Outdated
    assert visit.person is not None
    wanted = callback_data.act == "on"
    await people.set_digest(visit.tx, visit.person.id, wanted=wanted)
    notice = "Утренней сводки больше не будет. Вернуть её можно кнопкой внизу."
    if wanted:
        notice = "Сводка будет приходить по утрам рабочих дней, пока идёт сбор."
    after = replace(visit, person=replace(visit.person, digest=wanted))
    pair = board.period_at_hand(visit)
    return Reply(await board.show_board(after, *pair, notice=notice))


@managers.callback_query(StaffTap.filter())
async def staff_tap(_: CallbackQuery, callback_data: StaffTap, visit: Visit) -> Reply:
    person = callback_data.person
    match callback_data.act:
        case "list":
            return Reply(await invitations.show_staff(visit))
        case "revoke":
            return Reply(await invitations.revoke_staff_links(visit))
        case "suspend" | "restore":
            suspended = callback_data.act == "suspend"
            return Reply(await invitations.suspend_staff(visit, person, suspended=suspended))
        case "invite_methodist":
            return await invitations.make_for_staff(visit, "methodist")
        case "invite_manager":
            return await invitations.make_for_staff(visit, "manager")
    raise Outdated
