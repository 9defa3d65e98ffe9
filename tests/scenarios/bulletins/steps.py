"""A summer in which parents wait for seats: classes, subscribers, and what they were told."""

from dataclasses import dataclass
from html import unescape

from sqlalchemy import select

from demo.telegram import Person
from passport.register import ClassDraft
from storage import class_cards, classes, subscriptions
from storage.outbox import Posted, posted_row
from storage.subscriptions import Filter
from storage.tables import outbox
from tests.clock import KAMCHATKA
from tests.world import World

SUMMER = "2027-2028"  # whose classes are filled in the summer of 2027
ALL = Filter("all")
MEDICAL = Filter("track", "медицинская")
SCHOOL_33 = Filter("school", "s33")


@dataclass
class Summer:
    """Two schools with a class each: a medical one in № 24, an engineering one in № 33."""

    world: World
    medical: int = 0
    engineering: int = 0

    async def begin(self) -> None:
        self.medical = await self.open_class("s24", "медицинская")
        self.engineering = await self.open_class("s33", "инженерная")

    async def open_class(self, school: str, track: str, letter: str = "А") -> int:
        async with self.world.app.database.write() as tx:
            await classes.add(tx, school, SUMMER, [ClassDraft(10, letter, "class", track)])
            found = (await classes.register(tx, school, SUMMER)).open
        return next(one.id for one in found if one.letter == letter)

    async def seats(self, class_id: int, capacity: int, enrolled: int) -> None:
        async with self.world.app.database.write() as tx:
            card = await class_cards.get(tx, class_id)
            assert card is not None
            said = {"capacity": capacity, "enrolled": enrolled}
            await class_cards.change_all(tx, card, said, None)

    async def close_class(self, class_id: int) -> None:
        async with self.world.app.database.write() as tx:
            await classes.close(tx, class_id)

    async def parent(self, *wanted: Filter) -> Person:
        person = self.world.telegram.person()
        person.start()
        await self.world.pump()
        await self.subscribe(person, *wanted)
        return person

    async def subscribe(self, person: Person, *wanted: Filter) -> None:
        async with self.world.app.database.write() as tx:
            for one in wanted:
                await subscriptions.add(tx, person.id, one)

    async def filters(self, person: Person) -> list[Filter]:
        async with self.world.app.database.read() as tx:
            return await subscriptions.of_chat(tx, person.id)

    async def rows(self) -> list[Posted]:
        """Of bulletins, oldest first."""
        async with self.world.app.database.read() as tx:
            found = await tx.connection.execute(
                select(outbox).where(outbox.c.kind == "bulletin").order_by(outbox.c.id)
            )
            return [posted_row(row) for row in found]


def told(person: Person) -> list[tuple[str, str]]:
    """(local moment, text) of each bulletin that came."""
    return [
        (f"{one.date.astimezone(KAMCHATKA):%d.%m %H:%M}", unescape(one.text))
        for one in person.chat.from_bot
        if one.text.startswith("🔔")
    ]


def moments(person: Person) -> list[str]:
    return [at for at, _ in told(person)]
