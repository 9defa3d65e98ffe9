from datetime import timedelta

import pytest

from demo.telegram import Person, Telegram, UploadedFile
from tests.demo.caller import Caller, button, keyboard

MARKUP = keyboard([button("A", "a")])


async def test_an_edit_replaces_text_and_keyboard_and_keeps_the_history(
    caller: Caller, anna: Person
) -> None:
    number = await caller.send("one", reply_markup=MARKUP)
    edited = await caller.result(
        "editMessageText", chat_id=anna.id, message_id=number, text="<b>two</b>", parse_mode="HTML"
    )
    assert edited["edit_date"] == edited["date"]
    assert "reply_markup" not in edited
    message = anna.chat.message(number)
    assert message.html == "<b>two</b>"
    assert message.edited
    assert message.buttons == []
    assert [past.text for past in message.history] == ["one"]


async def test_the_same_again_is_not_modified(caller: Caller, anna: Person) -> None:
    number = await caller.send("<b>a</b>", parse_mode="HTML", reply_markup=MARKUP)
    same = {"chat_id": anna.id, "message_id": number, "text": "<b>a</b> ", "parse_mode": "HTML"}
    assert await caller.refusal("editMessageText", **same, reply_markup=MARKUP) == (
        "400 Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert await caller.result("editMessageText", **same)  # another keyboard: modified


async def test_what_cannot_be_edited(caller: Caller, anna: Person) -> None:
    async def edit(message_id: int) -> str:
        return await caller.refusal(
            "editMessageText", chat_id=anna.id, message_id=message_id, text="b"
        )

    assert await edit(999) == "400 Bad Request: message to edit not found"
    gone = await caller.send()
    await caller.result("deleteMessage", chat_id=anna.id, message_id=gone)
    assert await edit(gone) == "400 Bad Request: message to edit not found"
    theirs = anna.send("mine").message_id
    assert await edit(theirs) == "400 Bad Request: message can't be edited"
    # A message with a reply keyboard can never be edited: a trap of the real server.
    stuck = await caller.send(reply_markup={"keyboard": [[{"text": "A"}]]})
    assert await edit(stuck) == "400 Bad Request: message can't be edited"
    assert await caller.refusal("editMessageText", text="b") == (
        "400 Bad Request: message identifier is not specified"
    )


async def test_a_blocked_chat_takes_no_edits(caller: Caller, anna: Person) -> None:
    number = await caller.send()
    anna.block()
    refusal = await caller.refusal("editMessageText", chat_id=anna.id, message_id=number, text="b")
    assert refusal == "403 Forbidden: bot was blocked by the user"


async def test_captions_and_texts_are_not_mixed(caller: Caller, anna: Person) -> None:
    text = await caller.send()
    file = UploadedFile("a.txt", b"a")
    sent = await caller.result("sendDocument", chat_id=anna.id, document=file)
    document = sent["message_id"]
    assert await caller.refusal(
        "editMessageText", chat_id=anna.id, message_id=document, text="b"
    ) == ("400 Bad Request: there is no text in the message to edit")
    assert await caller.refusal(
        "editMessageCaption", chat_id=anna.id, message_id=text, caption="b"
    ) == ("400 Bad Request: there is no caption in the message to edit")
    edited = await caller.result(
        "editMessageCaption", chat_id=anna.id, message_id=document, caption="b"
    )
    assert edited["caption"] == "b"


async def test_a_new_keyboard_alone_is_no_edit_to_the_eye(caller: Caller, anna: Person) -> None:
    number = await caller.send()
    await caller.result(
        "editMessageReplyMarkup", chat_id=anna.id, message_id=number, reply_markup=MARKUP
    )
    assert anna.chat.message(number).labels == ["A"]
    assert not anna.chat.message(number).edited
    refusal = await caller.refusal(
        "editMessageReplyMarkup", chat_id=anna.id, message_id=number, reply_markup=MARKUP
    )
    assert "message is not modified" in refusal


async def test_only_inline_keyboards_in_edits(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.strict = False  # in strict mode the description refuses it first
    number = await caller.send()
    refusal = await caller.refusal(
        "editMessageText",
        chat_id=anna.id,
        message_id=number,
        text="b",
        reply_markup={"keyboard": [[{"text": "A"}]]},
    )
    assert refusal == "400 Bad Request: inline keyboard expected"


async def test_deleting(caller: Caller, anna: Person) -> None:
    number = await caller.send()
    assert await caller.result("deleteMessage", chat_id=anna.id, message_id=number) is True
    assert anna.last is None
    assert anna.chat.history[-1].deleted
    again = await caller.refusal("deleteMessage", chat_id=anna.id, message_id=number)
    assert again == "400 Bad Request: message to delete not found"


async def test_after_two_days_nothing_is_deleted_in_a_private_chat(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    number = await caller.send()
    telegram.clock.shift(timedelta(hours=48))
    young = await caller.send()
    telegram.clock.shift(timedelta(seconds=1))
    refusal = await caller.refusal("deleteMessage", chat_id=anna.id, message_id=number)
    assert refusal == "400 Bad Request: message can't be deleted for everyone"
    assert await caller.result("deleteMessage", chat_id=anna.id, message_id=young)


async def test_a_persons_message_can_be_deleted(caller: Caller, anna: Person) -> None:
    number = anna.send("+7 900 000-00-00").message_id
    assert await caller.result("deleteMessage", chat_id=anna.id, message_id=number)
    assert number not in [message.message_id for message in anna.chat.messages]


async def test_deleting_many(caller: Caller, anna: Person) -> None:
    numbers = [await caller.send() for _ in range(3)]
    assert await caller.result("deleteMessages", chat_id=anna.id, message_ids=[*numbers, 999])
    assert anna.last is None
    assert await caller.refusal(
        "deleteMessages", chat_id=anna.id, message_ids=list(range(1, 102))
    ) == ("400 Bad Request: too many message identifiers specified")
    assert await caller.refusal("deleteMessages", chat_id=anna.id, message_ids=[]) == (
        "400 Bad Request: message identifiers are not specified"
    )


@pytest.mark.parametrize(
    ("rights", "deleted"), [(("can_delete_messages",), True), (("can_post_messages",), False)]
)
async def test_others_posts_are_deleted_by_right(
    telegram: Telegram, caller: Caller, anna: Person, rights: tuple[str, ...], deleted: bool
) -> None:
    channel = telegram.channel().admit(by=anna.id, rights=rights)
    number = channel.post("by a person").message_id
    answer = await caller.answer("deleteMessage", chat_id=channel.id, message_id=number)
    assert answer["ok"] is deleted
    if not deleted:
        assert answer["description"] == "Bad Request: message can't be deleted"


async def test_what_is_not_edited_here_says_so(caller: Caller, anna: Person) -> None:
    rich = {"html": "<table></table>"}
    assert (await caller.refusal("editMessageText", rich_message=rich)).startswith("501 ")
    inline = await caller.refusal("editMessageText", inline_message_id="x", text="a")
    assert inline.startswith("501 ")


async def test_deleting_without_saying_what(telegram: Telegram, caller: Caller) -> None:
    telegram.strict = False
    assert await caller.refusal("deleteMessage", message_id=1) == (
        "400 Bad Request: chat identifier is not specified"
    )
    assert await caller.refusal("deleteMessage", chat_id=1) == (
        "400 Bad Request: message identifier is not specified"
    )


async def test_an_editor_of_a_channel_edits_others_posts(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel().admit(by=anna.id)
    number = channel.post("by a person").message_id
    await caller.result("editMessageText", chat_id=channel.id, message_id=number, text="by the bot")
    assert channel.messages[0].text == "by the bot"
