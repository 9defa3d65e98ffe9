"""What every test may ask for."""

import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import logs
from demo.telegram import Person
from tests.workshop import send_workers_home
from tests.world import World

# A deadline of milliseconds is a timed test, and the machine is shared.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


@pytest.fixture(scope="session", autouse=True)
def terse_logs() -> None:
    """structlog's own way of showing a traceback takes seconds."""
    logs.configure("ERROR", "json")


@pytest.fixture(scope="session", autouse=True)
def lasting_workers() -> Iterator[None]:
    yield
    send_workers_home()


@pytest.fixture(scope="session", autouse=True)
def rare_collections() -> None:
    """As in ``App.serve``: what is imported stays, and need not be looked through all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with World(tmp_path) as opened:
        yield opened
        assert opened.telegram.strict_violations == []


@pytest.fixture
async def coordinator(world: World) -> Person:
    """A coordinator of school 24, whose one class with one subject is known."""
    await world.give_classes("s24", "Химия")
    return await world.coordinator("s24")
