"""How long a manager waits for five years of indicators: against /help, and at a thousand schools.

Both cities are in running bots; every report of every year is accepted, so all is added up.
"""

import asyncio
from collections.abc import Sequence
from statistics import median

from sqlalchemy import func

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, tell, tell_fact
from benchmarks.rig import START, WatchedTelegram, bot, folder, settle
from benchmarks.towns import MANAGER, prepare
from demo.telegram import MovableClock
from storage.database import Database
from storage.tables import facts_version

FEW, MANY = 30, 1000
ROUNDS = 8
TIMES = 12
THINKING = 0.05
FIVE_YEARS = "/indicators годы"

HELP = Bar(5)
GROWTH = Bar(3)


async def usual(crowd: Crowd, text: str, database: Database | None = None) -> float:
    """The usual seconds until the answer is there; with a database, after a change each time."""
    seconds = []
    for _ in range(TIMES):
        if database is not None:
            async with database.write() as tx:
                await tx.connection.execute(facts_version.update().values(version=func.random()))
        seconds.append(await crowd.ask(MANAGER, text))
        await asyncio.sleep(THINKING)
    return median(seconds)


async def compare(telegrams: Sequence[WatchedTelegram], databases: Sequence[Database]) -> bool:
    few, many = telegrams
    with Crowd(few, [MANAGER]) as one, Crowd(many, [MANAGER]) as other:
        for crowd in (one, other):
            await usual(crowd, FIVE_YEARS)  # warms up
        against_help, growth, anew = [], [], []
        for _ in range(ROUNDS):
            settle()
            plain = await usual(one, "/help")
            of_few, of_many = await usual(one, FIVE_YEARS), await usual(other, FIVE_YEARS)
            against_help.append(of_few / plain)
            growth.append(of_many / of_few)
            cold = [
                await usual(crowd, FIVE_YEARS, database)
                for crowd, database in zip((one, other), databases, strict=True)
            ]
            anew.append(cold[1] / cold[0])
    shown = many.person(id=MANAGER).screen
    return all(
        [
            tell(f"five years of indicators / help, {FEW} schools", against_help, HELP, "rounds"),
            tell(f"the same, {MANY} schools / {FEW}", growth, GROWTH, "rounds"),
            tell("the same, added up anew each time, no bar", anew, None, "rounds"),
            tell_fact("every school is in it", shown is not None and "4000" in shown.text),
        ]
    )


async def measure() -> bool:
    few, many = WatchedTelegram(), WatchedTelegram()
    ours = ("-m", "benchmarks.our_bot")
    with folder() as place:
        addresses = [await prepare(place, count) for count in (FEW, MANY)]
        databases = [Database(url, MovableClock(START)) for url in addresses]
        async with (
            bot(few, *ours, DATABASE_URL=addresses[0]),
            bot(many, *ours, DATABASE_URL=addresses[1]),
        ):
            try:
                return await compare((few, many), databases)
            finally:
                for database in databases:
                    await database.close()


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
