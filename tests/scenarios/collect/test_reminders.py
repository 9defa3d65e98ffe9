"""Reminders: once, in working hours, only to who owes, and what is true at that moment."""

from datetime import timedelta
from html import unescape

import pytest

from demo.telegram import Fault, Person
from tests.clock import local
from tests.scenarios.collect.steps import said, screen, sent
from tests.scenarios.steps import begin
from tests.world import World

BELL = "🔔"


def bells(person: Person) -> list[str]:
    """The reminders that the person has got, their second lines."""
    texts = [unescape(one.text) for one in person.chat.from_bot]
    return [line for text in texts for line in text.splitlines() if line.startswith(BELL)]


async def test_a_reminder_leads_to_the_first_gap(world: World, coordinator: Person) -> None:
    await begin(world, coordinator)
    await world.say(coordinator, "24")
    await world.at(2027, 1, 12, 9, 45)
    assert "Осталось 15 ответов:\n• 2. Средний балл" in said(coordinator)
    await world.press(coordinator, "Продолжить")
    assert "Химия, 10 «А»: средний балл" in screen(coordinator)


async def test_it_waits_while_somebody_of_the_school_is_typing(
    world: World, coordinator: Person
) -> None:
    colleague = await world.coordinator("s24", "Второй")
    await begin(world, coordinator)
    await world.say(coordinator, "24")
    await world.at(2027, 1, 12, 9, 30)
    assert bells(coordinator) == bells(colleague) == []
    await world.at(2027, 1, 12, 9, 36)
    assert len(bells(coordinator)) == len(bells(colleague)) == 1


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        # An hour late: still the reminder of two days before.
        ((2027, 1, 12, 10, 0), ["🔔 Срок: чт 14 января, 17:00."]),
        # Down until the day of the deadline: only that day's.
        ((2027, 1, 14, 10, 0), ["🔔 Срок сегодня, в 17:00."]),
        # Back on that evening: the moment has passed, tomorrow has its own.
        ((2027, 1, 14, 17, 30), []),
        ((2027, 1, 14, 23, 0), []),
        ((2027, 1, 15, 9, 0), ["🔔 Срок был чт 14 января, 17:00, отчёт ещё принимаем."]),
        # A week later: one, the right one.
        ((2027, 1, 21, 11, 0), ["🔔 Срок был чт 14 января, 17:00, отчёт ещё принимаем."]),
        ((2027, 1, 23, 11, 0), []),  # a Saturday
        ((2027, 3, 1, 11, 0), []),  # the ladder has ended
    ],
)
async def test_after_downtime_there_is_one_current_message_or_none(
    world: World, coordinator: Person, back: tuple[int, ...], expected: list[str]
) -> None:
    await world.close()
    world.clock.move_to(local(*back))
    await world.open()
    await world.tick()
    await world.tick()
    assert bells(coordinator) == expected


async def test_a_clock_that_is_set_back_reminds_nobody_twice(
    world: World, coordinator: Person
) -> None:
    await world.at(2027, 1, 12, 10, 0)
    await world.at(2027, 1, 14, 10, 0)
    await world.at(2027, 1, 12, 10, 0)
    await world.at(2027, 1, 13, 10, 0)
    await world.at(2027, 1, 14, 11, 0)
    assert bells(coordinator) == ["🔔 Срок: чт 14 января, 17:00.", "🔔 Срок сегодня, в 17:00."]
    await world.at(2027, 1, 15, 10, 0)
    assert len(bells(coordinator)) == 3


async def test_what_was_planned_and_has_become_untrue_is_not_said(
    world: World, coordinator: Person
) -> None:
    """Planned, then the report is sent, then the sender comes to it."""
    await world.app.schedule.plan()
    await sent(world, coordinator)
    await world.tick()
    assert bells(coordinator) == []


async def test_no_reminder_goes_out_at_night_even_when_telegram_was_silent(
    world: World, coordinator: Person
) -> None:
    await world.app.schedule.plan()
    await world.at(2027, 1, 12, 18, 0)
    assert bells(coordinator) == []
    await world.at(2027, 1, 13, 8, 30)
    assert bells(coordinator) == ["🔔 Срок: чт 14 января, 17:00."]


async def test_quiet_until_tomorrow(world: World, coordinator: Person) -> None:
    await world.at(2027, 1, 12, 9, 30)
    await world.press(coordinator, "Напомнить завтра")
    assert "🔕 Напомню ср 13 января, 09:00." in screen(coordinator)
    await world.at(2027, 1, 12, 17, 0)
    assert bells(coordinator) == []  # the message has become the answer to its button
    await world.at(2027, 1, 13, 9, 1)
    await world.tick()
    assert bells(coordinator) == ["🔔 Вы просили напомнить. Срок: чт 14 января, 17:00."]


async def test_who_asked_for_quiet_and_sent_is_left_in_peace(
    world: World, coordinator: Person
) -> None:
    await world.at(2027, 1, 12, 9, 30)
    await world.press(coordinator, "Напомнить завтра")
    await sent(world, coordinator)
    await world.at(2027, 1, 13, 9, 1)
    assert bells(coordinator) == []


async def test_a_quiet_button_of_last_month_says_so(world: World, coordinator: Person) -> None:
    await world.at(2027, 1, 12, 9, 30)
    old = coordinator.screen
    assert old is not None
    await sent(world, coordinator)
    world.clock.move_to(local(2027, 2, 20, 10, 0))
    coordinator.click("Напомнить завтра", old)
    await world.pump()
    assert "Отчёт уже отправлен: напоминать не буду." in screen(coordinator)


async def test_on_the_day_of_the_deadline_there_is_nothing_to_put_off(
    world: World, coordinator: Person
) -> None:
    await world.at(2027, 1, 14, 9, 1)
    assert coordinator.screen is not None
    assert coordinator.screen.labels == ["▶ Заполнить"]
    coordinator.forge_callback("n1:tomorrow:2026-2027:II", coordinator.screen)
    await world.pump()
    assert "Откладывать уже некуда" in screen(coordinator)


async def test_a_nudge_goes_to_who_owes_once_a_day(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await world.give_classes("s33", "Физика")
    diligent = await world.coordinator("s33")
    await sent(world, diligent)
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем, кто не сдал")
    assert "Напоминаю 1 школе: № 24." in screen(methodist)
    assert "Некому напомнить, нет координатора на связи: № 3, 4," in screen(methodist)
    await world.press(methodist, "Напомнить всем, кто не сдал")
    assert "Сегодня уже напоминали: № 24." in screen(methodist)
    await world.tick()
    await world.tick()
    # The ladder's own reminder of the same morning is not added to it.
    assert bells(coordinator) == [
        "🔔 Методист ИМЦ просит не забыть об отчёте. Срок: чт 14 января, 17:00."
    ]
    assert bells(diligent) == []
    world.clock.move_to(local(2027, 1, 13, 9, 0))
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем, кто не сдал")
    await world.tick()
    assert len(bells(coordinator)) == 2


async def test_a_nudge_at_night_waits_and_says_so(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    world.clock.move_to(local(2027, 1, 12, 20, 0))
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем, кто не сдал")
    assert "сообщения уйдут ср 13 января, 08:30" in screen(methodist)
    await world.tick()
    assert bells(coordinator) == []
    await world.at(2027, 1, 13, 8, 30)
    await world.at(2027, 1, 13, 9, 30)
    assert len(bells(coordinator)) == 1


@pytest.mark.parametrize("how", ["blocks", "deletes"])
async def test_staff_learn_once_of_who_cannot_be_reached(
    world: World, coordinator: Person, how: str
) -> None:
    methodist = await world.staff("methodist")
    if how == "blocks":
        coordinator.block()
        await world.pump()
    else:
        coordinator.deactivate()
    await world.at(2027, 1, 12, 10, 0)
    await world.at(2027, 1, 14, 10, 0)
    told = [one.text for one in methodist.chat.from_bot if "Не могу написать" in one.text]
    assert len(told) == 1
    assert "координатор школы, Школа № 24, замдиректора" in told[0]
    assert "Некому напомнить" in said(methodist, 4)
    calls = world.telegram.calls_of("sendMessage")
    tries = [call for call in calls if call.params.get("chat_id") == coordinator.id]
    assert sum(BELL in str(call.params.get("text")) for call in tries) <= 1
    if how == "blocks":
        coordinator.start()
        await world.pump()
        await world.at(2027, 1, 15, 10, 0)
        assert len(bells(coordinator)) == 1


async def test_a_school_that_leaves_the_project_is_not_reminded(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    await world.press(methodist, "Больше не участвует")
    await world.at(2027, 1, 12, 10, 0)
    assert bells(coordinator) == []


async def test_a_moved_deadline_moves_the_ladder(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: II четверть")
    await world.press(methodist, "чт 21 января")
    await world.press(methodist, "Погода")
    for day in (12, 13, 14, 15, 18, 19, 20, 21, 22):
        await world.at(2027, 1, day, 9, 30)
    assert bells(coordinator) == [
        "🔔 Отчёт открыт, его можно заполнять. Срок: чт 21 января, 17:00.",
        "🔔 Срок: чт 21 января, 17:00.",
        "🔔 Срок сегодня, в 17:00.",
        "🔔 Срок был чт 21 января, 17:00, отчёт ещё принимаем.",
    ]


async def test_a_returned_report_that_waits_is_remembered(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    world.clock.move_to(local(2027, 1, 25, 10, 0))
    await world.say(methodist, "24")
    await world.press(methodist, "Отчёт: II четверть")
    await world.press(methodist, "Вернуть")
    await world.press(methodist, "☐ Химия")
    await world.say(methodist, "Сверьте с журналом")
    await world.press(methodist, "Вернуть школе")
    for day in (25, 26, 27, 28, 29):
        await world.at(2027, 1, day, 9, 30)
        await world.tick()
    assert len(bells(coordinator)) == 1
    assert "Методист вернул его: «Сверьте с журналом»" in said(coordinator)


async def test_all_arrive_once_though_telegram_asks_to_wait_and_falls_silent(
    world: World, coordinator: Person
) -> None:
    people = [coordinator]
    for school in ("s33", "s31", "s27"):
        people.append(await world.coordinator(school))
    faults = world.telegram.faults
    faults.add(Fault("sendMessage", retry_after=3))
    faults.add(Fault("sendMessage", code=502, after_effect=True))
    faults.add(Fault("sendMessage", drop_connection=True))
    await world.tick()
    for _ in range(4):
        world.clock.shift(timedelta(minutes=2))
        await world.tick()
    assert [len(bells(one)) for one in people] == [1, 1, 1, 1]


async def test_the_digest_says_whom_nobody_reminds_and_can_be_switched_off(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await world.at(2027, 1, 12, 9, 30)
    digest = next(one.text for one in methodist.chat.from_bot if "Сводка на вт" in one.text)
    assert "Сдали 0 из 17, ждём: № 3, 4, 10, 21, 24," in digest
    assert "Некому напомнить (нет координатора на связи): № 3, 4, 10, 21, 27" in digest
    off = next(one for one in methodist.chat.from_bot if "Сводка на вт" in one.text)
    methodist.click("Не присылать сводку", off)
    await world.pump()
    assert any("Утренней сводки больше не будет." in one.text for one in methodist.chat.from_bot)
    await world.at(2027, 1, 13, 9, 30)
    assert not any("Сводка на ср" in one.text for one in methodist.chat.from_bot)
    await world.say(methodist, "/reports")
    await world.press(methodist, "Присылать сводку по утрам")
    await world.at(2027, 1, 14, 9, 30)
    assert any("Сводка на чт" in one.text for one in methodist.chat.from_bot)


async def test_the_journal_says_what_was_sent_to_whom_and_why(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    blocked = await world.coordinator("s33")
    blocked.deactivate()
    await world.at(2027, 1, 12, 9, 30)
    world.clock.move_to(local(2027, 1, 12, 19, 0))
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем")
    await world.press(methodist, "Журнал")
    journal = screen(methodist)
    assert "✅ вт 12 января, 09:30 – напоминание (за два рабочих дня)" in journal
    assert "координатор школы, Школа № 24, замдиректора" in journal
    assert "не дошло: аккаунт удалён" in journal
    assert "🕒 уйдёт ср 13 января, 08:30 – напоминание (методист попросил)" in journal
    await world.say(methodist, "24")
    await world.press(methodist, "Журнал школы")
    assert "Школа № 33" not in screen(methodist)
