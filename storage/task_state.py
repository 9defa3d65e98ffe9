"""The passport's six tasks as they stand: the one reading behind chat, Excel and the brief."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from passport.calendar import previous_year, school_year_of
from passport.campaign import FIRST_YEAR, campaign_year
from passport.campaign_note import CampaignNote
from passport.form import PERIODS, PeriodKey
from passport.indicators import measuring_day
from passport.loader import Passport
from passport.register import ClassCard
from passport.risks import scale_of
from passport.task_facts import May, SchoolEvents, SchoolSaid, TaskFacts
from passport.task_measures import states
from passport.tasks import TaskState
from passport.values import Chosen, Named, Number, Slot, Text, Value
from storage import (
    campaign_notes,
    campaigns,
    class_cards,
    contracts,
    indicator_lines,
    risk_thresholds,
    schools,
)
from storage.answers import collect
from storage.database import Transaction
from storage.tables import answers, reports

QUARTERS = PERIODS[1:]
Found = dict[tuple[str, PeriodKey], tuple[int, dict[Slot, Value]]]


async def of_day(
    tx: Transaction, passport: Passport, day: date | None = None
) -> tuple[TaskState, ...]:
    """Of the school year of a local day (today); outside of the project of its nearest one."""
    return states(passport.tasks, await facts(tx, passport, day))


async def facts(tx: Transaction, passport: Passport, day: date | None = None) -> TaskFacts:
    """What the measures are made of; only accepted reports count, as they are now."""
    calendar = passport.calendar
    today = day or calendar.today(tx.now)
    year = _year(passport, today)
    on = min(today, date(int(year[:4]) + 1, 8, 31))
    taking_part = await _participants(tx, passport, year, on)
    season = await campaigns.season(tx, passport.campaigns, today)
    portal_year = season.year
    fresh_days = season.fresh.days if season.running else passport.tasks.fresh_days
    in_portal = await _participants(tx, passport, portal_year, today)
    line = (await indicator_lines.of_years(tx, passport, [year]))[year]
    may = await _may(tx, passport, year, today, taking_part)
    quarters = await _quarters(tx, year, taking_part)
    return TaskFacts(
        year=year,
        on=on,
        schools=tuple(taking_part),
        classes=await _open(tx, passport, year, on, taking_part),
        portal=await _open(tx, passport, portal_year, today, in_portal),
        portal_on=today,
        fresh_since=calendar.moment(today - timedelta(days=fresh_days), time.min),
        fresh_days=fresh_days,
        contracts=tuple(one for one in await contracts.every(tx) if one.in_force(on)),
        contracts_line=next(one for one in line if one.indicator.key == "contracts"),
        may=may,
        quarters=tuple(dict.fromkeys(period for _, period in quarters)),
        events=_events(quarters, taking_part),
        note=await _last_note(tx, passport, today),
        equipped_from=await _equipped_from(tx, passport),
        zone=calendar.zone,
    )


async def _equipped_from(tx: Transaction, passport: Passport) -> int:
    """As risk 5 has it: one word of staff holds for both."""
    said = await risk_thresholds.every(tx)
    return int(scale_of(passport.risks.signal("equipment_share"), said)["kinds"])


def _year(passport: Passport, day: date) -> str:
    years = passport.indicators.years
    return max(years[0], min(years[-1], school_year_of(day)))


async def _participants(tx: Transaction, passport: Passport, year: str, day: date) -> list[str]:
    found = await schools.participants(tx, year, passport.schools.candidates, day)
    return [one.slug for one in found]


async def _open(
    tx: Transaction, passport: Passport, year: str, day: date, of: Sequence[str]
) -> tuple[ClassCard, ...]:
    """Classes of these schools that were open at the end of a local day."""
    moment = passport.calendar.moment(day + timedelta(days=1), time.min)
    return tuple(
        card
        for card in await class_cards.of_year(tx, year)
        if card.school in of and (card.closed_at is None or card.closed_at > moment)
    )


async def _last_note(tx: Transaction, passport: Passport, today: date) -> CampaignNote | None:
    """Of the campaign that goes on, else of the one before; None before the first."""
    year = campaign_year(today)
    campaign = await campaigns.of_year(tx, passport.campaigns, year)
    if campaign.stage(today) == "before":
        year = previous_year(year)
    if year < FIRST_YEAR:
        return None
    return await campaign_notes.read(tx, passport, year, accepted_only=True)


# --- reports -------------------------------------------------------------------------------------


async def _may(
    tx: Transaction, passport: Passport, year: str, today: date, of: Sequence[str]
) -> May | None:
    """As the risks have it: of this year once half of the schools have an accepted questionnaire,
    until then of the year before; of whatever there is when neither has. Only of schools that
    still take part."""
    some: May | None = None
    for asked in (year, previous_year(year)):
        if asked not in passport.indicators.years:
            continue
        found = await _may_of(tx, passport, asked, today, of)
        if found is None:
            continue
        if 2 * len(found.said) >= len(of):
            return found
        some = some or found
    return some


async def _may_of(
    tx: Transaction, passport: Passport, year: str, today: date, of: Sequence[str]
) -> May | None:
    """None while no questionnaire of the year is accepted."""
    day = min(today, measuring_day(year, "end", "05-31"))
    then = await _participants(tx, passport, year, day)
    expected = [school for school in then if school in of]
    found = await _accepted(tx, year, ("may",), ("equipment", "extracurricular_third"))
    said = [_said(school, *found[school, "may"]) for school in expected if (school, "may") in found]
    if not said:
        return None
    lines = (await indicator_lines.of_years(tx, passport, [year]))[year]
    trained = next(one for one in lines if one.indicator.key == "teachers_trained_share")
    waiting = await _waiting(tx, year, expected)
    return May(year, tuple(expected), tuple(said), waiting, trained)


def _said(school: str, report: int, given: dict[Slot, Value]) -> SchoolSaid:
    kinds = given.get(Slot("equipment"))
    third = given.get(Slot("extracurricular_third"))
    equipment = kinds.options if isinstance(kinds, Chosen) else None
    yes = third.text == "да" if isinstance(third, Text) else None
    return SchoolSaid(school, report, equipment, yes)


async def _waiting(tx: Transaction, year: str, of: Sequence[str]) -> int:
    rows = await tx.connection.execute(
        select(reports.c.school).where(
            reports.c.year == year, reports.c.period == "may", reports.c.status == "submitted"
        )
    )
    return sum(row.school in of for row in rows)


async def _quarters(tx: Transaction, year: str, of: Sequence[str]) -> Found:
    """Row 8 of the quarters that were accepted."""
    found = await _accepted(tx, year, QUARTERS, ("r8", "r8.total"))
    return {key: said for key, said in found.items() if key[0] in of}


def _events(quarters: Found, of: Sequence[str]) -> tuple[SchoolEvents, ...]:
    made = []
    for school in of:
        mine = [given for (slug, _), (_, given) in quarters.items() if slug == school]
        if mine:
            made.append(SchoolEvents(school, sum(_persons(one) for one in mine), len(mine)))
    return tuple(made)


def _persons(given: dict[Slot, Value]) -> int:
    """The total that the school gave, else its named events together."""
    match given.get(Slot("r8.total")), given.get(Slot("r8")):
        case Number(total), _:
            return int(total)
        case _, Number(total):
            return int(total)
        case _, Named(items):
            return sum(item.persons for item in items)
    return 0


async def _accepted(
    tx: Transaction, year: str, periods: Sequence[PeriodKey], questions: Sequence[str]
) -> Found:
    """Some answers of accepted reports, by (school, period), with the report's id; also of those
    that do not answer them."""
    query: Select[Any] = (
        select(
            reports.c.school,
            reports.c.period,
            reports.c.id,
            answers.c.question,
            answers.c.class_id,
            answers.c.subject_id,
            answers.c.row,
            answers.c.kind,
            answers.c.number,
            answers.c.text,
            answers.c.note,
            answers.c.revision,
        )
        .select_from(
            reports.outerjoin(
                answers,
                (answers.c.report_id == reports.c.id) & answers.c.question.in_(questions),
            )
        )
        .where(
            reports.c.year == year,
            reports.c.period.in_(periods),
            reports.c.status == "accepted",
        )
        .order_by(reports.c.id, answers.c.question, answers.c.row)
    )
    rows = await tx.connection.execute(query)
    grouped: dict[tuple[str, PeriodKey, int], list[Row[Any]]] = {}
    for row in rows:
        own = grouped.setdefault((row.school, row.period, row.id), [])
        if row.question is not None:
            own.append(row)
    return {
        (school, period): (report, collect(own)[0])
        for (school, period, report), own in grouped.items()
    }
