"""Measures of the tasks that come from reports: the May questionnaire, and row 8 of the form."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from passport.numbers import plural
from passport.task_facts import May, TaskFacts
from passport.task_shares import SCHOOL_OF, TEACHER_OF, of, percent, settled, shown
from passport.tasks import Measure, Measured, TaskRow

KINDS_OF_EQUIPMENT = 6
NO_MAY = "майские анкеты школ ещё не приняты"


def equipped(one: Measure, facts: TaskFacts) -> Measured:
    """Task 6: schools that ticked enough kinds of equipment, of those that take part."""
    may = facts.may
    told = [said for said in may.said if said.equipment is not None] if may else []
    if may is None or not told:
        return Measured(one, facts.on, missing=NO_MAY, expected=_expected(may, facts))
    equipped = {said.school for said in told if len(said.equipment or ()) >= facts.equipped_from}
    whole = sum(len(said.equipment or ()) >= KINDS_OF_EQUIPMENT for said in told)
    says = f"оснащены {of(len(equipped), len(told), SCHOOL_OF)} "
    says += f"({shown(percent(len(equipped), len(told)))}), участниц {len(may.expected)}; "
    says += f"оснащена – от {facts.equipped_from} видов из {KINDS_OF_EQUIPMENT}; все – у {whole} "
    says += plural(whole, "школы", "школ", "школ")
    rows = [
        TaskRow(
            said.school,
            f"{len(said.equipment or ())} из {KINDS_OF_EQUIPMENT}: "
            + (", ".join(said.equipment or ()) or "ничего не отмечено"),
            said.report,
        )
        for said in told
    ]
    return _of_schools(one, facts, says, (len(equipped), len(told)), rows)


def extracurricular(one: Measure, facts: TaskFacts) -> Measured:
    """Section 5: every school gives the track a third of its work outside lessons."""
    may = facts.may
    told = [said for said in may.said if said.third is not None] if may else []
    if may is None or not told:
        missing = NO_MAY if may is None or not may.said else "на этот вопрос школы не ответили"
        return Measured(one, facts.on, missing=missing, expected=_expected(may, facts))
    yes = sum(said.third is True for said in told)
    says = f"не менее 1/3 – у {of(yes, len(told), SCHOOL_OF)} "
    says += f"({shown(percent(yes, len(told)))}), участниц {len(may.expected)}"
    rows = [
        TaskRow(said.school, "не менее 1/3" if said.third else "меньше 1/3", said.report)
        for said in told
    ]
    return _of_schools(one, facts, says, (yes, len(told)), rows)


def _expected(may: May | None, facts: TaskFacts) -> int:
    return len(may.expected if may is not None else facts.schools)


def _of_schools(
    one: Measure, facts: TaskFacts, says: str, counts: tuple[int, int], rows: Sequence[TaskRow]
) -> Measured:
    """A share of the schools that answered; ``counts``: yes, and answered."""
    assert facts.may is not None
    yes, told = counts
    expected = facts.may.expected
    heard = {row.school for row in rows}
    silent = [TaskRow(slug, "анкеты или ответа нет") for slug in expected if slug not in heard]
    return Measured(
        one,
        facts.on,
        says,
        share=percent(yes, told),
        numerator=yes,
        denominator=told,
        told=told,
        expected=len(expected),
        reached=settled(yes, told, len(expected), one.threshold),
        asked=facts.may.words,
        rows=(*rows, *silent),
    )


def trained(one: Measure, facts: TaskFacts) -> Measured:
    """Task 5, by the indicator of the year of the last questionnaire."""
    line = facts.may.trained if facts.may is not None else None
    value = line.value if line is not None else None
    if facts.may is None or value is None:
        return Measured(one, facts.on, missing=NO_MAY, expected=_expected(facts.may, facts))
    share, threshold = value.exact, one.threshold or 0
    says = f"прошли курсы {shown(share)}"
    if value.denominator:
        says = f"прошли курсы {of(int(value.numerator), int(value.denominator), TEACHER_OF)} "
        says += f"({shown(share)})"
    if value.expected is not None and value.reported is not None:
        says += f", по {of(value.reported, value.expected, SCHOOL_OF)}"
    reached = share >= threshold
    return Measured(
        one,
        value.on,
        says,
        share=share,
        numerator=int(value.numerator),
        denominator=int(value.denominator) if value.denominator else None,
        told=value.reported or 0,
        expected=value.expected or 0,
        reached=None if reached and not value.is_whole else reached,
        asked=facts.may.words,
    )


def events(one: Measure, facts: TaskFacts) -> Measured:
    """Task 5, row 8 of the form: it counts participations, so no share comes of it (F11)."""
    total = len(facts.schools)
    if not facts.events:
        missing = "отчёты за четверти этого года ещё не приняты"
        return Measured(one, facts.on, missing=missing, expected=total)
    persons = sum(said.persons for said in facts.events)
    taking = sum(said.persons > 0 for said in facts.events)
    noun = plural(persons, "участие", "участия", "участий")
    says = f"{persons} {noun} педагогов, школ {taking} из {len(facts.events)}, что отчитались "
    says += f"(участниц {total}); четверти {_span(facts.quarters)}"
    rows = [TaskRow(said.school, f"участий: {said.persons}") for said in facts.events]
    made = Measured(one, facts.on, says, numerator=persons, told=len(facts.events), expected=total)
    return replace(made, rows=tuple(rows))


def _span(quarters: Collection[str]) -> str:
    named = [one for one in ("I", "II", "III", "IV") if one in quarters]
    return named[0] if len(named) == 1 else f"{named[0]}–{named[-1]}"
