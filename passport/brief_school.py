"""The page about one school: the base of its head's readiness talk in August (plan 1.9).

A coordinator sees the own school's page, without risks: those are questions of the staff.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from passport.brief import Entry, NextDate, Page, Section, Sign, dated, dates_section
from passport.brief_city import year_words
from passport.brief_plan import plan_of_school
from passport.brief_risks import risks_of_school
from passport.calendar import State
from passport.form import PeriodKey
from passport.numbers import plain, plural
from passport.plan_states import PlanState
from passport.register import ENDS_SOON, PARTNER_TYPES, ClassCard, Contract
from passport.risks import RiskState

DATES = 5
Standing = Literal["draft", "submitted", "returned", "accepted"] | None


@dataclass(frozen=True, slots=True)
class ReportState:
    """A period of the school's own calendar; ``status`` None: not begun."""

    year: str
    period: PeriodKey
    name: str
    state: State
    due_at: datetime
    status: Standing
    sent_at: datetime | None = None

    @property
    def is_owed(self) -> bool:
        """Whether the school still has to send it; what is closed, staff enter."""
        return self.state in ("open", "late") and self.status in (None, "draft", "returned")


@dataclass(frozen=True, slots=True)
class Brought:
    """What the school brings to an indicator; ``amount`` None: ``why`` says why not.

    ``of`` is the school's own denominator, ``on`` its day; ``city`` is what all schools come to,
    with its completeness in words.
    """

    name: str
    amount: Decimal | None
    on: str
    of: Decimal | None = None
    city: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Headcount:
    """Row 1 of an accepted report: pupils on the day that the period is about."""

    name: str
    on: date
    pupils: int


@dataclass(frozen=True, slots=True)
class SchoolClasses:
    """Open classes of a school year; ``lacking`` are names of fields by class that nobody said."""

    year: str
    cards: tuple[ClassCard, ...]
    lacking: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What the page is made of; ``fresh_since`` (UTC): a card looked at before it is old.

    ``risks`` None: of a page that shows none.
    """

    slug: str
    name: str
    short_name: str
    on: date
    year: str
    zone: ZoneInfo
    takes_part: bool
    classes: tuple[SchoolClasses, ...]
    fresh_since: datetime
    pupils: tuple[Headcount, ...]
    brought: tuple[Brought, ...]
    reports: tuple[ReportState, ...]
    contracts: tuple[Contract, ...]
    plan: PlanState
    risks: tuple[RiskState, ...] | None
    dates: tuple[NextDate, ...]

    @property
    def asked(self) -> tuple[ReportState, ...]:
        """Of a school that does not take part only what it has begun: nobody asks for the rest."""
        return tuple(one for one in self.reports if self.takes_part or one.status is not None)


def school_page(facts: SchoolFacts) -> Page:
    part = "участвует в Проекте" if facts.takes_part else "в Проекте сейчас не участвует"
    under = [facts.name, f"«Траектория будущего», {year_words(facts.year)}: {part}"]
    ends = facts.plan.terms.ends
    if facts.on > ends:
        under.append(f"Проект закончился {dated(ends)}: отчёты и показатели – его последнего года.")
    return Page(
        title=f"{facts.short_name} на {dated(facts.on)}",
        on=facts.on,
        under=tuple(under),
        sections=(
            _owes(facts),
            *(_classes(one, facts) for one in facts.classes),
            _pupils(facts),
            _brought(facts),
            _reports(facts),
            _contracts(facts),
            *_risks(facts),
            dates_section(facts.dates, DATES),
        ),
        school=facts.slug,
    )


def _risks(facts: SchoolFacts) -> list[Section]:
    if facts.risks is None:
        return []
    return [risks_of_school(facts.risks, facts.slug, facts.short_name)]


# --- what it owes --------------------------------------------------------------------------------


def _owes(facts: SchoolFacts) -> Section:
    """First of all: what the talk will be about."""
    entries = [*_owed_reports(facts), *_owed_cards(facts), *_owed_contracts(facts)]
    entries += plan_of_school(facts.plan, facts.slug)
    if not facts.takes_part:
        entries = [one for one in entries if one.sign == "late"]
    return Section(
        "owes", "Что нужно сделать школе", tuple(entries), "" if entries else "всё сдано"
    )


def _owed_reports(facts: SchoolFacts) -> list[Entry]:
    """One line for all that is late, one for what was returned, one for what is due."""
    owed = [one for one in facts.asked if one.is_owed]
    returned = [one for one in owed if one.status == "returned"]
    late = [one for one in owed if one.state == "late" and one not in returned]
    soon = [one for one in owed if one.state == "open" and one not in returned]
    named: tuple[tuple[str, Sign, list[ReportState]], ...] = (
        ("Исправить", "late", returned),
        ("Не сдано", "late", late),
        ("Сдать", "soon", soon),
    )
    return [Entry(head, _dues(found, facts), sign) for head, sign, found in named if found]


def _dues(found: Sequence[ReportState], facts: SchoolFacts) -> str:
    """«II четверть – срок 14.01.2027, 17:00»."""
    return "; ".join(
        f"{_report_name(one, facts)} – срок {one.due_at.astimezone(facts.zone):%d.%m.%Y, %H:%M}"
        for one in found
    )


def _owed_cards(facts: SchoolFacts) -> list[Entry]:
    """Of the classes of the newest year: of the others nobody asks any more."""
    entries = []
    for one in facts.classes[-1:]:
        if not one.cards and facts.takes_part:
            entries.append(Entry("Классы", f"открытых классов {one.year[:4]}/{one.year[-2:]} нет"))
        for card in one.cards:
            said = []
            if lacking := one.lacking.get(card.id):
                said.append("не указано: " + ", ".join(name.casefold() for name in lacking))
            if not card.local_act_url:
                said.append("нет ссылки на локальный акт")
            if card.confirmed_at is None or card.confirmed_at < facts.fresh_since:
                said.append("карточку пора проверить")
            if said:
                entries.append(Entry(class_name(card), "; ".join(said)))
    return entries


def _owed_contracts(facts: SchoolFacts) -> list[Entry]:
    if not facts.takes_part:
        return []
    if not facts.contracts:
        return [Entry("Договоры", "действующего договора с партнёром нет")]
    return [
        Entry(one.partner.name, f"договор кончается {dated(one.last_day)}", "soon")
        for one in facts.contracts
        if one.last_day is not None and one.last_day - facts.on <= ENDS_SOON
    ]


# --- what it has ---------------------------------------------------------------------------------


def class_name(card: ClassCard) -> str:
    return f"{card.name} ({card.track})" if card.track else card.name


def _classes(one: SchoolClasses, facts: SchoolFacts) -> Section:
    entries = tuple(
        Entry(class_name(card), f"{_seats(card)}, {_seen(card, facts)}") for card in one.cards
    )
    title = f"Классы и места, {one.year[:4]}/{one.year[-2:]}"
    return Section("classes", title, entries, "" if entries else "открытых классов нет")


def _seats(card: ClassCard) -> str:
    if card.capacity is None or card.enrolled is None:
        return "мест или зачисленных нет в карточке"
    return f"зачислено {card.enrolled} из {card.capacity}, свободно {card.vacancies}"


def _seen(card: ClassCard, facts: SchoolFacts) -> str:
    if card.confirmed_at is None:
        return "карточку ещё не проверяли"
    return f"карточка проверена {card.confirmed_at.astimezone(facts.zone):%d.%m.%Y}"


def _pupils(facts: SchoolFacts) -> Section:
    """Quarter by quarter, with the change: «24, было 22»."""
    entries = []
    before: int | None = None
    for one in facts.pupils:
        change = f", было {before}" if before is not None and before != one.pupils else ""
        entries.append(Entry(_capital(one.name), f"{one.pupils}{change}, на {dated(one.on)}"))
        before = one.pupils
    summary = "" if entries else "принятых отчётов этого года ещё нет"
    return Section("pupils", "Ученики", tuple(entries), summary)


def _brought(facts: SchoolFacts) -> Section:
    entries = []
    for one in facts.brought:
        if one.amount is None:
            entries.append(Entry(one.name, f"– ({one.why})", "none"))
            continue
        says = plain(one.amount) if one.of is None else f"{plain(one.amount)} из {plain(one.of)}"
        city = f"; по городу {one.city}" if one.city else ""
        entries.append(Entry(one.name, f"{says}, {one.on}{city}"))
    return Section("brought", "Вклад в показатели", tuple(entries))


def _reports(facts: SchoolFacts) -> Section:
    entries = [Entry(_report_name(one, facts), *_standing(one, facts.zone)) for one in facts.asked]
    summary = "" if entries else "нет"
    return Section("reports", "Отчёты", tuple(entries), summary)


def _report_name(one: ReportState, facts: SchoolFacts) -> str:
    year = "" if one.year == facts.year else f", {one.year[:4]}/{one.year[-2:]}"
    return _capital(one.name) + year


def _standing(one: ReportState, zone: ZoneInfo) -> tuple[str, Sign]:
    due = f"срок {one.due_at.astimezone(zone):%d.%m.%Y}"
    sent = f" {one.sent_at.astimezone(zone):%d.%m.%Y}" if one.sent_at else ""
    match one.status:
        case "accepted":
            return f"принято, отправлено{sent}", "accepted"
        case "submitted":
            return f"на проверке, отправлено{sent}", "sent"
        case "returned":
            return f"возвращено на исправление, {due}", "owed"
    word = "черновик" if one.status == "draft" else "не начато"
    if one.state == "closed":
        return f"{word}, приём закрыт, {due}", "owed"
    return f"{word}, {due}", "owed" if one.state == "late" else "going"


def _contracts(facts: SchoolFacts) -> Section:
    entries = tuple(
        Entry(one.partner.name, f"{PARTNER_TYPES[one.partner.type]}, {_term(one)}")
        for one in facts.contracts
    )
    count = len(entries)
    noun = plural(count, "действует", "действуют", "действуют")
    summary = f"{noun} {count} на {dated(facts.on)}" if count else "действующих нет"
    return Section("contracts", "Договоры", entries, summary)


def _term(contract: Contract) -> str:
    number = f"№ {contract.number} " if contract.number else ""
    until = f"до {dated(contract.last_day)}" if contract.last_day else "бессрочный"
    return f"{number}от {dated(contract.signed_on)}, {until}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
