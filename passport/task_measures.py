"""What facts come to for the passport's tasks: pure, facts in, states out.

A missing answer is never a «no»: a share of schools is reached or missed only when the schools that
are still silent cannot change that.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from passport import task_reports
from passport.numbers import plain, plural
from passport.register import ClassCard
from passport.task_facts import TaskFacts
from passport.task_shares import (
    CLASS,
    CLASS_OF,
    SCHOOL_OF,
    SEAT_OF,
    counted,
    noun,
    of,
    percent,
    shown,
)
from passport.tasks import Measure, Measured, Task, TaskRow, Tasks, TaskState


def states(tasks: Tasks, facts: TaskFacts) -> tuple[TaskState, ...]:
    """The six tasks in the passport's order."""
    return tuple(_state(task, facts) for task in tasks.tasks)


def _state(task: Task, facts: TaskFacts) -> TaskState:
    return TaskState(task, tuple(measure(one, facts) for one in task.measures))


def measure(one: Measure, facts: TaskFacts) -> Measured:
    """KeyError for a measure that nobody knows how to take."""
    return TAKEN[one.key](one, facts)


# --- classes -------------------------------------------------------------------------------------

NO_SCHOOLS = "школ-участниц нет"
NO_CLASSES = "открытых классов у школ-участниц нет"


def _local_acts(one: Measure, facts: TaskFacts) -> Measured:
    """Task 1: parents find the act of a class by the link on its card (plan 2.5)."""
    if not facts.classes:
        return Measured(one, facts.on, missing=NO_CLASSES)
    linked = [card for card in facts.classes if card.local_act_url]
    whole = {card.school for card in facts.classes}
    lacking = {card.school for card in facts.classes if not card.local_act_url}
    says = f"ссылка на ЛНА есть у {of(len(linked), len(facts.classes), CLASS_OF)}"
    says += f"; у всех своих классов – {of(len(whole - lacking), len(whole), SCHOOL_OF)}"
    rows = [
        TaskRow(card.school, f"{card.name}: ссылки на ЛНА нет", class_id=card.id)
        for card in facts.classes
        if not card.local_act_url
    ]
    return counted(one, facts.on, says, (len(linked), len(facts.classes)), rows)


def _cards_fresh(one: Measure, facts: TaskFacts) -> Measured:
    """Task 2: the section of the portal is made of the cards, so it is as fresh as they are."""
    if not facts.portal:
        missing = "классов для раздела портала школы ещё не назвали"
        return Measured(one, facts.portal_on, missing=missing)
    old = [card for card in facts.portal if not _is_fresh(card, facts.fresh_since)]
    fresh, total = len(facts.portal) - len(old), len(facts.portal)
    days = plural(facts.fresh_days, "день", "дня", "дней")
    says = f"за {facts.fresh_days} {days} проверены карточки {of(fresh, total, CLASS_OF)}"
    rows = [
        TaskRow(card.school, f"{card.name}: {_seen(card, facts)}", class_id=card.id) for card in old
    ]
    return counted(one, facts.portal_on, says, (fresh, total), rows)


def _is_fresh(card: ClassCard, since: datetime) -> bool:
    return card.confirmed_at is not None and card.confirmed_at >= since


def _seen(card: ClassCard, facts: TaskFacts) -> str:
    if card.confirmed_at is None:
        return "карточку ещё не проверяли"
    return f"проверена {card.confirmed_at.astimezone(facts.zone):%d.%m.%Y}"


def _filled(one: Measure, facts: TaskFacts) -> Measured:
    """Task 4: taken seats of all seats, over the classes that have said both numbers."""
    both = [card for card in facts.classes if card.enrolled is not None and card.capacity]
    total = len(facts.classes)
    if not total:
        return Measured(one, facts.on, missing=NO_CLASSES)
    if not both:
        missing = "ни один класс не назвал и план набора, и зачисленных"
        return Measured(one, facts.on, missing=missing, expected=total)
    taken = sum(card.enrolled or 0 for card in both)
    seats = sum(card.capacity or 0 for card in both)
    threshold = one.threshold or 0
    below = [card for card in both if percent(card.enrolled or 0, card.capacity or 0) < threshold]
    share = percent(taken, seats)
    says = f"занято {of(taken, seats, SEAT_OF)} ({shown(share)}), "
    says += f"по {of(len(both), total, CLASS_OF)}"
    if below:
        says += f"; ниже {threshold} % – {len(below)} {noun(len(below), CLASS)}"
    rows = [TaskRow(card.school, _seats(card), class_id=card.id) for card in facts.classes]
    return Measured(
        one,
        facts.on,
        says,
        share=share,
        numerator=taken,
        denominator=seats,
        told=len(both),
        expected=total,
        reached=share >= threshold,
        rows=tuple(rows),
    )


def _seats(card: ClassCard) -> str:
    if card.enrolled is None or not card.capacity:
        return f"{card.name}: мест или зачисленных нет в карточке"
    share = percent(card.enrolled, card.capacity)
    return f"{card.name}: {card.enrolled} из {card.capacity} ({shown(share)})"


# --- partners and announcements ------------------------------------------------------------------


def _contracts(one: Measure, facts: TaskFacts) -> Measured:
    """Task 3, by the indicator: its official value where there is one."""
    line = facts.contracts_line
    if line is None or line.value is None:
        return Measured(one, facts.on, missing="ни одного договора в реестре ещё нет")
    count, target = int(line.value.numerator), int(line.target)
    says = f"{count} {plural(count, 'договор', 'договора', 'договоров')}, цель года {target}"
    if line.partners is not None:
        says += f"; разных партнёров {line.partners}"
    later = ""
    if line.moved is not None:
        later = f"сейчас {plain(line.moved.shown)}, на {line.moved.on:%d.%m.%Y}"
    return Measured(
        one,
        line.value.on,
        says,
        numerator=count,
        denominator=target,
        reached=count >= target,
        later=later,
        rows=tuple(TaskRow(",".join(held.schools), held.partner.name) for held in facts.contracts),
    )


def _schools_with_contract(one: Measure, facts: TaskFacts) -> Measured:
    if not facts.schools:
        return Measured(one, facts.on, missing=NO_SCHOOLS)
    having = {school for held in facts.contracts for school in held.schools}
    without = [school for school in facts.schools if school not in having]
    count, total = len(facts.schools) - len(without), len(facts.schools)
    says = f"договор действует у {of(count, total, SCHOOL_OF)}"
    rows = [TaskRow(school, "действующего договора нет") for school in without]
    return counted(one, facts.on, says, (count, total), rows)


def _announcements(one: Measure, facts: TaskFacts) -> Measured:
    """Task 2, by the note on the last campaign that has begun (plan 2.1)."""
    note = facts.note
    if note is None:
        return Measured(one, facts.on, missing="кампаний при боте ещё не было")
    own = {one: note.announced[one] for one in note.schools if one in note.announced}
    told, total = len(own), len(note.schools)
    if not own and not note.own_posts:
        missing = f"об объявлениях лета {note.year[:4]} школы ещё не сообщили"
        return Measured(one, note.on, missing=missing, expected=total)
    count = sum(own.values()) + note.own_posts
    said = str(sum(own.values())) if own else "–"
    says = f"лето {note.year[:4]}: {count} (школы {said}, бот {note.own_posts}), "
    says += f"по {of(told, total, SCHOOL_OF)}"
    rows = [
        TaskRow(school, f"объявлений {own[school]}")
        if school in own
        else TaskRow(school, "ещё не сообщила")
        for school in note.schools
    ]
    made = Measured(one, note.on, says, numerator=count, told=told, expected=total)
    return replace(made, rows=tuple(rows))


TAKEN: Mapping[str, Callable[[Measure, TaskFacts], Measured]] = {
    "local_acts": _local_acts,
    "cards_fresh": _cards_fresh,
    "announcements": _announcements,
    "contracts": _contracts,
    "schools_with_contract": _schools_with_contract,
    "filled": _filled,
    "extracurricular": task_reports.extracurricular,
    "trained": task_reports.trained,
    "events": task_reports.events,
    "equipped": task_reports.equipped,
}
