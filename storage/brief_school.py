"""Reads the page about one school."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from passport import brief_dates
from passport.brief import NextDate
from passport.brief_plan import plan_dates
from passport.brief_school import Brought, Headcount, ReportState, SchoolClasses, SchoolFacts
from passport.calendar import Calendar
from passport.campaign import Campaign
from passport.cards import missing
from passport.form import EVERY_PERIOD, PERIODS, PeriodKey
from passport.indicator_words import by_schools
from passport.indicators import Point
from passport.loader import Passport
from passport.numbers import plain
from passport.register import ClassCard, Contract
from passport.values import Number
from storage import (
    campaigns,
    city_facts,
    class_cards,
    contracts,
    indicator_lines,
    parts,
    plan_state,
    reports,
    schools,
)
from storage.database import Transaction
from storage.parts import PERIOD_OF, Opened
from storage.reports import FormYear, Report
from storage.schools import School

# What a school brings to which indicator, and where it is measured.
BROUGHT: tuple[tuple[str, Point, str], ...] = (
    ("pupils", "start", "Учеников на начало года"),
    ("pupils", "end", "Учеников на конец года"),
    ("graduates_admitted", "end", "Поступили по направленности"),
    ("teachers_trained_share", "end", "Педагоги с курсами"),
)


async def facts(
    tx: Transaction, passport: Passport, school: School, calendar: Calendar, year: str
) -> SchoolFacts:
    """Without risks. ``calendar`` is the school's own, with its moved dates; ``year`` the one
    told about."""
    today = calendar.today(tx.now)
    season = await campaigns.season(tx, passport.campaigns, today)
    campaign = season.campaign
    fresh_days = season.fresh.days if season.running else passport.tasks.fresh_days
    form_year = await reports.form_year(tx, passport.forms, school.slug, year)
    held = [one for one in await contracts.of_school(tx, school.slug) if one.in_force(today)]
    shown = sorted({year, season.year})
    candidates = passport.schools.candidates
    taking_part = await schools.participants(tx, year, candidates, today)
    plan = await plan_state.of_day(tx, passport)
    return SchoolFacts(
        slug=school.slug,
        name=school.name,
        short_name=school.short_name,
        on=today,
        year=year,
        zone=calendar.zone,
        takes_part=school.slug in {one.slug for one in taking_part},
        classes=tuple([await _classes(tx, passport, school.slug, one) for one in shown]),
        fresh_since=calendar.moment(today - timedelta(days=fresh_days), time.min),
        pupils=_pupils(form_year, calendar, year),
        brought=await _brought(tx, passport, calendar, school.slug, year),
        reports=await _reports(tx, passport, calendar, school.slug, year),
        contracts=tuple(held),
        plan=plan,
        risks=None,
        dates=(
            *_dates(tx, passport, calendar, campaign, held),
            *plan_dates(plan, of_schools=True),
        ),
    )


async def _classes(tx: Transaction, passport: Passport, slug: str, year: str) -> SchoolClasses:
    cards = await class_cards.of_school(tx, slug, year)
    lacking = {card.id: _lacking(passport, card) for card in cards}
    return SchoolClasses(year, tuple(cards), lacking)


def _lacking(passport: Passport, card: ClassCard) -> tuple[str, ...]:
    form = passport.cards["class"]
    return tuple(form.question(field).short for field in missing(card))


def _pupils(form_year: FormYear, calendar: Calendar, year: str) -> tuple[Headcount, ...]:
    """Row 1 of accepted reports, over the classes."""
    found = []
    for period in PERIODS:
        filling = form_year.fillings.get(period)
        if filling is None or filling.report.status != "accepted":
            continue
        counts = [
            value.value
            for slot, value in filling.sheet.answers.items()
            if slot.question == "r1" and isinstance(value, Number)
        ]
        if counts:
            name = filling.sheet.form.period(period).name
            day = calendar.dates(year, period).end
            found.append(Headcount(name, day, int(sum(counts))))
    return tuple(found)


async def _brought(
    tx: Transaction, passport: Passport, calendar: Calendar, slug: str, year: str
) -> tuple[Brought, ...]:
    """The school's part of each indicator, and of how much."""
    today = calendar.today(tx.now)
    days = indicator_lines.days(passport.calendar, year, today)
    of = indicator_lines.teachers_of(await city_facts.every(tx), year)
    found = []
    for key, point, name in BROUGHT:
        opened = await parts.opened(tx, key, days, point, of)
        mine = next((part for part in opened.parts if part.school == slug), None)
        period = PERIOD_OF[key, point]
        if mine is None or (mine.of is not None and not mine.of):
            found.append(Brought(name, None, "", why=_why(calendar, tx, year, period)))
            continue
        on = days.counted.get(period, today)
        total = "" if mine.of is not None else _total(opened)
        reported = f"на {on:%d.%m.%Y}"
        found.append(Brought(name, mine.amount, reported, mine.of, total))
    return tuple(found)


def _total(found: Opened) -> str:
    """«507, по 16 из 17 школ»."""
    total = sum((part.amount for part in found.parts), Decimal(0))
    count = len(found.parts)
    return f"{plain(total)}, {by_schools(count, count + len(found.silent))}"


def _why(calendar: Calendar, tx: Transaction, year: str, period: PeriodKey) -> str:
    """What is not due yet is nobody's debt."""
    future = calendar.state(year, period, tx.now) == "future"
    return "ещё не собирали" if future else "отчёт не принят"


async def _reports(
    tx: Transaction, passport: Passport, calendar: Calendar, slug: str, year: str
) -> tuple[ReportState, ...]:
    """Of this year what has opened; of the year before what is still taken and was begun."""
    known = {(one.year, one.period): one for one in await reports.of_school(tx, slug)}
    pairs = [(year, one) for one in EVERY_PERIOD if calendar.state(year, one, tx.now) != "future"]
    pairs += [
        pair
        for pair in calendar.owed(tx.now)
        if pair not in pairs and (pair in known or not calendar.is_history(*pair, tx.now))
    ]
    return tuple(_state(tx, passport, calendar, pair, known.get(pair)) for pair in pairs)


def _state(
    tx: Transaction,
    passport: Passport,
    calendar: Calendar,
    pair: tuple[str, PeriodKey],
    report: Report | None,
) -> ReportState:
    year, period = pair
    window = calendar.window(year, period)
    return ReportState(
        year=year,
        period=period,
        name=passport.forms.period(period).name,
        state=window.state(tx.now),
        due_at=window.due_at,
        status=report.status if report is not None else None,
        sent_at=report.submitted_at if report is not None else None,
    )


def _dates(
    tx: Transaction,
    passport: Passport,
    calendar: Calendar,
    campaign: Campaign,
    held: Sequence[Contract],
) -> list[NextDate]:
    today: date = calendar.today(tx.now)
    return [
        *brief_dates.of_reports(calendar, passport.forms, tx.now),
        *brief_dates.of_campaign(campaign, today),
        *brief_dates.of_contracts(held, today),
    ]
