"""Who cannot be written to, who left, schools that nobody answers for."""

from datetime import timedelta

import pytest

from demo.telegram.faults import Fault
from tests.clock import local
from tests.scenarios.reminders.watch import Watch, every, opened, reminders
from tests.scenarios.steps import sql
from tests.world import World, shown

NO_WAY = "⚠️ Не могу написать: координатор, Школа № 24, замдиректора."
NOBODY = "⚠️ Некому напомнить (нет координатора на связи): № 24"


async def live(watch: Watch, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    for moment in every(timedelta(hours=1), local(*first), local(*last)):
        if (moment.hour + 12) % 24 >= 19 or (moment.hour + 12) % 24 <= 6:
            continue  # the nights have their own tests
        watch.world.clock.move_to(moment)
        await watch.tick()


@pytest.mark.parametrize("how", ["blocks", "is found to have blocked", "deletes the account"])
async def test_staff_are_told_once_and_nothing_is_sent(world: World, how: str) -> None:
    watch = await opened(world, "s24", "s31", methodist=True)
    await live(watch, (2026, 12, 23, 9), (2026, 12, 23, 12))
    person = watch.people["s24"]
    if how == "deletes the account":
        person.deactivate()
    elif how == "blocks":
        person.block()
    else:  # the news of it was lost
        fault = Fault("sendMessage", {"chat_id": person.id}, code=403, times=None)
        fault.description = "Forbidden: bot was blocked by the user"
        world.telegram.faults.add(fault)
    before = len(world.telegram.calls_of("sendMessage"))
    await live(watch, (2026, 12, 24, 8), (2027, 1, 15, 12))
    attempts = [
        call
        for call in world.telegram.calls_of("sendMessage")[before:]
        if call.params["chat_id"] in (person.id, str(person.id))
    ]
    assert len(attempts) == (0 if how == "blocks" else 1)
    noticed = "24.12 09:00" if how == "blocks" else "12.01 09:00"
    assert watch.begun("methodist", NO_WAY) == [noticed]
    digests = {at[:5]: text for at, text in watch.told["methodist"] if "Сводка" in text}
    assert "Некому напомнить" not in digests["23.12"]
    assert NOBODY in digests["13.01"]
    assert NOBODY in digests["15.01"]
    if how == "blocks":
        assert "не дошло" not in digests["13.01"]
    else:
        assert "⚠️ За сутки не дошло 1 сообщение. Почему – /reports, «Журнал»" in digests["13.01"]
    assert watch.moments("s31")[-3:] == ["12.01 09:00", "14.01 09:00", "15.01 09:00"]


async def test_unblocked_again_the_next_one_comes_and_staff_hear_of_a_second_time(
    world: World,
) -> None:
    watch = await opened(world, "s24", methodist=True)
    person = watch.people["s24"]
    world.clock.move_to(local(2026, 12, 24, 10))
    person.block()
    await watch.tick()
    person.unblock()
    await live(watch, (2026, 12, 24, 11), (2027, 1, 12, 12))
    assert watch.moments("s24")[-1] == "12.01 09:00"
    person.block()
    await live(watch, (2027, 1, 12, 13), (2027, 1, 13, 12))
    assert watch.begun("methodist", NO_WAY) == ["24.12 10:00", "12.01 14:00"]


async def test_blocked_and_back_in_one_night_is_no_news(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    world.clock.move_to(local(2026, 12, 24, 20))
    watch.people["s24"].block()
    await watch.tick()
    world.clock.move_to(local(2026, 12, 24, 22))
    watch.people["s24"].unblock()
    await live(watch, (2026, 12, 24, 23), (2026, 12, 25, 12))
    assert watch.begun("methodist", NO_WAY) == []


async def test_of_a_colleague_who_was_replaced_nobody_is_told(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    await sql(world, "UPDATE people SET suspended_at = joined_at WHERE school = 's24'")
    world.clock.move_to(local(2026, 12, 24, 10))
    watch.people["s24"].block()
    await live(watch, (2026, 12, 24, 11), (2026, 12, 25, 12))
    assert watch.begun("methodist", "⚠️") == []


async def test_blocked_between_writing_and_sending(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    world.clock.move_to(local(2027, 1, 12, 9))
    await world.app.schedule.plan()
    watch.people["s24"].block()
    await world.pump()
    await watch.tick()
    assert watch.told["s24"] == []
    assert await reminders(world) == [("before", "DROPPED")]


async def test_a_colleague_still_hears(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    other = Watch(world, {"other": await world.coordinator("s24")})
    watch.people["s24"].block()
    await other.at(2027, 1, 12, 9)
    assert other.moments("other") == ["12.01 09:00"]
    watch.listen()
    assert "Некому напомнить" not in watch.told["methodist"][-1][1]


async def test_a_school_without_a_coordinator_is_named_every_morning(world: World) -> None:
    watch = await opened(world, "s24", methodist=True)
    watch.people["s24"].send("/stop")
    await world.pump()
    await world.press(watch.people["s24"], "Удалить")
    watch.skip()
    await live(watch, (2027, 1, 11, 8), (2027, 1, 15, 12))
    texts = [text for _, text in watch.told["methodist"] if text.startswith("Сводка")]
    assert len(texts) == 5
    assert all(NOBODY in text for text in texts)
    assert watch.told["s24"] == []
    assert await reminders(world) == []


async def test_a_school_that_leaves_the_project_is_left_alone(world: World) -> None:
    watch = await opened(world, "s24", "s31", methodist=True)
    methodist = watch.people["methodist"]
    await watch.at(2026, 12, 23, 9)
    world.clock.move_to(local(2027, 1, 11, 19))
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем, кто не сдал")  # waits for the morning
    await world.say(methodist, "24")
    await world.press(methodist, "Больше не участвует")
    await world.press(methodist, "Не участвует с начала года")
    assert "не участвует с 2026/27 уч. года" in shown(methodist)
    watch.skip()
    await watch.at(2027, 1, 12, 8, 30)
    await live(watch, (2027, 1, 12, 9), (2027, 1, 26, 12))
    assert watch.moments("s24") == ["23.12 09:00"]
    assert watch.moments("s31")[1] == "12.01 08:30"
    digest = next(text for at, text in watch.told["methodist"] if at == "12.01 09:00")
    assert "Сдали 0 из 1, ждём: № 31" in digest


async def test_a_suspended_account_hears_nothing(world: World) -> None:
    watch = await opened(world, "s24")
    await sql(world, "UPDATE people SET suspended_at = joined_at WHERE school = 's24'")
    await live(watch, (2026, 12, 23, 8), (2027, 1, 15, 12))
    assert watch.told["s24"] == []
