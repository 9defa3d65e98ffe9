"""The page about the city: indicators against targets, collection, plan, risks, next dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from passport import indicator_words as words
from passport.brief import (
    Entry,
    NextDate,
    Page,
    Section,
    Sign,
    dated,
    dates_section,
    schools_named,
)
from passport.brief_plan import plan_section
from passport.brief_risks import risks_section
from passport.calendar import Calendar, State
from passport.form import PeriodKey
from passport.indicators import Line
from passport.plan_states import PlanState
from passport.risks import RiskState
from passport.task_shares import CLASS_OF, SCHOOL_OF, of, shown
from passport.tasks import Measured, TaskState

DATES = 5
STATES: dict[State, str] = {
    "future": "ещё не открыт",
    "open": "срок",
    "late": "срок был",
    "closed": "приём закрыт, срок был",
}


@dataclass(frozen=True, slots=True)
class Collection:
    """How a period is collected: counts of the expected schools; ``owing`` are slugs."""

    year: str
    period: PeriodKey
    name: str
    state: State
    due_at: datetime
    expected: int
    sent: int
    accepted: int
    late: int
    owing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CityFacts:
    """What the page is made of; ``on`` is the local day, ``year`` the school year told about."""

    on: date
    year: str
    calendar: Calendar
    lines: tuple[Line, ...]
    tasks: tuple[TaskState, ...]
    collection: tuple[Collection, ...]
    plan: PlanState
    risks: tuple[RiskState, ...]
    dates: tuple[NextDate, ...]


def city_page(facts: CityFacts) -> Page:
    zone = facts.calendar.zone
    return Page(
        title=f"Состояние Проекта на {dated(facts.on)}",
        on=facts.on,
        under=(f"«Траектория будущего», {year_words(facts.year)}", *_age(facts)),
        sections=(
            Section("indicators", "Показатели: факт и цель", _indicators(facts)),
            Section("tasks", "Задачи с порогами", _tasks(facts.tasks)),
            _collection(facts.collection, zone),
            plan_section(facts.plan),
            risks_section(facts.risks),
            dates_section(facts.dates, DATES),
        ),
    )


def year_words(year: str) -> str:
    """«2026/27 учебный год»."""
    return f"{year[:4]}/{year[-2:]} учебный год"


def _age(facts: CityFacts) -> tuple[str, ...]:
    start, end = facts.calendar.project_start, facts.calendar.project_end
    if facts.on < start:
        return (f"Проект начнётся {dated(start)}.",)
    if facts.on > end:
        return (f"Проект закончился {dated(end)}: показатели – его последнего года.",)
    return ()


# --- indicators ----------------------------------------------------------------------------------


def _indicators(facts: CityFacts) -> tuple[Entry, ...]:
    """The main lines; parts of one stand beside it."""
    return tuple(_indicator(line, facts) for line in facts.lines if not line.indicator.parent)


def _indicator(line: Line, facts: CityFacts) -> Entry:
    one, value = line.indicator, line.value
    goal = words.target(one, line.target)
    beside = [part for part in facts.lines if part.indicator.parent == one.key]
    more = [" · ".join(_part(part) for part in beside)] if beside else []
    if value is None:
        why = words.when_measured(line, facts.calendar, facts.on)
        return Entry(one.short, f"– при цели {goal} ({why})", "none", "; ".join(more))
    said = [
        f"{words.amount(one, value)} при цели {goal}",
        words.completeness(value),
        words.dated(value) + ("" if value.official else ", пока не официально"),
        words.gap(line),
    ]
    if line.moved is not None:
        today = words.today(line, facts.on)
        full = words.completeness(line.moved)
        more.insert(0, today[0].lower() + today[1:] + (f", {full}" if full else ""))
    if numbers := words.numbers(line, value):
        more.insert(0, numbers)
    sign: Sign = line.mark or "none"
    return Entry(one.short, ", ".join(fact for fact in said if fact), sign, "; ".join(more))


def _part(part: Line) -> str:
    number = "–" if part.value is None else words.amount(part.indicator, part.value)
    return f"{part.indicator.short} {number}/{words.target(part.indicator, part.target)}"


# --- tasks ---------------------------------------------------------------------------------------

OF_INDICATORS = ("contracts", "trained")  # said there already


def _tasks(tasks: Sequence[TaskState]) -> tuple[Entry, ...]:
    """Only thresholds that no indicator has."""
    return tuple(
        _task(one)
        for task in tasks
        for one in task.measured
        if one.measure.threshold is not None and one.measure.key not in OF_INDICATORS
    )


def _task(one: Measured) -> Entry:
    head, threshold = one.measure.name, f"порог: {one.measure.threshold_printed}"
    if not one.is_known:
        return Entry(head, f"– ({one.missing}); {threshold}", "none", short=f"– ({one.missing})")
    says = f"{one.sentence}; {threshold}"
    return Entry(head, says, task_sign(one), short=_short(one))


def _short(one: Measured) -> str:
    """«92,5 % при пороге 60 %, по 21 из 23 классов, на 12.01.2027»."""
    if one.share is None:
        return ""
    nouns = CLASS_OF if one.measure.unit == "seat" else SCHOOL_OF
    said = f"{shown(one.share)} при пороге {one.measure.threshold} %"
    return f"{said}, по {of(one.told, one.expected, nouns)}, {one.as_of}"


def task_sign(one: Measured) -> Sign:
    """Without a threshold, or while the silent schools decide, there is no mark."""
    if one.reached is None:
        return "" if one.is_known else "none"
    return "done" if one.reached else "below"


# --- collection ----------------------------------------------------------------------------------


def _collection(found: Sequence[Collection], zone: ZoneInfo) -> Section:
    entries = tuple(_collected(one, zone) for one in found)
    return Section("collection", "Сбор", entries, "" if entries else "ничего не собирается")


def _collected(one: Collection, zone: ZoneInfo) -> Entry:
    due = f"{STATES[one.state]} {one.due_at.astimezone(zone):%d.%m.%Y, %H:%M}"
    if one.state == "future":
        due = f"ещё не открыт, срок {one.due_at.astimezone(zone):%d.%m.%Y}"
    said = f"сдали {one.sent} из {one.expected}, принято {one.accepted}"
    if one.owing and one.state != "future":
        said += f"; ждём {schools_named(one.owing)}"
    late = f"позже срока: {one.late}" if one.late else ""
    sign: Sign = "done" if one.expected else ""
    if one.owing:
        sign = "late" if one.state in ("late", "closed") else "going"
    head = f"{one.name[:1].upper()}{one.name[1:]}, {one.year[:4]}/{one.year[-2:]}"
    return Entry(head, f"{due}; {said}", sign, late)
