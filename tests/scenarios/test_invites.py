"""Coming by a link: used, expired, foreign, mangled, for another school, for staff."""

from datetime import timedelta

import pytest

from demo.telegram import Person
from storage import invites, people
from tests.scenarios.steps import (
    begin,
    forge,
    has_live_screen,
    number,
    sql,
    stored,
    to_mark,
)
from tests.world import World, shown


async def invite(world: World, role: people.Role = "coordinator", school: str | None = None) -> str:
    async with world.app.database.write() as tx:
        return await invites.create(tx, role, school)


async def follow(world: World, person: Person, token: str) -> str:
    """Opens a link; what the bot says last."""
    person.start(token)
    await world.pump()
    assert person.last is not None
    return person.last.text


async def who(world: World, person: Person) -> people.Person | None:
    async with world.app.database.read() as tx:
        return await people.by_telegram_id(tx, person.id)


def used(world: World) -> list[bool]:
    return [row[7] is not None for row in stored(world)["invites"]]


async def test_an_expired_link_says_where_to_get_a_new_one(world: World) -> None:
    token = await invite(world, school="s24")
    world.clock.shift(timedelta(days=14, seconds=1))
    person = world.telegram.person(name="Завуч")
    said = await follow(world, person, token)
    assert "Срок этой ссылки истёк." in said
    assert "Попросите новую ссылку у того, кто её прислал" in said
    assert await who(world, person) is None
    assert used(world) == [False]


async def test_a_used_link_lets_nobody_else_in(world: World) -> None:
    token = await invite(world, school="s24")
    await follow(world, world.telegram.person(name="Завуч"), token)
    other = world.telegram.person(name="Другой")
    said = await follow(world, other, token)
    assert "Эта ссылка уже использована: каждая открывается один раз." in said
    assert await who(world, other) is None


async def test_a_link_pressed_twice_by_two_people_at_once_lets_one_in(world: World) -> None:
    token = await invite(world, school="s24")
    both = [world.telegram.person(name="Завуч"), world.telegram.person(name="Другой")]
    for person in both:
        person.start(token)
    await world.pump()
    assert [await who(world, person) is not None for person in both].count(True) == 1
    assert len(stored(world)["people"]) == 1


@pytest.mark.parametrize("mangle", ["cut", "case", "long", "prefix", "quotes"])
async def test_a_mangled_link_lets_nobody_in(world: World, mangle: str) -> None:
    token = await invite(world, school="s24")
    payload = {
        "cut": token[:-1],
        "case": token.swapcase(),
        "long": token + "x",
        "prefix": "i_",
        "quotes": "i_' OR 1=1 --",
    }[mangle]
    person = world.telegram.person(name="Завуч")
    said = await follow(world, person, payload)
    assert "откройте" in said
    assert await who(world, person) is None
    assert used(world) == [False]


async def test_ones_own_link_again_is_the_first_screen(world: World) -> None:
    token = await invite(world, school="s24")
    person = world.telegram.person(name="Завуч")
    await follow(world, person, token)
    before = stored(world)
    said = await follow(world, person, token)
    assert "Школа № 24" in said
    assert has_live_screen(person)
    assert stored(world) == before


async def test_a_link_that_somebody_else_used_is_called_used(
    world: World, coordinator: Person
) -> None:
    token = await invite(world, school="s33")
    await follow(world, world.telegram.person(name="Завуч"), token)
    said = await follow(world, coordinator, token)
    assert "уже использована" in said
    account = await who(world, coordinator)
    assert account is not None
    assert account.school == "s24"


async def test_an_unusable_link_leaves_a_filler_with_buttons(
    world: World, coordinator: Person
) -> None:
    await to_mark(world, coordinator)
    said = await follow(world, coordinator, "i_mangled")
    assert "Эта ссылка не подходит" in said
    assert has_live_screen(coordinator)


@pytest.mark.parametrize("moves", [True, False])
async def test_a_link_of_another_school_asks_before_it_moves(
    world: World, coordinator: Person, moves: bool
) -> None:
    token = await invite(world, school="s33")
    said = await follow(world, coordinator, token)
    assert "Сейчас вы: координатор школы (Школа № 24)." in said
    assert "По этой ссылке будете: координатор школы (Школа № 33)." in said
    assert used(world) == [True, False]
    await world.press(coordinator, "Перейти" if moves else "Остаться")
    account = await who(world, coordinator)
    assert account is not None
    assert account.school == ("s33" if moves else "s24")
    assert used(world) == [True, moves]
    assert f"Школа № {33 if moves else 24}" in shown(coordinator)
    assert has_live_screen(coordinator)


@pytest.mark.parametrize("then", ["typed", "/form", "/reports", "sticker", "old button"])
async def test_moving_in_the_middle_of_a_report_leaves_it_to_the_old_school(
    world: World, coordinator: Person, then: str
) -> None:
    await to_mark(world, coordinator)
    await follow(world, coordinator, await invite(world, school="s33"))
    await world.press(coordinator, "Перейти")
    before = stored(world)["answers"]
    if then == "old button":
        await forge(world, coordinator, "f1:na0:1:r2:1:1:0")
        assert "Это отчёт другой школы" in shown(coordinator)
    elif then == "sticker":
        coordinator.send_sticker()
        await world.pump()
    else:
        await world.say(coordinator, "4,35" if then == "typed" else then)
    assert stored(world)["answers"] == before
    assert coordinator.chat.messages[-1].from_bot, "nobody answered"
    assert "Школа № 33" in shown(coordinator)
    assert "Школа № 24" not in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_becoming_staff_in_the_middle_of_a_report_is_answered(
    world: World, coordinator: Person
) -> None:
    await to_mark(world, coordinator)
    await follow(world, coordinator, await invite(world, "methodist"))
    await world.press(coordinator, "Перейти")
    assert coordinator.last is not None
    assert "вы методист ИМЦ" in coordinator.last.text
    await world.say(coordinator, "4,35")
    assert coordinator.chat.messages[-1].from_bot, "nobody answered"


async def test_moving_by_a_made_up_button_without_the_link_is_refused(
    world: World, coordinator: Person
) -> None:
    await invite(world, "methodist")
    staff = max(int(str(row[0])) for row in stored(world)["invites"])
    before = stored(world)
    await forge(world, coordinator, f"s1:move:{staff}")
    assert stored(world) == before
    account = await who(world, coordinator)
    assert account is not None
    assert account.role == "coordinator"


async def test_a_link_that_expires_before_move_is_pressed_moves_nobody(
    world: World, coordinator: Person
) -> None:
    await follow(world, coordinator, await invite(world, school="s33"))
    world.clock.shift(timedelta(days=15))
    await world.press(coordinator, "Перейти")
    account = await who(world, coordinator)
    assert account is not None
    assert account.school == "s24"
    assert coordinator.last is not None
    assert "Срок этой ссылки истёк" in coordinator.last.text


@pytest.mark.parametrize(
    ("role", "name"), [("methodist", "методист ИМЦ"), ("manager", "руководитель УО")]
)
async def test_staff_come_by_a_link_and_get_no_coordinators_screens(
    world: World, role: people.Role, name: str
) -> None:
    person = await world.staff(role)
    assert person.last is not None
    assert f"вы {name}" in person.last.text
    for command in ("/form", "/school"):
        before = stored(world)
        await world.say(person, command)
        assert "Такой команды для вас нет. Что я умею: /help" in person.last.text
        assert stored(world) == before


async def test_a_stranger_gets_no_coordinators_screens(world: World) -> None:
    stranger = world.telegram.person(name="Прохожий")
    for command in ("/form", "/reports", "/school", "/export", "/nonsense"):
        await world.say(stranger, command)
        assert stranger.last is not None
        assert "Что я умею: /help" in stranger.last.text
        assert "откройте ссылку-приглашение" in stranger.last.text
    await world.say(stranger, "24")  # a question about a school's classes
    assert "Сейчас набора нет" in shown(stranger)
    assert stored(world)["reports"] == []


async def test_a_link_after_leaving_brings_back_to_the_same_answers(
    world: World, coordinator: Person
) -> None:
    await to_mark(world, coordinator)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    assert await who(world, coordinator) is None
    await follow(world, coordinator, await invite(world, school="s24"))
    await begin(world, coordinator)
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)
    assert number(24) in (await world.answers()).values()


async def test_an_account_without_a_school_is_told_to_ask_for_a_link(
    world: World, coordinator: Person
) -> None:
    await sql(world, "UPDATE people SET school=NULL")
    await world.say(coordinator, "/form")
    assert coordinator.last is not None
    assert "не связана со школой. Попросите новую ссылку" in coordinator.last.text
