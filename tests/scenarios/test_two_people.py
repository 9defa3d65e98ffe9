"""Two coordinators of one school fill one report: nobody's answer is lost or overwritten."""

import pytest

from demo.telegram import Person
from passport.values import Item, Named, Nothing, Slot
from tests.scenarios.steps import (
    EVENTS,
    MUNICIPAL,
    begin,
    everything,
    fill,
    forge,
    has_live_screen,
    number,
    refused,
    stored,
    to_events,
    to_list,
)
from tests.world import World, shown

PUPILS = Slot("r1", 1)


@pytest.fixture
async def colleague(world: World, coordinator: Person) -> Person:
    return await world.coordinator("s24", "Коллега")


async def test_each_sees_the_answers_of_the_other(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await to_events(world, coordinator)
    await begin(world, colleague)
    assert "Сколько было мероприятий" in shown(colleague)
    await world.press(colleague, "Назад")
    assert "Сейчас записано: 4,35" in shown(colleague)
    await world.press(colleague, "Отчёт")
    assert "1. Ученики – 24 чел." in shown(colleague)


@pytest.mark.parametrize("mine", [True, False])
async def test_an_answer_to_a_question_just_answered_is_asked_about(
    world: World, coordinator: Person, colleague: Person, mine: bool
) -> None:
    await begin(world, coordinator)
    await begin(world, colleague)
    await world.say(coordinator, "24")
    await world.say(colleague, "25")
    assert "Пока вы отвечали, здесь записали: 24 чел." in shown(colleague)
    assert "Ваш ответ: 25" in shown(colleague)
    assert (await world.answers())[PUPILS] == number(24)
    await world.press(colleague, "Записать мой ответ" if mine else "Оставить как есть")
    assert (await world.answers())[PUPILS] == number(25 if mine else 24)
    assert await world.logged(PUPILS) == (2 if mine else 1)
    assert has_live_screen(colleague)
    # The first goes on as if nothing had happened.
    await world.say(coordinator, "4,35")
    assert number("4.35") in (await world.answers()).values()


async def test_the_choice_whose_answer_stays_is_not_lost_by_leaving(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await begin(world, coordinator)
    await begin(world, colleague)
    await world.say(coordinator, "24")
    await world.say(colleague, "25")
    await world.restart()
    await world.say(colleague, "/form")
    assert "Ваш ответ: 25" in shown(colleague)
    await world.press(colleague, "Записать мой ответ")
    assert (await world.answers())[PUPILS] == number(25)


async def test_a_choice_that_the_other_overtook_is_asked_anew(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await begin(world, coordinator)
    await begin(world, colleague)
    await world.say(coordinator, "24")
    await world.say(colleague, "25")
    await world.press(coordinator, "Назад")
    await world.say(coordinator, "26")
    before = stored(world)
    await world.press(colleague, "Записать мой ответ")
    assert stored(world) == before
    assert "26 чел." in shown(colleague)
    assert "25" in shown(colleague)
    assert has_live_screen(colleague)


async def test_a_list_typed_beside_a_colleagues_list_loses_neither(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await to_list(world, coordinator)
    await begin(world, colleague)
    await world.say(coordinator, "Ярмарка – 24")
    await world.say(colleague, "Экскурсия – 12")
    assert "Пока вы отвечали, здесь записали: Ярмарка – 24" in shown(colleague)
    await world.press(colleague, "Записать мой ответ")
    assert (await world.answers())[MUNICIPAL] in (
        Named((Item("Ярмарка", 24), Item("Экскурсия", 12))),
        Named((Item("Экскурсия", 12),)),
    )
    assert "Ярмарка" in everything(world)


async def test_an_old_button_after_the_colleague_answered_is_one_sentence(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await to_events(world, coordinator)
    await begin(world, colleague)
    await world.say(coordinator, "3")
    before = stored(world)
    await world.press(colleague, "Не было")
    refused(colleague, before, stored(world))
    assert (await world.answers())[EVENTS] == number(3)


async def test_both_pressing_the_same_button_is_one_answer(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await to_events(world, coordinator)
    await begin(world, colleague)
    coordinator.click("Не было")
    colleague.click("Не было")
    await world.pump()
    assert (await world.answers())[EVENTS] == Nothing()
    assert await world.logged(EVENTS) == 1
    assert has_live_screen(coordinator)
    assert has_live_screen(colleague)


async def test_a_phone_number_in_an_overtaken_answer_is_kept_in_no_row(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await to_list(world, coordinator)
    await begin(world, colleague)
    await world.say(coordinator, "Ярмарка – 24")
    await world.say(colleague, "Звонить Маше 89140234567 – 5")
    assert "Их не храним" in shown(colleague)
    await world.restart()
    assert "9140234567" not in everything(world)


async def test_a_report_sent_by_the_colleague_is_not_sent_again(
    world: World, coordinator: Person, colleague: Person
) -> None:
    await fill(world, coordinator)
    await begin_review(world, colleague)
    await world.press(coordinator, "тправить")
    await world.press(colleague, "тправить")
    assert len(stored(world)["submissions"]) == 1
    assert "Отправлен" in shown(colleague)


async def test_a_colleague_of_another_school_sees_nothing_of_it(
    world: World, coordinator: Person
) -> None:
    other = await world.coordinator("s33", "Координатор 33")
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24")
    await world.say(other, "/reports")
    await world.press(other, "II четверть")
    assert "Ярмарка" not in shown(other)
    assert "Школа № 33" in shown(other)
    await forge(world, other, "c1:part:1:3")
    assert "Это отчёт другой школы" in shown(other)
    assert "Ярмарка" not in shown(other)


async def begin_review(world: World, person: Person) -> None:
    await world.say(person, "/reports")
    await world.press(person, "II четверть")
    await world.press(person, "Проверить и отправить")
