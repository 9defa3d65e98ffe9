"""Totals of named lists, and rows that are closed at their head (V04, V05)."""

import pytest

from demo.telegram import Person
from passport.values import Item, Named, Nothing, Slot
from tests.scenarios.steps import EVENTS, MUNICIPAL, labels, number, to_list
from tests.world import World, shown

TOTAL = Slot("r3.municipal.total")


async def test_a_bare_number_after_a_list_is_its_total(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nЭкскурсия – 12")
    await world.press(coordinator, "Назад")
    await world.say(coordinator, "30")
    answers = await world.answers()
    assert answers[TOTAL] == number(30)
    assert answers[MUNICIPAL] == Named((Item("Ярмарка", 24), Item("Экскурсия", 12)))


async def test_a_bare_number_after_a_list_of_one_keeps_its_name(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    await world.say(coordinator, "30")
    value = (await world.answers())[MUNICIPAL]
    assert isinstance(value, Named)
    assert [item.name for item in value.items] == ["Ярмарка"]


async def test_a_total_below_the_largest_line_is_refused(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nЭкскурсия – 12")
    await world.say(coordinator, "20")
    assert "Напишите число не меньше 24" in shown(coordinator)
    assert TOTAL not in await world.answers()
    await world.say(coordinator, "24")
    assert (await world.answers())[TOTAL] == number(24)


async def test_a_total_that_a_longer_list_outgrows_is_asked_again(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nЭкскурсия – 12")
    await world.say(coordinator, "30")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Назад")
    await world.say(coordinator, "Форум – 40")
    assert TOTAL not in await world.answers()
    assert "сколько всего учеников" in shown(coordinator)
    assert "Сумма: 76" in labels(coordinator)


@pytest.mark.parametrize("clears", [True, False])
async def test_no_events_with_participants_is_cleared_or_kept(
    world: World, coordinator: Person, clears: bool
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Назад")
    await world.say(coordinator, "0")
    assert "Вы указали 0, а в этой строке уже есть ответы" in shown(coordinator)
    assert (await world.answers())[EVENTS] == number(3)
    await world.press(coordinator, "Очистить" if clears else "Оставить как есть")
    answers = await world.answers()
    if clears:
        assert answers[EVENTS] in (Nothing(), number(0))
        assert MUNICIPAL not in answers
        assert "Олимпиады" in shown(coordinator)
    else:
        assert answers[EVENTS] == number(3)
        assert answers[MUNICIPAL] == Named((Item("Ярмарка", 24),))
        assert "Сколько было мероприятий" in shown(coordinator)
