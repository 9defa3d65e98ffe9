"""Every update must read as a real one does: parsed by the framework's own classes."""

import pytest
from aiogram.types import InaccessibleMessage, Message, Update

from demo.telegram import Person, Telegram
from tests.demo.caller import Caller, button, keyboard
from tests.demo.pictures import png


async def test_updates_are_what_aiogram_expects(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a")]))
    message = anna.send("23 /form")
    anna.edit(message, "24")
    anna.click("A")
    anna.forge_callback("x", 999)
    anna.send_document("a.xlsx", b"PK")
    anna.send_photo(png(300, 200))
    anna.send_sticker()
    anna.send_voice()
    anna.send_contact()
    anna.send_location()
    anna.ask_inline("33")
    channel = telegram.channel(title="УО").admit(by=anna.id)
    anna.forward(channel.post("news"))
    anna.block()
    updates = [Update.model_validate(update) for update in telegram.queue.take()]
    kinds = [update.event_type for update in updates]
    assert kinds == [
        "message",
        "edited_message",
        "callback_query",
        "callback_query",
        *["message"] * 6,
        "inline_query",
        "my_chat_member",
        "channel_post",
        "message",
        "my_chat_member",
    ]
    pressed, forged = updates[2].callback_query, updates[3].callback_query
    assert pressed is not None
    assert isinstance(pressed.message, Message)
    assert forged is not None
    assert isinstance(forged.message, InaccessibleMessage)


@pytest.mark.parametrize("status", ["administrator", "member", "kicked"])
async def test_members(telegram: Telegram, anna: Person, status: str) -> None:
    room = telegram.group()
    acts = {"administrator": room.admit, "member": room.admit_as_member, "kicked": room.kick}
    acts[status](by=anna.id)
    [update] = telegram.queue.take()
    change = Update.model_validate(update).my_chat_member
    assert change is not None
    assert change.new_chat_member.status == status
