"""Steps that scenarios of collecting share."""

from html import unescape

from demo.telegram import Person
from storage import reports
from storage.reports import Filling
from tests.scenarios.steps import fill
from tests.world import YEAR, World, shown


async def sent(world: World, person: Person, given: dict[str, str] | None = None) -> None:
    """The person's report of the second quarter is filled and sent."""
    await fill(world, person, given)
    await world.press(person, "тправить")


async def open_report(world: World, staff: Person, number: int = 24) -> None:
    """A member of staff looks at a school's report of the second quarter."""
    await world.say(staff, str(number))
    await world.press(staff, "Отчёт: II четверть")


async def give_back(world: World, staff: Person, *numbers: str, number: int = 24) -> None:
    """Returns the report with these numbers ticked."""
    await open_report(world, staff, number)
    await world.press(staff, "Вернуть")
    for one in numbers:
        await world.press(staff, f"☐ {one}")
    await world.say(staff, "Сверьте с приказом")
    await world.press(staff, "Вернуть школе")


async def second_quarter(world: World, school: str = "s24") -> Filling:
    """The report as it is stored."""
    async with world.app.database.read() as tx:
        found = await reports.find(tx, school, YEAR, "II")
        assert found is not None
        return await reports.filling(tx, world.app.passport.forms, found)


def screen(person: Person) -> str:
    """What the person sees last, as text."""
    return unescape(shown(person))


def said(person: Person, last: int = 1) -> str:
    """The last messages of the bot, as text."""
    return "\n".join(unescape(one.text) for one in person.chat.from_bot[-last:])
