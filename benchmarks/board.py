"""How long a methodist waits for the board of a thousand schools, against the board of thirty.

Both boards are opened in running bots, by typing /reports. They show the same thirty schools on
their first page, a third of which have sent and a third have begun; what differs is how many more
there are to be counted.
"""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median

from benchmarks.crowd import Crowd
from benchmarks.ratios import Bar, tell, tell_fact
from benchmarks.rig import START, WatchedTelegram, bot, database_url, folder, settle
from benchmarks.seats import FIRST_ID, made_up, take_seat
from demo.telegram import MovableClock
from passport.change import Edit
from passport.loader import Passport, load_passport
from passport.schools import School
from passport.values import Number
from storage import answers, deadlines, people, reports, schools
from storage.database import Database, Transaction
from storage.schema import migrate
from tests.world import YEAR

FEW, MANY = 30, 1000  # the passport's own schools come first
METHODIST = FIRST_ID - 1
ROUNDS = 8
OPENINGS = 16  # in each round
THINKING = 0.05

BOARD = Bar(2)


async def prepare(place: Path, count: int) -> str:
    """A city of so many schools; the address of its database."""
    url = database_url(place, f"city{count}")
    database = Database(url, MovableClock(START))
    passport = load_passport()
    listed = passport.schools.schools
    city = [*listed, *made_up(listed[0], count - len(listed))]
    try:
        await migrate(database)
        async with database.write() as tx:
            await schools.add_missing(tx, city)
            # Nothing is told to the methodist on the bot's own initiative meanwhile.
            methodist = await people.add(tx, METHODIST, "methodist", None, "")
            await people.set_digest(tx, methodist.id, wanted=False)
            await deadlines.confirm(tx, YEAR, methodist.id)
            for number, school in enumerate(city):
                await _take_part(tx, passport, school, number)
    finally:
        await database.close()
    return url


async def _take_part(tx: Transaction, passport: Passport, school: School, number: int) -> None:
    """Of three schools one has not begun, one has answered half, one has sent."""
    await schools.set_participation(tx, school.slug, YEAR, takes_part=True, by=None)
    if number % 3 == 0:
        return
    seat = await take_seat(tx, FIRST_ID + number, school)
    filling = await reports.filling_by_id(tx, passport.forms, seat.report)
    assert filling is not None
    gaps = filling.sheet.gaps if number % 3 == 1 else filling.sheet.gaps[::2]
    edits = [Edit(slot, None, Number(Decimal(3))) for slot in gaps]
    await answers.save(tx, seat.report, edits, None)
    if number % 3 == 1:
        by = await people.by_telegram_id(tx, seat.person)
        assert by is not None
        await reports.submit(tx, filling, reports.Sending(by.id, late=False))


async def opening(crowds: Sequence[Crowd]) -> list[float]:
    """The usual seconds until the board is there, for each bot; they take turns."""
    settle()
    taken: list[list[float]] = [[] for _ in crowds]
    for _ in range(OPENINGS):
        for crowd, seconds in zip(crowds, taken, strict=True):
            seconds.append(await crowd.ask(METHODIST, "/reports"))
            await asyncio.sleep(THINKING)
    return [median(seconds) for seconds in taken]


def shows(telegram: WatchedTelegram, count: int) -> bool:
    """Whether the board before the methodist is one of so many schools."""
    screen = telegram.person(id=METHODIST).screen
    return screen is not None and f" из {count}:" in screen.text


async def compare(few: WatchedTelegram, many: WatchedTelegram) -> bool:
    with Crowd(few, [METHODIST]) as one, Crowd(many, [METHODIST]) as other:
        await opening((one, other))  # warms both up
        ratios = []
        for _ in range(ROUNDS):
            of_few, of_many = await opening((one, other))
            ratios.append(of_many / of_few)
    return all(
        [
            tell(f"the board opens, p50, {MANY} schools / {FEW}", ratios, BOARD, "rounds"),
            tell_fact("every school is counted", shows(few, FEW) and shows(many, MANY)),
        ]
    )


async def measure() -> bool:
    few, many = WatchedTelegram(), WatchedTelegram()
    ours = ("-m", "benchmarks.our_bot")
    with folder() as place:
        addresses = [await prepare(place, count) for count in (FEW, MANY)]
        async with (
            bot(few, *ours, DATABASE_URL=addresses[0]),
            bot(many, *ours, DATABASE_URL=addresses[1]),
        ):
            return await compare(few, many)


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
