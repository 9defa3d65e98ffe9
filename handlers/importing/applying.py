"""What a form would change, changing it, and taking that back: by the engine's own rules."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from exports.reading.answers import ReadAnswers, answers_of, periods_in
from exports.reading.form_file import Problem, ReadForm
from handlers.form.question import short
from handlers.marks import mark
from passport.change import Edit, applied, change
from passport.form import PeriodKey
from passport.loader import Passport
from passport.sheet import Sheet
from passport.values import Refusal, Slot
from storage import answers, classes, codec, reports
from storage.database import Transaction
from storage.reports import Report

forms_read = TypeAdapter(ReadForm)
MayChange = Callable[[Report], bool]


@dataclass(frozen=True)
class PeriodPlan:
    """One column of a file beside what is stored; ``closed`` says why it cannot be written."""

    period: PeriodKey
    report: Report | None
    sheet: Sheet
    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]
    closed: str = ""


@dataclass(frozen=True)
class Plan:
    """All that a file would change."""

    periods: tuple[PeriodPlan, ...]
    problems: tuple[Problem, ...]

    @property
    def open(self) -> tuple[PeriodPlan, ...]:
        return tuple(one for one in self.periods if not one.closed and one.edits)

    @property
    def mark(self) -> int:
        """Of just these changes: what was not shown is not written."""
        seen = [(one.period, one.edits) for one in self.open]
        return mark(seen)


@dataclass(frozen=True, slots=True)
class Source:
    """A read form and where it belongs; ``closed``: periods that cannot be changed now, and why."""

    school: str
    year: str
    read: ReadForm
    closed: Mapping[PeriodKey, str]


async def plan(tx: Transaction, passport: Passport, source: Source) -> Plan:
    """What the file says beside what is stored."""
    school, year, read, closed = source.school, source.year, source.read, source.closed
    form_year = await reports.form_year(tx, passport.forms, school, year)
    register = (await classes.register(tx, school, year)).open
    found, problems = [], list(read.problems)
    for period in periods_in(read):
        filling = form_year.fillings.get(period)
        sheet = (
            filling.sheet
            if filling is not None
            else Sheet(passport.forms.of(period), period, register)
        )
        known = sheet.classes or register
        said = answers_of(read, passport.form, known, period, sheet.pupils())
        edits, refused = _edits(sheet, said)
        own = (*said.problems, *refused)
        problems += own
        report = filling.report if filling is not None else None
        found.append(PeriodPlan(period, report, sheet, edits, own, closed.get(period, "")))
    return Plan(tuple(found), tuple(problems))


def _edits(sheet: Sheet, said: ReadAnswers) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """Answers in the order of asking, each checked against those before it."""
    order = {question.key: place for place, question in enumerate(sheet.form.questions)}
    now = sheet
    problems = []
    for slot in sorted(said.answers, key=lambda one: (order[one.question], one)):
        value = said.answers[slot]
        if now.effective(slot) == value:
            continue
        outcome = change(now, slot, value, clear=True)
        if isinstance(outcome, tuple):
            now = applied(now, outcome)
            continue
        text = outcome.text
        if isinstance(outcome, Refusal) and not now.is_open(slot):
            continue  # its row was closed by «не было»: the file says so itself
        label = sheet.form.period(sheet.period).label
        what = short(sheet, slot)
        problems.append(Problem(said.rows.get(slot, 0), label, what, text))
    before, after = dict(sheet.answers), dict(now.answers)
    slots = sorted(before.keys() | after.keys())
    edits = tuple(
        Edit(slot, before.get(slot), after.get(slot))
        for slot in slots
        if before.get(slot) != after.get(slot)
    )
    return edits, tuple(problems)


async def apply(
    tx: Transaction, source: Source, found: Sequence[PeriodPlan], by: int | None, *, on_behalf: bool
) -> str:
    """Writes the edits of the open periods; what was changed, as JSON, for taking it back."""
    done = []
    for one in found:
        report = one.report or await reports.open_report(tx, source.school, source.year, one.period)
        await answers.save(tx, report.id, one.edits, by, on_behalf=on_behalf)
        await reports.mark_changed(tx, report)
        done += [
            [
                report.id,
                [edit.slot.question, edit.slot.class_id, edit.slot.subject_id],
                codec.dump(edit.old),
                codec.dump(edit.new),
            ]
            for edit in one.edits
        ]
    return json.dumps(done, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Undone:
    """How many places were put back, and how many somebody has changed since."""

    count: int
    kept: int


async def undo(
    tx: Transaction, passport: Passport, edits: str, by: int, may: MayChange, *, on_behalf: bool
) -> Undone:
    """Puts back what an import changed, where it still stands as the import left it."""
    by_report: dict[int, list[Edit]] = {}
    for report_id, place, old, new in json.loads(edits):
        edit = Edit(Slot(*place), codec.load(old), codec.load(new))
        by_report.setdefault(report_id, []).append(edit)
    count = kept = 0
    for report_id, list_ in by_report.items():
        filling = await reports.filling_by_id(tx, passport.forms, report_id)
        if filling is None or not may(filling.report):
            kept += len(list_)
            continue
        now = filling.sheet.answers
        back = [
            Edit(edit.slot, edit.new, edit.old) for edit in list_ if now.get(edit.slot) == edit.new
        ]
        kept += len(list_) - len(back)
        count += len(back)
        await answers.save(tx, report_id, back, by, on_behalf=on_behalf)
        if back:
            await reports.mark_changed(tx, filling.report)
    return Undone(count, kept)
