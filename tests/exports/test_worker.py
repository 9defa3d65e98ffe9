"""The worker process, really started: it stays lean, is replaced when killed, and goes home."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from openpyxl import load_workbook

from exports.form_workbook import form_workbook
from exports.worker import Workshop, WorkshopClosedError
from exports.workplace import NICENESS
from tests.exports.samples import busy_book

ROOT = Path(__file__).parents[2]


def own_pid(_: None) -> bytes:
    return str(os.getpid()).encode()


def echo(job: bytes) -> bytes:
    return job


def inside(_: None) -> bytes:
    modules = sorted(name.partition(".")[0] for name in sys.modules)
    return json.dumps({"nice": os.nice(0), "modules": modules}).encode()


def fail(reason: str) -> bytes:
    raise ValueError(reason)


def die(_: None) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def die_once(mark: Path) -> bytes:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"second worker"


def slow(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"slow"


def is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        # A child that has ended but was not waited for yet is no longer there either.
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


async def until_gone(pid: int) -> None:
    async with asyncio.timeout(20):
        while is_alive(pid):  # noqa: ASYNC110 - another process sends no event
            await asyncio.sleep(0.02)


@pytest_asyncio.fixture
async def workshop() -> AsyncIterator[Workshop]:
    workshop = Workshop(idle_seconds=60)
    yield workshop
    await workshop.close()


async def test_it_makes_the_form_as_it_is_made_here(workshop: Workshop) -> None:
    assert not workshop.is_running
    data = await workshop.make(form_workbook, busy_book())
    assert workshop.is_running
    assert data == form_workbook(busy_book())
    assert load_workbook(BytesIO(data)).sheetnames == ["2026-2027"]


async def test_the_worker_is_lean_and_steps_back(workshop: Workshop) -> None:
    await workshop.make(form_workbook, busy_book())
    seen = json.loads(await workshop.make(inside, None))
    assert seen["nice"] >= NICENESS
    assert "openpyxl" in seen["modules"]
    assert not {"aiogram", "aiohttp", "sqlalchemy"} & {*seen["modules"]}


async def test_one_worker_makes_all_jobs(workshop: Workshop) -> None:
    pids = await asyncio.gather(*(workshop.make(own_pid, None) for _ in range(4)))
    assert len({*pids}) == 1
    assert int(pids[0]) != os.getpid()


async def test_a_killed_worker_is_replaced(workshop: Workshop) -> None:
    pid = int(await workshop.make(own_pid, None))
    os.kill(pid, signal.SIGKILL)
    assert await workshop.make(echo, b"job") == b"job"
    assert int(await workshop.make(own_pid, None)) != pid


async def test_a_job_whose_worker_died_under_it_is_made_again(
    workshop: Workshop, tmp_path: Path
) -> None:
    assert await workshop.make(die_once, tmp_path / "mark") == b"second worker"


async def test_a_deadly_job_fails_alone(workshop: Workshop) -> None:
    jobs = [workshop.make(echo, b"before"), workshop.make(die, None), workshop.make(echo, b"after")]
    before, deadly, after = await asyncio.gather(*jobs, return_exceptions=True)
    assert (before, after) == (b"before", b"after")
    assert isinstance(deadly, BrokenProcessPool)


async def test_an_error_of_the_job_comes_out_and_the_worker_stays(workshop: Workshop) -> None:
    pid = await workshop.make(own_pid, None)
    with pytest.raises(ValueError, match="no such school"):
        await workshop.make(fail, "no such school")
    assert await workshop.make(own_pid, None) == pid


async def test_a_cancelled_job_breaks_nothing(workshop: Workshop) -> None:
    await workshop.make(own_pid, None)
    running = asyncio.create_task(workshop.make(slow, 0.2))
    waiting = asyncio.create_task(workshop.make(echo, b"never"))
    await asyncio.sleep(0.05)
    running.cancel()
    waiting.cancel()
    done = await asyncio.gather(running, waiting, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in done)
    assert await workshop.make(echo, b"next") == b"next"


async def test_an_idle_worker_goes_home_and_comes_back() -> None:
    workshop = Workshop(idle_seconds=0.05)
    try:
        pid = int(await workshop.make(own_pid, None))
        await until_gone(pid)
        assert not workshop.is_running
        assert await workshop.make(echo, b"again") == b"again"
    finally:
        await workshop.close()


async def test_closing_twice_and_no_job_after_it() -> None:
    workshop = Workshop()
    pid = int(await workshop.make(own_pid, None))
    await workshop.close()
    await workshop.close()
    assert not is_alive(pid)
    with pytest.raises(WorkshopClosedError):
        await workshop.make(echo, b"late")


async def test_closing_waits_for_the_job_in_hand_and_refuses_the_rest() -> None:
    workshop = Workshop()
    await workshop.make(own_pid, None)
    running = asyncio.create_task(workshop.make(slow, 0.2))
    waiting = asyncio.create_task(workshop.make(echo, b"never"))
    await asyncio.sleep(0.05)
    await workshop.close()
    done = await asyncio.gather(running, waiting, return_exceptions=True)
    assert done[0] == b"slow"
    assert isinstance(done[1], WorkshopClosedError)


async def test_a_worker_does_not_outlive_a_killed_bot(tmp_path: Path) -> None:
    program = tmp_path / "bot.py"
    program.write_text(
        "import asyncio, os, signal\n"
        "from exports.worker import Workshop\n"
        "from tests.exports.test_worker import own_pid\n"
        "async def main():\n"
        "    print((await Workshop().make(own_pid, None)).decode(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
        stdout=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    await until_gone(int(done.stdout))
