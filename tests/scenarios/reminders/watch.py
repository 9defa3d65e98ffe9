"""What came into whose chat by itself, and when; a quarter to let it come in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape

from sqlalchemy import select

from demo.telegram import MessageView, Person
from storage import schools
from storage.outbox import Posted, State
from storage.tables import classes, outbox
from tests.clock import KAMCHATKA, local
from tests.world import YEAR, World

DUE = "Срок: чт 14 января, 17:00"
LATE = "Срок был чт 14 января, 17:00, отчёт ещё принимаем"


@dataclass
class Watch:
    """Reads chats from a moment on. ``told``: name → (local moment, text), oldest first."""

    world: World
    people: Mapping[str, Person]
    told: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _read: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.told = {name: [] for name in self.people}
        self.skip()

    async def at(self, *moment: int) -> None:
        await self.world.at(*moment)
        self.listen()

    async def tick(self) -> None:
        await self.world.tick()
        self.listen()

    def listen(self) -> None:
        """Notes what is new; each message with the moment at which it was sent."""
        for name, person in self.people.items():
            for message in _after(person, self._read[name]):
                at = message.date.astimezone(KAMCHATKA)
                self.told[name].append((f"{at:%d.%m %H:%M}", unescape(message.text)))
        self.skip()

    def skip(self) -> None:
        """What was said as an answer is not what came by itself."""
        for name, person in self.people.items():
            everything = [one.message_id for one in person.chat.history]
            self._read[name] = max(everything, default=0)

    def lines(self, name: str, line: int = 1) -> list[tuple[str, str]]:
        """One line of each message, by default the second."""
        return [(at, text.splitlines()[line]) for at, text in self.told[name]]

    def moments(self, name: str) -> list[str]:
        return [at for at, _ in self.told[name]]

    def begun(self, name: str, with_: str) -> list[str]:
        """The moments of messages that begin so."""
        return [at for at, text in self.told[name] if text.startswith(with_)]


def _after(person: Person, read: int) -> Iterator[MessageView]:
    return (one for one in person.chat.from_bot if one.message_id > read)


async def only(world: World, *taking_part: str) -> None:
    """The project is of these schools alone."""
    async with world.app.database.write() as tx:
        for one in await schools.every(tx):
            takes_part = one.slug in taking_part
            await schools.set_participation(tx, one.slug, YEAR, takes_part=takes_part, by=None)


async def opened(world: World, *taking_part: str, methodist: bool = False) -> Watch:
    """22 December, the day before the second quarter's report opens: everybody has come."""
    world.clock.move_to(local(2026, 12, 22, 8, 0))
    names = taking_part or ("s24",)
    await only(world, *names)
    for school in names:
        await world.give_classes(school, "Химия")
    async with world.app.database.write() as tx:  # nobody needs to be asked about cards
        await tx.connection.execute(classes.update().values(confirmed_at=local(2027, 9, 1)))
    people: dict[str, Person] = {}
    if methodist:
        people["methodist"] = await world.staff("methodist")
    for school in names:
        people[school] = await world.coordinator(school)
    await world.at(2026, 12, 22, 8, 31)  # the methodist is asked about the dates of the year
    return Watch(world, people)


def every(step: timedelta, first: datetime, last: datetime) -> Iterable[datetime]:
    while first <= last:
        yield first
        first += step


async def rows(world: World) -> list[Posted]:
    """The outbox, oldest first."""
    async with world.app.database.read() as tx:
        found = await tx.connection.execute(select(outbox).order_by(outbox.c.id))
        return [Posted(**(dict(row._mapping) | {"state": State(row.state)})) for row in found]


async def reminders(world: World) -> list[tuple[str, str]]:
    """(why, state) of every reminder that was written."""
    return [(one.why, one.state.name) for one in await rows(world) if one.kind == "reminder"]
