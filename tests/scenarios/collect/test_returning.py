"""A return: just these numbers, with their old values and the sentence; and nothing is lost."""

from datetime import timedelta

import pytest

from demo.telegram import Person
from passport.values import Slot
from tests.scenarios.collect.steps import give_back, open_report, said, screen, second_quarter, sent
from tests.scenarios.steps import has_live_screen, number
from tests.world import World


@pytest.fixture
async def methodist(world: World) -> Person:
    return await world.staff("methodist")


async def test_the_school_gets_just_the_numbers_in_question(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await give_back(world, methodist, "Химия", "Мероприятия школы")
    await world.tick()
    notice = said(coordinator)
    assert "Методист: «Сверьте с приказом»" in notice
    assert "Химия, 10 «А»: 4,35" in notice
    assert "Мероприятия школы: не было" in notice
    assert "Учеников" not in notice
    await world.press(coordinator, "Исправить")
    assert "Химия, 10 «А»: средний балл" in screen(coordinator)
    assert "Сейчас записано: 4,35" in screen(coordinator)
    await world.say(coordinator, "4,5")
    assert "провела сама школа" in screen(coordinator)
    await world.press(coordinator, "Верно, оставить")
    assert "Все ответы есть" in screen(coordinator)
    await world.press(coordinator, "тправить")
    await world.tick()
    await open_report(world, methodist)
    assert "Изменено с прошлой отправки: 1" in screen(methodist)
    assert "Химия, 10 «А»: 4,35 → 4,5" in screen(methodist)
    assert (await second_quarter(world)).report.status == "submitted"


async def test_it_cannot_be_sent_while_a_number_is_open(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await give_back(world, methodist, "Химия")
    await world.tick()
    report = (await second_quarter(world)).report.id
    assert coordinator.last is not None
    coordinator.forge_callback(f"d1:send:{report}::0", coordinator.last)
    await world.pump()
    assert (await second_quarter(world)).report.status == "returned"
    assert "Химия" in screen(coordinator)


async def test_a_return_while_the_coordinator_is_typing(
    world: World, coordinator: Person, methodist: Person
) -> None:
    """The open question keeps its answer; the returned number is asked after it."""
    await sent(world, coordinator)
    await world.press(coordinator, "6 ✅")
    await world.press(coordinator, "✏️")
    await give_back(world, methodist, "Химия")
    await world.say(coordinator, "3")
    filling = await second_quarter(world)
    assert filling.sheet.answers[Slot("r6")] == number(3)
    assert "Химия, 10 «А»: средний балл" in screen(coordinator)
    assert "Методист: «Сверьте с приказом»" in screen(coordinator)
    await world.tick()
    await world.say(coordinator, "4,5")
    assert "Все ответы есть" in screen(coordinator)


@pytest.mark.parametrize(
    "text", ["Позвоните +7 914 123-45-67", "Спросите Иванова Ивана Ивановича", "!"]
)
async def test_a_sentence_with_somebodys_data_is_refused_and_the_choice_stays(
    world: World, coordinator: Person, methodist: Person, text: str
) -> None:
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Вернуть")
    await world.press(methodist, "☐ Химия")
    await world.say(methodist, text)
    assert "⚠️" in screen(methodist)
    assert methodist.screen is not None
    assert "Вернуть школе" not in methodist.screen.labels
    assert any(label.startswith("☑ Химия") for label in methodist.screen.labels)


async def test_something_else_in_between_does_not_lose_the_choice(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Вернуть")
    await world.press(methodist, "☐ Химия")
    methodist.send_sticker()
    await world.pump()
    assert methodist.screen is not None
    assert any(label.startswith("☑ Химия") for label in methodist.screen.labels)
    await world.restart()
    await world.say(methodist, "Сверьте с журналом")
    await world.press(methodist, "Вернуть школе")
    filling = await second_quarter(world)
    assert filling.returned is not None
    assert [slot.question for slot in filling.returned.slots] == ["r2"]


async def test_nothing_ticked_returns_the_whole_report(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await give_back(world, methodist)
    await world.tick()
    await world.press(coordinator, "Исправить")
    assert has_live_screen(coordinator)
    assert "Все ответы есть" in screen(coordinator)
    await world.press(coordinator, "тправить")
    assert (await second_quarter(world)).report.status == "submitted"


async def test_returned_twice_asks_for_the_second_numbers(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await give_back(world, methodist, "Химия")
    await world.tick()
    await world.press(coordinator, "Исправить")
    await world.say(coordinator, "4,5")
    await world.press(coordinator, "тправить")
    world.clock.shift(timedelta(minutes=20))
    await give_back(world, methodist, "Учеников")
    assert "Возвращали 2 раза" in screen(methodist)
    await world.tick()
    assert "Учеников, 10 «А»: 24 чел." in said(coordinator)
    await world.press(coordinator, "Исправить")
    assert "сколько учеников" in screen(coordinator)


async def test_two_coordinators_mend_one_report(
    world: World, coordinator: Person, methodist: Person
) -> None:
    colleague = await world.coordinator("s24", "Второй")
    await sent(world, coordinator)
    await give_back(world, methodist, "Химия", "Учеников")
    await world.tick()
    await world.press(coordinator, "Исправить")
    await world.say(coordinator, "22")
    await world.press(colleague, "Исправить")
    assert "Химия" in screen(colleague)
    await world.say(colleague, "4,5")
    assert "Все ответы есть" in screen(colleague)
    await world.press(colleague, "тправить")
    assert (await second_quarter(world)).report.status == "submitted"
    await world.say(coordinator, "4,1")  # the question is still on this screen
    assert "Пока вы отвечали, здесь записали: 4,5" in screen(coordinator)


async def test_a_list_of_reports_says_that_one_was_returned(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await give_back(world, methodist, "Химия")
    await world.say(coordinator, "/reports")
    assert "II четверть – возвращено на исправление" in screen(coordinator)
    await world.press(coordinator, "II четверть")
    assert "Проверьте 1 ответ и отправьте" in screen(coordinator)
