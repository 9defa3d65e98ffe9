"""«Мест нет»: others of the same track and a bell, as the card of a full class has them."""

from html import unescape

from demo.telegram import Person
from storage import subscriptions
from storage.subscriptions import Filter
from tests.scenarios.parents.city import july, open_class, parent
from tests.world import World, shown

RING = "🔔 Сообщить, если место появится"


def screen(person: Person) -> str:
    return unescape(shown(person))


async def test_a_track_whose_seats_are_gone(world: World) -> None:
    await july(world)
    await open_class(world, "s39", "ИТ", capacity=20, enrolled=20)
    await open_class(world, "s28", "ИТ", capacity=25, enrolled=25)
    person = await parent(world)
    await world.say(person, "нет мест у айтишников")
    assert "№ 28, 10 «А» – мест нет (на 12.07)" in screen(person)
    assert "Других классов этой направленности с местами нет." in screen(person)
    await world.press(person, RING)
    async with world.app.database.read() as tx:
        assert await subscriptions.of_chat(tx, person.id) == [Filter("track", "ИТ")]


async def test_a_track_that_has_seats_elsewhere(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "нет мест у медиков")
    assert "Места ещё есть:\n• № 33, 10 «А» – 3 места (на 12.07)" in screen(person)
    assert "№ 21" not in screen(person)
    assert person.screen is not None
    assert RING in person.screen.labels
    await world.press(person, "№ 33")
    assert "Школа № 33, 10 «А»" in screen(person)


async def test_a_school_in_words_with_its_only_class_full(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "в двадцать первом лицее мест нет")
    assert "мест нет (всего 25)" in screen(person)
    assert "Та же направленность в других классах" in screen(person)
    await world.say(person, "тридцать третья школа")
    assert "Школа № 33, 10 «А»" in screen(person)


async def test_a_school_all_of_whose_classes_are_full(world: World) -> None:
    await july(world)
    await open_class(world, "s21", "инженерная", "Б", capacity=25, enrolled=25)
    person = await parent(world)
    await world.say(person, "в 21 нет мест")
    assert "№ 21, 10 «А», медицинская – мест нет (на 12.07)" in screen(person)
    others = screen(person).partition("Та же направленность в других классах:")[2]
    assert "№ 33, 10 «А», медицинская – 3 места (на 12.07)" in others
    assert "№ 24, 10 «А», инженерная – 5 мест (на 20.06) ⚠️" in others
    assert "Данные старше недели" in others
    await world.press(person, RING)
    async with world.app.database.read() as tx:
        assert await subscriptions.of_chat(tx, person.id) == [Filter("school", "s21")]


async def test_without_a_scope_and_without_such_classes(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "мест нет")
    assert "Мест нет в одном классе – они могут быть в другом." in screen(person)
    assert "Места есть в 2 классах:" in screen(person)
    assert person.screen is not None
    assert "🔔 Сообщать обо всех" in person.screen.labels
    await world.say(person, "в 7 школе нет мест")
    assert "Таких классов школы не заявили. Нажмите 🔔" in screen(person)
    await world.say(person, "в 24 школе нет мест у медиков")
    assert "такого класса там не заявили. Вот где он есть:" in screen(person)


async def test_staff_name_a_school_in_words(world: World) -> None:
    await july(world)
    methodist = await world.staff("methodist")
    await world.say(methodist, "33 школа")
    page = screen(methodist)
    await world.say(methodist, "тридцать третья школа")
    assert screen(methodist) == page
    assert "Средняя школа № 33" in page
