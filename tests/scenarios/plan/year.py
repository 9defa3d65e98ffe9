"""A small city in its last year: what its registers and reports say is written by hand."""

from datetime import date
from decimal import Decimal
from html import unescape

from demo.telegram import Person
from passport.change import difference
from passport.form import PeriodKey
from passport.plan_states import MeasureState, PlanState
from passport.register import ClassDraft, PartnerType
from passport.sheet import Sheet
from passport.values import Number, Slot, Value
from storage import (
    answers,
    class_cards,
    classes,
    contracts,
    partners,
    people,
    plan_state,
    reports,
    schools,
)
from storage.contracts import ContractDraft
from storage.reports import Filling, Sending
from tests.world import YEAR, World, shown

NEXT = "2027-2028"
Given = dict[str, int | Value]


def screen(person: Person) -> str:
    """What the person sees last, as text."""
    return unescape(shown(person))


async def plan_of(world: World, day: date | None = None) -> PlanState:
    async with world.app.database.read() as tx:
        return await plan_state.of_day(tx, world.app.passport, day)


async def measure(world: World, key: str) -> MeasureState:
    return (await plan_of(world)).of(key)


async def only(world: World, *taking_part: str, year: str = "2022-2023") -> None:
    """The project is of these schools alone, from a year on."""
    async with world.app.database.write() as tx:
        for one in await schools.every(tx):
            takes_part = one.slug in taking_part
            await schools.set_participation(tx, one.slug, year, takes_part=takes_part, by=None)


async def report(
    world: World,
    school: str,
    period: PeriodKey,
    given: Given,
    year: str = YEAR,
    *,
    accept: bool = True,
) -> None:
    """A report with these answers, sent and (if ``accept``) accepted."""
    said: dict[Slot, Value] = {
        Slot(key): Number(Decimal(value)) if isinstance(value, int) else value
        for key, value in given.items()
    }
    by = await _methodist(world)
    async with world.app.database.write() as tx:
        opened = await reports.open_report(tx, school, year, period)
        revisions = await answers.save(tx, opened.id, difference({}, said), by)
        sheet = Sheet(world.app.passport.forms.of(period), period, (), said)
        filling = Filling(opened, sheet, revisions)
        await reports.submit(tx, filling, Sending(by, late=False))
        if accept:
            await reports.accept(tx, filling, by)


async def _methodist(world: World) -> int:
    """Whoever enters what scenarios need; without a chat that anybody looks at."""
    async with world.app.database.read() as tx:
        known = await people.by_telegram_id(tx, 77_001)
    if known is None:
        async with world.app.database.write() as tx:
            known = await people.add(tx, 77_001, "methodist", None, "методист")
            await people.suspend(tx, known.id, suspended=True)  # nothing is sent to it
    return known.id


async def add_class(world: World, school: str, year: str = YEAR, track: str = "медицинская") -> int:
    async with world.app.database.write() as tx:
        await classes.add(tx, school, year, [ClassDraft(10, "А", "class", track)])
        return (await class_cards.of_school(tx, school, year))[-1].id


async def say_of(world: World, class_id: int, **fields: str | int | None) -> None:
    """Fields of a class's card, which counts as looked at."""
    async with world.app.database.write() as tx:
        for name, value in fields.items():
            card = await class_cards.get(tx, class_id)
            assert card is not None
            await class_cards.change(tx, card, name, value, None)
        await class_cards.confirm(tx, [class_id])


async def sign(world: World, kind: PartnerType, *of: str) -> None:
    """A contract of these schools with a new partner; without schools only the partner."""
    async with world.app.database.write() as tx:
        known = len(await partners.every(tx))
        partner = await partners.add(tx, f"Партнёр {known}", kind, None)
        if of:
            draft = ContractDraft(partner, str(known), date(2026, 9, 1), None)
            await contracts.add(tx, draft, list(of), None)
