"""Accepting, returning, opening again: once, told to the school, and never over somebody's head."""

import pytest

from demo.telegram import Person
from passport.values import Nothing, Slot
from storage import audit
from tests.scenarios.collect.steps import give_back, open_report, said, screen, second_quarter, sent
from tests.scenarios.steps import labels, number, report_id
from tests.world import World


@pytest.fixture
async def methodist(world: World) -> Person:
    return await world.staff("methodist")


async def test_an_accepted_report_is_locked_and_told_once(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    assert "✅ Принят" in screen(methodist)
    await world.tick()
    await world.tick()
    told = [one.text for one in coordinator.chat.from_bot if "Отчёт принят" in one.text]
    assert len(told) == 1
    await world.press(coordinator, "Форма в Excel")
    assert any(one.document is not None for one in coordinator.chat.from_bot)
    await world.say(coordinator, "/reports")
    assert "II четверть – принят" in screen(coordinator)
    await world.press(coordinator, "II четверть")
    await world.press(coordinator, "6 ✅")
    assert not any("✏️" in label for label in labels(coordinator))


@pytest.mark.parametrize("first", ["Принять", "Вернуть"])
async def test_two_methodists_decide_at_once_and_the_second_is_told(
    world: World, coordinator: Person, methodist: Person, first: str
) -> None:
    await sent(world, coordinator)
    other = await world.staff("methodist")
    await open_report(world, methodist)
    await open_report(world, other)
    if first == "Принять":
        await world.press(methodist, "Принять")
        await world.press(other, "Вернуть")
        assert "Отчёт уже принят" in screen(other)
        assert (await second_quarter(world)).report.status == "accepted"
    else:
        await give_back(world, methodist, "Учеников")
        await world.press(other, "Принять")
        assert "Отчёт уже возвращён школе" in screen(other)
        assert (await second_quarter(world)).report.status == "returned"


async def test_both_presses_in_one_batch_give_one_decision(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    other = await world.staff("methodist")
    for one in (methodist, other):
        await open_report(world, one)
    methodist.click("Принять")
    other.click("Принять")
    await world.pump()
    assert "Отчёт уже принят" in screen(other) + screen(methodist)
    async with world.app.database.read() as tx:
        acts = [one.act for one in await audit.page(tx, 50)]
    assert acts.count("accept") == 1


async def test_what_was_sent_anew_is_not_accepted_unseen(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await open_report(world, methodist)
    old = methodist.screen
    await world.press(coordinator, "6 ✅")
    await world.press(coordinator, "✏️")
    await world.say(coordinator, "3")
    await world.press(coordinator, "тправить")
    assert old is not None
    methodist.click("Принять", old)
    await world.pump()
    assert "Школа отправила отчёт снова. Проверьте новые числа." in screen(methodist)
    assert (await second_quarter(world)).report.status == "submitted"


async def test_accepting_takes_what_was_sent(
    world: World, coordinator: Person, methodist: Person
) -> None:
    """An answer that was changed and not sent is put back, and the log keeps it."""
    await sent(world, coordinator)
    await world.press(coordinator, "6 ✅")
    await world.press(coordinator, "✏️")
    await world.say(coordinator, "3")
    await open_report(world, methodist)
    assert "После отправки ответы изменили" in screen(methodist)
    await world.press(methodist, "Принять")
    assert "Принять то, что было отправлено?" in screen(methodist)
    await world.press(methodist, "Принять отправленное")
    filling = await second_quarter(world)
    assert filling.report.status == "accepted"
    assert filling.sheet.answers[Slot("r6")] == Nothing()
    assert await world.logged(Slot("r6")) == 3


async def test_reopening_lets_the_school_correct_and_is_told(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    await world.tick()
    await open_report(world, methodist)
    await world.press(methodist, "Открыть снова")
    await world.tick()
    assert "Методист открыл отчёт снова" in said(coordinator)
    await world.press(coordinator, "Открыть отчёт")
    await world.press(coordinator, "6 ✅")
    await world.press(coordinator, "✏️")
    await world.say(coordinator, "3")
    assert (await second_quarter(world)).sheet.answers[Slot("r6")] == number(3)


async def test_all_without_doubts_are_accepted_and_only_they(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await world.give_classes("s33", "Физика")
    other = await world.coordinator("s33")
    await sent(world, coordinator)  # a quiet quarter: «нулевой отчёт?»
    await sent(world, other, {"провела сама школа": "2"})
    await world.say(methodist, "/reports")
    assert "№ 24 📨 на проверке, 1 сомнение" in screen(methodist)
    board = methodist.screen
    await world.press(methodist, "Принять все без сомнений: 1")
    assert "Принято: 1 отчёт." in screen(methodist)
    assert (await second_quarter(world, "s33")).report.status == "accepted"
    assert (await second_quarter(world)).report.status == "submitted"
    assert board is not None
    methodist.forge_callback("b1:accept:2026-2027:II::0", board)
    await world.pump()
    assert "Пока вы смотрели, список изменился." in screen(methodist)


async def test_a_decision_at_night_is_told_in_the_morning_and_only_if_it_still_stands(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    await world.at(2027, 1, 12, 21, 0)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    assert "Сообщение уйдёт ср 13 января, 08:30." in screen(methodist)
    await world.press(methodist, "Открыть снова")
    before = len(coordinator.chat.from_bot)
    await world.tick()
    assert len(coordinator.chat.from_bot) == before
    await world.at(2027, 1, 13, 8, 30)
    fresh = [one.text for one in coordinator.chat.from_bot[before:]]
    assert len(fresh) == 1
    assert "Методист открыл отчёт снова" in fresh[0]


async def test_nobody_is_promised_a_message_that_nobody_can_get(
    world: World, methodist: Person
) -> None:
    await world.give_classes("s24", "Химия")
    gone = await world.coordinator("s24")
    await sent(world, gone)
    gone.block()
    await world.pump()
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    assert "Сообщить некому" in screen(methodist)


async def test_staff_enter_for_a_school_that_phoned(world: World, methodist: Person) -> None:
    await world.give_classes("s24", "Химия")
    school = await world.coordinator("s24")
    await world.say(methodist, "24")
    await world.press(methodist, "Внести: II четверть")
    assert "Вы вносите ответы за школу" in screen(methodist)
    await world.press(methodist, "Продолжить")
    for answer in ("24", "4,35"):
        await world.say(methodist, answer)
    for _ in range(12):
        if "Все ответы есть" in screen(methodist):
            break
        await world.press(methodist, "Не было")
    await world.press(methodist, "тправить")
    await world.press(methodist, "← Отчёт школы")
    assert "Внесено за школу" in screen(methodist)
    assert (await second_quarter(world)).report.id == await report_id(world)
    await world.tick()
    assert "Методист внёс за вашу школу отчёт" in said(school)
    await world.press(school, "Открыть отчёт")
    assert "Отправлен" in screen(school)


async def test_staff_enter_after_the_closing_and_the_school_does_not(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await report_id(world)
    await world.at(2027, 10, 4, 10, 0)
    await world.say(methodist, "/reports")
    await world.press(methodist, "Другой период")
    await world.press(methodist, "II четверть")
    assert "приём закрыт: внести отчёт можете только вы" in screen(methodist)
    await world.press(methodist, "№ 24")
    await world.press(methodist, "Внести за школу")
    await world.press(methodist, "Продолжить")
    await world.say(methodist, "24")
    assert len((await second_quarter(world)).sheet.answers) == 1
