"""A date is moved: the ladder follows, and nothing of the old date is said."""

from datetime import date, timedelta

from demo.telegram import Person
from passport.deadlines import Move
from storage import deadlines
from tests.clock import local
from tests.scenarios.reminders.watch import DUE, Watch, every, opened, reminders
from tests.world import YEAR, World

LATER = "Срок: чт 21 января, 17:00"
MOVED = "📅 Новый срок отчёта: чт 21 января, 17:00"


async def move(world: World, methodist: Person, *, school: str = "", day: str = "21.01") -> None:
    """As a methodist does: the report, the day, the reason."""
    await world.say(methodist, "/deadlines")
    await world.press(methodist, school or "Перенести: II четверть")
    await world.say(methodist, day)
    await world.press(methodist, "Погода, циклон")


async def live(watch: Watch, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    for moment in every(timedelta(hours=1), local(*first), local(*last)):
        if (moment.hour + 12) % 24 >= 19 or (moment.hour + 12) % 24 <= 6:
            continue  # the nights have their own tests
        watch.world.clock.move_to(moment)
        await watch.tick()


async def test_for_all_on_the_day_before(world: World) -> None:
    watch = await opened(world, "s24", "s31", methodist=True)
    await live(watch, (2027, 1, 12, 8), (2027, 1, 13, 10))
    await move(world, watch.people["methodist"])
    watch.skip()
    await live(watch, (2027, 1, 13, 11), (2027, 2, 5, 18))
    for school in ("s24", "s31"):
        late = "🔔 Срок был чт 21 января, 17:00, отчёт ещё принимаем."
        assert watch.told[school][1][1].splitlines()[0] == MOVED
        assert [(at, line) for at, line in watch.lines(school) if "🔔" in line] == [
            ("12.01 09:00", f"🔔 {DUE}."),
            ("19.01 09:00", f"🔔 {LATER}."),
            ("21.01 09:00", "🔔 Срок сегодня, в 17:00."),
            ("22.01 09:00", late),
            ("26.01 09:00", late),
            ("28.01 09:00", late),
            ("01.02 09:00", late),
        ]


async def test_one_that_waits_is_not_sent_with_the_old_date(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    await watch.at(2026, 12, 23, 9)
    watch.told["s24"].clear()
    world.clock.move_to(local(2027, 1, 14, 9))
    await world.app.schedule.plan()
    await move(world, watch.people["methodist"])
    watch.skip()
    await watch.at(2027, 1, 14, 9, 1)
    assert watch.lines("s24", 0) == [("14.01 09:01", MOVED)]
    assert ("due", "DROPPED") in await reminders(world)


async def test_after_the_deadline_it_opens_again(world: World) -> None:
    """Who was late is in time again, and is not scolded for it."""
    watch = await opened(world, "s24", methodist=True)
    await live(watch, (2027, 1, 14, 8), (2027, 1, 15, 10))
    watch.told["s24"].clear()
    await move(world, watch.people["methodist"])
    watch.skip()
    await live(watch, (2027, 1, 15, 11), (2027, 1, 21, 18))
    assert watch.lines("s24", 0)[0] == ("15.01 11:00", MOVED)
    assert watch.lines("s24")[1:] == [
        ("19.01 09:00", f"🔔 {LATER}."),
        ("21.01 09:00", "🔔 Срок сегодня, в 17:00."),
    ]


async def test_to_a_day_nearer_by(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    await live(watch, (2026, 12, 23, 8), (2026, 12, 28, 10))
    watch.told["s24"].clear()
    await move(world, watch.people["methodist"], day="30.12")
    watch.skip()
    await live(watch, (2026, 12, 28, 11), (2027, 1, 11, 18))
    assert [line for _, line in watch.lines("s24")[1:]] == [
        "🔔 Срок: ср 30 декабря, 17:00.",
        "🔔 Срок сегодня, в 17:00.",
        "🔔 Срок был ср 30 декабря, 17:00, отчёт ещё принимаем.",
    ]
    assert watch.moments("s24")[2:] == ["30.12 09:00", "11.01 09:00"]


async def test_one_school_is_given_more_time(world: World) -> None:
    watch = await opened(world, "s24", "s31", methodist=True)
    await live(watch, (2027, 1, 12, 8), (2027, 1, 13, 10))
    await move(world, watch.people["methodist"], school="№ 31")
    watch.skip()
    await live(watch, (2027, 1, 13, 11), (2027, 1, 22, 12))
    assert [one for one in watch.moments("s24") if one >= "14"] == [
        *("14.01 09:00", "15.01 09:00", "19.01 09:00", "21.01 09:00"),
    ]
    assert watch.moments("s31")[1:] == [
        *("13.01 11:00", "19.01 09:00", "21.01 09:00", "22.01 09:00"),
    ]
    assert watch.told["s31"][2][1].splitlines()[1] == f"🔔 {LATER}."


async def test_a_school_with_more_time_is_reminded_when_the_ladder_of_all_is_over(
    world: World,
) -> None:
    watch = await opened(world, "s24", "s31")
    account = 1
    async with world.app.database.write() as tx:
        later = Move(YEAR, "II", "s31", due=date(2027, 3, 4))
        await deadlines.move(tx, later, "Карантин", account)
    await live(watch, (2027, 2, 26, 8), (2027, 3, 5, 18))
    assert watch.told["s24"] == []
    assert watch.moments("s31")[-3:] == ["02.03 09:00", "04.03 09:00", "05.03 09:00"]


async def test_an_opening_that_was_moved_on(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    async with world.app.database.write() as tx:
        await deadlines.move(tx, Move(YEAR, "II", None, opens=date(2026, 12, 28)), "Циклон", 1)
    await live(watch, (2026, 12, 22, 9), (2026, 12, 29, 12))
    assert watch.moments("s24") == ["28.12 09:00"]
    assert watch.begun("methodist", "Сводка") == ["28.12 09:00", "29.12 09:00"]
