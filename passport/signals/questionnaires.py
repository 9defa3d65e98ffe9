"""What schools say once a year: equipment, admissions, teachers, announcements; and grants."""

from decimal import Decimal
from fractions import Fraction

from passport.indicators import Line
from passport.numbers import grouped, plain
from passport.risk_evidence import Evidence
from passport.risks import Flag, FlagRow, Scale
from passport.signals.columns import questionnaires
from passport.signals.wording import day, first, flag, of_schools, percent, share, unknown

KINDS = 6  # of equipment, as task 6 counts them


def equipment_share(evidence: Evidence, scale: Scale) -> Flag:
    """Task 6: «… в не менее 70% ООО, реализующих Проект»; by the May questionnaires."""
    found = [one for one in questionnaires(evidence, "may") if one.equipment is not None]
    if not found:
        return unknown(scale, "нет принятых майских анкет: оснащение школы называют в мае")
    wanted = int(scale["kinds"])
    poor = [one for one in found if len(one.equipment or ()) < wanted]
    part = share(len(found) - len(poor), len(found))
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: {len(one.equipment or ())} из {KINDS} видов",
            one.school,
            was=Decimal(KINDS),
            now=Decimal(len(one.equipment or ())),
            report=one.id,
        )
        for one in sorted(poor, key=lambda one: len(one.equipment or ()))
    ]
    says = (
        f"оснащены {of_schools(len(found) - len(poor), len(found))} ({percent(part)}), "
        f"анкета мая {_spring(found[0].year)}, "
        f"по {of_schools(len(found), len(evidence.schools))}"
    )
    return flag(scale, part, says, rows)


def _spring(year: str) -> str:
    """The calendar year in which a school year ends."""
    return year[5:]


def grants_zero(evidence: Evidence, scale: Scale) -> Flag:
    """Plan 6.2: «Получение финансовых средств, распределение средств полученных грантов …».

    No school reports it: the department says the year's sum, 0 included.
    """
    name = f"{evidence.year[:4]}/{evidence.year[-2:]}"
    if evidence.grants is None:
        return unknown(
            scale,
            f"сумма грантов за {name} учебный год не указана: её вносит сотрудник УО или ИМЦ в "
            "карточке риска 5",
        )
    if not evidence.grants:
        says = f"за {name} учебный год грантов не получено"
    else:
        says = f"за {name} учебный год получено грантов: {grouped(evidence.grants)} тыс. ₽"
    if evidence.grants_on is not None:
        says += f", указано {day(evidence.grants_on)}"
    below = evidence.grants < scale["amber"]
    return Flag(scale.signal, "amber" if below else "clear", says, (), "", scale)


def off_track_admission(evidence: Evidence, scale: Scale) -> Flag:
    """Graduates of this summer who entered along the track, of all who left the classes."""
    found = [
        (one, total, one.numbers.get("grads_he", 0) + one.numbers.get("grads_vet", 0))
        for one in questionnaires(evidence, "sept")
        if (total := one.numbers.get("grads_total"))
    ]
    if not found:
        return unknown(
            scale, "нет принятых сентябрьских анкет с выпускниками предпрофессиональных классов"
        )
    graduates = sum(total for _, total, _ in found)
    admitted = sum(entered for _, _, entered in found)
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: {entered} из {total}",
            one.school,
            Decimal(total),
            Decimal(entered),
            report=one.id,
        )
        for one, total, entered in sorted(found, key=lambda each: Fraction(each[2], each[1]))
    ]
    part = share(admitted, graduates)
    says = (
        f"поступили по направленности {admitted} из {graduates} ({percent(part)}), выпуск "
        f"{_spring(found[0][0].year)} года, по {of_schools(len(found), len(evidence.schools))}"
    )
    return flag(scale, part, says + (first(rows) if scale.counts(part) else ""), rows)


def teachers_trained_gap(evidence: Evidence, scale: Scale) -> Flag:
    """The passport's second additional indicator: of this year, else of the last one."""
    for lines in (evidence.lines, evidence.lines_before):
        line = lines.get("teachers_trained_share")
        if line is not None and line.value is not None:
            return _trained(scale, line)
    return unknown(scale, "нет принятых майских анкет: педагогов с курсами школы называют в мае")


def _trained(scale: Scale, line: Line) -> Flag:
    value = line.value
    assert value is not None
    reached = value.exact * 100 / Fraction(line.target) if line.target else Fraction(100)
    numbers = ""
    if value.denominator is not None:
        numbers = f" ({plain(value.numerator)} из {plain(value.denominator)})"
    says = f"педагоги с курсами: {percent(value.exact)}{numbers} на {day(value.on)}, "
    says += f"цель {plain(line.target)} %"
    if value.reported is not None and value.expected is not None:
        says += f", по {of_schools(value.reported, value.expected)}"
    row = FlagRow(
        f"{line.indicator.short}, {line.year[:4]}/{line.year[-2:]}: {percent(value.exact)}, "
        f"цель {plain(line.target)} %",
        was=line.target,
        now=value.shown,
        indicator=line.indicator.key,
    )
    return flag(scale, reached, says, [row])


def announcements_low(evidence: Evidence, scale: Scale) -> Flag:
    """Plan 2.1: «количество объявлений в СМИ», as schools report it after the campaign."""
    found = [one for one in questionnaires(evidence, "campaign") if "announcements" in one.numbers]
    if not found:
        return unknown(scale, "нет принятых справок школ о кампании: их присылают в конце августа")
    silent = [one for one in found if not one.numbers["announcements"]]
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: объявлений 0",
            one.school,
            now=Decimal(0),
            report=one.id,
        )
        for one in silent
    ]
    summer = _spring(found[0].year)
    says = f"лето {summer}: без объявлений {of_schools(len(rows), len(found))}{first(rows)}"
    if not rows:
        says = f"лето {summer}: объявления были у каждой из школ со справкой ({len(found)})"
    return flag(scale, len(rows), says, rows)
