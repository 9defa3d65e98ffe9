"""Background work: what fails is started again, what stops is stopped in order."""

import asyncio

import pytest

from bot.group import Group


async def no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.msg["event"] for record in caplog.records if isinstance(record.msg, dict)]


async def test_a_failed_service_is_started_again_after_growing_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pauses: list[float] = []
    running = asyncio.Event()
    starts = 0

    async def wait(seconds: float) -> None:
        pauses.append(seconds)

    async def service() -> None:
        nonlocal starts
        starts += 1
        if starts < 4:
            raise RuntimeError
        running.set()
        await asyncio.Event().wait()

    group = Group(wait)
    group.keep("service", service)
    await running.wait()
    await group.close()
    assert pauses == [1, 2, 4]
    assert events(caplog) == ["service failed"] * 3


async def test_a_failed_job_is_logged_and_the_rest_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def failing() -> None:
        raise RuntimeError

    group = Group(no_wait)
    group.run("job", failing())
    for _ in range(3):
        await asyncio.sleep(0)
    await group.close()
    assert events(caplog) == ["job failed"]


async def test_services_stop_in_reverse_order() -> None:
    stopped: list[str] = []
    group = Group(no_wait)

    def service(name: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                stopped.append(name)

        return run

    for name in ("first", "second"):
        group.keep(name, service(name))
    await asyncio.sleep(0)
    await group.close()
    await group.close()
    assert stopped == ["second", "first"]
