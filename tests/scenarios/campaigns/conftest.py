"""A summer with a channel: the city's bot is its administrator, two managers look after it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.telegram import Person
from tests.clock import local
from tests.scenarios.campaigns.summer import CHANNEL, Summer


@pytest.fixture
async def summer(tmp_path: Path) -> AsyncIterator[Summer]:
    opened = Summer(tmp_path, channel_id=str(CHANNEL))
    opened.clock.move_to(local(2027, 4, 20, 9, 30))
    opened.admit()
    async with opened:
        yield opened
        assert opened.telegram.strict_violations == []


@pytest.fixture
async def manager(summer: Summer) -> Person:
    return await summer.staff("manager")


@pytest.fixture
async def another(summer: Summer, manager: Person) -> Person:
    """A second manager, who came after the first."""
    return await summer.staff("manager")
