"""What parents ask about, kept in chat: exams, open days, what a partner gives."""

from html import unescape

import pytest

from demo.telegram import Person
from storage import card_log, class_cards, partners
from tests.world import YEAR, World, shown


def screen(person: Person) -> str:
    return unescape(shown(person))


async def to_class(world: World, person: Person) -> None:
    await world.say(person, "/school")
    await world.press(person, "✏️ 10 «А»")


async def test_the_fields_are_said_shown_and_cleared(world: World, coordinator: Person) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, "Предметы ОГЭ")
    await world.say(coordinator, "химия, биология")
    await world.press(coordinator, "День открытых дверей")
    await world.say(coordinator, "18 апреля, 14:00, актовый зал")
    await world.press(coordinator, "Из других школ")
    await world.press(coordinator, "принимают по правилам школы")
    await world.press(coordinator, "Заявлений подано")
    await world.say(coordinator, "0")
    text = screen(coordinator)
    assert "Предметы ОГЭ: химия, биология" in text
    assert "День открытых дверей: 18 апреля, 14:00, актовый зал" in text
    assert "Из других школ: принимают по правилам школы" in text
    assert "Заявлений подано: 0 ед." in text
    for label in ("Предметы ОГЭ", "День открытых дверей", "Из других школ", "Заявлений подано"):
        await world.press(coordinator, label)
        await world.press(coordinator, "Очистить")
        assert f"{label}: –" in screen(coordinator)
    async with world.app.database.read() as tx:
        (card,) = await class_cards.of_school(tx, "s24", YEAR)
        edits = [one for one in await card_log.every(tx) if one.field == "applications"]
    assert (card.exams, card.outsiders, card.open_days, card.applications) == ("", "", "", None)
    assert [(one.old, one.new) for one in edits] == [("", "0"), ("0", "")]


BAD = [
    ("Заявлений подано", "тридцать", "Нужно число"),
    ("Заявлений подано", "-3", "без минуса"),
    ("Из других школ", "как получится", "Выберите кнопкой"),
    ("День открытых дверей", "звоните Ивановой Марии Петровне", "личные данные"),
]


@pytest.mark.parametrize(("label", "text", "said"), BAD)
async def test_what_is_refused(
    world: World, coordinator: Person, label: str, text: str, said: str
) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, label)
    await world.say(coordinator, text)
    assert said in screen(coordinator)


async def to_partner(world: World, person: Person) -> None:
    await world.say(person, "/schools")
    for label in ("Договоры города", "Партнёры", "Морской колледж"):
        await world.press(person, label)


async def test_what_a_partner_gives(world: World) -> None:
    async with world.app.database.write() as tx:
        one = await partners.add(tx, "Морской колледж", "vet", None)
    methodist, colleague = await world.staff("methodist"), await world.staff("manager")
    await to_partner(world, methodist)
    assert "Что даёт при поступлении: –" in screen(methodist)
    await world.press(methodist, "Что даёт")
    assert "бот ничего не обещает" in screen(methodist)
    await world.restart()
    methodist.send_sticker()
    await world.pump()
    assert "Что партнёр даёт при поступлении к нему?" in screen(methodist)
    await world.say(methodist, "+7 914 123-45-67")
    assert "⚠️" in screen(methodist)
    await world.say(methodist, "5 дополнительных баллов")
    assert "Что даёт при поступлении: 5 дополнительных баллов" in screen(methodist)
    await world.press(methodist, "Что даёт")
    await to_partner(world, colleague)
    await world.press(colleague, "Что даёт")
    await world.say(colleague, "10 баллов")
    await world.say(methodist, "7 баллов")
    assert "коллега записал другое" in screen(methodist)
    assert "Сейчас: 10 баллов" in screen(methodist)
    await world.say(methodist, "7 баллов")
    assert "Что даёт при поступлении: 7 баллов" in screen(methodist)
    await world.press(methodist, "Что даёт")
    await world.press(methodist, "Очистить")
    async with world.app.database.read() as tx:
        found = await partners.get(tx, one.id)
    assert found is not None
    assert found.benefit == ""
