from typing import Any

import pytest

from demo.telegram import NoSuchButtonError, Person, Telegram
from tests.demo.caller import Caller, button, keyboard
from tests.demo.pictures import png


def test_start_and_links(telegram: Telegram) -> None:
    boris = telegram.person(id=102, name="Борис", username="boris", language_code=None)
    boris.start()
    boris.start("invite")
    plain, linked = telegram.queue.take()
    assert plain["message"]["text"] == "/start"
    assert plain["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert linked["message"]["text"] == "/start invite"
    assert linked["message"]["from"] == {
        "id": 102,
        "is_bot": False,
        "first_name": "Борис",
        "username": "boris",
    }


def test_editing_an_own_message(telegram: Telegram, anna: Person) -> None:
    message = anna.send("23")
    anna.edit(message, "24")
    sent, edited = telegram.queue.take()
    assert sent["message"]["text"] == "23"
    assert edited["edited_message"]["text"] == "24"
    assert edited["edited_message"]["message_id"] == message.message_id
    assert edited["edited_message"]["edit_date"]
    assert message.text == "24"


async def test_the_bots_messages_are_not_hers_to_edit(caller: Caller, anna: Person) -> None:
    number = await caller.send()
    with pytest.raises(PermissionError):
        anna.edit(number, "mine now")


def test_replies(telegram: Telegram, anna: Person) -> None:
    first = anna.send("one")
    anna.send("two", reply_to=first)
    *_, update = telegram.queue.take()
    assert update["message"]["reply_to_message"]["text"] == "one"


def test_nobody_sends_nothing(anna: Person) -> None:
    with pytest.raises(ValueError, match="empty"):
        anna.send("  ")


async def test_pressing_what_is_on_the_screen(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    assert anna.screen is None
    with pytest.raises(NoSuchButtonError, match="no button before"):
        anna.click("A")
    number = await caller.send("card", reply_markup=keyboard([button("Готово ✓", "done")]))
    await caller.send("just words")
    assert anna.screen is not None
    assert anna.screen.message_id == number
    press = anna.click("Готово")
    assert press.update is not None
    query = press.update["callback_query"]
    assert query["data"] == "done"
    assert query["message"]["text"] == "card"
    assert query["message"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Готово ✓"


async def test_pressing_an_older_message(caller: Caller, anna: Person) -> None:
    old = await caller.send(reply_markup=keyboard([button("A", "old")]))
    await caller.send(reply_markup=keyboard([button("A", "new")]))
    assert anna.click("A").callback.data == "new"
    assert anna.click("A", old).callback.data == "old"
    assert anna.click("A", anna.chat.message(old)).callback.data == "old"
    assert anna.click_data("new").callback.data == "new"


async def test_buttons_that_send_nothing(caller: Caller, anna: Person) -> None:
    row: list[dict[str, Any]] = [
        {"text": "link", "url": "https://a.ru"},
        {"text": "off", "disabled": {}},
    ]
    await caller.send(reply_markup=keyboard(row))
    for label in ("link", "off"):
        with pytest.raises(NoSuchButtonError, match="sends nothing"):
            anna.click(label)


async def test_pressing_what_is_gone_comes_without_the_message(
    caller: Caller, anna: Person
) -> None:
    number = await caller.send(reply_markup=keyboard([button("A", "a")]))
    await caller.result("deleteMessage", chat_id=anna.id, message_id=number)
    press = anna.forge_callback("a", number)
    assert press.update is not None
    assert press.update["callback_query"]["message"] == {
        "chat": {"id": anna.id, "type": "private", "first_name": "Анна"},
        "message_id": number,
        "date": 0,
    }


async def test_reply_keyboards_send_their_words(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    rows = [[{"text": "Да"}, {"text": "Номер", "request_contact": True}]]
    await caller.send(reply_markup={"keyboard": rows})
    anna.press_reply("Да")
    anna.press_reply("Номер")
    words, number = telegram.queue.take()
    assert words["message"]["text"] == "Да"
    assert number["message"]["contact"]["user_id"] == anna.id
    with pytest.raises(NoSuchButtonError):
        anna.press_reply("Нет")


def test_everything_that_people_send(telegram: Telegram, anna: Person) -> None:
    anna.send_document("a.xlsx", b"PK", caption="см.")
    anna.send_photo(png(1000, 700))
    anna.send_sticker()
    anna.send_voice()
    anna.send_contact()
    anna.send_contact("+7999", own=False)
    anna.send_location()
    messages = [update["message"] for update in telegram.queue.take()]
    document, photo, sticker, voice, contact, foreign, location = messages
    assert document["document"]["file_name"] == "a.xlsx"
    assert document["caption"] == "см."
    assert photo["photo"][-1]["width"] == 1000
    assert sticker["sticker"]["emoji"] == "👍"
    assert voice["voice"]["duration"] == 3
    assert contact["contact"]["user_id"] == anna.id
    assert "user_id" not in foreign["contact"]
    assert location["location"]["latitude"] == 53.02
    assert all("text" not in message for message in messages)


async def test_forwards(telegram: Telegram, caller: Caller, anna: Person) -> None:
    boris = telegram.person(id=102, name="Борис")
    channel = telegram.channel(title="УО").admit(by=anna.id)
    anna.forward(boris.start())
    anna.forward(boris.start(), hidden=True)
    anna.forward(channel.post("news"))
    origins = [
        update["message"]["forward_origin"]
        for update in telegram.queue.take()
        if "forward_origin" in update.get("message", {})
    ]
    person, hidden, post = origins
    assert person["sender_user"]["id"] == 102
    assert hidden["sender_user_name"] == "Борис"
    assert (post["type"], post["chat"]["title"]) == ("channel", "УО")


def test_blocking_and_coming_back(telegram: Telegram, anna: Person) -> None:
    anna.block()
    anna.block()
    with pytest.raises(RuntimeError, match="blocked"):
        anna.send("hello?")
    anna.start()
    blocked, unblocked, started = telegram.queue.take()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert started["message"]["text"] == "/start"


def test_a_deleted_account_is_silent(telegram: Telegram, anna: Person) -> None:
    anna.deactivate()
    with pytest.raises(RuntimeError, match="deleted"):
        anna.send("hello?")
    assert telegram.queue.pending() == []


def test_deleting_is_not_told(telegram: Telegram, anna: Person) -> None:
    message = anna.send("oops")
    telegram.queue.take()
    anna.delete(message)
    assert message.deleted
    assert telegram.queue.pending() == []
