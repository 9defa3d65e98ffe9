"""The world with a channel, and what stands in it."""

from html import unescape
from pathlib import Path

from demo.telegram import MessageView, Person
from passport.register import ClassDraft
from storage import audit, class_cards, classes, posts
from storage.posts import Post
from tests.world import World

CHANNEL = -1_002_000_000_001
YEAR = "2027-2028"


class Summer(World):
    def __init__(self, folder: Path, *, channel_id: str = "") -> None:
        super().__init__(folder, channel_id=channel_id)
        self.channel = self.telegram.channel(CHANNEL, "УО ПКГО")
        self.admin = self.telegram.person(name="Администратор канала")

    def admit(self, *rights: str) -> None:
        if rights:
            self.channel.admit(by=self.admin.id, rights=rights)
        else:
            self.channel.admit(by=self.admin.id)

    @property
    def stands(self) -> list[MessageView]:
        """What the bot has posted and nobody has deleted."""
        return [one for one in self.channel.messages if one.from_bot]

    @property
    def titles(self) -> list[str]:
        return [one.text.partition("\n")[0] for one in self.stands]

    async def add_class(
        self,
        school: str = "s24",
        track: str = "медицинская",
        seats: int | None = 25,
        taken: int = 0,
    ) -> int:
        """A class of the campaign; without ``seats`` its school has not said yet. Its id."""
        async with self.app.database.write() as tx:
            letter = f"А{len(await class_cards.of_year(tx, YEAR))}"
            await classes.add(tx, school, YEAR, [ClassDraft(10, letter, "class", track)])
            card = (await class_cards.of_school(tx, school, YEAR))[-1]
            if seats is not None:
                await class_cards.change(tx, card, "capacity", seats, None)
                await class_cards.change(tx, card, "enrolled", taken, None)
        return card.id

    async def enrol(self, class_id: int, taken: int) -> None:
        async with self.app.database.write() as tx:
            card = await class_cards.get(tx, class_id)
            assert card is not None
            await class_cards.change(tx, card, "enrolled", taken, None)

    async def press_below(self, person: Person, words: str, label: str) -> None:
        """Presses a button of the newest message with these words: digests come in between."""
        message = next(
            one for one in reversed(person.chat.from_bot) if words in one.text and one.labels
        )
        person.click(label, message)
        await self.pump()

    async def posts(self) -> dict[str, Post]:
        async with self.app.database.read() as tx:
            return {one.occasion: one for one in await posts.of_year(tx, YEAR)}

    async def acts(self) -> list[str]:
        """What the journal says, oldest first."""
        async with self.app.database.read() as tx:
            return [one.act for one in reversed(await audit.page(tx, 50))]


def told(person: Person) -> str:
    """The last message of the bot, as it is read."""
    assert person.last is not None
    return unescape(person.last.text)


def drafts(person: Person) -> int:
    """How many drafts came by themselves or were shown."""
    return sum("Черновик поста" in one.text for one in person.chat.from_bot)
