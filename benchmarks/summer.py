"""A city in July: classes of next year with seats, parents who look, people who subscribed."""

from pathlib import Path

from benchmarks.rig import database_url
from benchmarks.seats import FIRST_ID
from demo.telegram import MovableClock, Telegram
from passport.loader import load_passport
from storage import deadlines, openings, people, schools
from storage.database import Database
from storage.schema import migrate
from storage.tables import classes, subscriptions
from tests.clock import local

JULY = local(2027, 7, 13, 10, 30)  # a Tuesday: enrolment is open, and the bot may speak
YEAR = "2027-2028"
STAFF = FIRST_ID - 1
TRACKS = ("медицинская", "инженерная", "педагогическая", "морская", "ИТ", "аграрная", "кадетская")


async def prepare(place: Path, count: int, subscribers: int = 0) -> str:
    """The address of a database with so many classes, and so many chats that want to know."""
    url = database_url(place, f"summer{count}_{subscribers}")
    database = Database(url, MovableClock(JULY))
    listed = load_passport().schools.schools
    try:
        await migrate(database)
        async with database.write() as tx:
            await schools.add_missing(tx, listed)
            staff = await people.add(tx, STAFF, "methodist", None, "")
            await people.set_digest(tx, staff.id, wanted=False)
            await deadlines.confirm(tx, "2026-2027", staff.id)  # or they would be asked meanwhile
            rows = [
                {
                    "id": number + 1,
                    "school": listed[number % len(listed)].slug,
                    "year": YEAR,
                    "grade": 10,
                    "letter": f"{number // len(listed)}",
                    "kind": "class",
                    "track": TRACKS[number % len(TRACKS)],
                    "mode": "очная",
                    "capacity": 25,
                    "enrolled": 25 - number % 4,
                    "confirmed_at": tx.now,
                }
                for number in range(count)
            ]
            await tx.connection.execute(classes.insert(), rows)
            # Or everybody would be told of it while the quiet bot is measured.
            await openings.campaign(tx, YEAR)
            await openings.hand_on(tx, [one.id for one in await openings.waiting(tx)])
            if subscribers:
                wanted = [
                    {"chat_id": chat, "kind": "all", "value": ""} for chat in chats(subscribers)
                ]
                await tx.connection.execute(subscriptions.insert(), wanted)
    finally:
        await database.close()
    return url


def chats(count: int) -> range:
    return range(FIRST_ID + 100_000, FIRST_ID + 100_000 + count)


def let_in(telegram: Telegram, count: int) -> None:
    """They started the bot long ago: it need not answer them now."""
    for chat in chats(count):
        telegram.person(id=chat).start()
    telegram.queue.take()
