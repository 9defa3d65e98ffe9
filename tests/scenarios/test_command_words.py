"""Words that stand for commands: while the form asks they are answers, for staff too."""

from demo.telegram import Person
from storage import people
from tests.scenarios.collect.steps import said, screen, second_quarter
from tests.scenarios.steps import begin
from tests.world import World


async def test_what_stands_for_a_command_is_an_answer_while_the_form_asks(
    world: World, coordinator: Person
) -> None:
    """«4.1» is a measure of the plan, and the mark of a subject."""
    await begin(world, coordinator)
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    await world.press(methodist, "Отчёт: II четверть")
    await world.press(methodist, "Внести за школу")
    await world.press(methodist, "Продолжить")
    for text in ("пороги", "классы 33", "план", "кампания", "риск 3", "24", "4.1"):
        await world.say(methodist, text)
        answered = len((await second_quarter(world)).sheet.answers)
        assert answered == {"24": 1, "4.1": 2}.get(text, 0), text
    await world.say(methodist, "/start")
    await world.say(methodist, "4.1")
    assert "4.1." in screen(methodist)
    await world.say(methodist, "пороги")
    assert "Пороги риска 1" in screen(methodist)
    assert len((await second_quarter(world)).sheet.answers) == 2


async def test_the_text_of_whoever_was_suspended_is_no_answer(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, coordinator.id)
        assert account is not None
        await people.suspend(tx, account.id, suspended=True)
    await world.say(coordinator, "24")
    assert not (await second_quarter(world)).sheet.answers
    assert "приостановлен" in said(coordinator)
