import asyncio

import pytest

from demo.telegram import ConnectionDropped, Fault, Person, Telegram
from tests.demo.caller import Caller


async def test_a_fault_hits_so_many_calls(telegram: Telegram, caller: Caller, anna: Person) -> None:
    fault = telegram.faults.add(Fault("sendMessage", code=502, times=2))
    for _ in range(2):
        assert await caller.refusal("sendMessage", chat_id=anna.id, text="a") == "502 Bad Gateway"
    assert fault.spent
    assert await caller.send()
    assert len(anna.chat.from_bot) == 1


async def test_patterns_and_matches(telegram: Telegram, caller: Caller, anna: Person) -> None:
    telegram.faults.add(Fault("send*", match={"text": "b"}, code=403, times=None))
    telegram.faults.add(Fault(match=lambda params: params.get("text") == "c", code=400))
    assert await caller.send("a")
    assert await caller.refusal("sendMessage", chat_id=anna.id, text="b") == (
        "403 Forbidden: made to fail"
    )
    assert (await caller.refusal("sendMessage", chat_id=anna.id, text="c")).startswith("400 ")


async def test_flood_in_words(telegram: Telegram, caller: Caller, anna: Person) -> None:
    telegram.faults.add(Fault("sendMessage", retry_after=7))
    answer = await caller.answer("sendMessage", chat_id=anna.id, text="a")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


async def test_after_the_effect_the_message_is_there_and_the_bot_does_not_know(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.faults.add(Fault("sendMessage", code=504, after_effect=True))
    assert await caller.refusal("sendMessage", chat_id=anna.id, text="a") == "504 Gateway Timeout"
    await caller.send("a")
    assert [message.text for message in anna.chat.from_bot] == ["a", "a"]


@pytest.mark.parametrize(("after_effect", "sent"), [(False, 0), (True, 1)])
async def test_connections_drop_before_or_after(
    telegram: Telegram, caller: Caller, anna: Person, after_effect: bool, sent: int
) -> None:
    telegram.faults.add(Fault(drop_connection=True, after_effect=after_effect))
    with pytest.raises(ConnectionDropped):
        await caller.send("a")
    assert len(anna.chat.from_bot) == sent
    assert telegram.calls[-1].status == 0


async def test_a_delay_holds_a_call_until_it_is_let_go(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.faults.add(Fault(delay=60))
    sending = asyncio.create_task(caller.send("late"))
    await asyncio.sleep(0)
    assert anna.last is None
    telegram.let_go()
    await sending
    assert anna.last is not None


async def test_a_short_delay_ends_by_itself(telegram: Telegram, caller: Caller) -> None:
    telegram.faults.add(Fault(delay=0.01, after_effect=True))
    assert await caller.send("late")


async def test_faults_can_be_taken_back(telegram: Telegram, caller: Caller) -> None:
    one = telegram.faults.add(Fault(code=500, times=None))
    two = telegram.faults.add(Fault(code=500, times=None))
    assert list(telegram.faults) == [one, two]
    telegram.faults.remove(one)
    assert list(telegram.faults) == [two]
    telegram.faults.clear()
    assert await caller.send()
