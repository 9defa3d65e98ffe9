"""What fresh eyes have broken once: each with what must happen instead."""

from sqlalchemy import update

from demo.telegram import Person
from passport.values import Slot
from storage import classes, people
from storage.tables import reports
from tests.clock import local
from tests.scenarios.collect.steps import give_back, open_report, said, screen, second_quarter, sent
from tests.scenarios.collect.test_people import link
from tests.world import YEAR, World

LIMIT = 4096


async def test_a_screen_that_waits_for_somebody_who_has_left_is_answered(
    world: World, coordinator: Person
) -> None:
    """The refusal's own screen was refused again and again, for ever."""
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    for label in ("✏️ замдиректора", "Передать коллеге"):
        await world.press(methodist, label)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    await world.press(methodist, "директор")
    assert "больше нет" in screen(methodist)
    await world.say(methodist, "завуч")
    assert methodist.chat.messages[-1].from_bot
    assert methodist.screen is not None


async def test_a_link_from_before_the_suspension_gives_nothing_back(world: World) -> None:
    manager, other = await world.staff("manager"), await world.staff("manager")
    await world.say(manager, "/staff")
    await world.press(manager, "Пригласить: руководитель УО")
    token = link(manager)
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, manager.id)
    assert account is not None
    assert other.last is not None
    other.forge_callback(f"e1:suspend:{account.id}", other.last)
    await world.pump()
    manager.start(token)
    await world.pump()
    assert "Эту ссылку отозвали." in said(manager)
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, manager.id)
    assert account is not None
    assert account.suspended


async def test_who_tries_a_colleagues_link_does_not_use_it_up(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    for label in ("✏️ замдиректора", "Передать коллеге", "директор"):
        await world.press(methodist, label)
    token = link(methodist)
    coordinator.start(token)
    await world.pump()
    assert "Эта ссылка – для коллеги" in said(coordinator)
    heir = world.telegram.person(name="Преемник")
    heir.start(token)
    await world.pump()
    assert "вы координатор школы (Школа № 24)" in said(heir)


async def test_all_are_accepted_only_as_they_were_seen(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await world.give_classes("s33", "Физика")
    other = await world.coordinator("s33")
    own = {"провела сама школа": "2"}
    await sent(world, coordinator, own)
    await world.say(methodist, "/reports")
    board = methodist.screen
    await sent(world, other, own)
    assert board is not None
    methodist.click("Принять все без сомнений: 1", board)
    await world.pump()
    assert "Пока вы смотрели, список изменился." in screen(methodist)
    assert (await second_quarter(world)).report.status == "submitted"
    await world.press(methodist, "Принять все без сомнений: 2")
    assert (await second_quarter(world, "s33")).report.status == "accepted"


async def test_a_reopened_report_waits_for_the_school(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator, {"провела сама школа": "2"})
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    await world.press(methodist, "Открыть снова")
    await world.say(methodist, "/reports")
    assert methodist.screen is not None
    assert not any("Принять все" in label for label in methodist.screen.labels)


async def test_reports_whose_doubts_nobody_has_counted_are_not_without_doubts(
    world: World, coordinator: Person
) -> None:
    """As those are that were sent before this version."""
    methodist = await world.staff("methodist")
    await sent(world, coordinator, {"провела сама школа": "2"})
    async with world.app.database.write() as tx:
        await tx.connection.execute(update(reports).values(doubts=None))
    await world.say(methodist, "/reports")
    assert methodist.screen is not None
    assert not any("Принять все" in label for label in methodist.screen.labels)


async def test_a_class_that_was_forgotten_can_be_added_to_a_returned_report(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    await give_back(world, methodist)
    await world.tick()
    await world.say(coordinator, "/school")
    await world.press(coordinator, "＋ Класс")
    await world.say(coordinator, "11 Б медицинская")
    await world.press(coordinator, "← Классы и договоры")
    await world.press(coordinator, "Заполнить отчёт")
    await world.press(coordinator, "Продолжить")
    assert "11 «Б»" in screen(coordinator)
    await world.say(coordinator, "12")
    filling = await second_quarter(world)
    assert len([slot for slot in filling.sheet.answers if slot.question == "r1"]) == 2
    await open_report(world, methodist)
    assert "1. Ученики – 24 чел." in screen(methodist)  # what was sent, not the working copy


async def test_a_class_of_an_accepted_report_keeps_its_description(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    await world.say(coordinator, "/school")
    await world.press(coordinator, "✏️ 10 «А»")
    await world.press(coordinator, "Буква или группа")
    await world.say(coordinator, "Б")
    assert "стоит в принятом отчёте" in screen(coordinator)
    async with world.app.database.read() as tx:
        (one,) = (await classes.register(tx, "s24", YEAR)).open
    assert (one.grade, one.letter) == (10, "А")


async def test_long_explanations_do_not_hide_the_report(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    long = "пояснение " * 48
    async with world.app.database.write() as tx:
        await tx.connection.exec_driver_sql("UPDATE doubt_answers SET comment = ?", (long,))
    await open_report(world, methodist)
    assert "💬" in screen(methodist)
    assert len(screen(methodist)) < LIMIT


async def test_one_school_is_not_due_before_all(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await sent(world, await _other(world))
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "№ 24")
    await world.say(methodist, "13.01")
    assert "одной школе нельзя раньше" in screen(methodist)


async def _other(world: World) -> Person:
    await world.give_classes("s33", "Физика")
    return await world.coordinator("s33")


async def test_after_the_closing_nobody_is_nudged(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await world.say(coordinator, "/form")
    world.clock.move_to(local(2027, 10, 5, 10, 0))
    report = (await second_quarter(world)).report.id
    assert methodist.last is not None
    methodist.forge_callback(f"v1:nudge:{report}:0:", methodist.last)
    await world.pump()
    assert "Приём этого отчёта закрыт" in screen(methodist)


async def test_a_report_returned_after_the_closing_is_remembered_too(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    world.clock.move_to(local(2027, 10, 4, 10, 0))
    await world.say(methodist, "/reports")
    await world.press(methodist, "Другой период")
    await world.press(methodist, "II четверть")
    await world.press(methodist, "№ 24")
    await world.press(methodist, "Вернуть")
    await world.press(methodist, "☐ Химия")
    await world.say(methodist, "Сверьте с журналом")
    await world.press(methodist, "Вернуть школе")
    await world.tick()
    before = len(coordinator.chat.from_bot)
    await world.at(2027, 10, 6, 9, 1)
    assert len(coordinator.chat.from_bot) == before + 1
    assert "Сверьте с журналом" in said(coordinator)
    await world.press(coordinator, "Исправить")
    await world.say(coordinator, "4,5")
    await world.press(coordinator, "тправить")
    filling = await second_quarter(world)
    assert filling.report.status == "submitted"
    assert any(slot.question == "r2" for slot in filling.sheet.answers)
    assert Slot("r6") in filling.sheet.answers


async def test_whoever_is_no_longer_staff_gets_no_message_of_staff(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await world.say(coordinator, "/form")
    for label in ("☰ Отчёт", "Попросить ещё времени", "пн 18 января", "Болезнь"):
        if coordinator.screen is not None and any(label in x for x in coordinator.screen.labels):
            await world.press(coordinator, label)
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, methodist.id)
        assert account is not None
        await people.move(tx, account.id, "coordinator", "s33", "")
    await world.tick()
    assert not any("просит продлить" in one.text for one in methodist.chat.from_bot)


async def test_a_request_stands_on_the_report_until_it_is_answered(
    world: World, coordinator: Person
) -> None:
    await world.staff("methodist")
    await world.say(coordinator, "/form")
    for label in ("Попросить ещё времени", "пн 18 января", "Болезнь"):
        await world.press(coordinator, label)
    newcomer = await world.staff("methodist")
    await open_report(world, newcomer)
    assert "🙏 Просит срок до пн 18 января: Болезнь" in screen(newcomer)
    await world.press(newcomer, "Продлить срок")
    assert "срок продлён до пн 18 января" in screen(newcomer)


async def test_staff_enter_for_a_year_that_is_past(world: World) -> None:
    methodist = await world.staff("methodist")
    await world.give_classes("s24", "Химия")
    await world.coordinator("s24")
    await world.say(methodist, "/reports")
    assert methodist.last is not None
    methodist.forge_callback("b1:show:2025-2026:IV::0", methodist.last)
    await world.pump()
    await world.press(methodist, "№ 24")
    assert "IV четверть, 2025/26" in screen(methodist)
    assert "Вы вносите ответы за школу" in screen(methodist)
    await world.press(methodist, "Продолжить")
    await world.say(methodist, "10 А медицинская")
    assert "сколько учеников" in screen(methodist)


async def test_a_report_opened_after_the_closing_promises_no_sending(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    await world.at(2027, 10, 5, 10, 0)
    report = (await second_quarter(world)).report.id
    assert methodist.last is not None
    methodist.forge_callback(f"v1:reopen:{report}:1:", methodist.last)
    await world.pump()
    await world.tick()
    assert "Приём закрыт: что исправить, напишите методисту ИМЦ." in said(coordinator)


async def test_opened_twice_in_one_night_is_told_once(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    for minute in (0, 10):
        world.clock.move_to(local(2027, 1, 12, 20, minute))
        await open_report(world, methodist)
        await world.press(methodist, "Принять")
        world.clock.move_to(local(2027, 1, 12, 20, minute + 5))
        await world.press(methodist, "Открыть снова")
    before = len(coordinator.chat.from_bot)
    await world.at(2027, 1, 13, 8, 30)
    fresh = [one.text for one in coordinator.chat.from_bot[before:]]
    assert sum("открыл отчёт снова" in text for text in fresh) == 1
