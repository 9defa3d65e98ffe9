"""Whatever happens in a summer: at most one message a day, and no lasting seat is kept back."""

import asyncio
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Literal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from demo.telegram.faults import Fault
from reminders.hours import may_speak
from tests.clock import KAMCHATKA, local
from tests.scenarios.bulletins.steps import ALL, MEDICAL, SCHOOL_33, Summer
from tests.world import World

Act = tuple[Literal["free", "full", "tick", "night", "down", "unsent", "silent"], int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["free", "full", "tick", "night", "down", "unsent", "silent"]),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=25,
)


class Story:
    """Three classes whose seats come and go, under a clock that only goes on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.summer = Summer(world)
        self.classes: list[int] = []
        self.free_since: dict[int, datetime] = {}

    async def begin(self) -> None:
        await self.summer.begin()
        third = await self.summer.open_class("s33", "морская", "Б")
        self.classes = [self.summer.medical, self.summer.engineering, third]
        for one in self.classes:
            await self.summer.seats(one, 20, 20)
        await self.world.at(2027, 6, 15, 9, 0)

    async def play(self, act: Act) -> None:
        name, number = act
        world, clock = self.world, self.world.clock
        clock.shift(timedelta(minutes=17))
        match name:
            case "free":
                one = self.classes[number]
                if one not in self.free_since:
                    self.free_since[one] = clock.now()
                await self.summer.seats(one, 20, 19 - number)
            case "full":
                self.free_since.pop(self.classes[number], None)
                await self.summer.seats(self.classes[number], 20, 20)
            case "tick":
                clock.shift(timedelta(hours=2 * number))
                await world.tick()
            case "night":
                clock.shift(timedelta(hours=15))
                await world.tick()
            case "down":
                await world.close()
                clock.shift(timedelta(days=1 + number))
                await world.open()
                await world.tick()
            case "unsent":
                await world.app.schedule.plan()
            case "silent":  # Telegram is away: what was begun has an unknown end
                world.telegram.faults.add(
                    Fault("sendMessage", drop_connection=True, after_effect=bool(number))
                )
                await world.tick()

    async def end(self) -> None:
        """Three working mornings in which nothing more happens."""
        for _ in range(6):
            clock, calendar = self.world.clock, self.world.app.passport.calendar
            day = calendar.add_working_days(calendar.today(clock.now()), 1)
            clock.move_to(local(day.year, day.month, day.day, 10, 0))
            await self.world.tick()


async def played(folder: str, acts: list[Act]) -> None:
    async with World(Path(folder)) as world:
        story = Story(world)
        await story.begin()
        parents = {
            await story.summer.parent(ALL): story.classes,
            await story.summer.parent(MEDICAL): story.classes[:1],
            await story.summer.parent(SCHOOL_33, ALL): story.classes,
        }
        for act in acts:
            await story.play(act)
        await story.end()
        for parent, wanted in parents.items():
            came = [
                (one.date, unescape(one.text))
                for one in parent.chat.from_bot
                if one.text.startswith("🔔")
            ]
            days = Counter(at.astimezone(KAMCHATKA).date() for at, _ in came)
            assert all(count == 1 for count in days.values()), days
            assert all(may_speak(world.app.passport.calendar, at) for at, _ in came)
            tracks = dict(zip(story.classes, ("медицинская", "инженерная", "морская"), strict=True))
            for one, since in story.free_since.items():
                told = any(at >= since and tracks[one] in text for at, text in came)
                assert told == (one in wanted), (one, since, came)
        assert world.telegram.strict_violations == []


# A second seat on one day; a row of a day before the bot was down, and a seat of today; an answer
# that was lost on the way, and a seat that is gone when it is looked for.
@example([("free", 0), ("tick", 0), ("free", 1), ("tick", 0)])
@example([("free", 0), ("unsent", 0), ("down", 1), ("free", 1), ("tick", 0)])
@example([("free", 0), ("silent", 1), ("full", 0), ("tick", 0), ("free", 1), ("tick", 0)])
@settings(max_examples=10, suppress_health_check=list(HealthCheck), derandomize=True)
@given(ACTS)
def test_at_most_one_a_day_and_nothing_lasting_is_lost(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(played(folder, acts))
