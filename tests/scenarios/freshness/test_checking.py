"""Coordinators look through class cards: asked in time, one tap or numbers in one go."""

from html import unescape

import pytest

from demo.telegram import Person
from storage import class_cards, classes, people
from storage.outbox import State
from tests.clock import KAMCHATKA, local
from tests.scenarios.bulletins.steps import SUMMER, Summer
from tests.scenarios.reminders.watch import rows
from tests.world import World, shown


@pytest.fixture
async def summer(world: World) -> Summer:
    """Cards that were looked at on Monday, 24 May 2027."""
    world.clock.move_to(local(2027, 5, 24, 12, 0))
    made = Summer(world)
    await made.begin()
    await made.seats(made.medical, 25, 21)
    await made.seats(made.engineering, 20, 20)
    return made


def screen(person: Person) -> str:
    return unescape(shown(person))


async def asked(world: World, person: Person) -> list[str]:
    """Local moments of the messages that ask to look."""
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, person.id)
    assert account is not None
    return [
        f"{one.sent_at.astimezone(KAMCHATKA):%d.%m %H:%M}"
        for one in await rows(world)
        if one.kind == "cards_check" and one.person == account.id and one.sent_at is not None
    ]


async def test_asked_on_tuesday_morning_once(world: World, summer: Summer) -> None:
    coordinator = await world.coordinator("s24")
    for moment in ((2027, 5, 25, 9, 0), (2027, 5, 31, 9, 0), (2027, 6, 1, 8, 45)):
        await world.at(*moment)
    assert await asked(world, coordinator) == []  # yesterday's card is fresh, Tuesday has not come
    await world.at(2027, 6, 1, 9, 0)
    await world.at(2027, 6, 1, 15, 0)
    await world.at(2027, 6, 2, 9, 0)
    assert await asked(world, coordinator) == ["01.06 09:00"]
    text = screen(coordinator)
    assert "Проверьте карточки классов, 2027/28" in text
    assert "10 «А» (медицинская): мест 25, зачислено 21, заявлений –" in text
    assert "Осталось проверить 1 карточку." in text
    await world.press(coordinator, "Всё верно")
    assert "отмечено: карточки верны" in screen(coordinator)
    assert "Все карточки проверены" in screen(coordinator)
    await world.at(2027, 6, 8, 9, 0)  # six days old
    await world.at(2027, 6, 15, 9, 0)
    assert await asked(world, coordinator) == ["01.06 09:00", "15.06 09:00"]


async def test_who_is_not_asked(world: World, summer: Summer) -> None:
    without_classes = await world.coordinator("s31")
    blocked, other = await world.coordinator("s24"), await world.coordinator("s24")
    blocked.block()
    await world.pump()
    await world.at(2027, 6, 1, 9, 0)
    assert await asked(world, without_classes) == await asked(world, blocked) == []
    assert await asked(world, other) == ["01.06 09:00"]


async def test_what_was_checked_before_the_message_went_out(world: World, summer: Summer) -> None:
    coordinator = await world.coordinator("s24")
    world.clock.move_to(local(2027, 6, 1, 9, 0))
    await world.app.schedule.plan()
    async with world.app.database.write() as tx:
        await class_cards.confirm(tx, [summer.medical])
    await world.tick()
    assert await asked(world, coordinator) == []
    (row,) = [one for one in await rows(world) if one.kind == "cards_check"]
    assert row.state == State.DROPPED


async def test_a_week_of_silence_is_no_message_of_last_week(world: World, summer: Summer) -> None:
    coordinator = await world.coordinator("s24")
    world.clock.move_to(local(2027, 6, 1, 9, 0))
    await world.app.schedule.plan()  # written, not sent
    await world.restart()
    await world.at(2027, 6, 7, 12, 0)
    assert await asked(world, coordinator) == []
    await world.at(2027, 6, 8, 9, 0)
    assert await asked(world, coordinator) == ["08.06 09:00"]


async def test_numbers_in_one_go(world: World, summer: Summer) -> None:
    second = await summer.open_class("s24", "инженерная", "Б")
    coordinator = await world.coordinator("s24")
    await world.at(2027, 6, 1, 9, 0)
    assert "Осталось проверить 2 карточки: впишите места, где их нет." in screen(coordinator)
    await world.press(coordinator, "Всё верно")
    assert "Осталось проверить 1 карточку: впишите места" in screen(coordinator)
    await world.press(coordinator, "Места и заявления: 10 «Б»")
    for text, said in (
        ("21 25 14", "Зачислено (25) больше, чем мест (21)"),
        ("двадцать", "Нужны числа цифрами"),
        ("25", "Нужны два или три числа"),
    ):
        await world.say(coordinator, text)
        assert said in screen(coordinator), text
        assert "Например" in screen(coordinator)
    await world.say(coordinator, "25 21 14")
    assert "✅ 10 «Б» (инженерная): мест 25, зачислено 21, заявлений 14" in screen(coordinator)
    assert "Все карточки проверены" in screen(coordinator)
    await world.press(coordinator, "Места и заявления: 10 «Б»")
    await world.say(coordinator, "заявлений 15")
    async with world.app.database.read() as tx:
        card = await class_cards.get(tx, second)
    assert card is not None
    assert (card.capacity, card.enrolled, card.applications) == (25, 21, 15)


async def test_the_question_survives_restart_photo_and_closing(
    world: World, summer: Summer
) -> None:
    coordinator = await world.coordinator("s24")
    await world.at(2027, 6, 1, 9, 0)
    await world.press(coordinator, "Места и заявления")
    await world.restart()
    coordinator.send_sticker()
    await world.pump()
    assert "мест всего, зачислено, заявлений подано" in screen(coordinator)
    async with world.app.database.write() as tx:
        await classes.close(tx, summer.medical)
    await world.say(coordinator, "25 22")
    assert "Этот класс уже закрыт" in screen(coordinator)


async def test_two_people_at_one_class(world: World, summer: Summer) -> None:
    one, two = await world.coordinator("s24"), await world.coordinator("s24")
    await world.at(2027, 6, 1, 9, 0)
    await world.press(one, "Места и заявления")
    await world.press(two, "Места и заявления")
    await world.say(two, "30 22 40")
    await world.say(one, "25 23 41")
    assert "здесь записали: мест 30, зачислено 22, заявлений 40" in screen(one)
    assert "Ваш ответ: мест 25, зачислено 23, заявлений 41" in screen(one)
    await world.press(two, "Места и заявления")
    await world.say(two, "30 24 40")
    await world.press(one, "Записать мой ответ")
    assert "здесь записали: мест 30, зачислено 24" in screen(one)
    await world.press(one, "Записать мой ответ")
    assert "✅ 10 «А» (медицинская): мест 25, зачислено 23, заявлений 41" in screen(one)


async def test_all_right_only_for_what_was_shown(world: World, summer: Summer) -> None:
    one, two = await world.coordinator("s24"), await world.coordinator("s24")
    await world.at(2027, 6, 1, 9, 0)
    await world.press(two, "Места и заявления")
    await world.say(two, "30 22")
    await world.press(one, "Всё верно")
    assert "Пока вы смотрели, числа изменились" in screen(one)
    await world.press(one, "Всё верно")
    assert "отмечено: карточки верны" in screen(one)


async def test_the_screen_keeps_an_open_question_of_the_form(world: World, summer: Summer) -> None:
    """The message comes into the middle of something else: that is not forgotten."""
    coordinator = await world.coordinator("s24")
    await world.say(coordinator, "/school")
    await world.press(coordinator, "＋ Класс")
    await world.at(2027, 6, 1, 9, 0)
    assert await asked(world, coordinator) == ["01.06 09:00"]
    await world.say(coordinator, "10 В медицинская")
    assert "Класс записан" in screen(coordinator)


async def test_till_the_end_of_august_while_parents_are_warned(
    world: World, summer: Summer
) -> None:
    coordinator = await world.coordinator("s24")
    for day in (24, 31):
        await world.at(2027, 8, day, 9, 0)
    await world.at(2027, 9, 7, 9, 0)
    assert await asked(world, coordinator) == ["24.08 09:00", "31.08 09:00"]


async def test_monthly_in_the_school_year(world: World) -> None:
    class_id = await world.give_classes("s24")
    coordinator = await world.coordinator("s24")
    await world.at(2027, 2, 20, 8, 45)
    assert await asked(world, coordinator) == []
    await world.at(2027, 2, 20, 9, 0)
    assert await asked(world, coordinator) == ["20.02 09:00"]
    assert "2026/27" in screen(coordinator)
    await world.press(coordinator, "Места и заявления")
    await world.say(coordinator, "25 21")
    assert "мест 25, зачислено 21" in screen(coordinator)
    await world.at(2027, 3, 22, 9, 0)  # they are being reminded of the third quarter's report
    assert await asked(world, coordinator) == ["20.02 09:00"]
    await world.at(2027, 4, 20, 9, 0)
    assert await asked(world, coordinator) == ["20.02 09:00", "20.04 09:00"]
    async with world.app.database.read() as tx:
        card = await class_cards.get(tx, class_id)
    assert card is not None
    assert card.capacity == 25
    assert card.year != SUMMER
