import asyncio
from datetime import timedelta

import pytest

from demo.telegram import Fault, Person, Telegram
from tests.demo.caller import Caller, button, keyboard


async def test_a_snapshot_brings_everything_back(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    first = await caller.send("before", reply_markup=keyboard([button("A", "a")]))
    telegram.faults.add(Fault("getMe", code=500, times=2))
    await caller.refusal("getMe")
    moment, calls = telegram.clock.now(), len(telegram.calls)
    saved = telegram.snapshot()

    await caller.result("editMessageText", chat_id=anna.id, message_id=first, text="after")
    await caller.refusal("getMe")
    anna.send("more")
    anna.block()
    telegram.person(id=102)
    telegram.clock.shift(timedelta(days=30))
    telegram.faults.clear()
    telegram.restore(saved)

    assert [message.text for message in anna.chat.from_bot] == ["before"]
    assert not anna.chat.message(first).edited
    assert not anna.has_blocked
    assert telegram.queue.pending() == []
    assert 102 not in telegram.world.users
    assert telegram.clock.now() == moment
    assert len(telegram.calls) == calls
    assert await caller.refusal("getMe")  # one hit of two was left
    assert await caller.result("getMe")


async def test_one_snapshot_can_be_restored_many_times(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    saved = telegram.snapshot()
    ids = set()
    for _ in range(3):
        ids.add(await caller.send())
        ids.add(int(anna.forge_callback("x", 1).id))
        telegram.restore(saved)
    assert len(ids) == 2  # the same ids each time: nothing is left to chance
    assert anna.last is None


async def test_no_restoring_under_a_waiting_bot(telegram: Telegram) -> None:
    saved = telegram.snapshot()
    poll = asyncio.create_task(telegram.queue.poll(0, 100, 50))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="stop it"):
        telegram.restore(saved)
    telegram.queue.close()
    await poll


async def test_two_telegrams_of_one_seed_are_alike() -> None:
    def ids(seed: int) -> list[str]:
        telegram = Telegram(seed=seed)
        person = telegram.person()
        person.start()
        update_id = telegram.queue.pending()[0]["update_id"]
        return [person.forge_callback("x", 1).id, str(update_id)]

    assert ids(7) == ids(7) != ids(8)


async def test_closing_twice_is_fine(telegram: Telegram) -> None:
    await telegram.close()
    await telegram.close()


def test_new_people_and_rooms_get_ids_of_their_own(telegram: Telegram) -> None:
    one, two = telegram.person(name="a"), telegram.person(name="b")
    assert one.id != two.id
    assert telegram.channel().id != telegram.group().id
    assert telegram.person(id=one.id).name == "a"
