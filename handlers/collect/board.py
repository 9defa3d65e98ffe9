"""The board of a period: who has sent, who has not, and what is to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from handlers.collect.callbacks import DIGEST_ON, JournalTap, board_tap, report_tap, school_tap
from handlers.marks import mark
from handlers.screen import Button, Row, Screen, turns
from handlers.visit import Visit
from handlers.words import answers_left, capital, q, school_year, when
from passport.deadlines import is_late
from passport.form import PeriodKey
from passport.numbers import plural
from storage import board, prompts, reports
from storage.board import BoardLine

PAGE = 30  # schools at once: a message holds them, and a thumb finds one
WIDTH = 5
FILTERS = {"owes": "Не сдали", "doubts": "С сомнениями", "returned": "Возвращены"}


@dataclass(frozen=True)
class Board:
    """The lines of a period and what they come to. ``late`` are school slugs."""

    year: str
    period: PeriodKey
    lines: Sequence[BoardLine]
    late: frozenset[str]

    @cached_property
    def expected(self) -> list[BoardLine]:
        return [line for line in self.lines if line.expected]

    @cached_property
    def owes(self) -> list[BoardLine]:
        return [line for line in self.expected if line.owes]

    @cached_property
    def sent(self) -> list[BoardLine]:
        """Sent and not returned."""
        return [line for line in self.expected if not line.owes]

    @cached_property
    def waiting(self) -> list[BoardLine]:
        """Sent and not looked at yet; of any school, expected or not."""
        return [line for line in self.lines if line.status == "submitted"]

    @cached_property
    def acceptable(self) -> list[BoardLine]:
        """What «Принять все без сомнений» takes: nothing doubtful, nothing changed since."""
        return [
            line
            for line in self.waiting
            if line.doubts == 0 and not line.unsent and line.reopened_at is None
        ]

    @property
    def mark(self) -> int:
        """Of just these submissions: what was not on the screen is not accepted by its button."""
        seen = [(line.report_id, line.submission) for line in self.acceptable]
        return mark(seen)

    def chosen(self, only: str) -> list[BoardLine]:
        match only:
            case "owes":
                return self.owes
            case "doubts":
                return [line for line in self.waiting if line.doubts != 0]
            case "returned":
                return [line for line in self.lines if line.status == "returned"]
            case _:
                return list(self.lines)


def candidates(visit: Visit) -> list[str]:
    return visit.passport.schools.candidates


async def read(visit: Visit, year: str, period: PeriodKey) -> Board:
    """Raises KeyError for a period that the calendar lacks."""
    city = visit.calendar_of(None).window(year, period)
    own = {move.school for move in visit.deadlines.moves if move.school is not None}
    today = visit.calendar.today(visit.now)
    lines = await board.lines(visit.tx, year, period, candidates(visit), today)
    late = frozenset(
        line.school.slug
        for line in lines
        if is_late(
            line.first_submitted_at,
            line.late,
            visit.deadlines.window(line.school.slug, year, period)
            if line.school.slug in own
            else city,
        )
    )
    return Board(year, period, lines, late)


async def show_board(
    visit: Visit,
    year: str,
    period: PeriodKey,
    only: str = "",
    *,
    page: int = 0,
    notice: str = "",
) -> Screen:
    """One glance; a number opens a school's report."""
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await read(visit, year, period)
    chosen = found.chosen(only)
    page = min(page, max(len(chosen) - 1, 0) // PAGE)
    shown = chosen[page * PAGE : (page + 1) * PAGE]
    lines = [notice, ""] if notice else []
    lines += [*_head(visit, found), ""]
    if only:
        lines.append(f"<b>{FILTERS[only]}: {len(chosen)}</b>")
    left = await _left(visit, found, shown)
    lines += [_line(line, found, left) for line in shown] or ["Таких школ нет."]
    rows: list[Row] = [*_numbers(visit, found, shown), _pages(found, only, page, len(chosen))]
    rows += _actions(visit, found, only)
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def _head(visit: Visit, found: Board) -> list[str]:
    window = visit.calendar_of(None).window(found.year, found.period)
    state = window.state(visit.now)
    name = visit.passport.forms.period(found.period).name
    due, closes = when(window.due_at, visit.zone), when(window.closes_at, visit.zone)
    rule = {
        "future": f"Откроется {when(window.opens_at, visit.zone)}, срок {due}",
        "open": f"Срок: {due}",
        "late": f"Срок был {due}, опоздавшие отчёты принимаем до {closes}",
        "closed": f"Срок был {due}, приём закрыт: внести отчёт можете только вы",
    }[state]
    late = sum(line.school.slug in found.late for line in found.sent)
    waiting = [line for line in found.expected if line.status == "submitted"]
    count = {key: sum(line.status == key for line in found.expected) for key in _COUNTED}
    begun = sum(one.status is None for one in found.expected)
    return [
        f"<b>Отчёты: {q(name)}, {school_year(found.year)} уч. год</b>",
        rule,
        f"Сейчас {when(visit.now, visit.zone)}",
        "",
        f"<b>Сдали {len(found.sent)} из {len(found.expected)}</b>: "
        f"в срок {len(found.sent) - late}, позже {late}",
        f"Принято {count['accepted']}, на проверке {len(waiting)}, возвращено {count['returned']}",
        f"Заполняют {count['draft']}, не начали {begun}",
    ]


_COUNTED = ("accepted", "returned", "draft")


async def _left(visit: Visit, found: Board, shown: Sequence[BoardLine]) -> dict[str, int]:
    """How many answers are left, worked out of the answers themselves."""
    begun = [line.school.slug for line in shown if line.owes and line.report_id is not None]
    years = await reports.form_years(visit.tx, visit.passport.forms, begun, found.year)
    return {slug: len(year.fillings[found.period].sheet.gaps) for slug, year in years.items()}


def _line(line: BoardLine, found: Board, left: dict[str, int]) -> str:
    slug = line.school.slug
    late = " ⏰ позже срока" if slug in found.late else ""
    gaps = left.get(slug, 0)
    match line.status:
        case None:
            text = "○ не начат"
        case "draft":
            text = f"◐ {answers_left(gaps)}" if gaps else "◐ заполнен, осталось отправить"
        case "returned":
            text = "↩️ возвращён"
        case "accepted":
            text = f"✅ принят{late}"
        case "submitted":
            text = f"📨 на проверке{late}"
    if line.status == "submitted" and line.doubts:
        noun = plural(line.doubts, "сомнение", "сомнения", "сомнений")
        text += f", {line.doubts} {noun}"
    if line.status == "submitted" and line.unsent:
        text += ", меняют после отправки"
    outside = "" if line.expected else " (не в списке участников)"
    return f"№ {line.school.number} {text}{outside}"


def _numbers(visit: Visit, found: Board, shown: Sequence[BoardLine]) -> list[Row]:
    buttons = [Button(f"№ {line.school.number}", _opens(visit, found, line)) for line in shown]
    return [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]


def _opens(visit: Visit, found: Board, line: BoardLine) -> str:
    """The report; the school while there is none; of an earlier year, where only staff enter."""
    if line.report_id is not None:
        return report_tap("show", line.report_id)
    if found.year != visit.calendar_of(None).current(visit.now)[0]:
        return board_tap("fill", found.year, found.period, line.school.slug)
    return school_tap("show", line.school.slug)


def _pages(found: Board, only: str, page: int, count: int) -> Row:
    more = count > (page + 1) * PAGE
    return turns(page, more, lambda to: board_tap("show", found.year, found.period, only, to))


def _actions(visit: Visit, found: Board, only: str) -> list[Row]:
    year, period = found.year, found.period
    filters = [
        Button(f"{name}: {len(found.chosen(key))}", board_tap("show", year, period, key))
        for key, name in FILTERS.items()
        if key != only and found.chosen(key)
    ]
    rows: list[Row] = [tuple(filters)]
    if only:
        rows.append((Button("Все школы", board_tap("show", year, period)),))
    state = visit.calendar_of(None).state(year, period, visit.now)
    if found.owes and state in ("open", "late"):
        rows.append((Button("Напомнить всем, кто не сдал", board_tap("nudge", year, period)),))
    if found.acceptable:
        text = f"Принять все без сомнений: {len(found.acceptable)}"
        accept = board_tap("accept", year, period, page=found.mark)
        rows.append((Button(text, accept, style="success"),))
    rows += _collected_too(visit, found)
    rows.append(
        (
            Button("Другой период", board_tap("periods", year, period)),
            Button("Журнал", JournalTap(act="sent").pack()),
        )
    )
    if visit.person is not None and not visit.person.digest:
        rows.append((DIGEST_ON,))
    return rows


def _collected_too(visit: Visit, found: Board) -> list[Row]:
    """What else is open now: a questionnaire beside the form."""
    calendar = visit.calendar_of(None)
    return [
        (Button(capital(visit.passport.forms.period(key).name), board_tap("show", year, key)),)
        for year, key in calendar.owed(visit.now)
        if (year, key) != (found.year, found.period)
        and calendar.state(year, key, visit.now) == "open"
    ]


async def show_periods(visit: Visit, year: str) -> Screen:
    """Periods of a school year, and other years that hold something."""
    await prompts.put(visit.tx, visit.chat_id, None)
    calendar, forms = visit.calendar_of(None), visit.passport.forms
    lines = [f"<b>Отчёты за {school_year(year)} уч. год</b>", "", "Какой период показать?"]
    rows: list[Row] = [
        (Button(capital(forms.period(dates.key).name), board_tap("show", year, dates.key)),)
        for dates in calendar.year(year).periods
    ]
    have = {one for one, _ in await board.periods_with_reports(visit.tx)}
    have.add(calendar.current(visit.now)[0])
    known = {one.key for one in calendar.years}
    others = sorted((have & known) - {year})
    rows.append(
        tuple(Button(school_year(one), board_tap("periods", one, "base")) for one in others)
    )
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def period_at_hand(visit: Visit) -> tuple[str, PeriodKey]:
    """The period that is being collected now."""
    return visit.calendar_of(None).at_hand(visit.now)
