import asyncio
from typing import Any

import pytest

from demo.telegram import ConnectionDropped, Person, Telegram
from demo.telegram.refusals import ApiError
from tests.demo.caller import Caller


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def waiting_poll(telegram: Telegram, offset: int = 0) -> asyncio.Task[list[dict[str, Any]]]:
    poll = asyncio.create_task(telegram.queue.poll(offset, 100, 50))
    await asyncio.sleep(0)  # one turn of the loop: the poll looks, finds nothing, waits
    assert telegram.queue.has_poller
    return poll


async def test_a_poll_waits_for_the_next_update(telegram: Telegram, anna: Person) -> None:
    poll = await waiting_poll(telegram)
    anna.send("now")
    assert texts(await poll) == ["now"]
    assert not telegram.queue.has_poller


async def test_a_poll_of_no_seconds_does_not_wait(telegram: Telegram) -> None:
    assert await telegram.queue.poll(0, 100, 0) == []


async def test_a_poll_that_nothing_comes_to_ends(telegram: Telegram) -> None:
    assert await telegram.queue.poll(0, 100, 0.01) == []


async def test_the_older_of_two_polls_is_failed(telegram: Telegram, anna: Person) -> None:
    older = await waiting_poll(telegram)
    newer = asyncio.create_task(telegram.queue.poll(0, 100, 50))
    with pytest.raises(ApiError) as refused:
        await older
    assert refused.value.code == 409
    assert refused.value.description == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
        "is running"
    )
    anna.send("to the newer one")
    assert texts(await newer) == ["to the newer one"]


async def test_a_cancelled_poll_makes_room(telegram: Telegram) -> None:
    poll = await waiting_poll(telegram)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    assert not telegram.queue.has_poller


async def test_closing_sends_a_waiting_poll_home(telegram: Telegram) -> None:
    poll = await waiting_poll(telegram)
    await telegram.close()
    assert await poll == []


async def test_a_poll_can_lose_its_connection(telegram: Telegram) -> None:
    poll = await waiting_poll(telegram)
    telegram.queue.hang_up()
    with pytest.raises(ConnectionDropped):
        await poll


async def test_a_webhook_and_polls_exclude_each_other(caller: Caller, telegram: Telegram) -> None:
    poll = await waiting_poll(telegram)
    await caller.result("setWebhook", url="http://127.0.0.1:9/")
    with pytest.raises(ApiError, match="Conflict: terminated by setWebhook request"):
        await poll
    assert await caller.refusal("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
        "delete the webhook first"
    )
    await caller.result("deleteWebhook")
    assert await caller.result("getUpdates") == []


async def test_a_negative_offset_keeps_only_the_last(caller: Caller, anna: Person) -> None:
    for text in ("one", "two", "three"):
        anna.send(text)
    assert texts(await caller.result("getUpdates", offset=-2)) == ["two", "three"]
    assert texts(await caller.result("getUpdates")) == ["two", "three"]


async def test_ids_grow_by_one(telegram: Telegram, anna: Person) -> None:
    anna.send("one")
    anna.send("two")
    first, second = (update["update_id"] for update in telegram.queue.pending())
    assert second == first + 1


async def test_after_a_quiet_week_ids_go_on_anywhere(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    anna.send("before")
    [update] = await caller.result("getUpdates")
    old_offset = update["update_id"] + 1
    assert await caller.result("getUpdates", offset=old_offset) == []
    telegram.world.queue.next_id = 1000  # lower than before: the old offset lies in the future
    anna.send("after")
    assert texts(await caller.result("getUpdates", offset=old_offset)) == ["after"]
    assert telegram.queue.jump_ids() != 1001


async def test_an_update_can_be_handed_out_again(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    anna.send("once")
    [update] = await caller.result("getUpdates")
    offset = update["update_id"] + 1
    assert await caller.result("getUpdates", offset=offset) == []
    telegram.redeliver(update["update_id"])
    assert await caller.result("getUpdates", offset=offset) == [update]
    assert await caller.result("getUpdates", offset=offset) == []
    telegram.redeliver(update)
    assert telegram.queue.take() == [update]
    with pytest.raises(LookupError):
        telegram.redeliver(1)


async def test_everything_can_come_twice(telegram: Telegram, caller: Caller, anna: Person) -> None:
    telegram.deliver_twice = True
    assert telegram.deliver_twice
    anna.send("twice")
    [first] = await caller.result("getUpdates")
    [second] = await caller.result("getUpdates", offset=first["update_id"] + 1)
    assert second == first
    assert await caller.result("getUpdates", offset=first["update_id"] + 1) == []


async def test_a_batch_has_a_limit(caller: Caller, anna: Person) -> None:
    for number in range(3):
        anna.send(str(number))
    assert texts(await caller.result("getUpdates", limit=2)) == ["0", "1"]
    assert len(await caller.result("getUpdates", limit=1000)) == 3


async def test_a_paced_server_slows_down_who_repeats(telegram: Telegram, anna: Person) -> None:
    telegram.queue.paced = True
    anna.send("one")
    anna.send("two")
    assert len(await telegram.queue.poll(0, 100, 0)) == 2
    assert len(await telegram.queue.poll(0, 100, 0)) == 1
