"""What others notice while coordinators ask for their forms in Excel one after another.

Through the running bot: /export is a message, the form goes to a worker process, the file comes
back as a document. Quiet and loud stretches alternate.
"""

import asyncio
from collections.abc import Sequence

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, percentile, tell, tell_share
from benchmarks.rig import PATIENCE, WatchedTelegram, bot, database_url, folder, settle
from benchmarks.seats import ANSWERS, Seat, Seats

OTHERS = 5
STRETCHES = 6
FORMS = 5  # in each loud stretch: 30 in all
THINKING = 0.05

P95 = Bar(3)


class Hall:
    """Some answer questions, one more asks for forms."""

    def __init__(self, telegram: WatchedTelegram, seats: Seats, crowd: Crowd) -> None:
        self._telegram = telegram
        self._seats = seats
        self._crowd = crowd
        *self._others, self._asks = seats.everybody

    async def fill(self) -> None:
        """A form to export; and everybody has a question before them."""
        await self._seats.begin_again(self._seats.everybody)
        await self._crowd.answer([self._asks.person], ANSWERS - 1)

    async def stretch(self, *, loud: bool) -> list[float]:
        """How long the others waited; for as many forms, or a form's worth of answers."""
        await self._seats.begin_again(self._others)
        settle()
        answering = asyncio.ensure_future(self._answer(self._others))
        if loud:
            for _ in range(FORMS):
                await self._export()
        return await answering

    async def _answer(self, others: Sequence[Seat]) -> list[float]:
        await self._crowd.answer([seat.person for seat in others], ANSWERS - 1, THINKING)
        return self._crowd.latencies

    async def _export(self) -> None:
        before = self.forms
        self._crowd.say(self._asks.person, "/export")
        changes = self._telegram.changes
        if not await changes.wait_until(lambda: self.forms > before, PATIENCE):
            raise TimeoutError("no form came")

    @property
    def forms(self) -> int:
        return self._telegram.world.file_count


async def measure() -> bool:
    telegram = WatchedTelegram()
    with folder() as place:
        seats = Seats(database_url(place))
        try:
            await seats.prepare(OTHERS + 1)
            people = [seat.person for seat in seats.everybody]
            async with bot(telegram, "-m", "benchmarks.our_bot", DATABASE_URL=database_url(place)):
                with Crowd(telegram, people) as crowd:
                    return await compare(Hall(telegram, seats, crowd))
        finally:
            await seats.close()


async def compare(hall: Hall) -> bool:
    await hall.fill()
    await hall.stretch(loud=True)  # the worker process starts here
    made = hall.forms
    ratios = []
    for _ in range(STRETCHES):
        quiet = percentile(await hall.stretch(loud=False), 0.95)
        ratios.append(percentile(await hall.stretch(loud=True), 0.95) / quiet)
    return all(
        [
            tell("others' p95, forms being made / quiet", ratios, P95),
            tell_share("forms that came", hall.forms - made, STRETCHES * FORMS),
        ]
    )


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
