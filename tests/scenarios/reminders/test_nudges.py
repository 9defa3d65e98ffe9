"""«Напомнить всем, кто не сдал»: who is written to, when, and what the methodist is told."""

from datetime import timedelta

from demo.telegram import Person
from tests.clock import local
from tests.scenarios.collect.steps import open_report, sent
from tests.scenarios.reminders.watch import DUE, LATE, Watch, every, opened
from tests.scenarios.steps import to_mark
from tests.world import World, shown

NUDGE = f"🔔 Методист ИМЦ просит не забыть об отчёте. {DUE}."
NUDGE_LATE = f"🔔 Методист ИМЦ просит не забыть об отчёте. {LATE}."


async def nudge(world: World, methodist: Person) -> str:
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем, кто не сдал")
    return shown(methodist)


async def prepared(world: World, *schools: str) -> tuple[Watch, Person]:
    watch = await opened(world, *schools, methodist=True)
    await watch.at(2026, 12, 23, 9)
    for told in watch.told.values():
        told.clear()
    return watch, watch.people["methodist"]


async def test_only_who_owe_and_once_a_day(world: World) -> None:
    watch, methodist = await prepared(world, "s24", "s31", "s33")
    world.clock.move_to(local(2026, 12, 24, 10))
    await sent(world, watch.people["s24"])
    await to_mark(world, watch.people["s33"])
    world.clock.move_to(local(2026, 12, 24, 11))
    assert "Напоминаю 2 школам: № 31, 33." in await nudge(world, methodist)
    watch.skip()
    await watch.tick()
    assert watch.told["s24"] == []
    assert watch.lines("s31") == watch.lines("s33") == [("24.12 11:00", NUDGE)]
    assert "Осталось 15 ответов" in watch.told["s33"][0][1]
    world.clock.move_to(local(2026, 12, 24, 15))
    assert "Сегодня уже напоминали: № 31, 33." in await nudge(world, methodist)
    await watch.tick()
    assert len(watch.told["s31"]) == 1
    world.clock.move_to(local(2026, 12, 25, 11))
    assert "Напоминаю 2 школам: № 31, 33." in await nudge(world, methodist)
    watch.skip()
    await watch.tick()
    assert watch.moments("s31") == ["24.12 11:00", "25.12 11:00"]


async def test_two_methodists_on_one_day(world: World) -> None:
    watch, methodist = await prepared(world)
    other = await world.staff("methodist")
    world.clock.move_to(local(2026, 12, 24, 11))
    await nudge(world, methodist)
    assert "Сегодня уже напоминали: № 24." in await nudge(world, other)
    watch.skip()
    await watch.tick()
    assert watch.moments("s24") == ["24.12 11:00"]


async def test_of_one_school(world: World) -> None:
    watch, methodist = await prepared(world, "s24", "s31")
    world.clock.move_to(local(2026, 12, 24, 10))
    await to_mark(world, watch.people["s24"])
    world.clock.move_to(local(2026, 12, 24, 11))
    await open_report(world, methodist)
    await world.press(methodist, "Напомнить")
    assert "Напоминаю 1 школе: № 24." in shown(methodist)
    assert "Сегодня уже напоминали: № 24" in await nudge(world, methodist)
    watch.skip()
    await watch.tick()
    assert watch.moments("s24") == watch.moments("s31") == ["24.12 11:00"]


async def test_at_night_it_waits_and_says_so(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2026, 12, 25, 19))
    said = await nudge(world, methodist)
    assert "Сейчас нерабочее время, сообщения уйдут пн 28 декабря, 08:30." in said
    world.clock.move_to(local(2026, 12, 26, 12))  # on Saturday once more
    assert "Напоминание уже ждёт утра: № 24." in await nudge(world, methodist)
    watch.skip()
    for moment in every(timedelta(minutes=30), local(2026, 12, 26, 13), local(2026, 12, 28, 18)):
        world.clock.move_to(moment)
        await watch.tick()
    assert watch.lines("s24") == [("28.12 08:30", NUDGE)]
    world.clock.move_to(local(2026, 12, 28, 11))
    assert "Сегодня уже напоминали: № 24." in await nudge(world, methodist)


async def test_sent_in_the_night_nobody_is_nudged(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2026, 12, 24, 19))
    await nudge(world, methodist)
    world.clock.move_to(local(2026, 12, 24, 21))
    await sent(world, watch.people["s24"])
    watch.skip()
    await watch.at(2026, 12, 25, 8, 31)
    assert watch.told["s24"] == []


async def test_the_ladder_adds_nothing_to_a_nudge(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2027, 1, 11, 20))
    await nudge(world, methodist)  # goes out on the 12th, the day of «before»
    watch.skip()
    for moment in every(timedelta(minutes=30), local(2027, 1, 11, 21), local(2027, 1, 15, 8)):
        world.clock.move_to(moment)
        await watch.tick()
    assert watch.lines("s24") == [
        ("12.01 08:30", NUDGE),
        ("14.01 09:00", "🔔 Срок сегодня, в 17:00."),
    ]


async def test_without_anybody_on_the_line_a_school_is_named(world: World) -> None:
    watch, methodist = await prepared(world, "s24", "s31", "s33")
    async with world.app.database.write() as tx:
        await tx.connection.exec_driver_sql("UPDATE people SET school = 's40' WHERE school = 's31'")
    watch.people["s33"].block()
    world.clock.move_to(local(2026, 12, 24, 11))
    await world.pump()
    said = await nudge(world, methodist)
    assert "Напоминаю 1 школе: № 24." in said
    assert "⚠️ Некому напомнить, нет координатора на связи: № 31, 33." in said


async def test_when_everybody_has_sent_there_is_no_button(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2026, 12, 24, 10))
    await world.say(methodist, "/reports")
    old = methodist.screen
    assert old is not None
    await sent(world, watch.people["s24"])
    methodist.click("Напомнить всем", old)
    await world.pump()
    assert "Напоминать некому: все сдали." in shown(methodist)
    await world.say(methodist, "/reports")
    assert methodist.screen is not None
    assert not any("Напомнить" in one for one in methodist.screen.labels)


async def test_a_nudge_waits_while_they_type(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2026, 12, 24, 11))
    await to_mark(world, watch.people["s24"])
    await nudge(world, methodist)
    watch.skip()
    for minute in (1, 10):
        await watch.at(2026, 12, 24, 11, minute)
    assert watch.told["s24"] == []
    await watch.at(2026, 12, 24, 11, 20)
    assert watch.lines("s24") == [("24.12 11:20", NUDGE)]


async def test_after_days_of_downtime_a_nudge_is_not_news(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2027, 1, 12, 19))
    await nudge(world, methodist)
    await world.close()
    world.clock.move_to(local(2027, 1, 19, 11))
    await world.open()
    watch.skip()
    await watch.tick()
    await watch.tick()
    assert watch.lines("s24") == [("19.01 11:00", f"🔔 {LATE}.")]


async def test_a_nudge_that_is_a_day_late_is_the_only_one_of_that_day(world: World) -> None:
    watch, methodist = await prepared(world)
    world.clock.move_to(local(2027, 1, 13, 19))
    await nudge(world, methodist)  # meant for the 14th
    await world.close()
    world.clock.move_to(local(2027, 1, 15, 11))
    await world.open()
    watch.skip()
    await watch.tick()
    await watch.tick()
    assert watch.lines("s24") == [("15.01 11:00", NUDGE_LATE)]
