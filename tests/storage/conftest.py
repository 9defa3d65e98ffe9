from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from passport.loader import Passport
from storage import schools
from storage.database import Database
from tests import ground
from tests.clock import StillClock, local


@pytest.fixture(scope="session")
def passport() -> Passport:
    return ground.passport()


@pytest.fixture
def clock() -> StillClock:
    return StillClock(local(2027, 1, 12, 9, 20))


@pytest.fixture
async def database(
    tmp_path: Path, clock: StillClock, passport: Passport
) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite", clock)
    try:
        await ground.lay(opened)
        async with opened.write() as tx:
            await schools.add_missing(tx, passport.schools.schools)
        yield opened
    finally:
        await opened.close()
