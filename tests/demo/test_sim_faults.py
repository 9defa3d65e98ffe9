import asyncio

import pytest

from demo.telegram import ConnectionDropped, Person, Telegram
from demo.telegram.sim_faults import FaultSwitches
from tests.demo.caller import Caller


def on(switches: FaultSwitches) -> list[str]:
    return [fault["key"] for fault in switches.state() if fault["on"]]


async def test_429_comes_a_few_times_and_goes(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    switches = FaultSwitches(telegram)
    switches.switch("429", on=True)
    assert on(switches) == ["429"]
    for _ in range(5):
        answer = await caller.answer("sendMessage", chat_id=anna.id, text="a")
        assert answer["parameters"] == {"retry_after": 3}
        assert await caller.result("getMe")  # only what sends is hit
    assert await caller.send()
    assert on(switches) == []


async def test_down_also_takes_the_waiting_poll_away(telegram: Telegram) -> None:
    switches = FaultSwitches(telegram)
    poll = asyncio.create_task(telegram.call(telegram.token, "getUpdates", {"timeout": 50}))
    await asyncio.sleep(0)
    switches.switch("down", on=True)
    with pytest.raises(ConnectionDropped):
        await poll
    with pytest.raises(ConnectionDropped):
        await telegram.call(telegram.token, "getMe")
    switches.switch("down", on=False)
    assert (await telegram.call(telegram.token, "getMe"))[0] == 200


async def test_silence_ends_when_it_is_switched_off(telegram: Telegram, caller: Caller) -> None:
    switches = FaultSwitches(telegram)
    switches.switch("silent", on=True)
    sending = asyncio.create_task(caller.send())
    await asyncio.sleep(0)
    assert not sending.done()
    switches.switch("silent", on=False)
    assert await sending


async def test_the_answer_to_a_post_is_lost_once_and_nothing_else_is(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    room = telegram.channel(title="Школы")
    room.admit(by=anna.id)
    switches = FaultSwitches(telegram)
    switches.switch("lost", on=True)
    assert await caller.send()  # to a person
    assert await caller.result("getChat", chat_id=room.id)
    assert on(switches) == ["lost"]
    with pytest.raises(ConnectionDropped):
        await caller.result("sendMessage", chat_id=room.id, text="Набор открыт")
    assert [one.text for one in room.messages] == ["Набор открыт"]
    assert on(switches) == []
    assert await caller.result("sendMessage", chat_id=room.id, text="ещё раз")


def test_switching_twice_is_once(telegram: Telegram) -> None:
    switches = FaultSwitches(telegram)
    switches.switch("502", on=True)
    switches.switch("502", on=True)
    assert len(list(telegram.faults)) == 1
    with pytest.raises(KeyError):
        switches.switch("flood", on=True)
