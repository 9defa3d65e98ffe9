from datetime import timedelta

from demo.telegram import Person, Telegram
from tests.demo.caller import Caller


async def test_off_unless_switched_on(caller: Caller) -> None:
    for _ in range(100):
        await caller.send()


async def test_a_burst_and_then_one_a_second(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.flood.enabled = True
    for _ in range(3):
        await caller.send()
    answer = await caller.answer("sendMessage", chat_id=anna.id, text="a")
    assert answer["error_code"] == 429
    assert answer["parameters"] == {"retry_after": 1}
    assert len(anna.chat.from_bot) == 3
    telegram.clock.shift(timedelta(seconds=1))
    assert await caller.send()


async def test_twenty_a_minute_in_a_channel(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.flood.enabled = True
    channel = telegram.channel().admit(by=anna.id)
    for _ in range(20):
        await caller.result("sendMessage", chat_id=channel.id, text="a")
    answer = await caller.answer("sendMessage", chat_id=channel.id, text="a")
    assert answer["parameters"] == {"retry_after": 3}


async def test_thirty_a_second_in_all(telegram: Telegram, caller: Caller) -> None:
    telegram.flood.enabled = True
    people = [telegram.person(id=1000 + number) for number in range(31)]
    for person in people:
        person.start()
    for person in people[:30]:
        await caller.result("sendMessage", chat_id=person.id, text="a")
    answer = await caller.answer("sendMessage", chat_id=people[30].id, text="a")
    assert answer["error_code"] == 429


async def test_a_clock_that_goes_back_gives_nothing(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.flood.enabled = True
    for _ in range(3):
        await caller.send()
    telegram.clock.shift(timedelta(days=-1))
    answer = await caller.answer("sendMessage", chat_id=anna.id, text="a")
    assert answer["parameters"] == {"retry_after": 1}


async def test_webhooks_once_a_second(telegram: Telegram, caller: Caller) -> None:
    telegram.flood.enabled = True
    await caller.result("setWebhook", url="http://127.0.0.1:9/a")
    refusal = await caller.refusal("setWebhook", url="http://127.0.0.1:9/b")
    assert refusal == "429 Too Many Requests: retry after 1"
