"""What the pages say of the plan of measures: what is late, what is due, whose window comes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from passport.brief import Entry, NextDate, Section, Sign, dated
from passport.brief_dates import HORIZON
from passport.plan import STATES, State
from passport.plan_states import MeasureState, PlanState

COUNTED: tuple[State, ...] = ("late", "soon", "running", "ahead", "done", "over")
WORDS = STATES | {"soon": "срок в ближайшие 30 дней –", "over": "без отметки"}


def plan_section(plan: PlanState) -> Section:
    """Late ones first, then those that are due within 30 days; the rest is counted."""
    late, soon = plan.those("late"), plan.those("soon")
    entries = [*(_entry(one) for one in late), *(_entry(one) for one in soon)]
    counts = [f"{WORDS[state]} {len(plan.those(state))}" for state in COUNTED if plan.those(state)]
    return Section("plan", "План", tuple(entries), ", ".join(counts) or "Проект завершён")


def _entry(one: MeasureState) -> Entry:
    word = "срок был" if one.state == "late" else "до"
    says = f"{word} {dated(one.window.end)}"
    sign: Sign = "late" if one.state == "late" else "soon"
    return Entry(f"{one.measure.key} {one.measure.short}", says, sign, one.says)


def plan_of_school(plan: PlanState, slug: str) -> list[Entry]:
    """What the school still owes to measures that are late or due: one line each of the two."""
    entries = []
    heads: tuple[tuple[Literal["late", "soon"], str], ...] = (
        ("late", "План, просрочено"),
        ("soon", "План, скоро срок"),
    )
    for state, head in heads:
        owed = [one for one in plan.those(state) if one.missing is not None and slug in one.missing]
        if owed:
            ends = sorted({one.window.end for one in owed})
            says = "; ".join(f"{_keys(owed, end)} (до {dated(end)})" for end in ends)
            named = ", ".join(f"{one.measure.key} {one.measure.short}" for one in owed)
            entries.append(Entry(head, says, state, named))
    return entries


def _keys(owed: Sequence[MeasureState], end: date) -> str:
    return ", ".join(one.measure.key for one in owed if one.window.end == end)


def plan_dates(plan: PlanState, *, of_schools: bool = False) -> Iterator[NextDate]:
    """When windows open and close, one line a day; ``of_schools``: only where schools answer."""
    measures = [one for one in plan.measures if not of_schools or "schools" in one.measure.sides]
    opening = [one for one in measures if one.state == "ahead"]
    closing = [one for one in measures if one.state in ("running", "soon")]
    yield from _grouped("план, начало", [(one.window.start, one) for one in opening], plan.day)
    yield from _grouped("план, срок", [(one.window.end, one) for one in closing], plan.day)


def _grouped(
    words: str, found: Sequence[tuple[date, MeasureState]], today: date
) -> Iterator[NextDate]:
    for day in sorted({day for day, _ in found if today <= day <= today + HORIZON}):
        keys = ", ".join(one.measure.key for other, one in found if other == day)
        yield NextDate(day, f"{words}: {keys}")
