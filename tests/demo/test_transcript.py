from datetime import UTC, datetime
from typing import Any

from demo.telegram import Button, Person, UploadedFile
from tests.demo.caller import Caller, keyboard
from tests.demo.conftest import MOMENT


async def test_a_message_as_it_is_seen(caller: Caller, anna: Person) -> None:
    row: list[dict[str, Any]] = [
        {"text": "A", "callback_data": "a", "style": "danger"},
        {"text": "B", "url": "https://a.ru"},
        {"text": "C", "disabled": {}},
    ]
    number = await caller.send("<b>hi</b> /form", parse_mode="HTML", reply_markup=keyboard(row))
    message = anna.chat.message(number)
    assert message.kind == "text"
    assert message.date == MOMENT == datetime(2027, 1, 14, 5, tzinfo=UTC)
    assert message.html == "<b>hi</b> /form"
    assert '<span class="bot-command">' in message.page_html
    assert [one["type"] for one in message.entities] == ["bold", "bot_command"]
    assert message.labels == ["A", "B", "C"]
    assert message.buttons == [
        [
            Button("A", data="a", style="danger"),
            Button("B", url="https://a.ru"),
            Button("C", disabled=True),
        ]
    ]
    assert message == anna.last
    assert len({message, anna.last}) == 1
    assert repr(message) == "<message 2: 'hi /form'>"


async def test_views_are_live(caller: Caller, anna: Person) -> None:
    number = await caller.send("one")
    message = anna.chat.message(number)
    await caller.result("editMessageText", chat_id=anna.id, message_id=number, text="two")
    assert (message.text, message.edited) == ("two", True)
    await caller.result("deleteMessage", chat_id=anna.id, message_id=number)
    assert message.deleted
    assert message not in anna.chat.messages
    assert message in anna.chat.history


async def test_files(caller: Caller, anna: Person) -> None:
    file = UploadedFile("a.txt", b"a")
    await caller.result("sendDocument", chat_id=anna.id, document=file)
    assert anna.last is not None
    assert anna.last.document is not None
    assert anna.last.document.data == b"a"
    assert anna.last.photo is None
