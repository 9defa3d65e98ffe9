"""Cities of which a page for a meeting is made: the sample one, a new one, a hundred schools."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from demo import city
from demo.quarter import FIRST_MOMENT
from passport.loader import load_passport
from passport.register import ClassDraft
from storage import class_cards, classes, contracts, partners, schools
from storage.contracts import ContractDraft
from storage.database import Database
from storage.schema import migrate
from storage.schools import School
from tests.clock import StillClock, local

YEAR = "2026-2027"
HOSTILE = '=HYPERLINK("http://evil","нажмите")\x0b\n<w:br/>&amp;'


def address(folder: Path, name: str) -> str:
    return f"sqlite+aiosqlite:///{folder}/{name}.sqlite"


async def new_city(url: str, *, settled: bool = False, schools_added: int = 0) -> None:
    """``settled``: with the sample data; ``schools_added`` more, each with everything long."""
    passport = load_passport()
    database = Database(url, StillClock(FIRST_MOMENT))
    try:
        await migrate(database)
        async with database.write() as tx:
            await schools.add_missing(tx, passport.schools.schools)
        if settled:
            await city.settle(database, passport)
        async with database.write() as tx:
            then = replace(tx, now=local(2026, 9, 5, 12))
            for number in range(100, 100 + schools_added):
                slug = f"s{number}"
                name = f"Средняя школа № {number} имени {'Первопроходца ' * 6}"
                await schools.add(then, School(slug, number, name, f"Школа № {number}"))
                await schools.set_participation(then, slug, YEAR, takes_part=True, by=None)
                drafts = [ClassDraft(10, one, "class", "инженерная " * 5) for one in "АБВГД"]
                await classes.add(then, slug, YEAR, drafts)
                for card in await class_cards.of_school(then, slug, YEAR):
                    said = {"capacity": 25, "enrolled": number % 25}
                    await class_cards.change_all(then, card, said, None)
                partner = await partners.add(then, f"{HOSTILE} {number} {'и Ко ' * 20}", "he", None)
                for month in range(1, 9):
                    draft = ContractDraft(partner, f"={month}", date(2026, month, 1), None)
                    await contracts.add(then, draft, [slug], None)
    finally:
        await database.close()
