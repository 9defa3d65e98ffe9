"""Every change of a class card stays in the log, with who made it."""

from demo.telegram import Person
from storage import card_log
from tests.scenarios.registers.steps import to_class
from tests.world import World


async def logged(world: World) -> list[tuple[str, str, str, str]]:
    async with world.app.database.read() as tx:
        return [
            (one.field, one.old, one.new, one.post or one.role or "")
            for one in await card_log.every(tx)
        ]


async def test_a_class_is_opened_taught_and_closed_in_the_log(world: World) -> None:
    coordinator: Person = await world.coordinator("s24")
    await world.say(coordinator, "/school")
    await world.press(coordinator, "＋ Класс")
    await world.say(coordinator, "10 А медицинская")
    await world.press(coordinator, "Предметы")
    await world.say(coordinator, "Химия")
    await world.say(coordinator, "Химия")  # it is there already
    await world.press(coordinator, "✖ Химия")
    await to_class(world, coordinator)
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Да, закрыть")
    assert await logged(world) == [
        ("open", "", "10 «А»", "замдиректора"),
        ("advanced_subjects", "", "Химия", "замдиректора"),
        ("advanced_subjects", "Химия", "", "замдиректора"),
        ("open", "10 «А»", "", "замдиректора"),
    ]


async def test_what_is_said_of_classes_in_a_report_is_in_the_log_too(world: World) -> None:
    coordinator: Person = await world.coordinator("s24")
    await world.say(coordinator, "/form")
    await world.press(coordinator, "Продолжить")
    await world.say(coordinator, "10 А медицинская")
    await world.say(coordinator, "24")
    await world.say(coordinator, "Химия")
    await world.press(coordinator, "Изменить предметы")
    await world.say(coordinator, "Биология")
    await world.press(coordinator, "✖ Химия")
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Да, закрыть")
    await world.press(coordinator, "Добавить")
    await world.say(coordinator, "11 Б инженерная")
    assert await logged(world) == [
        ("open", "", "10 «А»", "замдиректора"),
        ("advanced_subjects", "", "Химия", "замдиректора"),
        ("advanced_subjects", "Химия", "Химия, Биология", "замдиректора"),
        ("advanced_subjects", "Химия, Биология", "Биология", "замдиректора"),
        ("open", "10 «А»", "", "замдиректора"),
        ("open", "", "11 «Б»", "замдиректора"),
    ]
