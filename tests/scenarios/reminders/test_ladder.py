"""A whole quarter, hour by hour: who is told what, at which local moment, and who is not."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import pytest

from storage import invites
from tests.clock import KAMCHATKA, local
from tests.scenarios.collect.steps import give_back, open_report, sent
from tests.scenarios.reminders.watch import DUE, LATE, Watch, every, opened
from tests.scenarios.steps import fill, to_mark
from tests.world import World, shown

NEVER = ("s31", "s46")  # whose coordinators never look into the bot
LADDER = [
    ("23.12 09:00", f"🔔 Отчёт открыт, его можно заполнять. {DUE}."),
    ("12.01 09:00", f"🔔 {DUE}."),
    ("14.01 09:00", "🔔 Срок сегодня, в 17:00."),
    ("15.01 09:00", f"🔔 {LATE}."),
    ("19.01 09:00", f"🔔 {LATE}."),
    ("21.01 09:00", f"🔔 {LATE}."),
    ("25.01 09:00", f"🔔 {LATE}."),
]
DIGESTS = [
    *("23.12", "24.12", "25.12", "28.12", "29.12", "30.12", "11.01", "12.01", "13.01", "14.01"),
    *("15.01", "18.01", "19.01", "20.01", "21.01", "22.01", "25.01"),
    "01.02",  # weekly from then on
]
ACCEPTED = "✅ Отчёт принят вт 19 января, 19:40. Спасибо!"
Act = Callable[[], Awaitable[None]]


class Quarter:
    """Six schools: two never begin, one each is early, drafts, is returned to, is late."""

    def __init__(self, world: World, watch: Watch, *, twice: bool) -> None:
        self.world, self.watch, self.twice = world, watch, twice

    async def live(self, step: timedelta, acts: Mapping[datetime, Act]) -> None:
        first, last = local(2026, 12, 22, 9), local(2027, 2, 2, 19)
        for moment in sorted({*every(step, first, last), *acts}):
            if self.twice and moment.astimezone(KAMCHATKA).hour == 3:
                continue  # the other life looks in at every hour of the night
            self.world.clock.move_to(moment)
            for _ in range(2 if self.twice else 1):
                if self.twice:
                    await self.world.restart()
                await self.watch.tick()
            if moment in acts:
                await acts[moment]()
                self.watch.skip()


@pytest.mark.parametrize("twice", [False, True], ids=["hourly", "restarted, every tick twice"])
async def test_a_whole_quarter(world: World, twice: bool) -> None:
    schools = ("s24", "s33", "s35", "s36", *NEVER)
    watch = await opened(world, *schools, methodist=True)
    methodist, early, drafts, careless, late = (
        watch.people[name] for name in ("methodist", "s24", "s33", "s35", "s36")
    )

    async def early_sends() -> None:
        await sent(world, early)

    async def drafts_begin() -> None:
        await to_mark(world, drafts)

    async def careless_sends() -> None:
        await sent(world, careless)

    async def returned() -> None:
        await give_back(world, methodist, "Учеников", number=35)

    async def mended() -> None:
        await world.press(careless, "Исправить")
        await world.say(careless, "22")
        await world.press(careless, "тправить")

    async def accepted() -> None:
        await open_report(world, methodist, 35)
        await world.press(methodist, "Принять")

    async def late_sends() -> None:
        await sent(world, late)

    acts = {
        local(2026, 12, 23, 10, 20): early_sends,
        local(2026, 12, 24, 10, 20): drafts_begin,
        local(2027, 1, 11, 10, 20): careless_sends,
        local(2027, 1, 13, 11, 20): returned,  # its own reminder is due on the 15th
        local(2027, 1, 18, 19, 20): mended,  # in the evening: the methodist hears in the morning
        local(2027, 1, 19, 19, 40): accepted,  # the same the other way round
        local(2027, 1, 20, 12, 20): late_sends,
    }

    def hour(hourly: int) -> str:
        """What comes at the next full hour comes at the next of the larger steps."""
        return f"{15 if twice else hourly}:00"

    step = timedelta(hours=6) if twice else timedelta(hours=1)
    await Quarter(world, watch, twice=twice).live(step, acts)

    for school in NEVER:
        assert watch.lines(school) == LADDER
        assert all("Ещё не начат" in text for _, text in watch.told[school])
    assert watch.lines("s24") == LADDER[:1]
    assert watch.lines("s33") == LADDER
    draft = watch.told["s33"][1][1].splitlines()[2:]
    assert draft[0] == "Осталось 15 ответов:"
    assert [line[:4] for line in draft[1:]] == [f"• {section}." for section in range(2, 9)]
    assert watch.lines("s35", 0) == [
        ("23.12 09:00", "Отчёт: II четверть, 2026/27 уч. год"),
        (f"13.01 {hour(12)}", "↩️ Отчёт вернули на исправление: II четверть, 2026/27 уч. год"),
        ("14.01 09:00", "Отчёт: II четверть, 2026/27 уч. год"),
        ("15.01 09:00", "Отчёт: II четверть, 2026/27 уч. год"),
        ("20.01 09:00", ACCEPTED),
    ]
    assert "Осталось проверить 1 ответ." in watch.told["s35"][3][1]
    assert watch.lines("s36") == LADDER[:5]
    told = watch.told["methodist"]
    digests = {at[:5]: text for at, text in told if text.startswith("Сводка")}
    assert list(digests) == DIGESTS
    assert watch.begun("methodist", "Сводка") == [f"{day} 09:00" for day in DIGESTS]
    assert "Сдали 0 из 6, ждём: № 24, 31, 33, 35, 36, 46" in digests["23.12"]
    assert "Сдали 2 из 6, ждём: № 31, 33, 36, 46\nНа проверке 2" in digests["12.01"]
    assert "Сдали 1 из 6, ждём: № 31, 33, 35, 36, 46" in digests["14.01"]
    assert "Сдали 3 из 6, ждём: № 31, 33, 46\nНа проверке 2" in digests["01.02"]
    assert [one for one in watch.lines("methodist", 0) if "Сводка" not in one[1]] == [
        (f"23.12 {hour(11)}", "📨 Школа № 24: отчёт отправлен (в срок)"),
        (f"11.01 {hour(11)}", "📨 Школа № 35: отчёт отправлен (в срок)"),
        ("19.01 09:00", "📨 Школа № 35: отчёт отправлен снова (в срок)"),
        (f"20.01 {hour(13)}", "📨 Школа № 36: отчёт отправлен (позже срока)"),
    ]


async def test_the_button_of_a_draft_opens_its_first_gap(world: World) -> None:
    watch = await opened(world)
    person = watch.people["s24"]
    world.clock.move_to(local(2026, 12, 24, 10))
    await to_mark(world, person)
    await world.press(person, "Позже")  # the first gap is left behind
    assert "средний балл" not in shown(person)
    await watch.at(2027, 1, 12, 9)
    await world.press(person, "Продолжить")
    assert "средний балл" in shown(person)
    await world.say(person, "4,35")
    assert len(await world.answers()) == 2


async def test_a_report_that_lacks_nothing_but_to_be_sent(world: World) -> None:
    watch = await opened(world)
    person = watch.people["s24"]
    world.clock.move_to(local(2026, 12, 24, 10))
    await fill(world, person)
    watch.skip()
    await watch.at(2027, 1, 12, 9)
    assert watch.told["s24"][0][1].splitlines()[2] == (
        "Все ответы есть, осталось проверить и отправить."
    )
    await world.press(person, "Проверить и отправить")
    await world.press(person, "тправить")
    watch.skip()
    await watch.at(2027, 1, 14, 9)
    assert watch.moments("s24") == ["12.01 09:00"]


async def test_two_coordinators_are_reminded_and_one_sending_is_enough(world: World) -> None:
    watch = await opened(world)
    colleague = await world.coordinator("s24")
    both = Watch(world, {"one": watch.people["s24"], "two": colleague})
    await both.at(2026, 12, 23, 9)
    await world.at(2026, 12, 23, 10)
    await sent(world, colleague)
    both.skip()
    await both.at(2027, 1, 12, 9)
    assert both.begun("one", "Отчёт") == both.begun("two", "Отчёт") == ["23.12 09:00"]


async def test_a_coordinator_who_comes_late_hears_what_is_right_now_once(world: World) -> None:
    await opened(world)
    await world.at(2027, 1, 12, 9)
    world.clock.move_to(local(2027, 1, 13, 19, 30))
    watch = Watch(world, {"new": await world.coordinator("s24")})
    for moment in every(timedelta(hours=1), local(2027, 1, 13, 20), local(2027, 1, 15, 12)):
        world.clock.move_to(moment)
        await watch.tick()
    assert watch.lines("new") == [
        ("14.01 09:00", "🔔 Срок сегодня, в 17:00."),
        ("15.01 09:00", f"🔔 {LATE}."),
    ]


async def test_who_changes_schools_is_reminded_of_the_new_one_on_another_day(
    world: World,
) -> None:
    watch = await opened(world, "s24", "s31")
    person = watch.people["s24"]
    await watch.at(2027, 1, 12, 9)
    async with world.app.database.write() as tx:
        token = await invites.create(tx, "coordinator", "s31", "замдиректора")
    person.start(token)
    await world.pump()
    await world.press(person, "Перейти")
    watch.skip()
    await watch.at(2027, 1, 12, 12)
    assert watch.moments("s24") == ["12.01 09:00"]
    await watch.at(2027, 1, 13, 9)
    assert watch.moments("s24") == ["12.01 09:00", "13.01 09:00"]
