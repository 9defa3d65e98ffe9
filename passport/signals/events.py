"""Events, marks and forms of lessons (risks 3 and 6): rows 2, 3 and 8 of the quarterly form."""

from decimal import Decimal
from fractions import Fraction

from passport.form import EVERY_PERIOD, PeriodKey
from passport.numbers import plain, plural
from passport.printed import SMALL_GROUP
from passport.register import ClassCard
from passport.risk_evidence import Evidence, MarkSaid, QuarterReport
from passport.risks import Flag, FlagRow, Scale
from passport.signals.columns import QUARTERS, column, latest, quarter_at_hand, sequence
from passport.signals.wording import (
    PERIOD_NAMES,
    first,
    flag,
    of_schools,
    percent,
    quarters,
    share,
    unknown,
)

AT_A_DISTANCE = "дистанционная"  # «очная и дистанционная» too


def distance_share(evidence: Evidence, scale: Scale) -> Flag:
    """The share of classes with lessons at a distance against last year's, the same schools."""
    now = {card.school for card in evidence.open_classes(evidence.year) if card.mode}
    was = {card.school for card in evidence.open_classes(evidence.before) if card.mode}
    both = now & was
    if not both:
        return unknown(
            scale,
            "нет школ, у которых форма занятий указана в карточках классов этого и прошлого года",
        )
    here = _with_mode(evidence, evidence.year, both)
    before = _with_mode(evidence, evidence.before, both)
    distant = [card for card in here if AT_A_DISTANCE in card.mode]
    part = share(len(distant), len(here))
    earlier = share(sum(AT_A_DISTANCE in card.mode for card in before), len(before))
    rows = [
        FlagRow(
            f"{evidence.name(card.school)}, {card.name}: {card.mode}",
            card.school,
            class_card=card.id,
        )
        for card in distant
    ]
    says = (
        f"с дистанционной формой {len(distant)} из {len(here)} "
        f"{plural(len(here), 'класса', 'классов', 'классов')} ({percent(part)}), "
        f"год назад было {percent(earlier)}, по {of_schools(len(both), len(evidence.schools))}"
    )
    return flag(scale, part - earlier, says, rows)


def _with_mode(evidence: Evidence, year: str, schools: set[str]) -> list[ClassCard]:
    return [one for one in evidence.open_classes(year) if one.mode and one.school in schools]


def teachers_events_zero(evidence: Evidence, scale: Scale) -> Flag:
    """Row 8 is nothing in a school's last accepted quarters, one right behind the other."""
    wanted = int(scale["quarters"])
    order = sequence(evidence)
    rows, compared = [], 0
    for school in evidence.schools:
        last = latest(evidence, school)
        if last is None:
            continue
        end = order.index((last.year, last.period))
        if end + 1 < wanted:
            continue
        own = evidence.by_school[school]
        run = [own.get(place) for place in order[end + 1 - wanted : end + 1]]
        known = [one for one in run if one is not None and one.teachers is not None]
        if len(known) < wanted:
            continue
        compared += 1
        if not any(one.teachers for one in known):
            names = ", ".join(PERIOD_NAMES[one.period] for one in known)
            rows.append(FlagRow(f"{evidence.name(school)}: {names} – 0", school, report=last.id))
    if not compared:
        return unknown(scale, f"ни у одной школы не приняты {quarters(wanted)} подряд")
    says = f"{quarters(wanted)} подряд педагоги не участвовали у {of_schools(len(rows), compared)}"
    if not rows:
        says = f"педагоги участвуют в мероприятиях у каждой из сравниваемых школ ({compared})"
    return flag(scale, len(rows), says + first(rows), rows)


def joint_events_low(evidence: Evidence, scale: Scale) -> Flag:
    """Participations of the regional level and above against the same quarter a year ago."""
    both: dict[PeriodKey, list[tuple[QuarterReport, QuarterReport]]] = {}
    for period in QUARTERS:
        now = column(evidence, evidence.year, period)
        was = column(evidence, evidence.before, period)
        both[period] = [
            (was[school], now[school])
            for school in evidence.schools
            if school in now
            and school in was
            and was[school].joint is not None
            and now[school].joint is not None
        ]
    counts = {one: len(pairs) for one, pairs in both.items()}
    period_at_hand = quarter_at_hand(counts, len(evidence.schools))
    if period_at_hand is None:
        return unknown(scale, "нет школ, у которых одна и та же четверть принята в оба года")
    pairs = both[period_at_hand]
    before = sum(one.joint or 0 for one, _ in pairs)
    after = sum(one.joint or 0 for _, one in pairs)
    lost = share(before - after, before) if before else Fraction(0)
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: было {one.joint}, стало {two.joint}",
            one.school,
            Decimal(one.joint or 0),
            Decimal(two.joint or 0),
            report=two.id,
        )
        for one, two in sorted(pairs, key=lambda pair: (pair[1].joint or 0) - (pair[0].joint or 0))
    ]
    change = f" (меньше на {percent(lost)})" if after < before else ""
    says = (
        f"{PERIOD_NAMES[period_at_hand]}: участий {after}, год назад было {before}{change}, "
        f"по {of_schools(len(pairs), len(evidence.schools))}"
    )
    return flag(scale, lost, says + (first(rows) if scale.counts(lost) else ""), rows)


def careers_events_low(evidence: Evidence, scale: Scale) -> Flag:
    """The head of row 3 is nothing in a school's last accepted quarter."""
    found = [
        one
        for school in evidence.schools
        if (one := latest(evidence, school)) is not None and one.events is not None
    ]
    if not found:
        return unknown(scale, "нет принятых отчётов за четверти этого года")
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: {PERIOD_NAMES[one.period]} – 0",
            one.school,
            now=Decimal(0),
            report=one.id,
        )
        for one in found
        if not one.events
    ]
    says = f"за последнюю четверть мероприятий не было у {of_schools(len(rows), len(found))}"
    if not rows:
        says = f"мероприятия за последнюю четверть были у каждой из школ с отчётом ({len(found)})"
    return flag(scale, len(rows), says + first(rows), rows)


def marks_drop(evidence: Evidence, scale: Scale) -> Flag:
    """A subject of a class: its last mark of the year against the one before.

    A quarter without marks is passed over (F13). Of a group of fewer than five the average is
    nearly somebody's own mark (F16): such groups are neither compared nor shown.
    """
    known = set(evidence.schools)
    told: dict[tuple[int, int], list[MarkSaid]] = {}
    for one in sorted(evidence.marks, key=lambda one: EVERY_PERIOD.index(one.period)):
        if one.school in known:
            told.setdefault((one.class_id, one.subject_id), []).append(one)
    both = [(marks[-2], marks[-1]) for marks in told.values() if len(marks) > 1]
    pairs = [pair for pair in both if not any(_is_small(one) for one in pair)]
    small = len(both) - len(pairs)
    left = f"малые группы не сравнивались: {small}" if small else ""
    if not pairs:
        missing = "нет предметов, по которым приняты два средних балла этого года"
        return unknown(scale, f"{missing}; {left}" if left else missing)
    fallen = [(was.mark - now.mark, was, now) for was, now in pairs]
    fallen.sort(key=lambda one: -one[0])
    rows = [
        FlagRow(
            f"{evidence.name(now.school)}, {now.class_name}, {now.subject}: "
            f"было {plain(was.mark)}, стало {plain(now.mark)} ({PERIOD_NAMES[now.period]})",
            now.school,
            was.mark,
            now.mark,
            report=now.report,
        )
        for fall, was, now in fallen
        if scale.counts(fall)
    ]
    bound = plain(scale["amber"])
    fell = f"средний балл упал на {bound} и больше по предметам классов"
    says = f"{fell}: {len(rows)} из {len(pairs)}{first(rows)}"
    if not rows:
        says = f"ни по одному предмету балл не упал на {bound} (сравнили: {len(pairs)})"
    return flag(scale, fallen[0][0], says, rows, left)


def _is_small(one: MarkSaid) -> bool:
    return one.pupils is not None and one.pupils < SMALL_GROUP
