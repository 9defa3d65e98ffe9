"""Five thousand subscribers are told of a seat: is the pace used, and do answers stay quick?"""

import asyncio
from time import perf_counter

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, percentile, tell, tell_share
from benchmarks.rig import WatchedTelegram, bot, folder, settle
from benchmarks.summer import JULY, STAFF, YEAR, chats, let_in, prepare
from bot.pace import BURST, IN_ALL
from demo.telegram import MovableClock
from demo.telegram.changes import Change
from storage import class_cards, openings
from storage.database import Database

SUBSCRIBERS = 5000
ASKED = 60
LONGEST = 400.0

PACE = Bar(0.95, at_least=True)
P95 = Bar(2)


class Arrivals:
    """When the first and the last subscriber was told, and how many were."""

    def __init__(self, telegram: WatchedTelegram) -> None:
        self._wanted = frozenset(chats(SUBSCRIBERS))
        self._told: set[int] = set()
        self.first = self.last = 0.0
        telegram.changes.listen(self._changed)

    def _changed(self, change: Change) -> None:
        chat = change.chat_id
        if change.what == "message" and chat in self._wanted and chat not in self._told:
            self._told.add(chat)
            self.last = perf_counter()
            self.first = self.first or self.last

    @property
    def count(self) -> int:
        return len(self._told)


async def announce(url: str) -> None:
    """A seat has come up."""
    database = Database(url, MovableClock(JULY))
    try:
        async with database.write() as tx:
            card = next(one for one in await class_cards.of_year(tx, YEAR) if one.vacancies)
            await openings.seat(tx, card)
    finally:
        await database.close()


async def measure() -> bool:
    telegram = WatchedTelegram()
    let_in(telegram, SUBSCRIBERS)
    with folder() as place:
        url = await prepare(place, 50, SUBSCRIBERS)
        moment = JULY.isoformat()
        async with bot(telegram, "-m", "benchmarks.our_bot", DATABASE_URL=url, MEASURED_AT=moment):
            with Crowd(telegram, [STAFF]) as crowd:
                await crowd.ask(STAFF, "/help")
                settle()
                quiet = [await crowd.ask(STAFF, "/help") for _ in range(ASKED)]
                arrivals = Arrivals(telegram)
                await announce(url)
                loud, begun = [], perf_counter()
                while arrivals.count < SUBSCRIBERS and perf_counter() - begun < LONGEST:
                    loud.append(await crowd.ask(STAFF, "/help"))
                    await asyncio.sleep(0.1)
    allowed = (arrivals.count - BURST) * IN_ALL
    return all(
        [
            tell(
                "achieved pace / allowed pace", [allowed / (arrivals.last - arrivals.first)], PACE
            ),
            tell_share("subscribers told", arrivals.count, SUBSCRIBERS),
            tell(
                "p95 of answers meanwhile / quiet",
                [percentile(loud, 0.95) / percentile(quiet, 0.95)],
                P95,
            ),
        ]
    )


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
