"""A disk that fails, and the copy that comes back."""

from pathlib import Path

from reminders.recovery import Recovered, recover
from storage import copies
from storage.database import Database
from tests.world import World


class Disk:
    """A copy made now, and the way back to it."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world, self._folder = world, folder
        self._file, self._copy = folder / "bot.sqlite", folder / "copy.sqlite"
        copies.copy(self._file, self._copy, world.clock.now())

    async def fails(self) -> Recovered:
        """Everything since the copy is gone; what the operator's command answers."""
        passport = self._world.app.passport
        await self._world.close()
        with copies.staged(self._copy, self._file) as stage:
            database = Database(f"sqlite+aiosqlite:///{stage}", self._world.clock)
            try:
                done = await recover(database, passport, "копия от 31.05.2027 10:00")
            finally:
                await database.close()
            copies.put(stage, self._file, self._folder / "before.sqlite")
        return done
