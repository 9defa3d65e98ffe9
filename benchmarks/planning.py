"""What planning reminders costs a school when there are a hundred times as many of them.

In one process, each city in a database file of its own. Two ticks are compared: the one at which
every school is to be reminded, and the usual one, at which everything is written already.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter

from sqlalchemy import delete, func, select

from benchmarks.ratios import Bar, tell, tell_share
from benchmarks.rig import START, database_url, folder, settle
from benchmarks.seats import FIRST_ID, made_up
from demo.telegram import MovableClock
from passport.loader import Passport, load_passport
from reminders.planner import plan
from storage import people, schools
from storage.database import Database
from storage.schema import migrate
from storage.tables import outbox
from tests.world import YEAR

FEW, MANY = 30, 3000
PAIRS = 7
TICKS_OF_FEW = 10  # in each pair: one of them is over too soon to be measured well

A_SCHOOL = Bar(1.2)


class City:
    """Schools with one coordinator each; nobody has begun the report."""

    def __init__(self, url: str, passport: Passport, count: int) -> None:
        self.database = Database(url, MovableClock(START))
        self.count = count
        self._passport = passport

    async def prepare(self) -> None:
        await migrate(self.database)
        async with self.database.write() as tx:
            invented = made_up(self._passport.schools.schools[0], self.count)
            await schools.add_missing(tx, invented)
            await people.add(tx, FIRST_ID, "methodist", None, "")
            for number, school in enumerate(invented, start=1):
                await schools.set_participation(tx, school.slug, YEAR, takes_part=True, by=None)
                await people.add(tx, FIRST_ID + number, "coordinator", school.slug, "замдиректора")

    async def full_tick(self) -> float:
        """The seconds of a tick that reminds everybody."""
        async with self.database.write() as tx:
            await tx.connection.execute(delete(outbox))
        return await self.usual_tick()

    async def usual_tick(self) -> float:
        start = perf_counter()
        await plan(self.database, self._passport)
        return perf_counter() - start

    async def reminded(self) -> int:
        async with self.database.read() as tx:
            query = select(func.count()).select_from(outbox).where(outbox.c.kind == "reminder")
            return (await tx.connection.execute(query)).scalar_one()


async def growth(few: City, many: City, tick: Callable[[City], Awaitable[float]]) -> float:
    """How many times longer a tick takes for each school when they are many."""
    settle()
    short = sum([await tick(few) for _ in range(TICKS_OF_FEW)]) / TICKS_OF_FEW
    return (await tick(many) / many.count) / (short / few.count)


async def compare(few: City, many: City) -> bool:
    for city in (few, many):
        await city.full_tick()  # warms up; from here on there are plans and statements
    full = [await growth(few, many, City.full_tick) for _ in range(PAIRS)]
    usual = [await growth(few, many, City.usual_tick) for _ in range(PAIRS)]
    name = f"planning, seconds a school, {many.count} schools / {few.count}"
    return all(
        [
            tell(f"{name}, everybody is reminded", full, A_SCHOOL),
            tell(f"{name}, everything is written already", usual, A_SCHOOL),
            tell_share("schools reminded once", await many.reminded(), many.count),
        ]
    )


async def measure() -> bool:
    passport = load_passport()
    with folder() as place:
        few = City(database_url(place, "few"), passport, FEW)
        many = City(database_url(place, "many"), passport, MANY)
        try:
            await few.prepare()
            await many.prepare()
            return await compare(few, many)
        finally:
            await few.database.close()
            await many.database.close()


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
