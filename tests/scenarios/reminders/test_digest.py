"""Staff's morning: on, off and on again; nothing when there is nothing; the dates of a year."""

from datetime import timedelta

from demo.telegram import Person
from tests.clock import local
from tests.scenarios.collect.steps import open_report, sent
from tests.scenarios.reminders.watch import Watch, every, opened, rows
from tests.world import World, shown

ON = "Присылать сводку по утрам"


async def live(watch: Watch, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    for moment in every(timedelta(hours=1), local(*first), local(*last)):
        if (moment.hour + 12) % 24 >= 19 or (moment.hour + 12) % 24 <= 6:
            continue  # the nights have their own tests
        watch.world.clock.move_to(moment)
        await watch.tick()


def offered(person: Person) -> bool:
    assert person.screen is not None
    return ON in person.screen.labels


async def test_off_and_on_again(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    methodist = watch.people["methodist"]
    await live(watch, (2026, 12, 23, 8), (2026, 12, 23, 10))
    assert not offered(methodist)
    await world.press(methodist, "Не присылать сводку")
    assert "Утренней сводки больше не будет. Вернуть её можно кнопкой внизу." in shown(methodist)
    assert offered(methodist)
    watch.skip()
    await live(watch, (2026, 12, 24, 8), (2026, 12, 25, 12))
    for way in ("/start", "/reports"):
        await world.say(methodist, way)
        assert offered(methodist), way
    await world.press(methodist, ON)
    assert "Сводка будет приходить по утрам рабочих дней" in shown(methodist)
    assert not offered(methodist)
    await world.say(methodist, "/start")
    assert not offered(methodist)
    watch.skip()
    await live(watch, (2026, 12, 25, 13), (2026, 12, 28, 12))
    # Today's at once, then every morning.
    assert watch.begun("methodist", "Сводка") == ["23.12 09:00", "25.12 13:00", "28.12 09:00"]


async def test_turned_off_while_one_waits(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    await watch.at(2026, 12, 23, 9)
    world.clock.move_to(local(2026, 12, 24, 9))
    await world.app.schedule.plan()
    await world.press(watch.people["methodist"], "Не присылать сводку")
    watch.skip()
    await watch.tick()
    assert watch.begun("methodist", "Сводка") == ["23.12 09:00"]


async def test_of_two_methodists_one_may_do_without(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    manager = await world.staff("manager")
    both = Watch(world, {"methodist": watch.people["methodist"], "manager": manager})
    await both.at(2026, 12, 23, 9)
    await world.press(manager, "Не присылать сводку")
    both.skip()
    await both.at(2026, 12, 24, 9)
    assert both.begun("methodist", "Сводка") == ["23.12 09:00", "24.12 09:00"]
    assert both.begun("manager", "Сводка") == ["23.12 09:00"]


async def test_none_when_there_is_nothing_to_do(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    methodist = watch.people["methodist"]
    world.clock.move_to(local(2026, 12, 23, 10))
    await sent(world, watch.people["s24"])
    await live(watch, (2026, 12, 24, 8), (2026, 12, 24, 12))
    assert "Сдали 1 из 1\nНа проверке 1" in watch.told["methodist"][-1][1]
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    watch.skip()
    watch.told["methodist"].clear()
    await live(watch, (2026, 12, 25, 8), (2027, 1, 20, 12))
    # Nothing to collect: what comes is a risk's light that has come on (see scenarios/risks).
    for _, text in watch.told["methodist"]:
        assert "Риск" in text
        assert "Сдали" not in text


async def test_it_asks_once_a_year_whether_the_dates_are_right(world: World) -> None:
    question = "📅 Проверьте сроки отчётов на 2026/27 учебный год"
    world.clock.move_to(local(2026, 9, 1, 8))
    methodist, manager = await world.staff("methodist"), await world.staff("manager")
    watch = Watch(world, {"methodist": methodist, "manager": manager})
    await live(watch, (2026, 9, 1, 8), (2026, 9, 4, 18))
    assert watch.begun("methodist", question) == ["01.09 09:00"]
    assert watch.begun("manager", question) == []
    asked = next(one for one in methodist.chat.from_bot if one.text.startswith(question))
    methodist.click("Сроки", asked)
    await world.pump()
    dates = methodist.chat.message(asked.message_id)
    methodist.click("Даты верны", dates)
    await world.pump()
    assert "✅ Даты подтверждены." in methodist.chat.message(asked.message_id).text
    new = Watch(world, {"new": await world.staff("methodist")})
    await new.at(2026, 9, 7, 9)
    assert new.begun("new", question) == []


async def test_confirmed_before_it_is_asked(world: World) -> None:
    world.clock.move_to(local(2026, 9, 1, 7))
    methodist = await world.staff("methodist")
    watch = Watch(world, {"methodist": methodist})
    world.clock.move_to(local(2026, 9, 1, 8, 30))
    await world.app.schedule.plan()
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Даты верны")
    watch.skip()
    await watch.tick()
    assert watch.told["methodist"] == []
    assert [one.state.name for one in await rows(world)] == ["DROPPED"]


async def test_yesterdays_morning_is_not_sent(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    world.clock.move_to(local(2026, 12, 23, 17, 59))
    await world.app.schedule.plan()
    await world.restart()
    await live(watch, (2026, 12, 23, 18), (2026, 12, 24, 8))
    await live(watch, (2026, 12, 24, 9), (2026, 12, 24, 12))
    assert watch.lines("methodist", 0) == [("24.12 09:00", "Сводка на чт 24 декабря")]
