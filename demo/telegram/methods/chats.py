"""Questions about a chat and who is in it; pinning."""

from demo.telegram.core import Core
from demo.telegram.methods.request import Request
from demo.telegram.methods.targets import check_right, named_message, readable_chat, writable_chat
from demo.telegram.model import Chat, Json
from demo.telegram.payloads import chat_json, member_json, message_json
from demo.telegram.refusals import bad_request


def get_chat(core: Core, request: Request) -> Json:
    chat = readable_chat(core, request)
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    gifts = dict.fromkeys((*kinds, "gifts_from_channels"), False)
    result = chat_json(core.world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }
    if chat.pinned:
        pinned = chat.messages[chat.pinned[-1]]
        result["pinned_message"] = message_json(core.world, pinned)
    return result


def get_chat_member(core: Core, request: Request) -> Json:
    chat = readable_chat(core, request)
    user_id = request.number("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    user = core.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if user_id == core.world.bot.user.id:
        status = "member" if chat.kind == "private" else chat.bot_status
        return member_json(user, status, chat.bot_rights)
    if chat.kind == "private":
        return member_json(user, "member" if user_id == chat.id else "left")
    if chat.kind == "channel" and chat.bot_status != "administrator":
        raise bad_request("member list is inaccessible")
    return member_json(user, chat.members.get(user_id, "left"))


def pin_chat_message(core: Core, request: Request) -> bool:
    chat = writable_chat(core, request)
    _check_may_pin(chat)
    message = named_message(chat, request.number("message_id"), "pin")
    chat.pinned = [*(other for other in chat.pinned if other != message.message_id)]
    chat.pinned.append(message.message_id)
    core.changes.tell("message", chat.id)
    return True


def unpin_chat_message(core: Core, request: Request) -> bool:
    chat = writable_chat(core, request)
    _check_may_pin(chat)
    message_id = request.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    core.changes.tell("message", chat.id)
    return True


def _check_may_pin(chat: Chat) -> None:
    if chat.kind == "channel":
        check_right(chat, "can_edit_messages")
    elif chat.kind != "private" and not chat.bot_rights.get("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
