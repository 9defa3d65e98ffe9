import pytest

from demo.telegram import Person, Telegram, UploadedFile
from tests.demo.caller import Caller, button, keyboard
from tests.demo.pictures import png


async def test_a_message_arrives_as_it_was_meant(caller: Caller, anna: Person) -> None:
    markup = keyboard([button("A", "a")])
    message = await caller.result(
        "sendMessage", chat_id=anna.id, text="<b>hi</b>", parse_mode="HTML", reply_markup=markup
    )
    assert anna.last is not None
    assert anna.last.html == "<b>hi</b>"
    assert anna.last.buttons[0][0].data == "a"
    assert message["text"] == "hi"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert message["reply_markup"] == markup
    assert message["from"]["is_bot"] is True
    assert message["chat"] == {"id": anna.id, "type": "private", "first_name": "Анна"}
    assert message["date"] == 1799902800


async def test_message_ids_of_private_chats_share_one_counter(
    telegram: Telegram, caller: Caller
) -> None:
    boris = telegram.person(id=102, name="Борис")
    first = boris.start().message_id
    assert await caller.send() == first + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "400 Bad Request: message text is empty"),
        ("я" * 4097, "400 Bad Request: message is too long"),
        (
            "<b>a",
            "400 Bad Request: can't parse entities: "
            'Can\'t find end tag corresponding to start tag "b"',
        ),
    ],
)
async def test_texts_that_are_refused(
    caller: Caller, anna: Person, text: str, expected: str
) -> None:
    refusal = await caller.refusal("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")
    assert refusal == expected
    assert anna.last is None


async def test_a_reply(caller: Caller, anna: Person) -> None:
    asked = anna.send("how many?")
    answer = await caller.result(
        "sendMessage",
        chat_id=anna.id,
        text="24",
        reply_parameters={"message_id": asked.message_id},
    )
    assert answer["reply_to_message"]["text"] == "how many?"
    assert anna.last is not None
    assert anna.last.reply_to == asked.message_id


async def test_a_reply_to_what_is_gone(caller: Caller, anna: Person) -> None:
    lost = {"message_id": 999}
    refusal = await caller.refusal("sendMessage", chat_id=anna.id, text="24", reply_parameters=lost)
    assert refusal == "400 Bad Request: message to be replied not found"
    lost["allow_sending_without_reply"] = True
    assert await caller.send(reply_parameters=lost)


async def test_reply_keyboards_come_and_go(caller: Caller, anna: Person) -> None:
    await caller.send(reply_markup={"keyboard": [[{"text": "Да"}, "Нет"]]})
    assert anna.chat.reply_keyboard == [["Да", "Нет"]]
    await caller.send()
    assert anna.chat.reply_keyboard == [["Да", "Нет"]]
    await caller.send(reply_markup={"remove_keyboard": True})
    assert anna.chat.reply_keyboard is None


async def test_a_document_with_a_caption(caller: Caller, anna: Person) -> None:
    message = await caller.result(
        "sendDocument",
        chat_id=anna.id,
        document=UploadedFile("отчёт.xlsx", b"PK"),
        caption="<i>готово</i>",
        parse_mode="HTML",
    )
    assert anna.last is not None
    assert anna.last.document is not None
    assert anna.last.document.data == b"PK"
    assert anna.last.html == "<i>готово</i>"
    document = message["document"]
    assert document["file_name"] == "отчёт.xlsx"
    assert document["mime_type"].startswith("application/vnd.openxmlformats")
    assert message["caption"] == "готово"


async def test_a_long_caption(caller: Caller, anna: Person) -> None:
    refusal = await caller.refusal(
        "sendDocument", chat_id=anna.id, document=UploadedFile("a.txt", b"a"), caption="я" * 1025
    )
    assert refusal == "400 Bad Request: message caption is too long"


async def test_a_photo(caller: Caller, anna: Person) -> None:
    message = await caller.result(
        "sendPhoto", chat_id=anna.id, photo=UploadedFile("a.png", png(1000, 700))
    )
    small, large = message["photo"]
    assert (large["width"], large["height"]) == (1000, 700)
    assert (small["width"], small["height"]) == (90, 63)
    assert anna.last is not None
    assert anna.last.photo is not None


async def test_typing_shows_for_five_seconds_or_until_a_message(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    assert await caller.result("sendChatAction", chat_id=anna.id, action="typing") is True
    chat = telegram.world.chats[anna.id]
    assert chat.busy_until == telegram.now() + 5
    await caller.send()
    assert chat.busy_until == 0
    refusal = await caller.refusal("sendChatAction", chat_id=anna.id, action="sleeping")
    assert refusal == "400 Bad Request: wrong parameter action in request"


async def test_wide_rows_are_a_warning(telegram: Telegram, caller: Caller) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a")] * 9))
    assert telegram.world.warnings == ["sendMessage: a row of 9 buttons"]


async def test_what_is_not_built_says_so(caller: Caller, anna: Person) -> None:
    refusal = await caller.refusal(
        "sendMessage", chat_id=anna.id, text="a", business_connection_id="b"
    )
    assert refusal.startswith("501 Not Implemented")


async def test_replies_across_chats_are_not_built(caller: Caller, anna: Person) -> None:
    elsewhere = {"message_id": 1, "chat_id": 102}
    refusal = await caller.refusal(
        "sendMessage", chat_id=anna.id, text="a", reply_parameters=elsewhere
    )
    assert refusal.startswith("501 ")
