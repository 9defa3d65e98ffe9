"""Risks 2 and 4, and what schools say of overloaded partners (risk 3)."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from passport.indicators import Line
from passport.numbers import plain, plural
from passport.register import OVERLOADED, Contract
from passport.risk_evidence import Evidence
from passport.risks import Flag, FlagRow, Scale
from passport.signals.wording import (
    NO_SCHOOLS,
    day,
    days,
    first,
    flag,
    of_schools,
    percent,
    quarters,
    share,
    unknown,
)

NO_CONTRACTS = "в реестре ещё нет ни одного договора: их вносят школы и методист (/school)"
WITH: dict[str, str] = {
    "contracts": "договоры всех видов",
    "contracts_he": "договоры с ВО",
    "contracts_vet": "договоры с СПО",
    "contracts_industry": "договоры с реальным сектором",
}


def _reached(line: Line) -> Fraction | None:
    """How much of the target of the year is there, in percent; contracts in force today."""
    if line.live is None:
        return None
    return share(line.live.numerator, line.target) if line.target else Fraction(100)


def _target_row(line: Line) -> FlagRow:
    assert line.live is not None
    fact = line.live.numerator
    return FlagRow(
        f"{WITH[line.indicator.key]}: действует {plain(fact)}, цель {plain(line.target)}",
        was=line.target,
        now=fact,
        indicator=line.indicator.key,
    )


def contracts_gap(evidence: Evidence, scale: Scale) -> Flag:
    """In force against the target, of all contracts and of each type."""
    found = [
        (reached, line)
        for key in WITH
        if (line := evidence.lines.get(key)) is not None and (reached := _reached(line)) is not None
    ]
    if not found:
        return unknown(scale, NO_CONTRACTS)
    rows = [_target_row(line) for _, line in found]
    low = [_target_row(line) for reached, line in found if scale.counts(reached)]
    says = "; ".join(row.text for row in low or rows)
    return flag(scale, min(reached for reached, _ in found), says, rows)


def industry_gap(evidence: Evidence, scale: Scale) -> Flag:
    """The passport's indicator 1.3 against its target."""
    line = evidence.lines.get("contracts_industry")
    reached = _reached(line) if line is not None else None
    if line is None or reached is None:
        return unknown(scale, NO_CONTRACTS)
    rows = [
        FlagRow(_contract(evidence, one), contract=one.id, school=",".join(one.schools))
        for one in _in_force(evidence)
        if one.partner.type == "industry"
    ]
    return flag(scale, reached, _target_row(line).text, rows)


def _in_force(evidence: Evidence) -> list[Contract]:
    return [one for one in evidence.contracts if one.in_force(evidence.today)]


def _running(evidence: Evidence) -> list[Contract]:
    """In force, and somebody's who takes part, or nobody's in particular: what a school that left
    has with its partners is no risk of the project."""
    known = set(evidence.schools)
    return [
        one for one in _in_force(evidence) if not one.schools or not known.isdisjoint(one.schools)
    ]


def _contract(evidence: Evidence, one: Contract) -> str:
    number = f", № {one.number}" if one.number else ""
    until = f", до {day(one.last_day)}" if one.last_day else ", бессрочный"
    names = ", ".join(evidence.name(school) for school in one.schools)
    return f"{one.partner.name}{number}{until}" + (f": {names}" if names else "")


def _partners(evidence: Evidence) -> dict[str, set[int]]:
    """School → its partners by contracts in force, of schools that take part."""
    found: dict[str, set[int]] = {school: set() for school in evidence.schools}
    for one in _in_force(evidence):
        for school in one.schools:
            if school in found:
                found[school].add(one.partner.id)
    return found


def school_without_partner(evidence: Evidence, scale: Scale) -> Flag:
    if not evidence.contracts or not evidence.schools:
        return unknown(scale, NO_CONTRACTS if evidence.schools else NO_SCHOOLS)
    alone = [school for school, partners in _partners(evidence).items() if not partners]
    rows = [FlagRow(f"{evidence.name(one)}: договоров нет", one) for one in alone]
    whole = of_schools(len(alone), len(evidence.schools))
    names = ", ".join(evidence.name(one) for one in alone[:5])
    more = f" и ещё {len(alone) - 5}" if len(alone) > 5 else ""
    says = f"без действующего договора {whole}: {names}{more}"
    if not alone:
        says = "у каждой школы-участницы есть действующий договор"
    return flag(scale, len(alone), says, rows)


def single_partner(evidence: Evidence, scale: Scale) -> Flag:
    """A school depends on a partner when all its contracts are with that one."""
    if not evidence.contracts or not evidence.schools:
        return unknown(scale, NO_CONTRACTS if evidence.schools else NO_SCHOOLS)
    only = {
        school: next(iter(partners))
        for school, partners in _partners(evidence).items()
        if len(partners) == 1
    }
    if not only:
        return flag(scale, 0, "нет школ, у которых только один партнёр")
    counted = Counter(only.values())
    partner, count = min(counted.items(), key=lambda one: (-one[1], one[0]))
    name = next(one.partner.name for one in evidence.contracts if one.partner.id == partner)
    rows = [
        FlagRow(f"{evidence.name(school)}: только {name}", school)
        for school, one in only.items()
        if one == partner
    ]
    part = share(count, len(evidence.schools))
    says = (
        f"только с одним партнёром ({name}) {plural(count, 'работает', 'работают', 'работают')} "
        f"{of_schools(count, len(evidence.schools))} ({percent(part)})"
    )
    return flag(scale, part, says, rows)


def comment_tag(evidence: Evidence, scale: Scale) -> Flag:
    """What coordinators and staff have marked on the cards of contracts in force."""
    told = [one for one in _running(evidence) if one.load]
    if not told:
        return unknown(
            scale,
            "ни в одной карточке договора не отмечено, справляется ли партнёр: это отмечают школы",
        )
    tired = [one for one in told if one.load == OVERLOADED]
    rows = [
        FlagRow(_contract(evidence, one), ",".join(one.schools), contract=one.id) for one in tired
    ]
    partners = {one.partner.id for one in tired}
    count = len(partners)
    words = plural(count, "партнёр", "партнёра", "партнёров")
    says = f"перегружены, по словам школ: {count} {words}{first(rows)}"
    if not tired:
        says = f"отмеченные партнёры справляются (договоров с отметкой: {len(told)})"
    return flag(scale, count, says, rows)


def contracts_expiring(evidence: Evidence, scale: Scale) -> Flag:
    """A contract that ends while no other with the partner goes on for the same schools."""
    if not evidence.contracts:
        return unknown(scale, NO_CONTRACTS)
    found = []
    for one in _running(evidence):
        if one.last_day is None:
            continue
        left = (one.last_day - evidence.today).days
        if scale.counts(left) and not _followed(evidence, one):
            found.append((left, one))
    found.sort(key=lambda pair: (pair[0], pair[1].id))
    rows = [
        FlagRow(
            f"{_contract(evidence, one)} (через {days(left)})",
            ",".join(one.schools),
            contract=one.id,
        )
        for left, one in found
    ]
    soon = f"в ближайшие {days(int(scale['amber']))}"
    if not found:
        says = f"{soon} без замены не кончается ни один договор"
        return Flag(scale.signal, "clear", says, (), "", scale)
    count = len(found)
    ends = plural(count, "кончается", "кончаются", "кончаются")
    says = f"{soon} {ends} без замены {count} {_contracts(count)}{first(rows)}"
    return flag(scale, found[0][0], says, rows)


def _contracts(count: int) -> str:
    return plural(count, "договор", "договора", "договоров")


def _followed(evidence: Evidence, ending: Contract) -> bool:
    """Whether every school of it that takes part has another contract with the partner that lasts
    longer."""
    assert ending.last_day is not None
    covered: set[str] = set()
    another = False
    for one in evidence.contracts:
        if one.id == ending.id or one.partner.id != ending.partner.id:
            continue
        if one.last_day is None or one.last_day > ending.last_day:
            another = True
            covered.update(one.schools)
    return covered >= set(ending.schools) & set(evidence.schools) if ending.schools else another


def partner_idle(evidence: Evidence, scale: Scale) -> Flag:
    """Whole quarters since the last event that a card of the partner's contracts tells of."""
    in_force = _running(evidence)
    told = [one for one in in_force if one.last_event_on is not None]
    if not told:
        return unknown(
            scale,
            "ни в одной карточке договора нет дня последнего совместного мероприятия: его вносят "
            "школы",
        )
    last: dict[int, Contract] = {}
    for one in told:
        known = last.get(one.partner.id)
        if known is None or (one.last_event_on or one.signed_on) > (
            known.last_event_on or known.signed_on
        ):
            last[one.partner.id] = one
    idle = [
        (
            sum(
                quarter.start > since and quarter.end < evidence.today
                for quarter in evidence.quarters
            ),
            one,
        )
        for one in last.values()
        if (since := one.last_event_on) is not None
    ]
    idle.sort(key=lambda pair: (-pair[0], pair[1].id))
    found = [(count, one) for count, one in idle if scale.counts(count)]
    rows = [
        FlagRow(
            f"{one.partner.name}: последнее мероприятие {day(one.last_event_on)}"
            if one.last_event_on
            else one.partner.name,
            ",".join(one.schools),
            now=Decimal(count),
            contract=one.id,
        )
        for count, one in found
    ]
    silent = len({one.partner.id for one in in_force} - set(last))
    missing = f"день мероприятия не указан у партнёров: {silent}" if silent else ""
    count = len(found)
    words = plural(count, "партнёр", "партнёра", "партнёров")
    long = quarters(int(scale["amber"]))
    says = f"без мероприятий {long} и дольше: {count} {words}{first(rows)}"
    if not found:
        says = f"партнёры проводили мероприятия недавно (известно о {len(last)})"
    return flag(scale, idle[0][0], says, rows, missing)
