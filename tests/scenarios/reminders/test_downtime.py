"""The bot was down, was killed, lost its network, or its clock was set back."""

import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from demo.telegram.faults import Fault
from tests.clock import local
from tests.scenarios.crash import Crash, MortalWorld
from tests.scenarios.reminders.watch import (
    DUE,
    LATE,
    Watch,
    every,
    opened,
    reminders,
)
from tests.world import World

SAID_BEFORE = f"🔔 {DUE}."
SAID_DUE = "🔔 Срок сегодня, в 17:00."
SAID_LATE = f"🔔 {LATE}."


@pytest.mark.parametrize(
    ("last", "back", "heard"),
    [
        # For an hour, a day, over a weekend, a week.
        (local(2027, 1, 12, 8, 50), local(2027, 1, 12, 9, 50), SAID_BEFORE),
        (local(2027, 1, 12, 8, 50), local(2027, 1, 13, 8, 50), SAID_BEFORE),
        (local(2027, 1, 12, 8, 50), local(2027, 1, 14, 12, 0), SAID_DUE),
        (local(2027, 1, 11, 12, 0), local(2027, 1, 18, 8, 31), SAID_LATE),
        # Over the deadline: nothing of it on that evening, the next morning's message next.
        (local(2027, 1, 14, 8, 50), local(2027, 1, 14, 16, 59), SAID_DUE),
        (local(2027, 1, 14, 8, 50), local(2027, 1, 14, 17, 30), None),
        (local(2027, 1, 14, 8, 50), local(2027, 1, 15, 8, 50), None),
        # Down until after the last one was worth saying.
        (local(2027, 1, 22, 12, 0), local(2027, 1, 27, 9, 0), None),
    ],
)
async def test_down_while_one_was_due(
    world: World, last: datetime, back: datetime, heard: str | None
) -> None:
    watch = await opened(world)
    await watch.at(2026, 12, 23, 9)
    for moment in every(timedelta(hours=3), local(2027, 1, 11, 9), last):
        world.clock.move_to(moment)
        await watch.tick()
    watch.told["s24"].clear()
    await world.close()
    world.clock.move_to(back)
    await world.open()
    await watch.tick()
    await watch.tick()
    assert [line for _, line in watch.lines("s24")] == ([heard] if heard else [])


@pytest.mark.parametrize(
    ("back", "heard"),
    [
        (local(2027, 1, 12, 9, 5), [SAID_BEFORE]),
        (local(2027, 1, 13, 9, 5), [SAID_BEFORE]),
        (local(2027, 1, 14, 9, 5), [SAID_DUE]),  # once, not with what was written on the 12th
        (local(2027, 1, 14, 17, 5), []),
        (local(2027, 1, 15, 9, 5), [SAID_LATE]),
        (local(2027, 1, 19, 9, 5), [SAID_LATE]),
    ],
)
async def test_down_between_writing_and_sending(
    world: World, back: datetime, heard: list[str]
) -> None:
    watch = await opened(world)
    await watch.at(2026, 12, 23, 9)
    watch.told["s24"].clear()
    world.clock.move_to(local(2027, 1, 12, 9))
    await world.app.schedule.plan()
    await world.close()
    world.clock.move_to(back)
    await world.open()
    await watch.tick()
    await watch.tick()
    assert [line for _, line in watch.lines("s24")] == heard
    written = await reminders(world)
    assert "WAITING" not in [state for _, state in written]


@pytest.mark.parametrize(("at", "hours"), [(9, 2), (12, 24), (17, 72)])
async def test_a_clock_that_was_set_back(world: World, at: int, hours: int) -> None:
    """Nothing twice, and what was to come comes."""
    watch = await opened(world)
    for moment in every(timedelta(hours=1), local(2027, 1, 11, 9), local(2027, 1, 14, at)):
        world.clock.move_to(moment)
        await watch.tick()
    for moment in every(
        timedelta(hours=1),
        local(2027, 1, 14, at) - timedelta(hours=hours),
        local(2027, 1, 15, 12),
    ):
        world.clock.move_to(moment)
        await watch.tick()
    lines = [line for _, line in watch.lines("s24")]
    assert lines[-3:] == [SAID_BEFORE, SAID_DUE, SAID_LATE]
    assert Counter(lines).most_common(1)[0][1] == 1


async def test_a_clock_set_back_between_writing_and_sending(world: World) -> None:
    watch = await opened(world)
    await watch.at(2027, 1, 12, 9)
    watch.told["s24"].clear()
    world.clock.move_to(local(2027, 1, 14, 9))
    await world.app.schedule.plan()
    for moment in every(timedelta(hours=1), local(2027, 1, 13, 9), local(2027, 1, 14, 18)):
        world.clock.move_to(moment)
        await watch.tick()
    assert watch.lines("s24") == [("14.01 09:00", SAID_DUE)]


# --- Telegram says wait, or nothing at all ------------------------------------------------------

MANY = ("s24", "s27", "s28", "s31", "s33", "s35", "s36", "s39", "s40", "s41", "s42", "s45")


@pytest.mark.parametrize(
    "faults",
    [
        [Fault("sendMessage", retry_after=3, times=4)],
        [Fault("sendMessage", drop_connection=True, times=6)],
        [Fault("sendMessage", drop_connection=True, after_effect=True, times=6)],
        [Fault("*", code=502, times=8)],
        [
            Fault("sendMessage", retry_after=1, times=2),
            Fault("sendMessage", drop_connection=True, after_effect=True, times=3),
            Fault("edit*", drop_connection=True, times=2),
        ],
    ],
    ids=["429", "lost before", "lost after", "502", "all of it"],
)
async def test_trouble_while_they_go_out(world: World, faults: list[Fault]) -> None:
    watch = await opened(world, *MANY)
    world.clock.move_to(local(2027, 1, 12, 9))
    for fault in faults:
        world.telegram.faults.add(fault)
    for _ in range(12):
        await watch.tick()
        world.clock.shift(timedelta(minutes=2))
    assert all(fault.spent for fault in faults)
    assert {name: [line for _, line in watch.lines(name)] for name in MANY} == {
        name: [SAID_BEFORE] for name in MANY
    }
    assert await reminders(world) == [("before", "SENT")] * len(MANY)


async def test_no_network_until_the_evening(world: World) -> None:
    """What did not get through by six is not sent at night; in the morning what is right then."""
    watch = await opened(world)
    await watch.at(2026, 12, 23, 9)
    watch.told["s24"].clear()
    lost = world.telegram.faults.add(Fault("sendMessage", drop_connection=True, times=None))
    for moment in every(timedelta(minutes=20), local(2027, 1, 14, 9), local(2027, 1, 14, 17, 40)):
        world.clock.move_to(moment)
        await watch.tick()
    world.telegram.faults.remove(lost)
    for moment in every(timedelta(hours=1), local(2027, 1, 14, 18), local(2027, 1, 15, 12)):
        world.clock.move_to(moment)
        await watch.tick()
    assert watch.lines("s24") == [("15.01 09:00", SAID_LATE)]


# --- killed -------------------------------------------------------------------------------------


async def test_killed_at_every_step_of_a_morning(tmp_path: Path) -> None:
    """Between planning and sending, between sending and marking: each once, none lost."""
    world = MortalWorld(tmp_path)
    before = tmp_path / "before"
    async with world:
        watch = await opened(world, "s24", methodist=True)
        await world.close()
        kept = world.telegram.snapshot()
        _copy(tmp_path, before)
        step, killed = 0, True
        while killed:
            step += 1
            world.telegram.restore(kept)
            _copy(before, tmp_path)
            killed = await _morning(world, Watch(world, watch.people), step)
    assert step > 30


def _copy(source: Path, target: Path) -> None:
    """The database as it stands, in place of what is there."""
    target.mkdir(exist_ok=True)
    for one in target.glob("bot.sqlite*"):
        one.unlink()
    for one in source.glob("bot.sqlite*"):
        shutil.copy(one, target)


async def _morning(world: MortalWorld, watch: Watch, step: int) -> bool:
    """9 o'clock of 12 January, killed at a step; whether there was such a step."""
    world.clock.move_to(local(2027, 1, 12, 9))
    await world.open()
    world.steps.start(step)
    killed = False
    try:
        await world.tick()
    except Crash:
        killed = True
    await world.die()
    world.steps.start(None)
    await world.open()
    for minutes in (0, 2):
        world.clock.move_to(local(2027, 1, 12, 9, minutes))
        await world.tick()
    watch.listen()
    await world.close()
    assert [line for _, line in watch.lines("s24")] == [SAID_BEFORE], f"step {step}"
    assert len(watch.begun("methodist", "Сводка")) == 1, f"step {step}"
    return killed
