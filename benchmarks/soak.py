"""A bad evening before the deadline: 200 coordinators, 50 answers a second, half a minute.

Answers come at their own pace, whether the bot keeps up or not. Everything must be stored and
answered; how long it takes is compared with one person in the quiet moments before and between.
"""

import asyncio
from statistics import median

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, percentile, tell, tell_fact, tell_share
from benchmarks.rig import PATIENCE, WatchedTelegram, bot, database_url, folder, settle
from benchmarks.seats import ANSWERS, Seat, Seats

COORDINATORS = 200
A_SECOND = 50
SECONDS = 10
STORMS = 3  # half a minute in all, with quiet moments to compare with
THINKING = 0.1

P95 = Bar(10)


async def quiet(seats: Seats, crowd: Crowd, seat: Seat) -> list[float]:
    await seats.begin_again([seat])
    await crowd.answer([seat.person], ANSWERS - 1, THINKING)
    return crowd.latencies


async def storm(telegram: WatchedTelegram, crowd: Crowd, people: list[int]) -> list[float]:
    """Everybody in turn at a fixed pace; who still waits for an answer is passed over."""
    crowd.latencies = []
    loop = asyncio.get_running_loop()
    begun = loop.time()
    turn = 0
    for number in range(A_SECOND * SECONDS):
        await asyncio.sleep(begun + number / A_SECOND - loop.time())
        while crowd.is_waiting(people[turn % len(people)]):
            turn += 1
        crowd.say(people[turn % len(people)])
        turn += 1
    await telegram.changes.wait_until(lambda: crowd.answered == crowd.sent, PATIENCE)
    return crowd.latencies


async def measure() -> bool:
    telegram = WatchedTelegram()
    with folder() as place:
        seats = Seats(database_url(place))
        try:
            await seats.prepare(COORDINATORS)
            people = [seat.person for seat in seats.everybody]
            async with bot(telegram, "-m", "benchmarks.our_bot", DATABASE_URL=database_url(place)):
                with Crowd(telegram, people) as crowd:
                    return await compare(telegram, seats, crowd, people)
        finally:
            await seats.close()


async def compare(telegram: WatchedTelegram, seats: Seats, crowd: Crowd, people: list[int]) -> bool:
    first = seats.everybody[0]
    sent = answered = stored = 0
    ratios = []
    for _ in range(STORMS):
        alone = await quiet(seats, crowd, first)
        await seats.begin_again(seats.everybody)
        settle()
        before = crowd.sent, await seats.stored()
        loud = await storm(telegram, crowd, people)
        sent += crowd.sent - before[0]
        stored += await seats.stored() - before[1]
        answered += len(loud)
        ratios.append(percentile(loud, 0.95) / median(alone))
    return all(
        [
            tell_share("answers stored", stored, sent),
            tell_share("answers answered", answered, sent),
            tell(f"p95 at {A_SECOND} answers a second / quiet p50", ratios, P95),
            tell_fact("every call is one that the Bot API knows", not telegram.strict_violations),
        ]
    )


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
