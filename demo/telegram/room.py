"""Channels and groups: who is in them, what the bot may do there, what their people post."""

from typing import Self

from demo.telegram.core import Core
from demo.telegram.entities import read_typed
from demo.telegram.model import BotStatus, Chat, ChatKind
from demo.telegram.payloads import chat_json, member_json, message_json, user_json
from demo.telegram.transcript import ChatView, MessageView

ALL_RIGHTS = (
    "can_manage_chat",
    "can_post_messages",
    "can_edit_messages",
    "can_delete_messages",
    "can_pin_messages",
    "can_invite_users",
)


class Room:
    def __init__(self, core: Core, chat_id: int) -> None:
        self._core = core
        self.id = chat_id
        self.chat = ChatView(core.world, chat_id)

    @classmethod
    def of(cls, core: Core, kind: ChatKind, chat_id: int, title: str, username: str | None) -> Self:
        if chat_id not in core.world.chats:
            core.world.chats[chat_id] = Chat(chat_id, kind, title, username=username)
        return cls(core, chat_id)

    @property
    def messages(self) -> list[MessageView]:
        return self.chat.messages

    @property
    def _chat(self) -> Chat:
        return self._core.world.chats[self.id]

    def admit(self, by: int, *, rights: tuple[str, ...] = ALL_RIGHTS) -> Self:
        """Make the bot an administrator with these rights; the bot is told."""
        self._chat.members.setdefault(by, "creator")
        self._set("administrator", by, dict.fromkeys(rights, True))
        return self

    def admit_as_member(self, by: int) -> Self:
        self._set("member", by, {})
        return self

    def kick(self, by: int) -> None:
        """Put the bot out of the room."""
        self._set("kicked", by, {})

    @property
    def owner(self) -> int:
        return next(one for one, status in self._chat.members.items() if status == "creator")

    @property
    def bot_status(self) -> BotStatus:
        return self._chat.bot_status

    @property
    def bot_rights(self) -> list[str]:
        return [right for right, on in self._chat.bot_rights.items() if on]

    def remove(self, message_id: int) -> None:
        """An administrator deletes a message by hand; the bot is not told. LookupError if gone."""
        message = self._chat.messages[message_id]
        if message.deleted:
            raise LookupError(message_id)
        self._core.delete_message(message)

    def join(self, user_id: int, status: str = "member") -> None:
        self._chat.members[user_id] = status

    def leave(self, user_id: int) -> None:
        self._chat.members[user_id] = "left"

    def migrate(self, to: int) -> "Room":
        """A group becomes a supergroup: the old id answers with the new one."""
        old = self._chat
        room = Room.of(self._core, "supergroup", to, old.title, old.username)
        new = self._core.world.chats[to]
        new.bot_status, new.bot_rights = old.bot_status, dict(old.bot_rights)
        new.members = dict(old.members)
        old.migrated_to = to
        return room

    def post(self, text: str, by: int | None = None) -> MessageView:
        """A message that is not the bot's: an administrator's post, or a member's words."""
        words, entities = read_typed(text)
        chat = self._chat
        channel = chat.kind == "channel"
        message = self._core.add_message(
            chat,
            sender_id=None if channel else by,
            from_bot=False,
            text=words,
            entities=entities,
        )
        kind = "channel_post" if channel else "message"
        if chat.bot_status in {"administrator", "member"}:
            self._core.queue.put(kind, message_json(self._core.world, message))
        return self.chat.message(message.message_id)

    def _set(self, status: BotStatus, by: int, rights: dict[str, bool]) -> None:
        world, chat = self._core.world, self._chat
        bot = world.bot.user
        before = member_json(bot, chat.bot_status, chat.bot_rights)
        chat.bot_status, chat.bot_rights = status, rights
        payload = {
            "chat": chat_json(world, chat),
            "from": user_json(world.users[by]),
            "date": self._core.unix(),
            "old_chat_member": before,
            "new_chat_member": member_json(bot, status, rights),
        }
        self._core.queue.put("my_chat_member", payload)
        self._core.changes.tell("message", chat.id)
