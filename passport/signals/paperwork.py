"""Local acts, returns, cards, lateness, and whether parents ask at all (risks 7 and 8)."""

from datetime import timedelta
from decimal import Decimal

from passport.numbers import plural
from passport.risk_evidence import Evidence
from passport.risks import Flag, FlagRow, Scale
from passport.signals.wording import (
    NO_SCHOOLS,
    PERIOD_NAMES,
    day,
    days,
    first,
    flag,
    of_schools,
    percent,
    share,
    unknown,
)


def local_act_missing(evidence: Evidence, scale: Scale) -> Flag:
    """Plan 1.4: a school's local act; its link stands on the cards of its classes."""
    cards = evidence.open_classes(evidence.filled_year)
    if not cards:
        return unknown(scale, "карточек классов этого года ещё нет: их заводят школы (/school)")
    linked = {card.school for card in cards if card.local_act_url}
    counted: dict[str, int] = {}
    for card in cards:
        counted[card.school] = counted.get(card.school, 0) + 1
    rows = [
        FlagRow(f"{evidence.name(one)}: {_no_link(counted.get(one, 0))}", one)
        for one in evidence.schools
        if one not in linked
    ]
    says = f"без ссылки на положение {of_schools(len(rows), len(evidence.schools))}{first(rows)}"
    if not rows:
        says = "у каждой школы-участницы есть ссылка на положение"
    return flag(scale, len(rows), says, rows)


def _no_link(classes: int) -> str:
    if not classes:
        return "классы не внесены"
    return f"ссылки нет, {classes} {plural(classes, 'класс', 'класса', 'классов')}"


def form_returned(evidence: Evidence, scale: Scale) -> Flag:
    """Reports and questionnaires of the year that staff gave back again and again."""
    if not evidence.submitted:
        return unknown(scale, "в этом учебном году отчётов ещё не присылали")
    known = set(evidence.schools)
    found = [
        one for one in evidence.returned if one.school in known and one.times >= scale["times"]
    ]
    found.sort(key=lambda one: -one.times)
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}, {PERIOD_NAMES[one.period]}: возвращали {one.times} "
            f"{plural(one.times, 'раз', 'раза', 'раз')}",
            one.school,
            now=Decimal(one.times),
            report=one.report,
        )
        for one in found
    ]
    count = len(rows)
    words = plural(count, "отчёт", "отчёта", "отчётов")
    says = f"возвращали снова и снова: {count} {words}{first(rows)}"
    if not rows:
        says = f"таких отчётов нет (прислано за год: {evidence.submitted})"
    return flag(scale, count, says, rows)


def card_stale(evidence: Evidence, scale: Scale) -> Flag:
    """Cards of the classes that parents are shown; in enrolment a week is long (plan 2.4)."""
    stage = evidence.campaign.stage(evidence.today)
    shown = evidence.shown
    cards = evidence.open_classes(shown if shown in evidence.classes else evidence.year)
    if not cards:
        return unknown(scale, "карточек классов ещё нет: их заводят школы (/school)")
    age = int(scale["summer" if stage == "open" else "days"])
    old = []
    for card in cards:
        seen = evidence.card_days.get(card.id)
        if seen is None or (evidence.today - seen).days > age:
            old.append((seen, card))
    old.sort(key=lambda one: (one[0] is not None, one[0] or evidence.today, one[1].id))
    rows = [
        FlagRow(
            f"{evidence.name(card.school)}, {card.name}: "
            + (f"проверена {day(seen)}" if seen else "ни разу не проверена"),
            card.school,
            class_card=card.id,
        )
        for seen, card in old
    ]
    part = share(len(old), len(cards))
    whole = f"{len(cards)} {plural(len(cards), 'карточки', 'карточек', 'карточек')}"
    more = f"больше {age} {plural(age, 'дня', 'дней', 'дней')}"
    says = f"не проверяли {more}: {len(old)} из {whole} ({percent(part)}){first(rows)}"
    if not rows:
        says = f"все карточки классов ({len(cards)}) проверены за {days(age)}"
    return flag(scale, part, says, rows)


def late_reports(evidence: Evidence, scale: Scale) -> Flag:
    """Of the last column that is due: sent late, or not yet; each school by its own deadline."""
    found = evidence.collected
    if found is None:
        return unknown(scale, "срок первой формы этого года ещё не прошёл")
    if not found.lines:
        return unknown(scale, NO_SCHOOLS)
    late = [one for one in found.lines if one.late]
    rows = [
        FlagRow(
            f"{evidence.name(one.school)}: "
            + (f"сдано {day(one.sent_on)}" if one.sent_on else "не сдано")
            + f", срок {day(one.due)}",
            one.school,
            report=one.report,
        )
        for one in sorted(late, key=lambda one: one.sent_on is not None)
    ]
    part = share(len(late), len(found.lines))
    name = PERIOD_NAMES[found.period]
    says = (
        f"{name}: позже срока или не сдали {of_schools(len(late), len(found.lines))} "
        f"({percent(part)})"
    )
    return flag(scale, part, says + (first(rows) if scale.counts(part) else ""), rows)


def no_questions(evidence: Evidence, scale: Scale) -> Flag:
    """Days in a row, up to yesterday, on which no parent asked anything; in the campaign alone."""
    campaign, today = evidence.campaign, evidence.today
    if campaign.stage(today) in ("before", "over"):
        return unknown(
            scale,
            f"считается во время кампании: с {day(campaign.starts)} по {day(campaign.ends)}",
        )
    if evidence.asks.get(today):
        return flag(scale, 0, f"сегодня родители обращались к боту, раз: {evidence.asks[today]}")
    silent, at = 0, today - timedelta(days=1)
    while at >= campaign.starts and evidence.asks.get(at) == 0:
        silent += 1
        at -= timedelta(days=1)
    asked = evidence.asks.get(at) if at >= campaign.starts else None
    if asked is None and at >= campaign.starts and not scale.counts(silent):
        return unknown(
            scale, f"обращения родителей считаются не раньше чем с {day(at + timedelta(days=1))}"
        )
    last = f", последний раз – {day(at)} (обращений: {asked})" if asked else ""
    says = f"дней подряд без обращений родителей: {silent}{last}"
    return flag(scale, silent, says)
