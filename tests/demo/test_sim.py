import asyncio
from datetime import UTC, datetime
from typing import Any

from aiohttp import FormData

from demo.telegram import Person, Telegram
from tests.demo.caller import Caller, button, keyboard
from tests.demo.site import Browser, Cast


async def test_the_state(telegram: Telegram, browser: Browser, caller: Caller) -> None:
    await caller.send("<b>привет</b>", parse_mode="HTML")
    state = await browser.get("/sim/state")
    assert state["clock"] == {
        "iso": "2027-01-14T17:00:00+12:00",
        "text": "чт 14 января 2027, 17:00",
    }
    assert state["bot"] == {"status": "running", "username": "demo_bot", "name": "Demo"}
    assert state["jumps"] == [{"label": "к сроку", "to": "2027-01-14T17:00:00+12:00"}]
    assert [fault["key"] for fault in state["faults"]] == [
        *("429", "502", "down", "silent", "lost")
    ]
    assert state["rev"] == telegram.changes.rev
    assert state["persons"] == [
        {
            "id": 101,
            "name": "Анна",
            "role": "координатор",
            "note": "школа № 24",
            "chat_id": 101,
            "kind": "private",
            "unread": 1,
            "blocked": False,
            "last": "привет",
        }
    ]


async def test_looking_at_a_chat_reads_it(browser: Browser, caller: Caller) -> None:
    await caller.send()
    await browser.get("/sim/chats/101")
    assert (await browser.get("/sim/state"))["persons"][0]["unread"] == 0
    await caller.send()
    assert (await browser.get("/sim/state"))["persons"][0]["unread"] == 1


async def test_channels_are_listed_and_not_written_to(
    telegram: Telegram, browser: Browser, anna: Person
) -> None:
    channel = telegram.channel(title="УО").admit(by=anna.id)
    channel.post("news")
    listed = (await browser.get("/sim/state"))["persons"][-1]
    assert (listed["name"], listed["kind"], listed["last"]) == ("УО", "channel", "news")
    chat = await browser.get(f"/sim/chats/{channel.id}")
    assert chat["messages"][0]["from"] == "channel"
    refused = await browser.post(f"/sim/chats/{channel.id}/message", text="hello")
    assert refused == {"ok": False, "error": "В канал пишет только бот."}


async def test_writing_replying_editing(telegram: Telegram, browser: Browser, anna: Person) -> None:
    sent = await browser.post("/sim/chats/101/message", text="23")
    await browser.post("/sim/chats/101/message", text="ответ", reply_to=sent["id"])
    await browser.post("/sim/chats/101/edit", message_id=sent["id"], text="24")
    one, two, edited = telegram.queue.take()
    assert one["message"]["text"] == "23"
    assert two["message"]["reply_to_message"]["message_id"] == sent["id"]
    assert edited["edited_message"]["text"] == "24"


async def test_pressing_shows_the_toast(
    telegram: Telegram, browser: Browser, caller: Caller, anna: Person
) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a"), button("B", "b")]))
    screen = anna.screen
    assert screen is not None

    async def bot() -> None:
        assert await telegram.changes.wait_until(lambda: bool(telegram.queue.pending()), 5)
        [update] = telegram.queue.take()
        query = update["callback_query"]
        assert query["data"] == "b"
        await caller.result(
            "answerCallbackQuery", callback_query_id=query["id"], text="Есть", show_alert=True
        )

    answering = asyncio.create_task(bot())
    place = {"message_id": screen.message_id, "row": 0, "col": 1}
    answer = await browser.post("/sim/chats/101/press", **place)
    await answering
    assert answer == {"ok": True, "toast": {"text": "Есть", "alert": True}}


async def test_a_press_that_nobody_answers(
    browser: Browser, caller: Caller, anna: Person, patience: float
) -> None:
    number = await caller.send(reply_markup=keyboard([button("A", "a")]))
    answer = await browser.post("/sim/chats/101/press", message_id=number, row=0, col=0)
    assert answer == {"ok": True, "toast": None}


async def test_presses_that_are_refused(browser: Browser, caller: Caller, anna: Person) -> None:
    row: list[dict[str, Any]] = [
        {"text": "link", "url": "https://a.ru"},
        {"text": "off", "disabled": {}},
    ]
    number = await caller.send(reply_markup=keyboard(row))

    async def press(message_id: object, row: object, col: object) -> str:
        place = {"message_id": message_id, "row": row, "col": col}
        return str((await browser.post("/sim/chats/101/press", **place))["error"])

    assert await press(number, 0, 0) == "Эту кнопку нельзя нажать."
    assert await press(number, 0, 1) == "Эту кнопку нельзя нажать."
    assert await press(number, 5, 0) == "Этой кнопки больше нет."
    assert await press(number, None, 0) == "Этой кнопки больше нет."
    assert await press(999, 0, 0) == "Этого сообщения больше нет."
    assert await press("x", 0, 0) == "Этого сообщения больше нет."
    await caller.result("deleteMessage", chat_id=anna.id, message_id=number)
    assert await press(number, 0, 0) == "Этого сообщения больше нет."


async def test_uploading_and_downloading(
    telegram: Telegram, browser: Browser, anna: Person
) -> None:
    form = FormData(quote_fields=False)
    form.add_field("file", b"PK", filename="отчёт № 1.xlsx")
    form.add_field("caption", "см.")
    upload = f"{browser.address}/sim/chats/101/upload"
    async with browser.session.post(upload, data=form) as response:
        assert (await response.json())["ok"] is True
    [update] = telegram.queue.take()
    assert update["message"]["document"]["file_name"] == "отчёт № 1.xlsx"
    assert update["message"]["caption"] == "см."
    shown = (await browser.get("/sim/chats/101"))["messages"][-1]["document"]
    assert (shown["name"], shown["size"]) == ("отчёт № 1.xlsx", 2)
    async with browser.session.get(browser.address + shown["url"]) as response:
        assert await response.read() == b"PK"
        assert response.headers["Content-Disposition"] == (
            "attachment; filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82%20%E2%84%96%201.xlsx"
        )
    async with browser.session.get(f"{browser.address}/sim/files/none") as response:
        assert response.status == 404
    async with browser.session.post(upload, data={"caption": "a"}) as response:
        assert (await response.json())["error"] == "Файл пустой."


async def test_starting_blocking_stickers(
    telegram: Telegram, browser: Browser, anna: Person
) -> None:
    await browser.post("/sim/chats/101/block", blocked=True)
    assert anna.has_blocked
    refused = await browser.post("/sim/chats/101/message", text="a")
    assert "разблокируйте" in refused["error"]
    assert (await browser.post("/sim/chats/101/sticker"))["ok"] is False
    await browser.post("/sim/chats/101/start", payload="invite")
    assert not anna.has_blocked
    await browser.post("/sim/chats/101/block", blocked=False)
    await browser.post("/sim/chats/101/sticker")
    texts = [message.text for message in anna.chat.messages]
    assert texts == ["/start", "/start invite", ""]


async def test_what_cannot_be_written(browser: Browser, caller: Caller) -> None:
    number = await caller.send("the bot's")
    for path, body, error in (
        ("101/message", {"text": " "}, "Сообщение пустое."),
        ("101/message", {"text": "я" * 4097}, "Сообщение длиннее 4096 знаков."),
        ("101/edit", {"message_id": number, "text": "a"}, "Исправить можно только своё сообщение."),
        ("101/edit", {"message_id": 1, "text": ""}, "Сообщение пустое."),
        ("999/message", {"text": "a"}, "Такого чата нет."),
    ):
        assert (await browser.post(f"/sim/chats/{path}", **body))["error"] == error


async def test_the_clock_can_be_moved(telegram: Telegram, browser: Browser, cast: Cast) -> None:
    answer = await browser.post("/sim/clock", shift_seconds=3600)
    assert answer["clock"]["text"] == "чт 14 января 2027, 18:00"
    await browser.post("/sim/clock", to="2027-06-01T09:00:00+12:00")
    assert telegram.clock.now() == datetime(2027, 5, 31, 21, tzinfo=UTC)
    await browser.post("/sim/clock", to="2027-06-01T10:00")
    assert telegram.clock.now() == datetime(2027, 5, 31, 22, tzinfo=UTC)
    # Whoever puts the demo together is told before each move.
    assert [before.hour for before, _ in cast.told] == [5, 6, 21]
    assert cast.told[-1][1] == telegram.clock.now()
    for body in ({}, {"to": "завтра"}, {"shift_seconds": "x"}, {"shift_seconds": 1e300}):
        refused = await browser.post("/sim/clock", **body)
        assert refused["error"] == "Не понимаю, куда перевести часы."


async def test_faults_are_switched(telegram: Telegram, browser: Browser, caller: Caller) -> None:
    await browser.post("/sim/fault", key="502", on=True)
    assert await caller.refusal("getMe") == "502 Bad Gateway"
    assert (await browser.get("/sim/state"))["faults"][1]["on"] is True
    await browser.post("/sim/fault", key="502", on=False)
    assert await caller.result("getMe")
    refused = await browser.post("/sim/fault", key="earthquake", on=True)
    assert refused["error"] == "Такого сбоя нет."


async def test_the_bot_is_restarted(browser: Browser, cast: Cast) -> None:
    assert await browser.post("/sim/bot/restart") == {"ok": True}
    assert cast.restarts == 1


async def test_a_new_phone(telegram: Telegram, browser: Browser) -> None:
    person = await browser.post("/sim/persons", name="Мама девятиклассника")
    assert person["name"] == "Мама девятиклассника"
    assert person["chat_id"] == person["id"]
    listed = (await browser.get("/sim/state"))["persons"]
    assert person in listed
    chat = await browser.get(f"/sim/chats/{person['chat_id']}")
    assert chat["started"] is False
    assert chat["messages"] == []
    assert (await browser.post("/sim/persons", name=" "))["error"] == "Назовите человека."
