"""Model to Bot API objects: the JSON that a bot gets, as the real server writes it."""

from demo.telegram.model import Chat, Json, Message, StoredFile, User
from demo.telegram.world import World

_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
)
_PREVIEW_SIDE = 90


def user_json(user: User) -> Json:
    result: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username:
        result["username"] = user.username
    if user.language_code:
        result["language_code"] = user.language_code
    return result


def chat_json(world: World, chat: Chat) -> Json:
    result: Json = {"id": chat.id, "type": chat.kind}
    if chat.kind == "private":
        user = world.users[chat.id]
        result["first_name"] = user.first_name
        if user.username:
            result["username"] = user.username
        return result
    result["title"] = chat.title
    if chat.username:
        result["username"] = chat.username
    return result


def message_json(world: World, message: Message, *, with_reply: bool = True) -> Json:
    chat = world.chats[message.chat_id]
    result: Json = {"message_id": message.message_id}
    if message.sender_id is not None:
        result["from"] = user_json(world.users[message.sender_id])
    else:
        result["sender_chat"] = chat_json(world, chat)
    result |= {"date": message.date, "chat": chat_json(world, chat)}
    if message.edited_at is not None:
        result["edit_date"] = message.edited_at
    if message.forward is not None:
        result["forward_origin"] = message.forward
    if message.via_bot:
        result["via_bot"] = user_json(world.bot.user)
    result |= _content(message)
    if message.markup is not None:
        result["reply_markup"] = message.markup
    original = chat.messages.get(message.reply_to or 0)
    if with_reply and original is not None and not original.deleted:
        # As in Telegram: the message replied to comes without its own reply.
        result["reply_to_message"] = message_json(world, original, with_reply=False)
    return result


def _content(message: Message) -> Json:
    if message.media is None:
        words: Json = {"text": message.text}
        if message.entities:
            words["entities"] = list(message.entities)
        return words
    content: Json = {message.media.kind: message.media.details}
    if message.text:
        content["caption"] = message.text
        if message.entities:
            content["caption_entities"] = list(message.entities)
    return content


def inaccessible_json(world: World, chat: Chat, message_id: int) -> Json:
    """All that is left of a message in a press on its button, once the server let it go."""
    return {"chat": chat_json(world, chat), "message_id": message_id, "date": 0}


def document_json(file: StoredFile) -> Json:
    return {
        "file_name": file.name,
        "mime_type": file.mime,
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }


def photo_json(file: StoredFile) -> list[Json]:
    """Sizes from small to large: a bot that takes the first one takes the thumbnail."""
    largest: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "width": file.width,
        "height": file.height,
    }
    longer = max(file.width, file.height)
    if longer <= _PREVIEW_SIDE:
        return [largest]
    thumbnail = largest | {
        "file_id": f"{file.file_id}s",
        "file_unique_id": f"{file.unique_id}s",
        "width": max(1, file.width * _PREVIEW_SIDE // longer),
        "height": max(1, file.height * _PREVIEW_SIDE // longer),
    }
    return [thumbnail, largest]


def member_json(user: User, status: str, rights: Json | None = None) -> Json:
    member: Json = {"status": status, "user": user_json(user)}
    if status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False}
        member |= {right: bool((rights or {}).get(right, False)) for right in _ADMIN_RIGHTS}
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    return member
