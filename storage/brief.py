"""Reads the page that is forwarded before a meeting: the one reading behind screen and paper."""

from dataclasses import replace
from datetime import date

from passport import brief_dates
from passport.brief import NextDate, Page
from passport.brief_city import CityFacts, Collection, city_page
from passport.brief_plan import plan_dates
from passport.brief_school import school_page
from passport.calendar import Calendar
from passport.campaign import NAMELESS, campaign_year
from passport.deadlines import Deadlines, is_late
from passport.form import PeriodKey
from passport.loader import Passport
from storage import (
    board,
    brief_school,
    campaigns,
    deadlines,
    indicator_lines,
    plan_state,
    posts,
    risk_state,
    task_state,
)
from storage.database import Transaction
from storage.schools import School


async def of_city(tx: Transaction, passport: Passport) -> Page:
    """«Состояние Проекта» as of now."""
    moved = Deadlines(passport.calendar, await deadlines.moves(tx))
    calendar = moved.of(None)
    year = year_at_hand(passport, calendar, tx)
    plan = await plan_state.of_day(tx, passport)
    return city_page(
        CityFacts(
            on=calendar.today(tx.now),
            year=year,
            calendar=calendar,
            lines=(await indicator_lines.of_years(tx, passport, [year]))[year],
            tasks=await task_state.of_day(tx, passport),
            collection=await _collection(tx, passport, moved),
            plan=plan,
            risks=await risk_state.of_day(tx, passport),
            dates=(*await _dates(tx, passport, calendar), *plan_dates(plan)),
        )
    )


async def of_school(
    tx: Transaction, passport: Passport, school: School, *, with_risks: bool
) -> Page:
    """The page of one school; ``with_risks`` is for staff."""
    moved = Deadlines(passport.calendar, await deadlines.moves(tx))
    calendar = moved.of(school.slug)
    year = year_at_hand(passport, calendar, tx)
    risks = await risk_state.of_day(tx, passport) if with_risks else None
    found = await brief_school.facts(tx, passport, school, calendar, year)
    return school_page(replace(found, risks=risks))


def year_at_hand(passport: Passport, calendar: Calendar, tx: Transaction) -> str:
    """The present school year; after the project its last one."""
    return passport.indicators.begun(calendar.current(tx.now)[0])[-1]


async def _collection(
    tx: Transaction, passport: Passport, moved: Deadlines
) -> tuple[Collection, ...]:
    """What is at hand, and what else is open beside it."""
    calendar = moved.of(None)
    first = calendar.at_hand(tx.now)
    beside = [
        pair
        for pair in calendar.owed(tx.now)
        if pair != first and calendar.state(*pair, tx.now) == "open"
    ]
    return tuple([await _collected(tx, passport, moved, *pair) for pair in (first, *beside)])


async def _collected(
    tx: Transaction, passport: Passport, moved: Deadlines, year: str, period: PeriodKey
) -> Collection:
    calendar = moved.of(None)
    window = calendar.window(year, period)
    candidates, today = passport.schools.candidates, calendar.today(tx.now)
    every = await board.lines(tx, year, period, candidates, today)
    expected = [line for line in every if line.expected]
    late = [
        line
        for line in expected
        if is_late(line.first_submitted_at, line.late, moved.window(line.school.slug, year, period))
    ]
    return Collection(
        year=year,
        period=period,
        name=passport.forms.period(period).name,
        state=window.state(tx.now),
        due_at=window.due_at,
        expected=len(expected),
        sent=sum(not line.owes for line in expected),
        accepted=sum(line.status == "accepted" for line in expected),
        late=len(late),
        owing=tuple(line.school.slug for line in expected if line.owes),
    )


async def _dates(tx: Transaction, passport: Passport, calendar: Calendar) -> tuple[NextDate, ...]:
    today = calendar.today(tx.now)
    campaign = await campaigns.of_year(tx, passport.campaigns, campaign_year(today))
    known = await posts.of_year(tx, campaign.year)
    ahead = [
        NextDate(_local(calendar, one), f"пост в канале: «{_title(passport, one.occasion)}»")
        for one in known
        if one.state in ("draft", "queued") and one.due_at >= tx.now
    ]
    settled = {one.occasion for one in known}
    return (
        *brief_dates.of_reports(calendar, passport.forms, tx.now),
        *brief_dates.of_campaign(campaign, today),
        *brief_dates.of_posts(passport.campaigns, campaign, calendar, today, settled),
        *ahead,
    )


def _local(calendar: Calendar, post: posts.Post) -> date:
    return calendar.today(post.due_at)


def _title(passport: Passport, occasion: str) -> str:
    """An announcement has no occasion."""
    if not occasion:
        return "объявление"
    plan = passport.campaigns
    return plan.occasion(occasion).title if plan.knows(occasion) else NAMELESS
