"""What the page does with inline mode, and with the channel of the city."""

import asyncio
from typing import Any

from demo.telegram import Person, Telegram
from tests.demo.caller import Caller
from tests.demo.site import Browser


def _article(number: str, title: str) -> dict[str, Any]:
    content = {"message_text": f"{title}: 3 места"}
    return {
        "type": "article",
        "id": number,
        "title": title,
        "description": "мест: 3",
        "input_message_content": content,
    }


async def _answered(telegram: Telegram, caller: Caller, *results: dict[str, Any]) -> None:
    assert await telegram.changes.wait_until(lambda: bool(telegram.queue.pending()), 5)
    [update] = telegram.queue.take()
    above = {"text": "Открыть бота", "start_parameter": "classes"}
    await caller.result(
        "answerInlineQuery",
        inline_query_id=update["inline_query"]["id"],
        results=list(results),
        button=above,
    )


async def test_results_are_shown_and_one_is_chosen(
    telegram: Telegram, browser: Browser, caller: Caller, anna: Person
) -> None:
    answering = asyncio.create_task(_answered(telegram, caller, _article("1", "Школа № 33")))
    answer = await browser.post("/sim/chats/101/inline", query="33")
    await answering
    assert answer["results"] == [{"id": "1", "title": "Школа № 33", "description": "мест: 3"}]
    assert answer["button"] == {"text": "Открыть бота", "start_parameter": "classes"}
    choice = {"query_id": answer["query_id"], "result_id": "1"}
    await browser.post("/sim/chats/101/choose", **choice)
    shown = (await browser.get("/sim/chats/101"))["messages"][-1]
    assert (shown["text"], shown["from"], shown["via_bot"]) == (
        "Школа № 33: 3 места",
        "person",
        True,
    )
    gone = {"ok": False, "error": "Этого варианта больше нет."}
    assert await browser.post("/sim/chats/101/choose", query_id="1", result_id="1") == gone
    assert await browser.post("/sim/chats/101/choose", **choice | {"result_id": "2"}) == gone
    boris = telegram.person(id=102, name="Борис")
    assert await browser.post(f"/sim/chats/{boris.id}/choose", **choice) == gone
    anna.block()
    refused = await browser.post("/sim/chats/101/choose", **choice)
    assert "разблокируйте" in refused["error"]


async def test_a_bot_that_does_not_answer(browser: Browser, patience: float) -> None:
    answer = await browser.post("/sim/chats/101/inline", query="33")
    assert answer == {"ok": True, "answered": False, "results": [], "button": None}


async def test_the_bot_is_taken_out_of_the_channel_and_put_back(
    telegram: Telegram, browser: Browser, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel(title="УО").admit(by=anna.id)

    async def place() -> Any:
        return (await browser.get(f"/sim/chats/{channel.id}"))["bot"]

    assert (await place())["admitted"]
    assert all(right["on"] for right in (await place())["rights"])
    await browser.post(f"/sim/rooms/{channel.id}/right", key="can_post_messages", on=False)
    refusal = await caller.refusal("sendMessage", chat_id=channel.id, text="a")
    assert refusal == "400 Bad Request: need administrator rights in the channel chat"
    assert [one["on"] for one in (await place())["rights"]] == [False, True, True]
    await browser.post(f"/sim/rooms/{channel.id}/right", key="can_post_messages", on=True)
    assert await caller.result("sendMessage", chat_id=channel.id, text="a")
    await browser.post(f"/sim/rooms/{channel.id}/bot", admitted=False)
    assert not (await place())["admitted"]
    refused = await browser.post(f"/sim/rooms/{channel.id}/right", key="can_post_messages", on=True)
    assert refused["error"] == "Бота нет в канале: сначала верните его."
    assert (await caller.refusal("sendMessage", chat_id=channel.id, text="a")).startswith("403 ")
    await browser.post(f"/sim/rooms/{channel.id}/bot", admitted=True)
    assert await caller.result("sendMessage", chat_id=channel.id, text="b")
    wrong = await browser.post(f"/sim/rooms/{channel.id}/right", key="can_fly", on=True)
    assert wrong["error"] == "Такого права нет."
    assert (await browser.post("/sim/rooms/101/bot", admitted=False))["error"] == "Это не канал."


async def test_a_post_is_deleted_by_hand(
    telegram: Telegram, browser: Browser, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel(title="УО").admit(by=anna.id)
    post = await caller.result("sendMessage", chat_id=channel.id, text="Набор открыт")
    number = post["message_id"]
    telegram.queue.take()
    await browser.post(f"/sim/rooms/{channel.id}/remove", message_id=number)
    assert channel.messages == []
    assert telegram.queue.pending() == []  # nobody tells the bot
    for message_id in (number, 999, "x"):
        refused = await browser.post(f"/sim/rooms/{channel.id}/remove", message_id=message_id)
        assert refused["error"] == "Этого поста больше нет."
