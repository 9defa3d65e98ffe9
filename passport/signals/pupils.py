"""Risk 1, and the outflow of risk 6: how many pupils there are, came, and left."""

from decimal import Decimal
from fractions import Fraction

from passport.form import PeriodKey
from passport.numbers import plain, plural
from passport.risk_evidence import Evidence, QuarterReport
from passport.risks import Flag, FlagRow, Scale
from passport.signals.columns import QUARTERS, column, neighbours, quarter_at_hand
from passport.signals.wording import (
    PERIOD_NAMES,
    day,
    first,
    flag,
    of_schools,
    percent,
    share,
    unknown,
)


def pupils_drop(evidence: Evidence, scale: Scale) -> Flag:
    """Σ row 1 of a quarter against Σ row 1 of 1 September, the same schools in both."""
    base = {
        school: one
        for school, one in column(evidence, evidence.year, "base").items()
        if one.pupils is not None
    }
    if not base:
        return unknown(scale, "нет принятых отчётов школ «база на 01.09»")
    both: dict[PeriodKey, dict[str, QuarterReport]] = {
        period: {
            school: one
            for school, one in column(evidence, evidence.year, period).items()
            if school in base and one.pupils is not None
        }
        for period in QUARTERS
    }
    period = quarter_at_hand({one: len(found) for one, found in both.items()}, len(base))
    if period is None:
        return unknown(scale, "нет школ, у которых приняты и база на 01.09, и четверть")
    pairs = [(base[school], now) for school, now in both[period].items()]
    was = sum(one.pupils or 0 for one, _ in pairs)
    now = sum(one.pupils or 0 for _, one in pairs)
    rows = _changes(evidence, pairs)
    lost = share(was - now, was) if was else Fraction(0)
    change = f" (меньше на {percent(lost)})" if now < was else ""
    says = (
        f"{PERIOD_NAMES[period]}: было {was} на 01.09, стало {now}{change}, "
        f"по {of_schools(len(pairs), len(evidence.schools))}"
    )
    fallen = [
        row for row in rows if row.now is not None and row.was is not None and row.now < row.was
    ]
    return flag(scale, lost, says + (first(fallen) if scale.counts(lost) else ""), rows)


def _changes(evidence: Evidence, pairs: list[tuple[QuarterReport, QuarterReport]]) -> list[FlagRow]:
    """All that were compared, the greatest losses first: together they are the sums."""
    order = {school: place for place, school in enumerate(evidence.schools)}
    pairs = sorted(
        pairs, key=lambda one: ((one[1].pupils or 0) - (one[0].pupils or 0), order[one[0].school])
    )
    return [
        FlagRow(
            f"{evidence.name(was.school)}: было {was.pupils}, стало {now.pupils}",
            was.school,
            Decimal(was.pupils or 0),
            Decimal(now.pupils or 0),
            report=now.id,
        )
        for was, now in pairs
    ]


def class_underfilled(evidence: Evidence, scale: Scale) -> Flag:
    """Enrolled of all seats, class by class, once enrolment is over (task 4: 60 %)."""
    cards = evidence.open_classes(evidence.filled_year)
    both = [
        (share(card.enrolled, card.capacity), card)
        for card in cards
        if card.enrolled is not None and card.capacity
    ]
    if not both:
        return unknown(scale, "ни в одной карточке класса не указаны и места, и зачисленные")
    low = [(full, card) for full, card in both if scale.counts(full)]
    low.sort(key=lambda one: one[0])
    rows = [
        FlagRow(
            f"{evidence.name(card.school)}, {card.name}: {card.enrolled} из {card.capacity} мест",
            card.school,
            Decimal(card.capacity or 0),
            Decimal(card.enrolled or 0),
            class_card=card.id,
        )
        for _, card in low
    ]
    left = len(cards) - len(both)
    missing = f"без чисел в карточке: {left} {_classes(left)}" if left else ""
    bound = plain(scale["amber"])
    classes = f"{len(both)} {plural(len(both), 'класса', 'классов', 'классов')}"
    says = f"заполнены меньше чем на {bound} %: {len(low)} из {classes}{first(rows)}"
    if not low:
        says = f"все классы с известными числами ({len(both)}) заполнены хотя бы на {bound} %"
    return flag(scale, min(full for full, _ in both), says, rows, missing)


def _classes(count: int) -> str:
    return plural(count, "класс", "класса", "классов")


def target_gap(evidence: Evidence, scale: Scale) -> Flag:
    """Σ row 1 of 1 September against the target of the year."""
    line = evidence.lines.get("pupils")
    value = line.live or line.official if line is not None else None
    if line is None or value is None:
        return unknown(scale, "нет принятых отчётов школ «база на 01.09»")
    reached = share(value.numerator, line.target) if line.target else Fraction(100)
    silent = 0 if value.is_whole else (value.expected or 0) - (value.reported or 0)
    if silent and reached < 100 and evidence.today <= evidence.base_due:
        return unknown(
            scale,
            f"базу на 01.09 приняли не у всех: ждём {silent} "
            f"{plural(silent, 'школу', 'школы', 'школ')} до {day(evidence.base_due)}",
        )
    rows = [
        FlagRow(
            f"{evidence.name(part.school)}: {plain(part.amount)} на 01.09",
            part.school,
            now=part.amount,
            report=part.report,
        )
        for part in evidence.pupils
    ]
    number = int(value.numerator)
    says = f"{number} {plural(number, 'ученик', 'ученика', 'учеников')} на {day(value.on)}, "
    says += f"цель {plain(line.target)}"
    if reached < 100:
        says += f": не хватает {plain(line.target - value.numerator)}"
    if value.expected is not None and value.reported is not None:
        says += f", по {of_schools(value.reported, value.expected)}"
    missing = "" if not silent else f"ещё не приняты отчёты: {silent}"
    return flag(scale, reached, says, rows, missing)


def applications_low(evidence: Evidence, scale: Scale) -> Flag:
    """Applications on 1 July or 1 August against the same day of last summer."""
    found = evidence.applications
    if found is None:
        return unknown(
            scale, "считается летом: с 1 июля, по заявлениям на 1 июля и на 1 августа двух лет"
        )
    known = set(evidence.schools)
    compared = [one for one in found.schools if one.school in known]
    was = sum(one.was for one in compared)
    if not compared or not was:
        return unknown(
            scale,
            f"нет школ с заявлениями и на {day(found.day)}, и на тот же день год назад: числа "
            "берутся из карточек классов («Заявлений подано»)",
        )
    now = sum(one.now for one in compared)
    lost = share(was - now, was)
    compared.sort(key=lambda one: one.now - one.was)
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: было {one.was}, стало {one.now}",
            one.school,
            Decimal(one.was),
            Decimal(one.now),
        )
        for one in compared
    ]
    change = f" (меньше на {percent(lost)})" if now < was else ""
    says = (
        f"на {day(found.day)} подано {now}, год назад было {was}{change}, "
        f"по {of_schools(len(compared), len(evidence.schools))}"
    )
    return flag(scale, lost, says + (first(rows) if scale.counts(lost) else ""), rows)


def outflow_in_year(evidence: Evidence, scale: Scale) -> Flag:
    """A school's row 1 against its own of the column just before."""
    pairs = [
        pair for school in evidence.schools if (pair := neighbours(evidence, school)) is not None
    ]
    if not pairs:
        return unknown(scale, "ни у одной школы не приняты два соседних отчёта этого года")
    fallen = [(was, now) for was, now in pairs if _flows_out(scale, was, now)]
    rows = [
        FlagRow(
            f"{evidence.name(now.school)}: было {was.pupils}, стало {now.pupils} "
            f"({PERIOD_NAMES[now.period]})",
            now.school,
            Decimal(was.pupils or 0),
            Decimal(now.pupils or 0),
            report=now.id,
        )
        for was, now in sorted(fallen, key=lambda one: (one[1].pupils or 0) - (one[0].pupils or 0))
    ]
    compared = of_schools(len(rows), len(pairs))
    says = f"за последнюю четверть учеников заметно меньше у {compared}{first(rows)}"
    if not rows:
        says = f"за последнюю четверть отток не заметен, сравнили школ: {len(pairs)}"
    return flag(scale, len(rows), says, rows)


def _flows_out(scale: Scale, was: QuarterReport, now: QuarterReport) -> bool:
    if was.pupils is None or now.pupils is None or now.pupils >= was.pupils:
        return False
    lost = was.pupils - now.pupils
    return lost >= scale["persons"] or share(lost, was.pupils) >= Fraction(scale["percent"])
