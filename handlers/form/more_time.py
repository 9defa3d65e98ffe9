"""A school asks to be due later: the day, the reason, and it is with the methodists."""

from datetime import date

from handlers.errors import ForPerson, Outdated
from handlers.form.callbacks import TimeTap, card_tap, time_tap
from handlers.form.card import may_ask_for_time, title
from handlers.form.entries import wrong_comment
from handlers.form.flow import show_card
from handlers.form.locks import own_filling
from handlers.screen import Button, Reply, Row, Screen
from handlers.tell import About, tell, told
from handlers.visit import Visit
from handlers.words import date_words, q, when
from passport.deadlines import check_due
from passport.parsing import clean_line, parse_day
from passport.values import Refusal, Slot
from storage import deadlines, people, prompts
from storage.prompts import Prompt
from storage.reports import Filling

REASONS = ("Болезнь", "Командировка", "Нет связи или света", "Ждём данные от учителей")
STEPS = (1, 2, 3, 5)  # working days to offer


async def route(visit: Visit, data: TimeTap) -> Reply:
    """A button of the request."""
    filling = await own_filling(visit, data.report)
    if not may_ask_for_time(visit, filling):
        raise Outdated("Срок этого отчёта продлевать уже не нужно. Вот что сейчас.")
    match data.act:
        case "ask":
            return Reply(await show_days(visit, filling))
        case "day":
            return Reply(await show_reasons(visit, filling, _day(data.day)))
        case "why" if data.reason < len(REASONS):
            return Reply(await send(visit, filling, _day(data.day), REASONS[data.reason]))
    raise Outdated


async def show_days(visit: Visit, filling: Filling, notice: str = "") -> Screen:
    """Days to choose from; a typed date does as well."""
    report = filling.report
    waiting = await deadlines.waiting_request(visit.tx, report.school, report.year, report.period)
    if waiting is not None and waiting.due < visit.calendar.today(visit.now):
        await deadlines.decide(visit.tx, waiting.id, granted=None, by=None)  # nobody answered
        waiting = None
    if waiting is not None:
        asked = date_words(waiting.due)
        return await show_card(
            visit, filling, f"Срок до {asked} уже попросили. Ответ методиста придёт сюда."
        )
    await prompts.put(visit.tx, visit.chat_id, Prompt("ask_time", report.id, Slot("")))
    calendar = visit.calendar_of(report.school)
    window = calendar.window(report.year, report.period)
    start = max(calendar.dates(report.year, report.period).due, calendar.today(visit.now))
    days = [calendar.add_working_days(start, step) for step in STEPS]
    lines = [notice, ""] if notice else []
    lines += [title(filling), f"Сейчас срок: {when(window.due_at, visit.zone)}", ""]
    lines.append("До какого дня нужно время? Нажмите или напишите, например: <code>21.01</code>")
    buttons = [
        Button(date_words(one), time_tap("day", report.id, one.isoformat()))
        for one in days
        if check_due(calendar, report.year, report.period, one, visit.now) is None
    ]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows.append((Button("← Не просить", card_tap("card", report.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def show_reasons(visit: Visit, filling: Filling, wanted: date) -> Screen:
    report = filling.report
    calendar = visit.calendar_of(report.school)
    wrong = check_due(calendar, report.year, report.period, wanted, visit.now)
    if wrong is None and wanted <= calendar.dates(report.year, report.period).due:
        return await show_days(
            visit, filling, "⚠️ Срок и сейчас не раньше этого дня. Выберите день позже."
        )
    if wrong is not None:
        hint = f" Можно, например, {date_words(wrong.instead)}." if wrong.instead else ""
        return await show_days(visit, filling, f"⚠️ {q(wrong.text)}{hint}")
    prompt = Prompt("ask_time", report.id, Slot(""), draft=wanted.isoformat())
    await prompts.put(visit.tx, visit.chat_id, prompt)
    rows: list[Row] = [
        (Button(reason, time_tap("why", report.id, wanted.isoformat(), number)),)
        for number, reason in enumerate(REASONS)
    ]
    rows.append((Button("← Другой день", time_tap("ask", report.id)),))
    hour = f"{visit.passport.calendar.due_time:%H:%M}"
    return Screen(
        f"{title(filling)}\nНовый срок: <b>{date_words(wanted)}, {hour}</b>.\n"
        "Почему? Нажмите или напишите одной фразой, без фамилий.",
        tuple(rows),
    )


async def typed(visit: Visit, filling: Filling, prompt: Prompt, text: str) -> Reply:
    """A typed date, or the typed reason."""
    if not may_ask_for_time(visit, filling):
        return Reply(await show_card(visit, filling))
    if prompt.draft is None:
        wanted = parse_day(text, visit.calendar.today(visit.now))
        if isinstance(wanted, Refusal):
            return Reply(await show_days(visit, filling, f"⚠️ {q(wanted.text)}"))
        return Reply(await show_reasons(visit, filling, wanted))
    said = " ".join(clean_line(text).split())
    if wrong_comment(said):
        screen = await show_reasons(visit, filling, _day(prompt.draft))
        notice = "⚠️ Напишите причину одной фразой без фамилий и телефонов, например: болезнь"
        return Reply(Screen(f"{notice}\n\n{screen.text}", screen.keyboard))
    return Reply(await send(visit, filling, _day(prompt.draft), said))


async def send(visit: Visit, filling: Filling, wanted: date, reason: str) -> Screen:
    """Writes the request and tells the methodists."""
    assert visit.person is not None
    report = filling.report
    calendar = visit.calendar_of(report.school)
    if check_due(calendar, report.year, report.period, wanted, visit.now) is not None:
        return await show_reasons(visit, filling, wanted)
    if await deadlines.waiting_request(visit.tx, report.school, report.year, report.period):
        return await show_days(visit, filling)
    methodists = await people.staff(visit.tx, "methodist")
    if not any(one.reachable and not one.suspended for one in methodists):
        raise ForPerson("Методиста на связи сейчас нет. Позвоните в ИМЦ.")
    number = await deadlines.ask_for_time(
        visit.tx,
        report.school,
        report.year,
        report.period,
        due=wanted,
        reason=reason,
        by=visit.person.id,
    )
    about = About(report.school, report.year, report.period, ref=number)
    count = await tell(visit, "time_asked", methodists, str(number), about)
    notice = f"🙏 Просьба методисту записана. {told(visit, count)}"
    return await show_card(visit, filling, f"{notice} Ответ придёт сюда, отчёт можно заполнять.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Outdated from None
