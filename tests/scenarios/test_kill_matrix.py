"""The bot is killed at every storage and API step of a whole form, and opened again.

Nothing answered is lost, nothing is applied twice, and the person has the screen that they would
have had, whatever the step.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from demo.telegram import Person, Snapshot
from passport.values import Slot, Value
from storage.tables import answer_log, submissions
from tests.scenarios.crash import Crash, MortalWorld
from tests.world import shown

Act = Callable[[Person], object]


def say(text: str) -> Act:
    return lambda person: person.send(text)


def press(label: str) -> Act:
    return lambda person: person.click(label)


def edit_last(text: str) -> Act:
    def act(person: Person) -> object:
        own = [message for message in person.chat.messages if not message.from_bot]
        return person.edit(own[-1], text)

    return act


FORM: list[tuple[str, Act]] = [
    ("/form", say("/form")),
    ("list", press("Все отчёты")),
    ("open", press("II четверть")),
    ("begin", press("Продолжить")),
    ("classes", say("10 А медицинский")),
    ("row 1 refused", say("двадцать")),
    ("row 1 mended", edit_last("24")),
    ("subjects", say("Химия – 4,35\nБиология")),
    ("reason", press("Предмет не вёлся")),
    ("row 3", say("2")),
    ("list with a bad line", say("Ярмарка – 24\nЭкскурсия")),
    ("the line mended", say("Экскурсия – 12")),
    ("edited list", edit_last("Экскурсия в порт – 11")),
    ("total", press("Сумма")),
    ("regional", press("Не было")),
    ("national", press("Не было")),
    ("fourth", press("Не было")),
    ("later", press("Позже")),
    ("back", press("Назад")),
    ("row 4", press("Олимпиад не было совсем")),
    ("row 5", press("Победителей и призёров не было")),
    ("row 6", say("2")),
    ("row 7", press("Не было")),
    ("row 8", say("Семинар – 3")),
    ("settle", press("Да, верно")),
    ("send", press("тправить")),
    ("change", press("6 ✅")),
    ("choose", press("✏️")),
    ("another number", say("3")),
    ("send again", press("тправить")),
]


@dataclass(frozen=True)
class Moment:
    """A world at rest, before an act."""

    database: bytes
    telegram: Snapshot


@dataclass(frozen=True)
class Outcome:
    """What an act must come to, however often the bot dies on the way."""

    answers: dict[Slot, Value]
    log_lines: int
    submissions: int
    screen: str


async def outcome(world: MortalWorld, person: Person) -> Outcome:
    async with world.app.database.read() as tx:
        lines = await tx.connection.execute(select(func.count()).select_from(answer_log))
        sent = await tx.connection.execute(select(func.count()).select_from(submissions))
        counts = lines.scalar_one(), sent.scalar_one()
    return Outcome(await world.answers("II"), *counts, shown(person))


class Stage:
    """One world, put back to any moment of the form."""

    def __init__(self, folder: Path) -> None:
        self.world = MortalWorld(folder)
        self.person: Person
        self.moments: list[Moment] = []

    async def begin(self) -> None:
        await self.world.open()
        self.person = await self.world.coordinator("s24")
        await self.world.close()
        self.moments.append(self._now())

    async def reach(self, number: int) -> None:
        """Plays the form undisturbed up to this act, keeping the moments."""
        while len(self.moments) <= number:
            await self.put_back(len(self.moments) - 1)
            await self.play(len(self.moments) - 1)
            await self.world.close()
            self.moments.append(self._now())

    async def put_back(self, number: int) -> None:
        moment = self.moments[number]
        for suffix in ("-wal", "-shm"):
            self.world.database_file.with_name(f"bot.sqlite{suffix}").unlink(missing_ok=True)
        self.world.database_file.write_bytes(moment.database)
        self.world.telegram.restore(moment.telegram)
        self.world.steps.start(None)
        await self.world.open()
        self.world.steps.start(None)

    async def play(self, number: int) -> Outcome:
        FORM[number][1](self.person)
        await self.world.pump()
        await self.world.app.inbox.finished.flush()
        return await outcome(self.world, self.person)

    async def play_with_death(self, number: int, step: int) -> Outcome:
        self.world.steps.start(step)
        FORM[number][1](self.person)
        try:
            await self.world.pump()
            await self.world.app.inbox.finished.flush()
        except Crash:
            pass
        await self.world.die()
        self.world.steps.start(None)
        await self.world.open()
        await self.world.pump()
        return await outcome(self.world, self.person)

    def _now(self) -> Moment:
        return Moment(self.world.database_file.read_bytes(), self.world.telegram.snapshot())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("matrix"))
    await made.begin()
    yield made
    await made.world.close()
    await made.world.telegram.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("number", range(len(FORM)), ids=[name for name, _ in FORM])
async def test_killed_at_every_step(stage: Stage, number: int) -> None:
    await stage.reach(number)
    await stage.put_back(number)
    expected = await stage.play(number)
    steps = stage.world.steps.taken
    await stage.world.close()
    assert steps > 5
    for step in range(1, steps + 1):
        await stage.put_back(number)
        assert await stage.play_with_death(number, step) == expected, f"step {step} of {steps}"
        await stage.world.close()
