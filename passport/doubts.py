"""Doubts: what may well be true but deserves one question before the report is sent.

They are collected for one screen at the end, never asked after each answer (§1.4). A doubt that
was confirmed stays confirmed as long as it says the same: its text carries the numbers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from passport.form import Check
from passport.limits import broken
from passport.numbers import plain
from passport.sheet import Answers, Sheet, amount, distinct_names, numbers
from passport.values import Named, Nothing, Number, Slot, Value

Severity = Literal["soft", "comment", "info"]
FLOW_ROWS = ("3", "4", "5", "6", "7", "8")


@dataclass(frozen=True, slots=True)
class Doubt:
    """``comment`` severity wants a sentence, ``soft`` a «да, верно», ``info`` nothing."""

    check: str
    slot: Slot
    severity: Severity
    text: str

    @property
    def key(self) -> str:
        return f"{self.check}/{self.slot.question}/{self.slot.class_id}/{self.slot.subject_id}"


# What is known of the school from elsewhere: «teachers» of all, «capacity» of its classes,
# «pupils_11» in its last classes, «trained» teachers as far as earlier reports say.
Facts = Mapping[str, Decimal]


def doubts(sheet: Sheet, facts: Facts | None = None) -> tuple[Doubt, ...]:
    """All doubts of a report in the order of the form's rows."""
    facts = facts or {}
    found = [*_limits(sheet, facts)]
    if sheet.form.is_quarterly:
        found += [
            *_row_1(sheet, facts),
            *_row_2(sheet),
            *_levels(sheet),
            *_row_3(sheet),
            *_row_5(sheet),
            *_teachers(sheet, facts),
            *_whole(sheet),
        ]
    order = {question.key: position for position, question in enumerate(sheet.form.questions)}
    return tuple(sorted(found, key=lambda doubt: order[doubt.slot.question]))


def _doubt(sheet: Sheet, check: str, slot: Slot, **words: object) -> Doubt:
    rule: Check = sheet.form.checks[check]
    shown = {key: plain(word) if isinstance(word, Decimal) else word for key, word in words.items()}
    return Doubt(check, slot, rule.kind, rule.text.format(**shown))


def _limits(sheet: Sheet, facts: Facts) -> Iterator[Doubt]:
    """What the form's data says should hold between its numbers."""
    for one in broken(sheet.form, numbers(sheet), facts):
        yield Doubt(one.limit.key, Slot(one.limit.of[0]), "soft", one.text)
    for class_ in sheet.classes:
        for one in broken(sheet.form, numbers(sheet, class_.id), {}):
            slot = Slot(one.limit.of[0], class_.id)
            yield Doubt(one.limit.key, slot, "soft", f"{class_.name}: {one.text}")


def _number(value: Value | None) -> Decimal | None:
    return value.value if isinstance(value, Number) else None


def _row_1(sheet: Sheet, facts: Facts) -> Iterator[Doubt]:
    for one in sheet.classes:
        slot = Slot("r1", one.id)
        now, before = _number(sheet.answers.get(slot)), _number(sheet.previous(slot))
        if now == 0:
            yield _doubt(sheet, "V21", slot, name=one.name)
        elif now is not None and before:
            step = abs(now - before)
            if step >= 3 and step * 5 >= before:
                yield _doubt(sheet, "V16", slot, name=one.name, prev=before, now=now)
    pupils = sheet.pupils()
    capacity = facts.get("capacity")
    if pupils is not None and capacity is not None and pupils > capacity:
        slot = Slot("r1", sheet.classes[0].id)
        yield _doubt(sheet, "V22", slot, n=pupils, capacity=capacity)


def _row_2(sheet: Sheet) -> Iterator[Doubt]:
    for one in sheet.classes:
        for subject in one.subjects:
            slot = Slot("r2", one.id, subject.id)
            now, before = _number(sheet.answers.get(slot)), _number(sheet.previous(slot))
            if now is None:
                continue
            name = f"{subject.name}, {one.name}"
            if before is not None and abs(now - before) >= Decimal("0.7"):
                yield _doubt(sheet, "V17", slot, name=name, prev=before, now=now)
            elif now < 3:
                yield _doubt(sheet, "V17_low", slot, name=name, now=now)
    yield from _subjects_changed(sheet)


def _subjects_changed(sheet: Sheet) -> Iterator[Doubt]:
    if not sheet.earlier:
        return
    for one in sheet.classes:
        before = {slot for slot in sheet.earlier[-1][1] if _is_mark_of(slot, one.id)}
        now = {slot for slot in sheet.answers if _is_mark_of(slot, one.id)}
        if not before or before == now:
            continue
        names = {subject.id: subject.name for subject in one.subjects}
        signed = [("+ ", slot) for slot in sorted(now - before)]
        signed += [("– ", slot) for slot in sorted(before - now)]
        diff = ", ".join(sign + names.get(slot.subject_id, "предмет") for sign, slot in signed)
        yield _doubt(sheet, "V23", Slot("r2.subjects", one.id), name=one.name, diff=diff)


def _is_mark_of(slot: Slot, class_id: int) -> bool:
    return slot.question == "r2" and slot.class_id == class_id


def _levels(sheet: Sheet) -> Iterator[Doubt]:
    """V07, V08, V09, V10: a level's total against its named items and against row 1."""
    pupils = sheet.pupils()
    for question in sheet.form.questions:
        if question.kind != "named":
            continue
        slot = Slot(question.key)
        value = sheet.answers.get(slot)
        total = _number(sheet.effective(Slot(f"{question.key}.total")))
        name = question.short
        if isinstance(value, Number) and value.value > 0:
            yield _doubt(sheet, "V09", slot, name=name)
        if isinstance(value, Named) and total is not None:
            if total > value.total:
                yield _doubt(sheet, "V07", slot, name=name, total=total, sum=value.total)
            elif total < value.total:
                yield _doubt(sheet, "V08", slot, name=name, total=total, sum=value.total)
        if question.level and pupils:
            largest = Decimal(value.largest) if isinstance(value, Named) else Decimal(0)
            most = max(total or Decimal(0), largest)
            if most > pupils:
                yield _doubt(sheet, "V10", slot, name=name, n=most, r1=pupils)


def _row_3(sheet: Sheet) -> Iterator[Doubt]:
    head = Slot("r3")
    events = _number(sheet.answers.get(head))
    if not events:
        return
    levels = [Slot(key) for key in sheet.form.keys_of("3", "named")]
    lists = [sheet.answers.get(slot) for slot in levels]
    named = len(distinct_names(lists))
    if events < named:
        yield _doubt(sheet, "V11", head, k=named, r3=events)
    totals = [sheet.effective(Slot(f"{slot.question}.total")) for slot in levels]
    if all(total is not None for total in totals) and not any(amount(total) for total in totals):
        yield _doubt(sheet, "V12", head)


def _row_5(sheet: Sheet) -> Iterator[Doubt]:
    head = Slot("r5")
    levels = [Slot(key) for key in sheet.form.keys_of("5", "count") if key != head.question]
    total = _number(sheet.effective(head))
    winners = [amount(sheet.answers.get(slot)) for slot in levels]
    if total is not None and total < max(winners):
        yield _doubt(sheet, "V06", head, total=total, level=max(winners))
    if total is not None and total > sum(winners):
        yield _doubt(sheet, "V14", head, total=total, sum=sum(winners, Decimal(0)))
    for slot in levels:
        won = _year_to_date(sheet, slot)
        took_part = _year_to_date(sheet, Slot(slot.question.replace("r5.", "r4.")))
        if amount(sheet.answers.get(slot)) > 0 and won > took_part:
            name = sheet.form.question(slot.question).short
            yield _doubt(sheet, "V13", slot, name=name, w=won, p=took_part)


def _year_to_date(sheet: Sheet, slot: Slot) -> Decimal:
    """A flow since September: participations of named items, or the bare number given (F14)."""
    quarters = [answers for period, answers in sheet.earlier if period != "base"]
    return sum((amount(answers.get(slot)) for answers in [*quarters, sheet.answers]), Decimal(0))


def _teachers(sheet: Sheet, facts: Facts) -> Iterator[Doubt]:
    teachers = facts.get("teachers")
    if teachers is None:
        return
    for slot in (Slot("r7"), Slot("r8")):
        value = sheet.answers.get(slot)
        most = Decimal(value.largest) if isinstance(value, Named) else amount(value)
        if most > teachers:
            yield _doubt(sheet, "V15", slot, n=most, t=teachers)


def _whole(sheet: Sheet) -> Iterator[Doubt]:
    """V18 and V19 look at rows 3–8 together; they stand at the first of them."""
    if sheet.period == "base" or sheet.gaps:
        return
    flows = _flows(sheet, sheet.values)
    if not any(amount(value) for value in flows.values()):
        yield _doubt(sheet, "V18", Slot("r3"))
        return
    before = sheet.earlier[-1:]
    if before and before[0][0] != "base" and flows == _flows(sheet, before[0][1]):
        yield _doubt(sheet, "V19", Slot("r3"))


def _flows(sheet: Sheet, values: Answers) -> dict[Slot, Value]:
    return {
        slot: value
        for slot, value in values.items()
        if sheet.form.question(slot.question).section in FLOW_ROWS
        and not isinstance(value, Nothing)
    }
