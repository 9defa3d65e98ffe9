"""Steps that scenarios of the registers share."""

from html import unescape

from demo.telegram import Person
from tests.world import World, shown


def screen(person: Person) -> str:
    return unescape(shown(person))


async def to_class(world: World, person: Person) -> None:
    await world.say(person, "/school")
    await world.press(person, "✏️ 10 «А»")


async def field(world: World, person: Person, label: str, text: str) -> None:
    """From the class card: one field is typed."""
    await world.press(person, label)
    await world.say(person, text)


async def sign(world: World, person: Person, partner: str, *rest: str) -> None:
    """A contract from the first question on; ``rest`` are typed or pressed in turn."""
    await world.say(person, "/school")
    await world.press(person, "Договоры")
    await world.press(person, "＋ Договор")
    await world.say(person, partner)
    for step in rest:
        if person.screen is not None and any(step in label for label in person.screen.labels):
            await world.press(person, step)
        else:
            await world.say(person, step)
