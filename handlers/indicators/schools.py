"""What each school brings: the list, and one school's card before its director enters."""

from decimal import Decimal

from handlers.collect.callbacks import report_tap, school_tap
from handlers.form.callbacks import GoTap
from handlers.indicators.callbacks import indicator_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q, school_year, when
from passport import indicator_words as wording
from passport.form import EVERY_PERIOD, PeriodKey
from passport.indicators import Part, Point
from passport.numbers import plain
from storage import city_facts, classes, indicator_lines, parts, people, prompts, reports
from storage.facts import Days
from storage.parts import PERIOD_OF
from storage.schools import School

WIDTH = 5
MOST = 60  # lines of a message; the numbers below open each school anyway
# What a school brings to which indicator, and where it is measured.
BROUGHT: tuple[tuple[str, Point, str], ...] = (
    ("pupils", "start", "Учеников на начало года"),
    ("pupils", "end", "Учеников на конец года"),
    ("graduates_admitted", "end", "Поступили по направленности"),
    ("teachers_trained_share", "end", "Педагоги с курсами"),
)


async def show_schools(visit: Visit, year: str) -> Screen:
    """Pupils by school, and who has no class or has not reported."""
    await prompts.put(visit.tx, visit.chat_id, None)
    days = _days(visit, year)
    share = await parts.opened(visit.tx, "schools_share", days)
    pupils = await parts.opened(visit.tx, "pupils", days, "start")
    found = {part.school: part for part in pupils.parts}
    taking_part = sorted(
        [*(part.school for part in share.parts), *share.silent], key=lambda slug: int(slug[1:])
    )
    lines = [
        f"<b>По школам, {school_year(year)}, {_today(visit)}</b>",
        "Учеников на начало года:",
        "",
    ]
    for slug in taking_part[:MOST]:
        part = found.get(slug)
        number = f"{plain(part.amount)}" if part else "отчёт не принят"
        lonely = "" if slug not in share.silent else ", нет открытого класса"
        lines.append(f"{q(visit.school_name(slug))}: {number}{lonely}")
    if len(taking_part) > MOST:
        lines.append(f"… и ещё {len(taking_part) - MOST}: откройте кнопкой или в Excel")
    total = sum((part.amount for part in pupils.parts), Decimal(0))
    count = len(pupils.parts)
    whole = count + len(pupils.silent)
    lines += ["", f"Всего {plain(total)}, {wording.by_schools(count, whole)}"]
    buttons = [
        Button(f"№ {int(slug[1:])}", indicator_tap("school", year, slug))
        for slug in taking_part[:90]
    ]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    rows.append((Button("← Показатели", indicator_tap("year", year)),))
    return Screen("\n".join(lines), tuple(rows))


async def show_school(visit: Visit, year: str, school: School) -> Screen:
    """One school's picture: classes, contributions, contracts, how its reports stand."""
    await prompts.put(visit.tx, visit.chat_id, None)
    lines = [f"<b>{q(school.name)}</b>", f"{school_year(year)} уч. год, {_today(visit)}", ""]
    lines += await _classes(visit, year, school.slug)
    lines += ["", *await _brought(visit, year, school.slug)]
    lines += ["", *await _reports(visit, year, school.slug)]
    if not visit.is_staff:
        form, reports_ = GoTap(to="form").pack(), GoTap(to="reports").pack()
        back = (Button("Заполнить отчёт", form), Button("Отчёты школы", reports_))
        return Screen("\n".join(lines), (back,))
    coordinators = await people.coordinators(visit.tx, school.slug)
    if not any(one.reachable and not one.suspended for one in coordinators):
        lines += ["", "⚠️ Координатора на связи нет. Пригласить: /invite"]
    filled = await reports.of_school(visit.tx, school.slug)
    buttons = [
        Button(capital(visit.passport.forms.period(one.period).name), report_tap("show", one.id))
        for period in EVERY_PERIOD
        for one in filled
        if one.year == year and one.period == period
    ]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows.append((Button("Координаторы и данные школы", school_tap("show", school.slug)),))
    rows.append((Button("← По школам", indicator_tap("schools", year)),))
    return Screen("\n".join(lines), tuple(rows))


async def _classes(visit: Visit, year: str, slug: str) -> list[str]:
    known = (await classes.register(visit.tx, slug, year)).open
    lines = ["<b>Классы</b>"]
    lines += [f"• {q(one.full_name)}" for one in known] or ["открытых классов нет"]
    return lines


async def _brought(visit: Visit, year: str, slug: str) -> list[str]:
    """The school's part of each indicator, and of how much."""
    days = _days(visit, year)
    of = indicator_lines.teachers_of(await city_facts.every(visit.tx), year)
    lines = ["<b>Вклад в показатели</b>"]
    for key, point, name in BROUGHT:
        opened = await parts.opened(visit.tx, key, days, point, of)
        mine = next((part for part in opened.parts if part.school == slug), None)
        lines.append(
            f"{name}: {_amount(mine) or _why_none(visit, year, slug, PERIOD_OF[key, point])}"
        )
    contracts = await parts.opened(visit.tx, "contracts", days)
    own = [part for part in contracts.parts if slug in part.school.split(",")]
    lines.append(f"Договоров с партнёрами: {len(own)}" if contracts.parts else "Договоров: –")
    lines += [f"   • {q(part.where)}" for part in own[:8]]
    return lines


def _amount(part: Part | None) -> str:
    if part is None:
        return ""
    if part.of is None:
        return plain(part.amount)
    return f"{plain(part.amount)} из {plain(part.of)}"


def _why_none(visit: Visit, year: str, slug: str, period: PeriodKey) -> str:
    """What is not due yet is nobody's debt."""
    future = visit.calendar_of(slug).state(year, period, visit.now) == "future"
    return "– (ещё не собирали)" if future else "– (отчёт не принят)"


async def _reports(visit: Visit, year: str, slug: str) -> list[str]:
    """Which reports are in, and which are missing after their date."""
    filled = {
        one.period: one for one in await reports.of_school(visit.tx, slug) if one.year == year
    }
    calendar = visit.calendar_of(slug)
    lines = ["<b>Отчёты</b>"]
    for period in EVERY_PERIOD:
        state = calendar.state(year, period, visit.now)
        name = capital(visit.passport.forms.period(period).name)
        one = filled.get(period)
        if one is not None and one.status == "accepted":
            lines.append(f"✅ {q(name)}: принято")
        elif one is not None and one.status == "submitted":
            lines.append(f"📨 {q(name)}: на проверке")
        elif state != "future":
            due = when(calendar.window(year, period).due_at, visit.zone, visit.now)
            lines.append(f"○ {q(name)}: не сдано, срок {due}")
    return lines if len(lines) > 1 else [*lines, "ещё не было"]


def _days(visit: Visit, year: str) -> Days:
    today = visit.calendar_of(None).today(visit.now)
    return indicator_lines.days(visit.passport.calendar, year, today)


def _today(visit: Visit) -> str:
    return f"на {wording.day(visit.calendar_of(None).today(visit.now))}"
