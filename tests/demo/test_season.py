"""Next year's classes: what schools say of them, day by day, and what it must not touch."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from demo import city, last_summer, season
from demo.contracts import PARTNERS
from demo.next_year import BENEFITS, COUNTED, NEXT_YEAR, OFFERS
from demo.quarter import BEFORE, FIRST_MOMENT, YEAR
from demo.residents import SHOWN
from passport.answering import read
from passport.loader import Passport
from passport.register import ClassCard
from passport.values import Refusal
from storage import classes, indicator_lines, openings, partners, posts, schools, showcase
from storage.database import Database
from storage.showcase import Wanted
from tests import ground
from tests.clock import StillClock, local

COUNTED_FROM = local(2027, 6, 1)


@pytest.fixture(scope="module")
def passport() -> Passport:
    return ground.passport()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, passport: Passport) -> Path:
    folder = tmp_path_factory.mktemp("season")

    async def settle() -> None:
        opened = Database(f"sqlite+aiosqlite:///{folder}/city.sqlite", StillClock(FIRST_MOMENT))
        await ground.lay(opened)
        async with opened.write() as tx:
            await schools.add_missing(tx, passport.schools.schools)
        await city.settle(opened, passport)
        await opened.close()

    asyncio.run(settle())
    return folder


@pytest.fixture
async def database(settled: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A city of one's own, on its first morning."""
    shutil.copytree(settled, tmp_path, dirs_exist_ok=True)
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/city.sqlite", StillClock(FIRST_MOMENT))
    yield ground.hurry(opened)
    await opened.close()


async def _shown(database: Database) -> dict[tuple[str, str], ClassCard]:
    async with database.read() as tx:
        found = await showcase.cards(tx, Wanted(NEXT_YEAR))
    return {(card.school, card.letter): card for card in found}


async def test_in_winter_a_few_schools_have_named_their_tracks(database: Database) -> None:
    found = await _shown(database)
    assert sorted(found) == [("s21", "А"), ("s33", "А"), ("s39", "А")]
    assert all(card.vacancies is None and card.contact for card in found.values())


async def test_by_june_every_kind_of_card_is_there(database: Database) -> None:
    await season.live(database, FIRST_MOMENT, local(2027, 6, 1, 10))
    found = await _shown(database)
    assert len(found) == len(OFFERS) == 19
    assert len({card.school for card in found.values()}) >= 12
    assert len({card.track for card in found.values()}) >= 8
    seats = [card.vacancies for card in found.values()]
    assert (seats.count(0), seats.count(None)) == (1, 3)
    full = found["s27", "А"]
    assert (full.capacity, full.enrolled, full.outsiders) == (25, 25, "только свои ученики")
    stale = found["s39", "А"]
    assert stale.confirmed_at is not None
    assert stale.confirmed_at < datetime(2027, 1, 1, tzinfo=UTC)
    async with database.read() as tx:
        told = {one.name: one.benefit for one in await partners.every(tx) if one.benefit}
    assert told == BENEFITS


async def test_the_summer_fills_the_classes_and_frees_a_seat(database: Database) -> None:
    await season.live(database, FIRST_MOMENT, local(2027, 7, 6))
    assert (await _shown(database))["s04", "А"].vacancies == 0
    await season.live(database, local(2027, 7, 6), local(2027, 8, 3))
    card = (await _shown(database))["s04", "А"]
    assert (card.vacancies, card.applications) == (1, 32)
    async with database.read() as tx:
        freed = (await openings.waiting(tx))[-1]
    assert freed.class_id == card.id
    await season.live(database, local(2027, 8, 3), local(2027, 9, 1))
    found = await _shown(database)
    looked = {
        card.confirmed_at.astimezone(UTC).date()
        for card in found.values()
        if card.confirmed_at and card.school in ("s03", "s21", "s36")
    }
    assert {str(day) for day in looked} == {"2027-08-29"}
    assert found["s33", "А"].enrolled == 19  # its coordinator is played on the page


async def test_step_by_step_and_at_once_end_alike(database: Database) -> None:
    moments = [FIRST_MOMENT, *(local(2027, month, 3, 12) for month in range(2, 10))]
    for since, until in pairwise(moments):
        await season.live(database, since, until)
    step_by_step = await _shown(database)
    await season.live(database, FIRST_MOMENT, moments[-1])  # a second time changes nothing more
    again = await _shown(database)
    assert {key: card.enrolled for key, card in step_by_step.items()} == {
        key: card.enrolled for key, card in again.items()
    }
    assert len(again) == len(OFFERS)


async def test_a_class_that_its_school_has_closed_stays_closed(database: Database) -> None:
    await season.live(database, FIRST_MOMENT, local(2027, 6, 1))
    card = (await _shown(database))["s21", "А"]
    async with database.write() as tx:
        await classes.close(tx, card.id)
    await season.live(database, local(2027, 6, 1), local(2027, 9, 1))
    assert ("s21", "А") not in await _shown(database)


async def test_next_year_is_not_in_the_figures_of_this_one(
    database: Database, passport: Passport
) -> None:
    async with database.read() as tx:
        before = await indicator_lines.of_years(tx, passport, (BEFORE, YEAR))
    await season.live(database, FIRST_MOMENT, local(2027, 9, 1))
    async with database.read() as tx:
        assert await indicator_lines.of_years(tx, passport, (BEFORE, YEAR)) == before


async def test_last_summer_has_its_posts(database: Database, passport: Passport) -> None:
    async with database.read() as tx:
        known = await posts.of_year(tx, last_summer.YEAR)
        assert await posts.due(tx) == []
    assert [one.state for one in known] == [
        *["published"] * 3,
        "cancelled",
        *["published"] * 4,
    ]
    assert [one.message_id for one in known if one.message_id] == list(range(1, 8))
    assert {one.chat for one in known if one.chat} == {last_summer.CHANNEL}
    for one, old in zip(known, last_summer.old_posts(passport), strict=True):
        assert one.due_at == old.due_at
        assert "{" not in old.text


def test_what_schools_say_is_what_a_person_could_type(passport: Passport) -> None:
    form = passport.cards["class"]
    for deed in season.deeds():
        for name, value in deed.says.items():
            heard = read(form.question(name), str(value))
            assert not isinstance(heard, Refusal), (deed.offer.school, name, heard)
    for offer in OFFERS:
        assert set(offer.partners) <= PARTNERS.keys()
        assert offer.seats is None or max((offer.at_once, *offer.filled)) <= offer.seats
        assert len(offer.filled) <= len(COUNTED)


def test_who_is_played_on_the_page_keeps_the_cards_alone() -> None:
    played = {one.school for one in SHOWN if one.role == "coordinator"}
    for deed in season.deeds():
        if deed.offer.school in played:
            assert deed.at < COUNTED_FROM, deed
