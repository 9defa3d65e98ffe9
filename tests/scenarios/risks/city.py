"""A city of two schools whose data are brought in through the bot's own storage."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from passport.form import PeriodKey
from passport.register import ClassCard, ClassDraft, Contract, PartnerType
from passport.risks import Flag, RiskState
from passport.values import Item, Named, Nothing, Number, Slot, Value
from storage import (
    class_cards,
    classes,
    contracts,
    partners,
    people,
    reports,
    risk_state,
    schools,
)
from storage.contracts import ContractDraft
from storage.database import Transaction
from tests.scenarios.indicators.golden import bring
from tests.world import YEAR, World

BEFORE, NEXT = "2025-2026", "2027-2028"
SCHOOLS = ("s24", "s39")


def number(count: int | str) -> Number:
    return Number(Decimal(count))


def listed(persons: int) -> Value:
    """A list with one event, or «не было»."""
    return Named((Item("Форум", persons),)) if persons else Nothing()


@asynccontextmanager
async def writing(world: World, at: datetime | None = None) -> AsyncIterator[Transaction]:
    """A transaction of now, or of another moment."""
    async with world.app.database.write() as tx:
        yield tx if at is None else replace(tx, now=at)


async def two_schools(world: World) -> None:
    """№ 24 and 39 take part, in this year and in the last."""
    async with writing(world) as tx:
        for one in await schools.every(tx):
            for year in (BEFORE, YEAR):
                takes_part = one.slug in SCHOOLS
                await schools.set_participation(tx, one.slug, year, takes_part=takes_part, by=None)


async def states(world: World) -> dict[str, RiskState]:
    async with world.app.database.read() as tx:
        found = await risk_state.of_day(tx, world.app.passport)
    return {one.risk.no: one for one in found}


async def flags(world: World) -> dict[str, Flag]:
    """Signal → how it stands."""
    found = await states(world)
    return {flag.signal.key: flag for state in found.values() for flag in state.flags}


async def lights(world: World, *signals: str) -> list[str]:
    found = await flags(world)
    return [found[one].light for one in signals]


async def give_class(
    world: World, school: str, year: str = YEAR, at: datetime | None = None
) -> ClassCard:
    async with writing(world, at) as tx:
        drafts = [ClassDraft(10, "А", "class", "медицинская")]
        (card,) = await class_cards.add(tx, school, year, drafts, None)
        await classes.add_subjects(tx, card.id, ("Химия",))
    return card


async def change_card(
    world: World, class_id: int, at: datetime | None = None, **said: str | int
) -> None:
    async with writing(world, at) as tx:
        for field, value in said.items():
            card = await class_cards.get(tx, class_id)
            assert card is not None
            await class_cards.change(tx, card, field, value, None)


async def accepted(
    world: World, place: tuple[str, PeriodKey], said: dict[Slot, Value], year: str = YEAR
) -> int:
    """A school's report of a period, sent and accepted; its number."""
    school, period = place
    async with writing(world) as tx:
        staff = await people.staff(tx)
        by = staff[0].id if staff else (await people.add(tx, 77_001, "methodist", None, "")).id
        await bring(tx, world.app.passport, (school, year, period), said, by)
        found = await reports.find(tx, school, year, period)
    assert found is not None
    return found.id


async def sign(
    world: World,
    number_: str,
    *schools_: str,
    partner: str = "Завод «Якорь»",
    type_: PartnerType = "industry",
    until: date | None = None,
) -> Contract:
    async with writing(world) as tx:
        known = await partners.find(tx, partner)
        found = known or await partners.add(tx, partner, type_, None)
        draft = ContractDraft(found, number_, date(2024, 9, 2), until)
        return await contracts.add(tx, draft, schools_, None)
