"""An answer of our bot against the same two calls of a bot that keeps nothing.

Ours reads who wrote and what was asked, writes the answer and its log line, and is durable twice
on the way (the update, the answer). Both bots are processes of their own and talk HTTP with a
Telegram in a third one: this. The rounds of the two alternate.
"""

import asyncio
from statistics import median

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, tell, tell_share
from benchmarks.rig import WatchedTelegram, bot, cpu_seconds, database_url, folder, settle
from benchmarks.seats import ANSWERS, Seats

PEOPLE = 50
EACH = ANSWERS // 2  # two rounds fill everybody's form
ROUNDS = 8
ALONE = 16
ROUNDS_ALONE = 8
THINKING = 0.3  # seconds; by then both bots are idle again, as they are when a person thinks

THROUGHPUT = Bar(0.5, at_least=True)
LATENCY = Bar(2)


class Pair:
    """Our bot and the bare one, with the same people before both."""

    def __init__(self, seats: Seats, ours: Crowd, bare: Crowd, ids: tuple[int, int]) -> None:
        self.seats = seats
        self.ours, self.bare = ours, bare
        self._ids = ids

    async def throughput(self, number: int) -> tuple[float, float]:
        """Answers a second, and the processor's time an answer: ours / bare."""
        if number % 2 == 0:
            await self.seats.begin_again(self.seats.everybody)
        spent, used = [], []
        people = [seat.person for seat in self.seats.everybody]
        for crowd, process_id in zip((self.ours, self.bare), self._ids, strict=True):
            settle()
            before = cpu_seconds(process_id)
            spent.append(await crowd.answer(people, EACH))
            used.append(cpu_seconds(process_id) - before)
        return spent[1] / spent[0], used[0] / used[1]

    async def latency(self) -> float:
        """One person answers ours, then the bare one, and thinks: the medians, ours / bare."""
        seat = self.seats.everybody[0]
        await self.seats.begin_again([seat])
        settle()
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(ALONE):
            for crowd, latencies in zip((self.ours, self.bare), taken, strict=True):
                await crowd.answer([seat.person], 1)
                latencies.extend(crowd.latencies)
            await asyncio.sleep(THINKING)
        return median(taken[0]) / median(taken[1])


async def measure() -> bool:
    ours, bare = WatchedTelegram(), WatchedTelegram()
    with folder() as place:
        seats = Seats(database_url(place))
        try:
            await seats.prepare(PEOPLE)
            ids = [seat.person for seat in seats.everybody]
            async with (
                bot(ours, "-m", "benchmarks.our_bot", DATABASE_URL=database_url(place)) as our_id,
                bot(bare, "-m", "benchmarks.bare_bot") as bare_id,
            ):
                with Crowd(ours, ids) as our_people, Crowd(bare, ids) as bare_people:
                    pair = Pair(seats, our_people, bare_people, (our_id, bare_id))
                    return await compare(pair)
        finally:
            await seats.close()


async def compare(pair: Pair) -> bool:
    await pair.throughput(0)  # warms both up; from here on each answer is two calls
    pairs = [await pair.throughput(number) for number in range(ROUNDS)]
    speed, work = zip(*pairs, strict=True)
    alone = [await pair.latency() for _ in range(ROUNDS_ALONE)]
    stored = await pair.seats.stored()
    good = [
        tell(f"answers a second, {PEOPLE} people, ours / bare aiogram", speed, THROUGHPUT),
        tell("latency of one person, p50, ours / bare aiogram", alone, LATENCY),
        tell_share("answers stored", stored, pair.ours.sent),
    ]
    tell("processor's time an answer, ours / bare aiogram (no bar)", work)
    return all(good)


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
