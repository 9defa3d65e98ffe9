"""Staff see whose cards are old, and ask them to look, once a day."""

from datetime import timedelta
from html import unescape

import pytest

from demo.telegram import Person
from storage import audit
from tests.clock import local
from tests.scenarios.bulletins.steps import Summer
from tests.scenarios.freshness.test_checking import asked
from tests.world import World, shown


@pytest.fixture
async def summer(world: World) -> Summer:
    """Cards of two schools, looked at on Monday, 3 May 2027."""
    world.clock.move_to(local(2027, 5, 3, 12, 0))
    made = Summer(world)
    await made.begin()
    await made.seats(made.medical, 25, 21)
    await made.seats(made.engineering, 20, 20)
    return made


def screen(person: Person) -> str:
    return unescape(shown(person))


async def test_the_list_of_schools_tells_of_old_cards(world: World, summer: Summer) -> None:
    methodist = await world.staff("methodist")
    coordinator = await world.coordinator("s24")
    world.clock.move_to(local(2027, 5, 17, 10, 0))
    await world.say(methodist, "/schools")
    assert "Карточки классов" not in screen(methodist)  # two weeks, not more
    world.clock.move_to(local(2027, 5, 20, 20, 0))
    await world.say(methodist, "/schools")
    assert "Карточки классов давно не проверяли: № 24, 33 (старше 14 дней)" in screen(methodist)
    await world.press(methodist, "Кто не проверил карточки")
    assert "№ 24 – 1 из 1 карточки, самая старая от 03.05.2027" in screen(methodist)
    await world.press(methodist, "Попросить проверить")
    assert "Попросил проверить карточки: № 24. Сообщения уйдут пт 21 мая, 08:30." in screen(
        methodist
    )
    assert "Некого просить, нет координатора на связи: № 33" in screen(methodist)
    await world.press(methodist, "Попросить проверить")
    assert "Сегодня уже просили: № 24." in screen(methodist)
    assert await asked(world, coordinator) == []
    await world.at(2027, 5, 21, 8, 31)
    assert await asked(world, coordinator) == ["21.05 08:31"]
    message = next(one for one in coordinator.chat.from_bot if "Методист ИМЦ просит" in one.text)
    coordinator.click("Всё верно", message)
    await world.pump()
    await world.say(methodist, "/schools")
    assert "давно не проверяли: № 33 (старше 14 дней)" in screen(methodist)
    async with world.app.database.read() as tx:
        acts = [one.act for one in await audit.page(tx, 10, 0)]
    assert acts.count("ask_cards") == 1


async def test_who_was_asked_by_the_bot_today_is_not_asked_again(
    world: World, summer: Summer
) -> None:
    methodist = await world.staff("methodist")
    coordinator = await world.coordinator("s24")
    await world.at(2027, 5, 18, 9, 0)
    assert await asked(world, coordinator) == ["18.05 09:00"]
    await world.say(methodist, "/schools")
    await world.press(methodist, "Кто не проверил карточки")
    await world.press(methodist, "Попросить проверить")
    assert "Сегодня уже просили: № 24." in screen(methodist)
    await world.tick()
    assert await asked(world, coordinator) == ["18.05 09:00"]


async def test_the_morning_digest_has_the_line(world: World) -> None:
    await world.give_classes("s24")
    methodist = await world.staff("methodist")
    await world.at(2027, 1, 13, 9, 0)
    digest = [one.text for one in methodist.chat.from_bot if "Сводка на" in one.text]
    assert any(
        "Карточки классов давно не проверяли: № 24 (старше 56 дней)" in one for one in digest
    )
    message = next(one for one in methodist.chat.from_bot if "Сводка на" in one.text)
    methodist.click("Кто не проверил карточки", message)
    await world.pump()
    text = "\n".join(one.text for one in methodist.chat.from_bot)
    assert "№ 24 – 1 из 1 карточки, есть ни разу не проверенные" in text


async def test_a_coordinator_has_no_such_button(world: World, summer: Summer) -> None:
    coordinator = await world.coordinator("s24")
    await world.say(coordinator, "/school")
    for act in ("o5:stale:::0:0", "o5:ask:::0:0"):
        assert coordinator.screen is not None
        coordinator.forge_callback(act, coordinator.screen.message_id)
        await world.pump()
        assert "Эта кнопка устарела" in screen(coordinator)
    other = f"o5:fine:s33:2027-2028:0:{0}"
    assert coordinator.screen is not None
    coordinator.forge_callback(other, coordinator.screen.message_id)
    await world.pump()
    assert "данные другой школы" in screen(coordinator)


async def test_when_nothing_is_old_any_more(world: World, summer: Summer) -> None:
    methodist = await world.staff("methodist")
    world.clock.move_to(local(2027, 5, 20, 10, 0))
    await world.say(methodist, "/schools")
    await world.press(methodist, "Кто не проверил карточки")
    await summer.seats(summer.medical, 25, 22)
    await summer.seats(summer.engineering, 20, 19)
    await world.press(methodist, "Попросить проверить")
    assert "Все карточки проверены вовремя" in screen(methodist)
    world.clock.shift(timedelta(days=1))
