"""Links, handing over, suspending, leaving: who answers for a school, and who learns of it."""

import re

import pytest

from demo.telegram import Person
from storage import people
from tests.scenarios.collect.steps import said, screen, sent
from tests.scenarios.steps import on_disk
from tests.world import World

LINK = re.compile(r"https://t\.me/traektoria_bot\?start=(i_[A-Za-z0-9_-]+)")


@pytest.fixture
async def methodist(world: World) -> Person:
    person = await world.staff("methodist")
    await world.tick()  # the morning's messages are behind
    return person


async def account(world: World, person: Person) -> people.Person | None:
    async with world.app.database.read() as tx:
        return await people.by_telegram_id(tx, person.id)


def link(person: Person) -> str:
    """The token of the link that the person was told last."""
    found = [LINK.search(one.text) for one in person.chat.from_bot]
    return [one[1] for one in found if one][-1]


async def test_a_link_and_its_picture(world: World, methodist: Person) -> None:
    await world.say(methodist, "/invite")
    await world.press(methodist, "№ 40")
    await world.press(methodist, "замдиректора")
    token = link(methodist)
    photo = next(one for one in methodist.chat.from_bot if one.kind == "photo")
    stored = [one for one in world.telegram.world.files.values() if one.mime == "image/jpeg"]
    assert photo is not None
    assert stored[-1].data.startswith(b"\x89PNG")
    await world.app.inbox.finished.flush()
    assert token.encode() not in on_disk(world)
    newcomer = world.telegram.person(name="Новый")
    newcomer.start(token)
    await world.pump()
    assert "вы координатор школы (Школа № 40)" in said(newcomer)
    await world.tick()
    assert any("По вашей ссылке вошёл" in one.text for one in methodist.chat.from_bot)
    late = world.telegram.person(name="Опоздавший")
    late.start(token)
    await world.pump()
    assert "уже использована" in said(late)


async def test_a_revoked_link_opens_nothing(world: World, methodist: Person) -> None:
    await world.say(methodist, "40")
    await world.press(methodist, "Пригласить координатора")
    await world.say(methodist, "учитель химии")
    token = link(methodist)
    await world.press(methodist, "✖ Отозвать")
    person = world.telegram.person(name="Кто-то")
    person.start(token)
    await world.pump()
    assert "Эту ссылку отозвали." in said(person)
    assert await account(world, person) is None


@pytest.mark.parametrize("post", ["Иванова Мария Петровна", "тел. 8-914-123-45-67", "x"])
async def test_a_post_is_no_name(world: World, methodist: Person, post: str) -> None:
    await world.say(methodist, "40")
    await world.press(methodist, "Пригласить координатора")
    await world.say(methodist, post)
    assert "Нужна должность без имени" in screen(methodist)


async def test_handing_over(world: World, coordinator: Person, methodist: Person) -> None:
    await sent(world, coordinator)
    await world.say(methodist, "24")
    await world.press(methodist, "✏️ замдиректора")
    await world.press(methodist, "Передать коллеге")
    await world.press(methodist, "замдиректора")
    heir = world.telegram.person(name="Преемник")
    heir.start(link(methodist))
    await world.pump()
    await world.tick()
    assert "Отчёты школы (Школа № 24) теперь ведёт коллега" in said(coordinator)
    await world.say(coordinator, "/form")
    assert "Ваш доступ приостановлен" in said(coordinator)
    await world.say(heir, "/reports")
    assert "II четверть – отправлен" in screen(heir)
    told = [one.text for one in coordinator.chat.from_bot if "подключился ещё один" in one.text]
    assert told == []


async def test_suspending_and_giving_back(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await world.say(methodist, "24")
    await world.press(methodist, "✏️ замдиректора")
    await world.press(methodist, "Приостановить")
    await world.say(coordinator, "/form")
    assert "Ваш доступ приостановлен" in said(coordinator)
    told = len(coordinator.chat.from_bot)
    await world.at(2027, 1, 14, 9, 1)
    assert len(coordinator.chat.from_bot) == told
    await world.say(methodist, "24")
    await world.press(methodist, "✏️ замдиректора")
    await world.press(methodist, "Вернуть доступ")
    await world.say(coordinator, "/reports")
    assert "Отчёты за 2026/27" in screen(coordinator)


async def test_a_colleague_who_comes_is_announced(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await world.say(methodist, "24")
    await world.press(methodist, "Пригласить координатора")
    await world.press(methodist, "методист школы")
    second = world.telegram.person(name="Второй")
    second.start(link(methodist))
    await world.pump()
    await world.tick()
    assert any("(методист школы)" in one.text for one in coordinator.chat.from_bot)
    assert not any("подключился" in one.text for one in second.chat.from_bot)


async def test_who_leaves_takes_the_account_and_leaves_the_reports(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    assert str(coordinator.id).encode() not in on_disk(world) or await forgotten(world, coordinator)
    await world.say(methodist, "24")
    assert "никого нет, напоминать некому" in screen(methodist)
    await world.press(methodist, "Отчёт: II четверть")
    assert "На проверке" in screen(methodist)


async def forgotten(world: World, person: Person) -> bool:
    """Whether nothing is left of the account once the last reply is marked."""
    await world.app.inbox.finished.flush()
    await world.app.database.forget()
    return await account(world, person) is None


async def test_a_school_joins_and_leaves_the_project(world: World, methodist: Person) -> None:
    await world.say(methodist, "7")
    assert "не участвует в Проекте" in screen(methodist)
    assert "напоминать некому" not in screen(methodist)
    assert "Приглашение координатора само добавит школу" in screen(methodist)
    await world.press(methodist, "Участвует в проекте")
    await world.say(methodist, "/reports")
    assert "№ 7 ○ не начат" in screen(methodist)
    assert "из 18" in screen(methodist)
    await world.say(methodist, "школа 7")
    await world.press(methodist, "Больше не участвует")
    await world.press(methodist, "Не участвует с начала года")
    await world.say(methodist, "кто не сдал")
    assert "№ 7 " not in screen(methodist)


async def test_managers_keep_the_staff(world: World, methodist: Person) -> None:
    manager = await world.staff("manager")
    await world.say(manager, "/staff")
    await world.press(manager, "Пригласить: методист ИМЦ")
    newcomer = world.telegram.person(name="Новый методист")
    newcomer.start(link(manager))
    await world.pump()
    assert "вы методист ИМЦ" in said(newcomer)
    await world.say(manager, "/staff")
    await world.press(manager, "1: приостановить")
    await world.say(methodist, "/reports")
    assert "Ваш доступ приостановлен" in said(methodist)


@pytest.mark.parametrize("text", ["24", "33 школа", "№ 24", "школа 24", "кто не сдал", "сроки"])
async def test_typed_words_stand_for_commands(world: World, methodist: Person, text: str) -> None:
    await world.say(methodist, text)
    expected = "Сроки" if text == "сроки" else "№ 33" if "33" in text else "№ 24"
    assert expected in screen(methodist)


@pytest.mark.parametrize("text", ["кампания", "Приёмная  кампания", "канал!", "пост"])
async def test_a_methodist_learns_who_leads_the_campaign(
    world: World, methodist: Person, text: str
) -> None:
    await world.say(methodist, text)
    assert "Кампанию и канал ведёт руководитель." in screen(methodist)
    manager = await world.staff("manager")
    await world.say(manager, text)
    assert "Приёмная кампания лета" in screen(manager)


@pytest.mark.parametrize("text", ["999", "погода?", "🙂", "<b>погода</b>"])
async def test_other_words_get_an_example(world: World, methodist: Person, text: str) -> None:
    await world.say(methodist, text)
    assert methodist.last == methodist.screen
    assert "в списке нет" in screen(methodist) or "Не понял" in screen(methodist)
