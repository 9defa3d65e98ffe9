import asyncio

from demo.telegram.changes import Change, Changes


async def test_listeners_hear_until_they_stop() -> None:
    changes, heard = Changes(), list[Change]()
    stop = changes.listen(heard.append)
    changes.tell("message", 101)
    stop()
    stop()
    changes.tell("clock")
    assert heard == [Change(1, 101, "message")]
    assert changes.rev == 2


async def test_waiting_ends_when_the_condition_comes_true() -> None:
    changes, done = Changes(), list[int]()
    waiting = asyncio.create_task(changes.wait_until(lambda: len(done) == 2, 60))
    await asyncio.sleep(0)
    for number in (1, 2):
        done.append(number)
        changes.tell("bot")
        await asyncio.sleep(0)
    assert await waiting is True


async def test_waiting_gives_up() -> None:
    assert await Changes().wait_until(lambda: False, 0.01) is False


async def test_what_is_true_already_needs_no_waiting() -> None:
    assert await Changes().wait_until(lambda: True, 0) is True


async def test_waking_is_no_change() -> None:
    changes = Changes()
    changes.wake()
    assert changes.rev == 0
