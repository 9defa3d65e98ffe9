"""Editing one's own message corrects the answer that it gave."""

from datetime import timedelta

import pytest

from demo.telegram import MessageView, Person
from passport.values import Item, Named, Slot
from storage import people
from tests.clock import local
from tests.scenarios.registers.steps import to_class
from tests.scenarios.steps import (
    EVENTS,
    MUNICIPAL,
    begin,
    everything,
    has_live_screen,
    labels,
    number,
    send,
    sql,
    stored,
    to_events,
    to_list,
    to_mark,
)
from tests.world import World, shown

PUPILS = Slot("r1", 1)


async def edit(world: World, person: Person, message: MessageView, text: str) -> None:
    person.edit(message, text)
    await world.pump()


async def test_an_edited_number_corrects_its_answer_and_keeps_the_question(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "24")
    await edit(world, coordinator, message, "25")
    assert (await world.answers())[PUPILS] == number(25)
    assert await world.logged(PUPILS) == 2
    assert "✏️ Исправлено." in shown(coordinator)
    assert "25 чел." in shown(coordinator)
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)
    await edit(world, coordinator, message, "26")
    assert (await world.answers())[PUPILS] == number(26)
    await world.say(coordinator, "4,35")
    assert number("4.35") in (await world.answers()).values()


async def test_an_edit_to_the_same_number_logs_nothing(world: World, coordinator: Person) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "24")
    await edit(world, coordinator, message, "24 чел.")
    assert await world.logged(PUPILS) == 1


async def test_an_edited_list_changes_only_the_lines_of_that_message(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    first = await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    second = await world.say(coordinator, "Экскурсия – 12\nФорум – 5")
    await edit(world, coordinator, second, "Поездка – 13\nФорум – 5")
    names = Named((Item("Ярмарка", 24), Item("Поездка", 13), Item("Форум", 5)))
    assert (await world.answers())[MUNICIPAL] == names
    await edit(world, coordinator, first, "Ярмарка профессий – 20")
    assert (await world.answers())[MUNICIPAL] == Named(
        (Item("Ярмарка профессий", 20), Item("Поездка", 13), Item("Форум", 5))
    )


async def test_a_bad_line_can_be_mended_by_editing_the_message(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    message = await world.say(coordinator, "Ярмарка – 24\nВстреча с врачом")
    assert "❓ Встреча с врачом" in shown(coordinator)
    await edit(world, coordinator, message, "Ярмарка – 24\nВстреча с врачом – 7")
    assert (await world.answers())[MUNICIPAL] == Named(
        (Item("Ярмарка", 24), Item("Встреча с врачом", 7))
    )
    assert "❓" not in shown(coordinator)


async def test_a_bad_line_that_stays_bad_after_an_edit_is_asked_once(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    message = await world.say(coordinator, "Ярмарка – 24\nВстреча с врачом")
    await edit(world, coordinator, message, "Ярмарка – 25\nВстреча с врачом")
    assert shown(coordinator).count("❓ Встреча с врачом") == 1
    value = (await world.answers())[MUNICIPAL]
    assert isinstance(value, Named)
    assert value.items == (Item("Ярмарка", 25),)


async def test_an_edit_after_a_button_changed_the_answer_asks_whose(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    message = await world.say(coordinator, "3")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Не было")
    if "Очистить" in labels(coordinator):
        await world.press(coordinator, "Очистить")
    before = stored(world)
    await edit(world, coordinator, message, "4")
    assert stored(world) == before
    assert "здесь записали: не было" in shown(coordinator)
    await world.press(coordinator, "Записать мой ответ")
    assert (await world.answers())[EVENTS] == number(4)


async def test_a_phone_number_in_an_edit_that_asks_whose_is_kept_in_no_row(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    message = await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Не было")
    if "Очистить" in labels(coordinator):
        await world.press(coordinator, "Очистить")
    await edit(world, coordinator, message, "Звонить Маше 89140234567 – 24")
    await world.restart()
    assert "9140234567" not in everything(world)


async def test_such_an_edit_while_a_card_is_open_is_answered(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    message = await world.say(coordinator, "Ярмарка – 24")
    await world.press(coordinator, "Назад")
    await world.press(coordinator, "Не было")
    if "Очистить" in labels(coordinator):
        await world.press(coordinator, "Очистить")
    await to_class(world, coordinator)
    await world.press(coordinator, "Мест всего")
    before = stored(world)
    await edit(world, coordinator, message, "Звонить Маше 89140234567 – 24")
    assert stored(world) == before
    assert "В сообщении личные данные" in shown(coordinator)
    assert "9140234567" not in everything(world)


async def test_an_edit_of_an_answer_for_a_school_that_one_has_left_is_refused_aloud(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "24")
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, coordinator.id)
        assert account is not None
        await people.move(tx, account.id, "coordinator", "s33", "")
    before = stored(world)
    await world.say(coordinator, "/start")
    await edit(world, coordinator, message, "25")
    assert stored(world) == before
    assert "Это отчёт другой школы" in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_a_bad_edit_keeps_the_old_value_and_says_so(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "24")
    await edit(world, coordinator, message, "двадцать")
    assert (await world.answers())[PUPILS] == number(24)
    assert "Нужно число цифрами. Например: 24" in shown(coordinator)
    assert "Пока остаётся: Учеников, 10 «А» – 24 чел." in shown(coordinator)
    assert "Химия, 10 «А»" in shown(coordinator)
    await edit(world, coordinator, message, "20")
    assert (await world.answers())[PUPILS] == number(20)


async def test_a_refused_message_edited_into_a_good_one_is_the_answer(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "двадцать четыре")
    await edit(world, coordinator, message, "24")
    assert (await world.answers())[PUPILS] == number(24)
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)


async def test_a_refused_message_edited_after_another_answer_changes_nothing(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "двадцать четыре")
    await world.say(coordinator, "25")
    await edit(world, coordinator, message, "24")
    assert (await world.answers())[PUPILS] == number(25)
    assert "На этот вопрос уже есть ответ" in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_editing_a_message_that_was_no_answer_changes_nothing(
    world: World, coordinator: Person
) -> None:
    await world.say(coordinator, "/reports")
    message = await world.say(coordinator, "Здравствуйте!")
    await to_mark(world, coordinator)
    before = stored(world)
    await edit(world, coordinator, message, "5")
    assert stored(world) == before
    assert "Это сообщение не было ответом: в отчёте ничего не изменилось" in shown(coordinator)
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)


@pytest.mark.parametrize("state", ["closed", "accepted"])
async def test_an_edit_of_a_locked_report_is_refused_aloud(
    world: World, coordinator: Person, state: str
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "24")
    await world.press(coordinator, "Отчёт")
    if state == "closed":
        world.clock.move_to(local(2027, 10, 1))
    else:
        await sql(
            world,
            "UPDATE reports SET status='accepted', accepted_at='2027-01-12 00:00:00.000000'",
        )
    before = stored(world)
    await edit(world, coordinator, message, "25")
    assert stored(world) == before
    assert "методист" in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_an_edit_that_makes_the_total_impossible_asks_it_again(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    message = await world.say(coordinator, "Ярмарка – 24\nЭкскурсия – 12")
    await world.say(coordinator, "30")
    await edit(world, coordinator, message, "Ярмарка – 40\nЭкскурсия – 12")
    assert Slot("r3.municipal.total") not in await world.answers()
    await world.press(coordinator, "Назад")
    assert "Сумма: 52" in labels(coordinator)


async def test_an_edited_message_about_classes_leads_to_the_classes(world: World) -> None:
    person = await world.coordinator("s33")
    await begin(world, person)
    message = await world.say(person, "10 А медицинская")
    await edit(world, person, message, "10 Б медицинская")
    assert "не было ответом" not in shown(person)
    assert "ласс" in shown(person)
    assert has_live_screen(person)


async def test_an_edited_message_after_sending_is_a_change_that_is_not_sent(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    message = await world.say(coordinator, "24")
    await send(world, coordinator)
    world.clock.shift(timedelta(hours=1))
    coordinator.edit(message, "25")
    await world.pump()
    assert "Исправлено" in shown(coordinator)
    assert "Потом ответы изменились – отправьте отчёт снова" in shown(coordinator)
    assert len(stored(world)["submissions"]) == 1
    assert "Проверить и отправить" in labels(coordinator)
