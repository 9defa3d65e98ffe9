"""«Сообщите, когда появится место»: one tap on, one tap off, nothing kept besides."""

from demo.telegram import Person
from storage import subscriptions
from storage.subscriptions import MOST, Filter
from tests.scenarios.parents.city import july, parent
from tests.scenarios.steps import forge
from tests.world import World, shown


async def kept(world: World, person: Person) -> list[Filter]:
    async with world.app.database.read() as tx:
        return await subscriptions.of_chat(tx, person.id)


async def test_one_tap_on_and_one_tap_off(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "сообщите о местах в медицинском")
    await world.press(person, "🔔 Сообщить о местах")
    assert "✅ Включено: Медицинская" in shown(person)
    assert await kept(world, person) == [Filter("track", "медицинская")]
    await world.press(person, "✖️ Медицинская")
    assert "Отключено: Медицинская" in shown(person)
    assert await kept(world, person) == []


async def test_a_school_and_everything_and_all_off(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "7 школа")
    await world.press(person, "🔔")
    await world.press(person, "🔔 Обо всех классах города")
    assert await kept(world, person) == [Filter("all"), Filter("school", "s07")]
    await world.press(person, "Отключить все")
    assert "больше ни о чём не сообщу" in shown(person)
    assert await kept(world, person) == []


async def test_a_chat_keeps_no_more_than_it_may(world: World) -> None:
    await july(world)
    person = await parent(world)
    async with world.app.database.write() as tx:
        for number in range(MOST):
            await subscriptions.add(tx, person.id, Filter("school", f"s9{number:02d}"))
    await world.say(person, "медицинский")
    await world.press(person, "🔔")
    assert f"Больше {MOST} подписок не храню" in shown(person)
    assert len(await kept(world, person)) == MOST


async def test_stop_forgets_a_stranger_and_an_account(world: World, coordinator: Person) -> None:
    await july(world)
    person = await parent(world)
    for one in (person, coordinator):
        await world.say(one, "медицинский")
        await world.press(one, "🔔 Сообщить о местах")
        assert await kept(world, one)
    await world.say(person, "/stop")
    assert "подписки удалены" in shown(person)
    await world.say(person, "/stop")
    assert "О вас ничего не хранится" in shown(person)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    for one in (person, coordinator):
        assert await kept(world, one) == []


async def test_privacy_names_subscriptions(world: World) -> None:
    person = await parent(world)
    await world.say(person, "/privacy")
    assert person.last is not None
    assert "Подписки родителей: номер чата" in person.last.text


async def test_made_up_subscriptions_keep_nothing(world: World) -> None:
    await july(world)
    person = await parent(world)
    for data in ("r2:on:track:nikakaia", "r2:on:school:s99", "r2:on:what:x", "r2:boo::"):
        await forge(world, person, data)
        assert "Эта кнопка устарела" in shown(person), data
    await forge(world, person, "r2:off:track:meditsinskaia")
    assert "уже отключена" in shown(person)
    assert await kept(world, person) == []
