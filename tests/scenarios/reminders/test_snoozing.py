"""Quiet that was asked for, and people who are just typing."""

from datetime import datetime, timedelta

import pytest

from demo.telegram import Person
from tests.clock import local
from tests.scenarios.collect.steps import sent
from tests.scenarios.reminders.watch import DUE, LATE, Watch, every, opened, reminders
from tests.scenarios.steps import labels, to_mark
from tests.world import World, shown

ASKED = f"🔔 Вы просили напомнить. {DUE}."
ASKED_LATE = f"🔔 Вы просили напомнить. {LATE}."


async def live(watch: Watch, first: datetime, last: datetime) -> None:
    for moment in every(timedelta(hours=1), first, last):
        watch.world.clock.move_to(moment)
        await watch.tick()


async def reminded(world: World, *moment: int) -> tuple[Watch, Person]:
    """A coordinator with a reminder of this moment before them."""
    watch = await opened(world)
    await watch.at(*moment)
    assert watch.told["s24"]
    watch.told["s24"].clear()
    return watch, watch.people["s24"]


async def test_tomorrow_is_one_reminder_on_that_morning(world: World) -> None:
    watch, person = await reminded(world, 2027, 1, 12, 9)
    await world.press(person, "Напомнить завтра")
    assert (
        "🔕 Напомню: ср 13 января, 09:00. Отчёт: II четверть, срок чт 14 января, 17:00."
        in shown(person)
    )
    watch.skip()
    await live(watch, local(2027, 1, 12, 10), local(2027, 1, 14, 12))
    assert watch.lines("s24") == [
        ("13.01 09:00", ASKED),
        ("14.01 09:00", "🔔 Срок сегодня, в 17:00."),
    ]


async def test_monday_is_quiet_over_the_ladders_day(world: World) -> None:
    watch, person = await reminded(world, 2027, 1, 19, 9)
    await world.press(person, "Напомнить в понедельник")
    watch.skip()
    await live(watch, local(2027, 1, 19, 10), local(2027, 1, 26, 12))
    # Quiet on the 21st; on Monday the ladder's own message comes, and only that.
    assert watch.lines("s24") == [("25.01 09:00", f"🔔 {LATE}.")]


async def test_a_colleague_who_did_not_ask_for_quiet_is_reminded(world: World) -> None:
    watch, person = await reminded(world, 2027, 1, 19, 9)
    reminder = person.screen
    watch = Watch(world, {"quiet": person, "other": await world.coordinator("s24")})
    await watch.at(2027, 1, 19, 10)
    person.click("Напомнить в понедельник", reminder)
    await world.pump()
    watch.skip()
    watch.told["quiet"].clear()
    watch.told["other"].clear()
    await live(watch, local(2027, 1, 20, 8), local(2027, 1, 21, 12))
    assert watch.told["quiet"] == []
    assert watch.moments("other") == ["21.01 09:00"]


async def test_sent_in_between_nothing_comes(world: World) -> None:
    watch, person = await reminded(world, 2027, 1, 12, 9)
    await world.press(person, "Напомнить завтра")
    await sent(world, person)
    watch.skip()
    await live(watch, local(2027, 1, 12, 10), local(2027, 1, 15, 12))
    assert watch.told["s24"] == []


async def test_pressed_after_sending_it_says_so(world: World) -> None:
    watch, person = await reminded(world, 2027, 1, 12, 9)
    old = person.screen
    await sent(world, person)
    assert old is not None
    person.forge_callback("n1:tomorrow:2026-2027:II", old)
    await world.pump()
    assert "Отчёт уже отправлен: напоминать не буду." in shown(person)
    watch.skip()
    await live(watch, local(2027, 1, 13, 8), local(2027, 1, 14, 12))
    assert watch.told["s24"] == []


@pytest.mark.parametrize(
    ("moment", "offered"),
    [
        ((2026, 12, 23, 9), ["Напомнить завтра", "Напомнить в понедельник"]),
        ((2026, 12, 25, 9), ["Напомнить пн 28 декабря"]),  # a Friday
        ((2026, 12, 30, 9), ["Напомнить пн 11 января"]),  # before the holidays
        ((2027, 1, 12, 9), ["Напомнить завтра"]),
        ((2027, 1, 14, 9), []),  # no morning is left before the deadline
        ((2027, 1, 15, 9), ["Напомнить пн 18 января"]),  # a Friday, late
    ],
)
async def test_only_mornings_that_help_are_offered(
    world: World, moment: tuple[int, ...], offered: list[str]
) -> None:
    _, person = await reminded(world, *moment)
    assert labels(person)[1:] == offered


@pytest.mark.parametrize(
    ("pressed", "morning", "line"),
    [
        ((2026, 12, 25, 9), "28.12 09:00", ASKED),
        ((2026, 12, 30, 9), "11.01 09:00", ASKED),
        ((2027, 1, 15, 9), "18.01 09:00", ASKED_LATE),
    ],
)
async def test_the_next_working_morning_may_be_far(
    world: World, pressed: tuple[int, ...], morning: str, line: str
) -> None:
    watch, person = await reminded(world, *pressed)
    await world.press(person, "Напомнить пн")
    watch.skip()
    start = local(*pressed)
    await live(watch, start, start + timedelta(days=12, hours=3))
    assert watch.lines("s24")[0] == (morning, line)


async def test_snoozed_again_it_is_the_last_word_that_counts(world: World) -> None:
    watch, person = await reminded(world, 2026, 12, 23, 9)
    reminder = person.screen
    assert reminder is not None
    await world.press(person, "Напомнить завтра")
    person.forge_callback("n1:monday:2026-2027:II", reminder)
    await world.pump()
    watch.skip()
    await live(watch, local(2026, 12, 23, 10), local(2026, 12, 30, 12))
    assert watch.lines("s24") == [("28.12 09:00", ASKED)]


async def test_down_on_the_morning_that_was_asked_for(world: World) -> None:
    """Later on that day it is still kept, on another day it would come after the fact."""
    watch, person = await reminded(world, 2026, 12, 23, 9)
    await world.press(person, "Напомнить завтра")
    watch.skip()
    await watch.at(2026, 12, 24, 15)
    assert watch.lines("s24") == [("24.12 15:00", ASKED)]
    await world.press(person, "Напомнить в понедельник")
    watch.skip()
    world.clock.move_to(local(2026, 12, 28, 17, 58))
    await world.app.schedule.plan()  # and it is killed before it sends
    await world.restart()
    await live(watch, local(2026, 12, 28, 18, 1), local(2026, 12, 30, 12))
    assert watch.moments("s24") == ["24.12 15:00"]
    assert (await reminders(world))[-1] == ("snooze", "DROPPED")


async def test_asked_for_quiet_while_one_waits_to_go_out(world: World) -> None:
    watch, person = await reminded(world, 2027, 1, 12, 9)
    old = person.screen
    assert old is not None
    world.clock.move_to(local(2027, 1, 19, 9))
    await world.app.schedule.plan()
    person.forge_callback("n1:tomorrow:2026-2027:II", old)
    await world.pump()
    watch.skip()
    await live(watch, local(2027, 1, 19, 9), local(2027, 1, 20, 12))
    assert watch.lines("s24") == [("20.01 09:00", ASKED_LATE)]


async def test_a_button_of_last_month(world: World) -> None:
    """It is late still, and worth reminding of."""
    watch, person = await reminded(world, 2026, 12, 23, 9)
    old = person.screen
    assert old is not None
    world.clock.move_to(local(2027, 2, 10, 11))
    person.forge_callback("n1:tomorrow:2026-2027:II", old)
    await world.pump()
    assert "🔕 Напомню: чт 11 февраля, 09:00" in shown(person)
    watch.skip()
    await live(watch, local(2027, 2, 10, 12), local(2027, 2, 15, 12))
    assert watch.lines("s24") == [("11.02 09:00", ASKED_LATE)]


@pytest.mark.parametrize("begun", [False, True])
async def test_a_button_of_a_report_that_has_closed(world: World, begun: bool) -> None:
    watch, person = await reminded(world, 2026, 12, 23, 9)
    old = person.screen
    assert old is not None
    if begun:
        await to_mark(world, person)
    world.clock.move_to(local(2027, 10, 8, 11))
    person.forge_callback("n1:tomorrow:2026-2027:II", old)
    await world.pump()
    closed = "Приём отчёта закрыт: напоминать о нём не буду." if begun else "приём уже закрыт"
    assert closed in person.chat.message(old.message_id).text
    written = await reminders(world)
    await live(watch, local(2027, 10, 8, 12), local(2027, 10, 12, 12))
    assert await reminders(world) == written


# --- while somebody is at it --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["they themselves", "a colleague"])
async def test_it_waits_while_the_report_is_being_filled(world: World, who: str) -> None:
    watch = await opened(world)
    watch = Watch(world, {"s24": watch.people["s24"], "other": await world.coordinator("s24")})
    await watch.at(2026, 12, 23, 9)
    world.clock.move_to(local(2027, 1, 12, 8, 50))
    typing = watch.people["s24" if who == "they themselves" else "other"]
    await to_mark(world, typing)
    watch.skip()
    for name in watch.people:
        watch.told[name].clear()
    for minute in (0, 1, 4):
        await watch.at(2027, 1, 12, 9, minute)
        assert watch.told["s24"] == watch.told["other"] == []
    await watch.at(2027, 1, 12, 9, 6)
    assert watch.moments("s24") == watch.moments("other") == ["12.01 09:06"]
    assert "Осталось 15 ответов" in watch.told["s24"][0][1]


async def test_one_that_was_written_waits_as_well(world: World) -> None:
    """Planned, then the bot was away for a moment, and meanwhile somebody has begun to type."""
    watch = await opened(world)
    person = watch.people["s24"]
    await watch.at(2026, 12, 23, 9)
    watch.told["s24"].clear()
    world.clock.move_to(local(2027, 1, 12, 9))
    await world.app.schedule.plan()
    await to_mark(world, person)
    watch.skip()
    await watch.at(2027, 1, 12, 9, 1)
    assert watch.told["s24"] == []
    await watch.at(2027, 1, 12, 9, 20)
    assert watch.moments("s24") == ["12.01 09:20"]


async def test_sent_while_it_waited(world: World) -> None:
    watch = await opened(world)
    person = watch.people["s24"]
    world.clock.move_to(local(2027, 1, 12, 9))
    await world.app.schedule.plan()
    await to_mark(world, person)
    await world.tick()
    await sent(world, person)
    watch.skip()
    await live(watch, local(2027, 1, 12, 10), local(2027, 1, 12, 17))
    assert watch.told["s24"] == []
    assert await reminders(world) == [("before", "DROPPED")]
