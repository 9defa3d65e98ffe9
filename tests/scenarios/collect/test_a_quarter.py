"""A whole quarter lived through by moving the clock: each message once, in the right chat and hour.

Three schools and a methodist, from the day before the report opens until a fortnight after it is
due. The bot is restarted between all ticks, and each tick is made twice.
"""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from html import unescape

from demo.telegram import Person
from storage import schools as school_rows
from tests.clock import KAMCHATKA, local
from tests.scenarios.steps import fill
from tests.world import YEAR, World, shown

START = local(2026, 12, 22, 8, 0)
END = local(2027, 1, 29, 20, 0)
STEP = timedelta(hours=1, minutes=30)
Act = Callable[[], Coroutine[None, None, None]]

# What comes by itself: local day and hour → the beginning of its second line.
SILENT = [
    ("23.12 09:30", "🔔 Отчёт открыт, его можно заполнять. Срок: чт 14 января, 17:00."),
    ("12.01 09:30", "🔔 Срок: чт 14 января, 17:00."),
    ("14.01 09:30", "🔔 Срок сегодня, в 17:00."),
    ("15.01 09:30", "🔔 Срок был чт 14 января, 17:00, отчёт ещё принимаем."),
    ("19.01 09:30", "🔔 Срок был чт 14 января, 17:00, отчёт ещё принимаем."),
    ("21.01 09:30", "🔔 Срок был чт 14 января, 17:00, отчёт ещё принимаем."),
    ("25.01 09:30", "🔔 Срок был чт 14 января, 17:00, отчёт ещё принимаем."),
]
DIGESTS = [
    *("23.12", "24.12", "25.12", "28.12", "29.12", "30.12", "11.01", "12.01", "13.01", "14.01"),
    *("15.01", "18.01", "19.01", "20.01", "21.01", "22.01", "25.01"),
]


class Quarter:
    """The world with its four people, and what they were told of the bot's own accord."""

    def __init__(self, world: World, people: dict[str, Person]) -> None:
        self.world = world
        self.people = people
        self.told: dict[str, list[tuple[str, str]]] = {name: [] for name in people}
        self.read = {name: self._newest(person) for name, person in people.items()}

    async def live(self, acts: dict[datetime, Act]) -> None:
        """Goes from START to END in steps; what people do comes at its moment."""
        moments = sorted({*self._steps(), *acts})
        for moment in moments:
            self.world.clock.move_to(moment)
            await self.world.restart()
            await self.world.tick()
            await self.world.tick()
            self._listen()
            if moment in acts:
                await acts[moment]()
                self._skip()

    def _steps(self) -> list[datetime]:
        count = (END - START) // STEP
        return [START + STEP * number for number in range(count)]

    def _listen(self) -> None:
        at = self.world.clock.now().astimezone(KAMCHATKA)
        for name, person in self.people.items():
            fresh = [one for one in person.chat.from_bot if one.message_id > self.read[name]]
            for message in fresh:
                self.told[name].append((f"{at:%d.%m %H:%M}", unescape(message.text)))
        self._skip()

    def _skip(self) -> None:
        """What was said as an answer is not what came by itself."""
        self.read = {name: self._newest(person) for name, person in self.people.items()}

    @staticmethod
    def _newest(person: Person) -> int:
        return max((message.message_id for message in person.chat.history), default=0)


async def opened(world: World) -> Quarter:
    world.clock.move_to(START)
    schools = ("s24", "s33", "s31")
    for school in schools:
        await world.give_classes(school, "Химия")
    people = {"methodist": await world.staff("methodist")}
    for school in schools:
        people[school] = await world.coordinator(school)
    async with world.app.database.write() as tx:
        for one in await school_rows.every(tx):
            takes_part = one.slug in schools
            await school_rows.set_participation(tx, one.slug, YEAR, takes_part=takes_part, by=None)
    return Quarter(world, people)


async def test_a_whole_quarter(world: World) -> None:
    quarter = await opened(world)
    methodist, diligent, late = (quarter.people[name] for name in ("methodist", "s24", "s31"))

    async def send_report() -> None:
        await fill(world, diligent)
        await world.press(diligent, "тправить")

    async def give_back() -> None:
        await world.press(methodist, "Открыть")
        await world.press(methodist, "Вернуть")
        await world.press(methodist, "☐ Учеников")
        await world.say(methodist, "Сверьте число учеников с приказом")
        await world.press(methodist, "Вернуть школе")

    async def mend() -> None:
        await world.press(diligent, "Исправить")
        await world.say(diligent, "22")
        await world.press(diligent, "тправить")

    async def accept() -> None:
        await world.say(methodist, "24")
        await world.press(methodist, "Отчёт: II четверть")
        assert "Учеников, 10 «А»: 24 чел. → 22 чел." in unescape(shown(methodist))
        await world.press(methodist, "Принять")

    async def send_late() -> None:
        await fill(world, late)
        await world.press(late, "тправить")
        assert any("отмечено опоздание" in one.text for one in late.chat.from_bot)

    await quarter.live(
        {
            local(2026, 12, 28, 10, 15): send_report,
            local(2026, 12, 28, 11, 40): give_back,
            local(2026, 12, 29, 19, 10): mend,  # after hours: the methodist hears in the morning
            local(2026, 12, 30, 9, 45): accept,
            local(2027, 1, 18, 12, 0): send_late,
        }
    )
    told = quarter.told
    # Who never began: the ladder and nothing else, in working hours.
    assert [(at, text.splitlines()[1]) for at, text in told["s33"]] == SILENT
    assert all("Ещё не начат" in text for _, text in told["s33"])
    # Who sent early: the opening; then only answers of staff.
    assert [(at, text.splitlines()[0][:20]) for at, text in told["s24"]] == [
        ("23.12 09:30", "Отчёт: II четверть, "),
        ("28.12 12:30", "↩️ Отчёт вернули на "),
        ("30.12 11:00", "✅ Отчёт принят ср 30"),
    ]
    assert "Учеников, 10 «А»: 24 чел." in told["s24"][1][1]
    # Who was late: reminded until it was sent, never after.
    assert [(at, text.splitlines()[1]) for at, text in told["s31"]] == SILENT[:4]
    # Staff: a digest each working morning while the ladder stands, and what schools send.
    digests = {at: text for at, text in told["methodist"] if text.startswith("Сводка")}
    assert list(digests) == [f"{day} 09:30" for day in DIGESTS]
    assert "Сдали 0 из 3, ждём: № 24, 31, 33" in digests["23.12 09:30"]
    assert "Сдали 1 из 3, ждём: № 31, 33" in digests["11.01 09:30"]
    assert "Сдали 2 из 3, ждём: № 33" in digests["19.01 09:30"]
    # On the morning of 30 December the corrected report comes together with the digest.
    others = [(at, text.splitlines()[0]) for at, text in told["methodist"]]
    assert [one for one in others if not one[1].startswith("Сводка")] == [
        ("22.12 09:30", "📅 Проверьте сроки отчётов на 2026/27 учебный год"),
        ("28.12 11:00", "📨 Школа № 24: отчёт отправлен (в срок)"),
        ("30.12 09:30", "📨 Школа № 24: отчёт отправлен снова (в срок)"),
        ("18.01 12:30", "📨 Школа № 31: отчёт отправлен (позже срока)"),
    ]
