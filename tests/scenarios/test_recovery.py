"""The database is put back from a copy, and chats show screens that are newer than it."""

from pathlib import Path

from demo.telegram import Person
from passport.values import Nothing
from tests.scenarios.disk import Disk
from tests.scenarios.steps import EVENTS, has_live_screen, to_mark
from tests.world import World, shown


async def test_what_is_typed_answers_no_older_question(
    world: World, coordinator: Person, tmp_path: Path
) -> None:
    await to_mark(world, coordinator)
    disk, before = Disk(world, tmp_path), await world.answers()
    await world.say(coordinator, "4,35")
    assert "мероприятий вне учебного плана" in shown(coordinator)
    await disk.fails()
    await world.open()
    await world.say(coordinator, "3")  # so many events: the copy waits for a mark
    assert await world.answers() == before
    assert has_live_screen(coordinator)
    await world.press(coordinator, "Продолжить")
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)


async def test_a_newer_screen_can_be_pressed(
    world: World, coordinator: Person, tmp_path: Path
) -> None:
    await to_mark(world, coordinator)
    disk = Disk(world, tmp_path)
    await world.say(coordinator, "4,35")
    await disk.fails()
    await world.open()
    await world.press(coordinator, "Не было")
    assert (await world.answers())[EVENTS] == Nothing()
    assert has_live_screen(coordinator)
