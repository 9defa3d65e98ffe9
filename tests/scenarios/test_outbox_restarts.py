"""The sender is killed a thousand times at any step; everybody gets each message once, in order."""

from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event

from bot.flight import LONGEST_PAUSE
from demo.telegram import Person
from demo.telegram.faults import Fault
from storage.outbox import State
from tests.office import Office, keys
from tests.scenarios.crash import Crash, MortalSession, Steps

LIVES = 250  # of each of the four seeds
PEOPLE = 6


class MortalOffice(Office):
    def __init__(self, folder: Path) -> None:
        self.steps = Steps()
        super().__init__(folder)
        self.session = MortalSession(self.steps, self.telegram)

    def open(self) -> None:
        super().open()
        engine = self.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self.steps.take)
        event.listen(engine, "commit", self.steps.take)

    async def live(self, die_at: int | None) -> bool:
        """One life of the process; whether it was killed."""
        self.steps.start(die_at)
        try:
            await self.drain()
            await self.time.through(self.sender.close())
        except Crash:
            return True
        finally:
            self.steps.start(None)
            await self.bury()
            self.open()
        return False


@pytest.mark.parametrize("seed", range(4))
async def test_a_thousand_restarts_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    posted: defaultdict[int, list[str]] = defaultdict(list)
    killed = 0
    async with MortalOffice(tmp_path) as office:
        everybody = await office.join(PEOPLE)

        async def something_to_say(person: Person, life: int) -> None:
            new = [f"{person.id}: {life}.{number}" for number in range(chance.choice((1, 1, 2)))]
            await office.post(person, *new)
            posted[person.id] += new

        for life in range(LIVES):
            for person in chance.sample(everybody, chance.randint(0, 3)):
                await something_to_say(person, life)
            if chance.random() < 0.3:
                chance.choice(everybody).send("Пока бот лежит, люди пишут")
            if chance.random() < 0.1:
                after = chance.random() < 0.5
                fault = Fault("sendMessage", drop_connection=True, after_effect=after)
                office.telegram.faults.add(fault)
            killed += await office.live(chance.randint(1, 70))
            office.after_the_lease()
        office.telegram.faults.clear()
        for _ in range(6):
            office.clock.shift(LONGEST_PAUSE)
            await office.drain()
        await office.sender.flush()

        assert killed > LIVES / 2
        assert {person.id: keys(person) for person in everybody} == posted
        assert set(await office.states()) == {State.SENT}
        ids = Counter(row.message_id for row in (await office.rows()).values())
        assert max(ids.values()) == 1


async def test_killed_at_every_step_of_a_batch(tmp_path: Path) -> None:
    """Three people, two rows each, and each step of it."""
    step, killed = 0, True
    async with MortalOffice(tmp_path) as office:
        everybody = await office.join(3)
        while killed:
            step += 1
            for person in everybody:
                await office.post(person, f"{person.id}: {step}a", f"{person.id}: {step}b")
            killed = await office.live(step)
            office.after_the_lease()
            await office.live(None)
            for person in everybody:
                expected = [
                    f"{person.id}: {one}{row}" for one in range(1, step + 1) for row in "ab"
                ]
                assert keys(person) == expected, f"step {step}"
    assert step > 30
