"""The page as a screen: what fits a phone, with buttons to every part and to the files."""

from collections.abc import Mapping
from typing import Literal

from handlers.brief.callbacks import brief_tap, task_tap
from handlers.collect.callbacks import school_tap
from handlers.errors import Outdated
from handlers.form.callbacks import GoTap
from handlers.indicators.callbacks import indicator_tap
from handlers.plan.callbacks import plan_tap
from handlers.registers.callbacks import cards_tap
from handlers.registers.lookup import school_of
from handlers.risks.callbacks import risk_tap
from handlers.screen import BriefFile, Button, Note, Reply, Row, Screen
from handlers.visit import Visit
from handlers.words import q, shorten
from passport.brief import SIGNS, Entry, Page, Section, SectionKey
from storage import brief, prompts, schools
from storage.schools import School

WIDTH = 5
MOST_BUTTONS = 90
# Lines of a section on a phone; paper has room for more.
ROOM: Mapping[SectionKey, int] = {
    "indicators": 6,
    "tasks": 3,
    "collection": 2,
    "plan": 3,
    "risks": 3,
    "dates": 3,
    "owes": 8,
    "classes": 6,
    "pupils": 5,
    "brought": 4,
    "reports": 9,
    "contracts": 4,
}
# Of one line: names of partners and of classes are people's own, risks have many rows.
LONGEST, LONGEST_RISK = 220, 120
LONGEST_HEAD = 48
# The page is made to be forwarded to who has not seen the bot's other screens.
LEGEND = "● выполнено, ◐ от 90 %, ○ ниже цели, · не измерено"


async def show_city(visit: Visit, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    page = await brief.of_city(visit.tx, visit.passport)
    rows: tuple[Row, ...] = (
        (
            Button("Excel", brief_tap("xlsx"), style="primary"),
            Button("Word", brief_tap("docx"), style="primary"),
        ),
        (Button("Показатели", indicator_tap("now")), Button("Кто не сдал", school_tap("board"))),
        (
            Button("План", plan_tap("show")),
            Button("Риски", risk_tap("list")),
            Button("Задачи", task_tap("list")),
        ),
        (Button("Одна школа", brief_tap("schools")),),
    )
    return Screen(text_of(page, notice), rows)


async def show_school(visit: Visit, school: School, notice: str = "") -> Screen:
    """Of any school for staff, of the own one for its coordinator; the caller has checked."""
    await prompts.put(visit.tx, visit.chat_id, None)
    page = await brief.of_school(visit.tx, visit.passport, school, with_risks=visit.is_staff)
    files: Row = (
        Button("Excel", brief_tap("xlsx", school.slug), style="primary"),
        Button("Word", brief_tap("docx", school.slug), style="primary"),
    )
    cards = Button("Классы и договоры", cards_tap("school", school.slug))
    if visit.is_staff:
        rows: tuple[Row, ...] = (
            files,
            (cards, Button("Координаторы", school_tap("show", school.slug))),
            (Button("Другая школа", brief_tap("schools")),),
            (Button("← Состояние Проекта", brief_tap("show")),),
        )
    else:
        form, reports = GoTap(to="form").pack(), GoTap(to="reports").pack()
        rows = (files, (cards,), (Button("Заполнить отчёт", form), Button("Отчёты", reports)))
    return Screen(text_of(page, notice), rows)


async def show_schools(visit: Visit, notice: str = "") -> Screen:
    """Those that take part; any other one can be typed."""
    await prompts.put(visit.tx, visit.chat_id, None)
    year = brief.year_at_hand(visit.passport, visit.calendar_of(None), visit.tx)
    today = visit.calendar_of(None).today(visit.now)
    found = await schools.participants(visit.tx, year, visit.passport.schools.candidates, today)
    lines = [notice, ""] if notice else []
    lines += [
        "<b>Справка о какой школе?</b>",
        "Классы и места, ученики, отчёты, договоры и что нужно сделать школе – на сегодня.",
        "Школы здесь нет? Напишите её номер, например: <code>справка школы 24</code>",
    ]
    buttons = [
        Button(f"№ {one.number}", brief_tap("show", one.slug)) for one in found[:MOST_BUTTONS]
    ]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    rows.append((Button("← Состояние Проекта", brief_tap("show")),))
    return Screen("\n".join(lines), tuple(rows))


async def school_for(visit: Visit, slug: str) -> School:
    """Raises Outdated for no school, Forbidden for another school's coordinator."""
    return await school_of(visit, slug)


async def own_school(visit: Visit) -> School:
    """A coordinator's own; Outdated when it is no longer there."""
    assert visit.person is not None
    found = await schools.get(visit.tx, visit.person.school or "")
    if found is None:
        raise Outdated
    return found


async def file(visit: Visit, form: Literal["xlsx", "docx"], school: School | None) -> Reply:
    """The page as a file; a coordinator's is without risks."""
    slug = school.slug if school is not None else ""
    words = f"Справка: {school.short_name}" if school is not None else "Состояние Проекта"
    note = Note(q(words), BriefFile(form, slug, with_risks=visit.is_staff))
    screen = await (show_school(visit, school) if school is not None else show_city(visit))
    return Reply(screen, toast="Делаю файл", notes=(note,))


# --- text ----------------------------------------------------------------------------------------


def text_of(page: Page, notice: str = "") -> str:
    """HTML; a section shows as much as a phone has room for."""
    lines = [notice, ""] if notice else []
    lines.append(f"<b>{q(page.title)}</b>")
    lines += [q(one) for one in page.under]
    for section in page.sections:
        lines += ["", *_section(section)]
    if any(one.key == "indicators" for one in page.sections):
        lines += ["", LEGEND]
    return "\n".join(lines)


def _section(section: Section) -> list[str]:
    room = ROOM[section.key]
    head = f"<b>{q(section.title)}</b>"
    if section.summary:
        head += f": {q(section.summary)}"
    longest = LONGEST_RISK if section.key == "risks" else LONGEST
    lines = [head, *(_line(one, longest) for one in section.entries[:room])]
    hidden = len(section.entries) - room
    if hidden > 0:
        lines.append(f"… и ещё {hidden}")
    return lines


def _line(one: Entry, longest: int) -> str:
    head, says = shorten(one.head, LONGEST_HEAD), shorten(one.short or one.says, longest)
    return f"{SIGNS[one.sign].mark} {q(head)}: {q(says)}"
