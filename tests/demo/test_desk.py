"""The way of every call: token, method, record."""

from demo.telegram import TOKEN, Fault, Person, Telegram
from tests.demo.caller import Caller


async def test_a_wrong_token_is_told_first(telegram: Telegram) -> None:
    telegram.faults.add(Fault(code=502))
    status, answer = await telegram.call("1:wrong", "getMe")
    assert (status, answer["description"]) == (401, "Unauthorized")
    assert telegram.calls == []


async def test_a_fault_comes_before_an_unknown_method(telegram: Telegram, caller: Caller) -> None:
    telegram.faults.add(Fault(code=502))
    assert await caller.refusal("sendHorse") == "502 Bad Gateway"
    assert await caller.refusal("sendHorse") == "404 Not Found: method not found"


async def test_methods_that_are_not_built_say_so(caller: Caller) -> None:
    assert await caller.refusal("sendDice", chat_id=1) == (
        "501 Not Implemented: this small Telegram has no sendDice"
    )


async def test_methods_in_any_case(caller: Caller) -> None:
    assert await caller.result("GETME")
    assert caller.telegram.calls[-1].method == "getMe"


async def test_every_call_is_recorded(telegram: Telegram, caller: Caller, anna: Person) -> None:
    await caller.send("one", parse_mode="HTML")
    await caller.refusal("sendMessage", chat_id=999, text="two")
    one, two = telegram.calls_of("sendMessage")
    assert (one.seq, two.seq) == (1, 2)
    assert one.at == telegram.now()
    assert one.params == {"chat_id": anna.id, "text": "one", "parse_mode": "HTML"}
    assert (one.status, two.status) == (200, 400)
    assert one.response["result"]["text"] == "one"
    assert two.response["description"] == "Bad Request: chat not found"
    assert telegram.token == TOKEN
