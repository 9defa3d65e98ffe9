"""Which report is due, the list of all of them, and what a coming one will ask."""

from handlers import snooze as snoozes
from handlers.errors import ForPerson, Outdated
from handlers.form.callbacks import ListTap
from handlers.form.card import period_button
from handlers.form.flow import ask_next, present, show_card
from handlers.form.locks import lock_reason
from handlers.screen import Button, Reply, Row, Screen
from handlers.visit import Visit
from handlers.words import answers_left, capital, day, q, school_year, when
from passport.calendar import State
from passport.form import EVERY_PERIOD, PERIODS, PeriodKey
from storage import prompts, reports
from storage import snoozes as snooze_rows
from storage.reports import FormYear

OPEN: tuple[State, ...] = ("open", "late")


async def due(visit: Visit, notice: str = "") -> Reply:
    """The report to fill now: the one at hand, else the oldest owed, else the list."""
    school = _school(visit)
    if await _is_at_work(visit):
        at_hand = await present(visit, notice)
        if at_hand is not None:
            return Reply(at_hand)
    owed = visit.calendar.owed(visit.now)
    # What is due now comes before old debts; the list shows those too.
    calendar = visit.calendar
    owed.sort(key=lambda one: calendar.state(one[0], one[1], visit.now) != "open")
    for year, period in owed:
        report = await reports.find(visit.tx, school, year, period)
        if report is None and calendar.is_history(year, period, visit.now):
            continue  # a past year that was never begun is history, not a debt
        if report is None or report.submitted_at is None or report.status == "returned":
            return await open_period(visit, year, period, notice)
    for report in await reports.of_school(visit.tx, school):
        if report.status == "returned":  # taken even after the year has closed
            return await open_period(visit, report.year, report.period, notice)
    screen = await show_list(visit, notice)
    if notice:
        return Reply(screen)
    return Reply(Screen(f"{await _nothing_due(visit)}\n\n{screen.text}", screen.keyboard))


async def _is_at_work(visit: Visit) -> bool:
    """Whether this chat is in the middle of a report that still wants something."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None:
        return False
    report = await reports.get(visit.tx, prompt.report_id)
    if report is None or prompt.purpose != "look":
        return report is not None
    open_ = visit.calendar.state(report.year, report.period, visit.now) in OPEN
    return open_ and (report.status in ("draft", "returned") or report.has_unsent_changes)


async def open_period(visit: Visit, year: str, period: PeriodKey, notice: str = "") -> Reply:
    """A period's card; one that is not open yet shows what will be asked."""
    calendar = visit.calendar
    try:
        state = calendar.state(year, period, visit.now)
    except KeyError:
        raise Outdated from None
    if state == "future":
        return Reply(await _preview(visit, year, period))
    school = _school(visit)
    if state == "closed":
        report = await reports.find(visit.tx, school, year, period)
        if report is None:
            name = visit.passport.forms.period(period).name
            raise ForPerson(
                f"Отчёта «{name}» за {school_year(year)} уч. год нет, приём уже закрыт. "
                "Если он нужен, напишите методисту ИМЦ."
            )
    else:
        report = await reports.open_report(visit.tx, school, year, period)
    filling = await reports.filling(visit.tx, visit.passport.forms, report)
    return Reply(await show_card(visit, filling, notice))


async def begin(visit: Visit, year: str, period: PeriodKey) -> Reply:
    """To the first thing that a report wants: a returned number, a gap, the review."""
    opened = await open_period(visit, year, period)
    report = await reports.find(visit.tx, _school(visit), year, period)
    if report is None:
        return opened
    filling = await reports.filling(visit.tx, visit.passport.forms, report)
    if lock_reason(visit, report) is not None:
        return opened
    return Reply(await ask_next(visit, filling, None))


async def snooze(visit: Visit, year: str, period: PeriodKey, act: str) -> Reply:
    """«Напомнить завтра»: says when, and is quiet until then."""
    assert visit.person is not None
    calendar = visit.calendar
    try:
        window = calendar.window(year, period)
    except KeyError:
        raise Outdated from None
    report = await reports.find(visit.tx, _school(visit), year, period)
    if report is not None and report.status in ("submitted", "accepted"):
        return await open_period(visit, year, period, "Отчёт уже отправлен: напоминать не буду.")
    chosen = [one for one in snoozes.choices(calendar, window, visit.now) if one.act == act]
    if not chosen:
        near = "Откладывать уже некуда: срок близко."
        closed = "Приём отчёта закрыт: напоминать о нём не буду."
        words = closed if window.state(visit.now) == "closed" else near
        return await open_period(visit, year, period, words)
    await snooze_rows.put(visit.tx, visit.person.id, year, period, chosen[0].at)
    name = visit.passport.forms.period(period).name
    due_text = when(window.due_at, visit.zone)
    notice = f"🔕 Напомню: {when(chosen[0].at, visit.zone)}. Отчёт: {q(name)}, срок {due_text}."
    return Reply(Screen(notice, ((period_button("Открыть отчёт", year, period),),)))


async def show_list(visit: Visit, notice: str = "", year: str | None = None) -> Screen:
    """All periods of a school year with their states."""
    await prompts.rest(visit.tx, visit.chat_id)
    calendar, forms = visit.calendar, visit.passport.forms
    year = year or calendar.current(visit.now)[0]
    person = visit.person
    assert person is not None
    filled = await reports.form_year(visit.tx, forms, _school(visit), year)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Отчёты за {school_year(year)} уч. год</b>", q(person.school_name or ""), ""]
    rows: list[Row] = []
    for period in EVERY_PERIOD:
        state = calendar.state(year, period, visit.now)
        name = capital(forms.period(period).name)
        lines.append(
            f"{_mark(filled, period)} {name} – {_state(visit, filled, year, period, state)}"
        )
        if state != "closed" or period in filled.fillings:
            rows.append((period_button(name, year, period),))
    rows += _still_open(visit, year)
    rows.append(await _years(visit, year))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def _still_open(visit: Visit, shown: str) -> list[Row]:
    """What is owed for another year than the one on the screen: the September questionnaire."""
    return [
        (
            period_button(
                capital(f"{visit.passport.forms.period(period).name}, {school_year(year)}"),
                year,
                period,
            ),
        )
        for year, period in visit.calendar.owed(visit.now)
        if year != shown and not visit.calendar.is_history(year, period, visit.now)
    ]


async def _years(visit: Visit, shown: str) -> Row:
    """Other school years: the current one, and earlier ones that hold something."""
    have = {report.year for report in await reports.of_school(visit.tx, _school(visit))}
    have.add(visit.calendar.current(visit.now)[0])
    near = sorted(year for year in have if year != shown)
    return tuple(Button(school_year(year), ListTap(year=year).pack()) for year in near[-4:])


def _mark(filled: FormYear, period: PeriodKey) -> str:
    filling = filled.fillings.get(period)
    if filling is None:
        return "○"
    if filling.report.status in ("submitted", "accepted"):
        return "✅"
    return "◐"


def _state(visit: Visit, filled: FormYear, year: str, period: PeriodKey, state: State) -> str:
    window = visit.calendar.window(year, period)
    filling = filled.fillings.get(period)
    due_text = when(window.due_at, visit.zone, visit.now)
    if filling is not None and filling.report.status == "accepted":
        return "принято"
    if filling is not None and filling.report.status == "returned":
        return f"возвращено на исправление, срок {due_text}"
    if filling is not None and filling.report.submitted_at is not None:
        sent = day(filling.report.submitted_at, visit.zone, visit.now)
        changed = ", есть неотправленные изменения" if filling.report.has_unsent_changes else ""
        return f"отправлено {sent}{changed}"
    match state:
        case "future":
            return f"откроется {day(window.opens_at, visit.zone, visit.now)}, срок {due_text}"
        case "closed":
            return "приём закрыт" if filling is None else "не отправлено, приём закрыт"
    left = f"{answers_left(len(filling.sheet.gaps))}, " if filling and filling.sheet.gaps else ""
    if filling is not None and not filling.sheet.gaps:
        left = "осталось отправить, "
    if state == "late":
        return f"{left}срок был {due_text}, ещё принимаем"
    return f"{left}срок {due_text}"


async def _preview(visit: Visit, year: str, period: PeriodKey) -> Screen:
    """What to gather beforehand: the questions of a report that is not open yet."""
    await prompts.rest(visit.tx, visit.chat_id)
    form = visit.passport.forms.of(period)
    window = visit.calendar.window(year, period)
    lines = [
        f"<b>Отчёт: {q(form.period(period).name)}, {school_year(year)} уч. год</b>",
        f"Откроется {day(window.opens_at, visit.zone, visit.now)}, "
        f"срок {when(window.due_at, visit.zone, visit.now)}.",
        "",
        "Что спрошу – можно собрать заранее:",
    ]
    asked = {q_.section for q_ in form.questions if period in q_.required}
    lines += [f"{s.key}. {q(s.title)}" for s in form.sections if s.key in asked]
    if form.is_quarterly:
        lines += ["", "Мероприятия и олимпиады – с названиями и числом участников, по уровням."]
    back = Button("← Все отчёты", ListTap(year=year).pack())
    return Screen("\n".join(lines), ((back,),))


async def _nothing_due(visit: Visit) -> str:
    """When nothing is owed, the next date is what one wants to know."""
    calendar = visit.calendar
    year, _ = calendar.current(visit.now)
    for period in PERIODS:
        report = await reports.find(visit.tx, _school(visit), year, period)
        unsent = report is None or report.submitted_at is None
        if unsent and calendar.state(year, period, visit.now) == "closed":
            return "Приём отчётов закрыт. Об исправлениях напишите методисту ИМЦ."
    coming = [
        (calendar.window(year, period), visit.passport.forms.period(period).name)
        for period in EVERY_PERIOD
        if calendar.state(year, period, visit.now) == "future"
    ]
    if not coming:
        return "Всё сдано, спасибо!"
    window, name = min(coming, key=lambda one: one[0].opens_at)
    opens = day(window.opens_at, visit.zone, visit.now)
    return f"Всё сдано, спасибо! Следующий отчёт – {name}, откроется {opens}."


def _school(visit: Visit) -> str:
    assert visit.person is not None
    if visit.person.school is None:
        raise ForPerson(
            "Ваша учётная запись не связана со школой. Попросите новую ссылку у методиста ИМЦ."
        )
    return visit.person.school
