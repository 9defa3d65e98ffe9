"""Named lists: pasted, mended, added to, corrected, with lines taken out."""

from datetime import timedelta

import pytest

from demo.telegram import Person
from passport.values import Item, Named
from tests.scenarios.steps import (
    MUNICIPAL,
    labels,
    to_list,
)
from tests.world import World, shown

NINE = tuple(Item(f"Экскурсия номер {word}", n) for n, word in enumerate("абвгдежзи", start=11))
TEN_LINES = "\n".join([*(f"{one.name} – {one.persons}" for one in NINE), "Встреча с врачом"])


async def listed(world: World) -> Named:
    value = (await world.answers())[MUNICIPAL]
    assert isinstance(value, Named)
    return value


async def test_one_bad_line_among_ten_is_asked_again_and_mended(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, TEN_LINES)
    assert (await listed(world)).items == NINE
    assert "Не записано (1):" in shown(coordinator)
    assert "❓ Встреча с врачом" in shown(coordinator)
    assert "Не вижу числа участников. Например: Ярмарка профессий – 24" in shown(coordinator)
    await world.say(coordinator, "Встреча с врачом – 7")
    assert await listed(world) == Named((*NINE, Item("Встреча с врачом", 7)))
    assert "сколько всего учеников участвовало" in shown(coordinator)


async def test_one_bad_line_among_ten_can_be_left_out(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, TEN_LINES)
    await world.press(coordinator, "Обойтись без этих строк")
    assert await listed(world) == Named(NINE)


async def test_a_pending_line_is_still_there_after_a_month_and_a_restart(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, TEN_LINES)
    world.clock.shift(timedelta(days=30))
    await world.restart()
    await world.say(coordinator, "/form")
    assert "❓ Встреча с врачом" in shown(coordinator)
    await world.say(coordinator, "Встреча с врачом – 7")
    assert len((await listed(world)).items) == 10


async def test_the_missing_number_alone_does_not_replace_the_nine_lines(
    world: World, coordinator: Person
) -> None:
    # «Не вижу числа участников» is often answered with just the number.
    await to_list(world, coordinator)
    await world.say(coordinator, TEN_LINES)
    await world.say(coordinator, "7")
    assert (await listed(world)).items[:9] == NINE


async def test_two_bad_lines_can_be_mended_one_at_a_time(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nВстреча с врачом\nПоездка в порт")
    await world.say(coordinator, "Встреча с врачом – 7")
    assert "❓ Поездка в порт" in shown(coordinator)
    await world.say(coordinator, "Поездка в порт – 5")
    assert [item.name for item in (await listed(world)).items] == [
        "Ярмарка",
        "Встреча с врачом",
        "Поездка в порт",
    ]


async def test_a_list_of_one_bad_line_left_out_is_no_answer(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Встреча с врачом")
    await world.press(coordinator, "Обойтись без этих строк")
    assert MUNICIPAL not in await world.answers()
    assert "Мероприятия, муниципальный уровень" in shown(coordinator)


async def test_a_hundred_lines_are_recorded_and_shown_in_short(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    lines = "\n".join(f"{n}. Мероприятие имени звезды {n:03}-й – 2" for n in range(1, 101))
    await world.say(coordinator, lines)
    assert len((await listed(world)).items) == 100
    assert "и ещё 88 строк" in coordinator.chat.from_bot[-2].text
    assert "Сумма: 200" in labels(coordinator)


async def test_more_than_a_hundred_lines_are_asked_in_parts(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "\n".join(f"Встреча {n}-я – 2" for n in range(1, 102)))
    assert "не больше 100 строк за раз. Пришлите его по частям" in shown(coordinator)
    assert MUNICIPAL not in await world.answers()


async def test_any_line_of_a_long_list_can_be_taken_out(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "\n".join(f"Поездка {n:03}-я – 2" for n in range(1, 61)))
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Удалить строку")
    await world.press(coordinator, "Поездка 057-я")
    assert len((await listed(world)).items) == 59


@pytest.mark.parametrize(
    "pasted",
    [
        "№\tНазвание\tКол-во чел.\n1\tЯрмарка профессий\t24\n2\tЭкскурсия в порт\t12",
        "Ярмарка профессий\t24\nЭкскурсия в порт\t12",
        "1. Ярмарка профессий - 24 чел.\n\n2. Экскурсия в порт: 12 чел.",
    ],
)
async def test_a_list_pasted_from_a_table_is_read(
    world: World, coordinator: Person, pasted: str
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, pasted)
    assert await listed(world) == Named(
        (Item("Ярмарка профессий", 24), Item("Экскурсия в порт", 12))
    )


async def test_numbers_in_front_of_names_are_asked_to_be_put_behind(
    world: World, coordinator: Person
) -> None:
    # Telegram makes a space of a tab: «24 Ярмарка» may be the 24th fair.
    await to_list(world, coordinator)
    await world.say(coordinator, "24\tЯрмарка профессий\n12\tЭкскурсия в порт")
    assert "Поставьте число участников в конце строки. Например" in shown(coordinator)
    assert (await listed(world)).items == ()


async def test_a_second_message_adds_and_the_same_name_corrects(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    assert "Записано:\n1. Ярмарка – 24" in shown(coordinator)
    await world.say(coordinator, "экскурсия – 12\n«ЯРМАРКА» – 20")
    assert await listed(world) == Named((Item("Ярмарка", 20), Item("экскурсия", 12)))


async def test_a_line_can_be_taken_out(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nЭкскурсия – 12")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Удалить строку")
    assert "Какую строку удалить?" in shown(coordinator)
    await world.press(coordinator, "✖ Ярмарка")
    assert await listed(world) == Named((Item("Экскурсия", 12),))


async def test_taking_out_the_only_line_leaves_no_answer(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Удалить строку")
    await world.press(coordinator, "✖ Ярмарка")
    assert MUNICIPAL not in await world.answers()
    assert "Мероприятия, муниципальный уровень" in shown(coordinator)


@pytest.mark.parametrize("by", ["button", "text"])
async def test_nothing_under_a_recorded_list_is_asked_about_first(
    world: World, coordinator: Person, by: str
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, TEN_LINES.rpartition("\n")[0])
    await world.press(coordinator, "Назад")
    if by == "text":
        await world.say(coordinator, "не было")
    elif "Не было" in labels(coordinator):
        await world.press(coordinator, "Не было")
    assert (await listed(world)).items == NINE
