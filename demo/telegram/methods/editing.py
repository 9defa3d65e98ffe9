"""Changing and taking back what stands in a chat."""

from typing import Any

from demo.telegram import keyboards
from demo.telegram.core import Core
from demo.telegram.entities import Formatted, read_message
from demo.telegram.limits import DELETE_AT_ONCE
from demo.telegram.methods.request import Request
from demo.telegram.methods.sending import caption_of
from demo.telegram.methods.targets import (
    check_deletable,
    named_message,
    readable_chat,
    writable_chat,
)
from demo.telegram.model import Chat, Json, Message
from demo.telegram.payloads import message_json
from demo.telegram.refusals import NOT_MODIFIED, bad_request, not_built


def edit_message_text(core: Core, request: Request) -> Json:
    if request.object("rich_message"):
        raise not_built("rich_message in editMessageText")
    words = read_message(
        request.text("text"), request.text("parse_mode"), request.objects("entities")
    )
    message = _editable(core, request)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(core, request, message, words)


def edit_message_caption(core: Core, request: Request) -> Json:
    words = caption_of(request)
    message = _editable(core, request)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(core, request, message, words)


def edit_message_reply_markup(core: Core, request: Request) -> Json:
    message = _editable(core, request)
    return _edit(core, request, message, (message.text, message.entities), edited=False)


def delete_message(core: Core, request: Request) -> bool:
    message_id = request.number("message_id")
    if not request.values.get("chat_id"):
        raise bad_request("chat identifier is not specified")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    chat = readable_chat(core, request)
    message = named_message(chat, message_id, "delete")
    check_deletable(core, chat, message)
    core.delete_message(message)
    return True


def delete_messages(core: Core, request: Request) -> bool:
    ids = request.objects("message_ids") or []
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > DELETE_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    chat = readable_chat(core, request)
    # What is not found is skipped; what may not be deleted stops everything.
    messages = [chat.messages[number] for number in _numbers(ids) if number in chat.messages]
    messages = [message for message in messages if not message.deleted]
    for message in messages:
        check_deletable(core, chat, message)
    for message in messages:
        core.delete_message(message)
    return True


def _editable(core: Core, request: Request) -> Message:
    if request.values.get("inline_message_id"):
        raise not_built("editing of inline messages")
    message_id = request.number("message_id")
    if not request.values.get("chat_id") and not message_id:
        raise bad_request("message identifier is not specified")
    chat = writable_chat(core, request)
    message = named_message(chat, message_id, "edit")
    if not message.from_bot and not (chat.kind == "channel" and _may_edit_others(chat)):
        raise bad_request("message can't be edited")
    if message.other_markup or message.forward is not None:
        raise bad_request("message can't be edited")
    return message


def _edit(
    core: Core, request: Request, message: Message, words: Formatted, *, edited: bool = True
) -> Json:
    markup = request.object("reply_markup") or {}
    if not keyboards.is_inline(markup):
        raise bad_request("inline keyboard expected")
    inline = keyboards.read_inline(markup, strict=core.strict)
    text, entities = words
    if (text, entities, inline) == (message.text, message.entities, message.markup):
        raise bad_request(NOT_MODIFIED)
    core.flood.take(core.world.chats[message.chat_id], core.now())
    core.change_message(message, text=text, entities=entities, markup=inline, edited=edited)
    return message_json(core.world, message)


def _may_edit_others(chat: Chat) -> bool:
    return bool(chat.bot_rights.get("can_edit_messages"))


def _numbers(ids: list[Any]) -> list[int]:
    return [number for number in ids if isinstance(number, int)]
