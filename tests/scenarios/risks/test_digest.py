"""A light that has turned: one line in the morning's digest, once."""

from decimal import Decimal

from passport.values import Slot
from storage import risk_lights, risk_thresholds
from tests.clock import local
from tests.scenarios.reminders.watch import Watch
from tests.scenarios.risks.city import accepted, number, sign, two_schools, writing
from tests.world import World

RISK_1 = "Риск 1 «Недостаточное количество обучающихся»"


async def _watched(world: World) -> Watch:
    """A Tuesday of November: nothing is collected, no digest goes out by itself until Monday."""
    world.clock.move_to(local(2026, 11, 17, 8))
    await two_schools(world)
    watch = Watch(world, {"methodist": await world.staff("methodist")})
    await watch.at(2026, 11, 17, 9)
    return watch


def _lines(watch: Watch) -> list[str]:
    """What digests have said of risks, each with its moment."""
    return [
        f"{at} {line}"
        for at, text in watch.told["methodist"]
        if text.startswith("Сводка")
        for line in text.splitlines()
        if "Риск " in line
    ]


async def _fewer_pupils(world: World) -> None:
    for school, base, now in (("s24", 300, 280), ("s39", 200, 200)):
        await accepted(world, (school, "base"), {Slot("r1", 1): number(base)})
        await accepted(world, (school, "I"), {Slot("r1", 1): number(now)})


async def test_a_light_that_comes_on_is_told_once(world: World) -> None:
    watch = await _watched(world)
    assert _lines(watch) == []  # seen for the first time: no change
    await _fewer_pupils(world)
    await watch.at(2026, 11, 17, 15)
    assert _lines(watch) == []
    await watch.at(2026, 11, 18, 8, 59)
    assert _lines(watch) == []
    await watch.at(2026, 11, 18, 9)
    # Risk 6 has come on: the outflow makes a digest, what is clear by now rides along.
    assert [line for line in _lines(watch) if RISK_1 in line] == [
        f"18.11 09:00 🟢 {RISK_1}: данных не было, стал зелёный – /risks"
    ]
    # 4 % is clear by the usual threshold; staff want to hear of 2 %.
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    await watch.at(2026, 11, 19, 9)
    told = f"19.11 09:00 🟡 {RISK_1}: был зелёный, стал жёлтый – /risks"
    assert [line for line in _lines(watch) if RISK_1 in line][-1] == told
    before = _lines(watch)
    await world.restart()
    for moment in ((2026, 11, 19, 10), (2026, 11, 19, 17), (2026, 11, 20, 9), (2026, 11, 23, 9)):
        await watch.at(*moment)
    assert _lines(watch) == before


async def test_what_gets_better_waits_for_the_next_digest(world: World) -> None:
    watch = await _watched(world)
    await _fewer_pupils(world)
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    await watch.at(2026, 11, 18, 9)
    assert [line for line in _lines(watch) if RISK_1 in line] == [
        f"18.11 09:00 🟡 {RISK_1}: данных не было, стал жёлтый – /risks"
    ]
    async with writing(world) as tx:
        await risk_thresholds.reset(tx, "pupils_drop", "amber")
    await watch.at(2026, 11, 19, 9)
    assert watch.begun("methodist", "Сводка")[-1] == "18.11 09:00"
    await sign(world, "1", "s24")  # one contract of the 28 that are wanted
    await watch.at(2026, 11, 20, 9)
    assert [line.partition(":")[2] for line in _lines(watch) if line.startswith("20.11")] == [
        f"00 🟢 {RISK_1}: был жёлтый, стал зелёный – /risks",
        "00 🔴 Риск 2 «Ограниченное количество сетевых/индустриальных партнеров»: данных не было, "
        "стал красный – /risks",
        "00 🔴 Риск 4 «Недостаточная заинтересованность представителей реального сектора "
        "экономики и других участников Проекта»: данных не было, стал красный – /risks",
    ]


async def test_there_and_back_is_no_change(world: World) -> None:
    watch = await _watched(world)
    await _fewer_pupils(world)
    await watch.at(2026, 11, 18, 9)
    seen = len(_lines(watch))
    async with writing(world, local(2026, 11, 18, 9, 30)) as tx:
        states = await risk_lights.standing(tx)
        assert states["1"] == "clear"
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    world.clock.move_to(local(2026, 11, 19, 9))
    await world.app.schedule.plan()  # noted, and written for the digest that is not sent yet
    async with writing(world) as tx:
        await risk_thresholds.reset(tx, "pupils_drop", "amber")
    await world.restart()
    await watch.tick()
    assert len(_lines(watch)) == seen
    assert watch.begun("methodist", "Сводка")[-1] == "18.11 09:00"


async def test_a_light_of_a_lost_morning_is_told_the_next(world: World) -> None:
    """Written at 09:00 and never sent: the bot was killed, and down until the day after."""
    watch = await _watched(world)
    await _fewer_pupils(world)
    await watch.at(2026, 11, 18, 9)
    seen = len(_lines(watch))
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    world.clock.move_to(local(2026, 11, 19, 9))
    await world.app.schedule.plan()
    await world.restart()
    told = f"🟡 {RISK_1}: был зелёный, стал жёлтый – /risks"
    await watch.at(2026, 11, 20, 3)
    await watch.at(2026, 11, 20, 9)
    await world.restart()
    await watch.at(2026, 11, 20, 9, 1)
    await watch.at(2026, 11, 24, 9)
    assert _lines(watch)[seen:] == [f"20.11 09:00 {told}"]


async def test_a_light_that_turns_behind_the_digest_is_told_the_next_morning(
    world: World,
) -> None:
    watch = await _watched(world)
    await _fewer_pupils(world)
    await watch.at(2026, 11, 18, 9)
    seen = len(_lines(watch))
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    await world.restart()  # lights are looked at anew, the digest has gone out already
    await watch.at(2026, 11, 18, 9, 30)
    assert len(_lines(watch)) == seen
    await watch.at(2026, 11, 19, 9)
    await watch.at(2026, 11, 20, 9)
    told = f"19.11 09:00 🟡 {RISK_1}: был зелёный, стал жёлтый – /risks"
    assert _lines(watch)[seen:] == [told]


async def test_an_afternoon_is_no_morning(world: World) -> None:
    """A bot that was down in the morning looks at the lights the next day."""
    watch = await _watched(world)
    await world.close()
    await world.open()
    await _fewer_pupils(world)
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    await watch.at(2026, 11, 18, 13)
    await watch.at(2026, 11, 21, 10)  # a Saturday
    assert _lines(watch) == []
    await watch.at(2026, 11, 23, 9)
    assert _lines(watch)[0].startswith("23.11 09:00")


async def test_after_the_project_no_light_wakes_anybody(world: World) -> None:
    """What it is judged by goes on changing; that is no news any more."""
    watch = await _watched(world)
    await _fewer_pupils(world)
    await watch.at(2027, 9, 1, 9)
    assert f"{RISK_1}: данных не было, стал зелёный" in _lines(watch)[0]
    seen = len(_lines(watch))
    async with writing(world) as tx:
        await risk_thresholds.put(tx, "pupils_drop", "amber", Decimal(2), None)
    for day in ((2027, 9, 2), (2027, 12, 1), (2028, 2, 29)):
        await watch.at(*day, 9)
    assert len(_lines(watch)) == seen
