"""How long a parent waits for open classes: against a bare bot, and with a thousand classes; and
whether somebody who fills a form feels a hundred parents.

Each parent asks twice: whoever asks often is limited on purpose.
"""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import islice
from statistics import median
from time import perf_counter

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, percentile, tell, tell_fact
from benchmarks.rig import WatchedTelegram, bot, folder, settle
from benchmarks.summer import JULY, STAFF, chats, prepare
from demo.telegram import Telegram

FEW, MANY = 50, 1000
ROUNDS = 8
TIMES = 12
THINKING = 0.05
ASKED = "/classes"

HUNDRED = 100
SPREAD = 0.1  # seconds between two of them: a minute's worth in ten seconds
ASKED_BY_STAFF = 60

BARE = Bar(1.5)
CALM = Bar(2)
GROWTH = Bar(2)


async def usual(crowd: Crowd, telegram: Telegram, parents: list[int]) -> float:
    """The usual seconds until a parent has the second screen of a row."""
    seconds = []
    for parent in parents:
        telegram.person(id=parent)
        await crowd.ask(parent, ASKED)  # the first one has nothing above it to tidy up
        seconds.append(await crowd.ask(parent, ASKED))
        await asyncio.sleep(THINKING)
    return median(seconds)


async def rush(crowd: Crowd, telegram: Telegram, parents: Iterable[int]) -> None:
    for parent in parents:
        telegram.person(id=parent)
        crowd.say(parent, ASKED)
        await asyncio.sleep(SPREAD)


async def felt(crowd: Crowd, telegram: Telegram, parents: Sequence[int]) -> float:
    """The 95th percentile of somebody else's answers while they rush, against without them."""

    async def helped() -> float:
        since = perf_counter()
        await crowd.ask(STAFF, "/help")
        return perf_counter() - since

    await helped()
    quiet = [await helped() for _ in range(ASKED_BY_STAFF)]
    rushing = asyncio.ensure_future(rush(crowd, telegram, parents))
    loud = []
    while not rushing.done():
        loud.append(await helped())
        await asyncio.sleep(0.02)
    await rushing
    return percentile(loud, 0.95) / percentile(quiet, 0.95)


async def measure() -> bool:
    few, many, bare = WatchedTelegram(), WatchedTelegram(), WatchedTelegram()
    ours = ("-m", "benchmarks.our_bot")
    everybody = chats(TIMES * (ROUNDS + 1) + HUNDRED * ROUNDS)
    with folder() as place:
        urls = [await prepare(place, count) for count in (FEW, MANY)]
        moment = JULY.isoformat()
        async with (
            bot(few, *ours, DATABASE_URL=urls[0], MEASURED_AT=moment),
            bot(many, *ours, DATABASE_URL=urls[1], MEASURED_AT=moment),
            bot(bare, "-m", "benchmarks.bare_bot"),
        ):
            with (
                Crowd(few, everybody) as one,
                Crowd(many, [*everybody, STAFF]) as other,
                Crowd(bare, everybody) as plain,
            ):
                waiting = iter(everybody)
                against_bare, growth = [], []
                for number in range(ROUNDS + 1):
                    settle()
                    parents = list(islice(waiting, TIMES))
                    of_bare = await usual(plain, bare, parents)
                    of_few = await usual(one, few, parents)
                    of_many = await usual(other, many, parents)
                    if number:  # the first round warms up
                        against_bare.append(of_few / of_bare)
                        growth.append(of_many / of_few)
                shoved = [
                    await felt(other, many, list(islice(waiting, HUNDRED))) for _ in range(ROUNDS)
                ]
                shown = many.person(id=everybody[TIMES]).screen
    return all(
        [
            tell(f"a parent's screen, {FEW} classes / bare aiogram", against_bare, BARE, "rounds"),
            tell(f"the same, {MANY} classes / {FEW}", growth, GROWTH, "rounds"),
            tell("p95 of others while a hundred parents ask / quiet", shoved, CALM, "rounds"),
            tell_fact("the screen shows tracks", shown is not None and "едицинская" in shown.text),
        ]
    )


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
