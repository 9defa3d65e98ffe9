"""Which chat and which message a call is about, and whether the bot may touch it."""

from demo.telegram.core import Core
from demo.telegram.limits import DELETE_WITHIN
from demo.telegram.methods.request import Request
from demo.telegram.model import Chat, Message
from demo.telegram.refusals import bad_request, forbidden


def named_chat(core: Core, request: Request, name: str = "chat_id") -> Chat:
    wanted = request.values.get(name)
    if wanted in (None, ""):
        raise bad_request("chat_id is empty")
    if isinstance(wanted, str):
        handle = wanted.removeprefix("@").lower()
        for chat in core.world.chats.values():
            if chat.kind != "private" and (chat.username or "").lower() == handle:
                return chat
        raise bad_request("chat not found")
    found = core.world.chats.get(wanted)
    if found is None:
        raise bad_request("chat not found")
    return found


def readable_chat(core: Core, request: Request) -> Chat:
    chat = named_chat(core, request)
    if chat.kind != "private":
        _check_membership(chat, reading=True)
    return chat


def writable_chat(core: Core, request: Request) -> Chat:
    """A chat that would take a message from the bot now."""
    chat = named_chat(core, request)
    if chat.kind != "private":
        _check_membership(chat, reading=False)
        if chat.kind == "channel":
            check_right(chat, "can_post_messages")
        return chat
    if core.world.users[chat.id].deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def check_right(chat: Chat, right: str) -> None:
    if chat.bot_status != "administrator" or not chat.bot_rights.get(right):
        raise bad_request(f"need administrator rights in the {_kind_words(chat)}")


def named_message(chat: Chat, message_id: int, purpose: str) -> Message:
    """A message that is still there, or the complaint that names what was to be done with it."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"message to {purpose} not found")
    return message


def check_deletable(core: Core, chat: Chat, message: Message) -> None:
    young = core.now() - message.date <= DELETE_WITHIN.total_seconds()
    if chat.kind == "private":
        # The server deletes for both sides or not at all, also what the bot itself has sent.
        if not young:
            raise bad_request("message can't be deleted for everyone")
        return
    admin = chat.bot_status == "administrator" and chat.bot_rights.get("can_delete_messages")
    own = message.from_bot and (
        chat.kind != "channel" or bool(chat.bot_rights.get("can_post_messages"))
    )
    if not admin and not (own and young):
        raise bad_request("message can't be deleted")


def _check_membership(chat: Chat, *, reading: bool) -> None:
    if chat.migrated_to is not None and not reading:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    public = chat.username is not None
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {_kind_words(chat)}")
    if chat.bot_status == "left" and not (public and reading):
        raise forbidden(f"bot is not a member of the {_kind_words(chat)}")


def _kind_words(chat: Chat) -> str:
    return f"{chat.kind} chat"
