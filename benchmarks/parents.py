"""How long a parent waits for open classes: against a bare bot, and with a thousand classes.

Each parent asks once: whoever asks often is limited on purpose.
"""

import asyncio
from itertools import islice
from statistics import median

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, tell, tell_fact
from benchmarks.rig import WatchedTelegram, bot, folder, settle
from benchmarks.summer import JULY, chats, prepare
from demo.telegram import Telegram

FEW, MANY = 50, 1000
ROUNDS = 8
TIMES = 12
THINKING = 0.05
ASKED = "/classes"

BARE = Bar(1.5)
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


async def measure() -> bool:
    few, many, bare = WatchedTelegram(), WatchedTelegram(), WatchedTelegram()
    ours = ("-m", "benchmarks.our_bot")
    everybody = chats(TIMES * (ROUNDS + 1))
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
                Crowd(many, everybody) as other,
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
                shown = many.person(id=everybody[-1]).screen
    return all(
        [
            tell(f"a parent's screen, {FEW} classes / bare aiogram", against_bare, BARE, "rounds"),
            tell(f"the same, {MANY} classes / {FEW}", growth, GROWTH, "rounds"),
            tell_fact("the screen shows tracks", shown is not None and "едицинская" in shown.text),
        ]
    )


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
