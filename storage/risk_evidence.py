"""Reads what the risks are judged by, as of now; the number of statements is always the same."""

from collections.abc import Mapping

from passport.calendar import next_year, previous_year
from passport.campaign import campaign_year
from passport.deadlines import Deadlines
from passport.indicators import Line
from passport.loader import Passport
from passport.risk_evidence import Evidence
from storage import (
    campaigns,
    city_facts,
    class_cards,
    contracts,
    deadlines,
    indicator_lines,
    parent_asks,
    parts,
    risk_registers,
    risk_reports,
    schools,
)
from storage.database import Transaction

Lines = Mapping[str, Line]


async def read(tx: Transaction, passport: Passport) -> Evidence:
    """Of the school year of today; after the project's end of its last one."""
    dates = Deadlines(passport.calendar, await deadlines.moves(tx))
    calendar = dates.of(None)
    today = calendar.today(tx.now)
    year = calendar.current(tx.now)[0]
    before = previous_year(year)
    candidates = passport.schools.candidates
    campaign = await campaigns.of_year(tx, passport.campaigns, campaign_year(today))
    lines = await _lines(tx, passport, year, before)
    days = indicator_lines.days(passport.calendar, year, today)
    cards = {one: await class_cards.of_year(tx, one) for one in (before, year, next_year(year))}
    grants = (await city_facts.every(tx)).get(("grants", year))
    told = await city_facts.said_at(tx, "grants", year)
    return Evidence(
        today=today,
        year=year,
        before=before,
        names=await schools.short_names(tx),
        schools=tuple(one.slug for one in await schools.participants(tx, year, candidates, today)),
        campaign=campaign,
        shown=(await campaigns.season(tx, passport.campaigns, today)).year,
        base_due=calendar.dates(year, "base").due,
        classes={one: tuple(found) for one, found in cards.items()},
        reports=await risk_reports.columns(tx, (before, year)),
        marks=await risk_reports.marks(tx, year),
        questionnaires=await risk_reports.questionnaires(tx, (before, year)),
        contracts=tuple(await contracts.every(tx)),
        lines=lines[0],
        lines_before=lines[1],
        pupils=(await parts.opened(tx, "pupils", days, "start")).parts,
        returned=await risk_reports.returned(tx, year),
        collected=await risk_registers.collected(tx, dates, year, candidates),
        submitted=await risk_reports.submitted(tx, year),
        applications=await risk_registers.applications(tx, calendar, campaign),
        quarters=risk_registers.quarters(calendar),
        asks=await parent_asks.since(tx, calendar, campaign.starts),
        card_days={
            card.id: calendar.today(card.confirmed_at)
            for found in cards.values()
            for card in found
            if card.confirmed_at is not None
        },
        grants=int(grants) if grants is not None else None,
        grants_on=calendar.today(told) if told is not None else None,
    )


async def _lines(
    tx: Transaction, passport: Passport, year: str, before: str
) -> tuple[Lines, Lines]:
    """The indicators of the year and of the one before, by key; none of a year without targets."""
    known = [one for one in (before, year) if one in passport.indicators.years]
    found = await indicator_lines.of_years(tx, passport, known)
    by_key = {one: {line.indicator.key: line for line in lines} for one, lines in found.items()}
    return by_key.get(year, {}), by_key.get(before, {})
