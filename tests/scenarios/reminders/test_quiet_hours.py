"""What is decided at night is told in the morning, if it is still so."""

from datetime import timedelta

from demo.telegram import Person
from tests.clock import local
from tests.scenarios.collect.steps import give_back, open_report, sent
from tests.scenarios.reminders.watch import Watch, every, opened
from tests.world import World, shown


async def live(watch: Watch, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    for moment in every(timedelta(minutes=30), local(*first), local(*last)):
        watch.world.clock.move_to(moment)
        await watch.tick()


async def submitted(world: World) -> tuple[Watch, Person, Person]:
    """A report that was sent on a Thursday; it is Friday evening."""
    watch = await opened(world, "s24", methodist=True)
    await watch.at(2026, 12, 23, 9)
    world.clock.move_to(local(2026, 12, 24, 10))
    await sent(world, watch.people["s24"])
    await world.tick()
    world.clock.move_to(local(2026, 12, 25, 19))
    watch.skip()
    watch.told["s24"].clear()
    return watch, watch.people["methodist"], watch.people["s24"]


async def night(watch: Watch) -> list[tuple[str, str]]:
    """From that evening over the weekend; what the coordinator is told by itself."""
    watch.skip()
    await live(watch, (2026, 12, 25, 20), (2026, 12, 28, 12))
    return watch.lines("s24", 0)


async def test_a_return_of_friday_night_comes_on_monday_morning(world: World) -> None:
    watch, methodist, _ = await submitted(world)
    await give_back(world, methodist, "Учеников")
    assert "Сообщение уйдёт пн 28 декабря, 08:30." in shown(methodist)
    told = await night(watch)
    assert told[0] == (
        "28.12 08:30",
        "↩️ Отчёт вернули на исправление: II четверть, 2026/27 уч. год",
    )
    assert len(told) == 1


async def test_an_acceptance_as_well(world: World) -> None:
    watch, methodist, _ = await submitted(world)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    assert await night(watch) == [
        (
            "28.12 08:30",
            "✅ Отчёт принят пт 25 декабря, 19:00. Спасибо!",
        )
    ]


async def test_returned_and_mended_in_the_same_night_is_no_news(world: World) -> None:
    watch, methodist, person = await submitted(world)
    await give_back(world, methodist, "Учеников")
    await world.say(person, "/form")
    await world.press(person, "Исправить")
    await world.say(person, "22")
    await world.press(person, "тправить")
    assert "отправлен" in shown(person).casefold()
    assert await night(watch) == []


async def test_accepted_and_opened_again_in_the_same_night(world: World) -> None:
    """Only what is so by the morning is told."""
    watch, methodist, _ = await submitted(world)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    await world.press(methodist, "Открыть снова")
    told = await night(watch)
    assert [line[:1] for _, line in told] == ["🔓"]


async def test_every_acceptance_is_told_and_the_last_one_once(world: World) -> None:
    watch, methodist, _ = await submitted(world)
    world.clock.move_to(local(2026, 12, 25, 11))
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    await watch.tick()
    world.clock.move_to(local(2026, 12, 25, 12))
    await world.press(methodist, "Открыть снова")
    await watch.tick()
    world.clock.move_to(local(2026, 12, 25, 19))
    await world.press(methodist, "Принять")
    world.clock.move_to(local(2026, 12, 25, 19, 5))
    await world.press(methodist, "Открыть снова")
    world.clock.move_to(local(2026, 12, 25, 19, 10))
    await world.press(methodist, "Принять")
    told = await night(watch)
    assert [(at, line[:1]) for at, line in told] == [
        ("25.12 11:00", "✅"),
        ("25.12 12:00", "🔓"),
        ("28.12 08:30", "✅"),
    ]
    assert "19:10" in told[-1][1]


async def test_sent_twice_in_one_night_the_methodist_hears_once(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    person = watch.people["s24"]
    world.clock.move_to(local(2026, 12, 24, 20))
    await sent(world, person)
    await world.say(person, "/reports")
    await world.press(person, "II четверть")
    await world.press(person, "1 ")
    await world.press(person, "✏️")
    world.clock.move_to(local(2026, 12, 24, 21))
    await world.say(person, "22")
    await world.press(person, "тправить")
    watch.skip()
    await live(watch, (2026, 12, 24, 22), (2026, 12, 25, 10))
    assert [line for _, line in watch.lines("methodist", 0) if "📨" in line] == [
        "📨 Школа № 24: отчёт отправлен снова (в срок)"
    ]


async def test_an_answer_to_a_person_comes_at_any_hour(world: World) -> None:
    watch = await opened(world, "s24")
    world.clock.move_to(local(2026, 12, 26, 23))
    await sent(world, watch.people["s24"])
    assert any("✅ Отчёт отправлен" in one.text for one in watch.people["s24"].chat.from_bot)
