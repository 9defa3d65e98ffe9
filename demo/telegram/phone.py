"""What a person's phone does with the server: delivers, presses, tells who blocked whom."""

from demo.telegram.core import Core
from demo.telegram.model import Callback, Chat, Json, Media, Message, User
from demo.telegram.payloads import (
    chat_json,
    inaccessible_json,
    member_json,
    message_json,
    user_json,
)


class Phone:
    """One person's side of the private chat with the bot."""

    def __init__(self, core: Core, user_id: int) -> None:
        self.core = core
        self.user_id = user_id

    @property
    def user(self) -> User:
        return self.core.world.users[self.user_id]

    @property
    def chat(self) -> Chat:
        return self.core.world.chats[self.user_id]

    def deliver(
        self,
        *,
        text: str = "",
        entities: tuple[Json, ...] = (),
        media: Media | None = None,
        reply_to: int | None = None,
        forward: Json | None = None,
    ) -> Message:
        if self.user.deactivated:
            raise RuntimeError("the account is deleted")
        if self.chat.blocked:
            raise RuntimeError("the bot is blocked: unblock it first")
        self.chat.started = True
        message = self.core.add_message(
            self.chat,
            sender_id=self.user_id,
            from_bot=False,
            text=text,
            entities=entities,
            media=media,
            reply_to=reply_to,
            forward=forward,
        )
        self.core.queue.put("message", message_json(self.core.world, message))
        return message

    def edit(self, message: Message, text: str, entities: tuple[Json, ...]) -> None:
        if message.sender_id != self.user_id:
            raise PermissionError("people edit their own messages only")
        self.core.change_message(message, text=text, entities=entities, markup=None)
        self.core.queue.put("edited_message", message_json(self.core.world, message))

    def press(self, message_id: int, data: str) -> tuple[Callback, Json | None]:
        world = self.core.world
        callback = Callback(
            world.query_id(), self.user_id, self.user_id, message_id, data, self.core.now()
        )
        world.callbacks[callback.id] = callback
        payload = {
            "id": callback.id,
            "from": user_json(self.user),
            **self._pressed(message_id),
            "chat_instance": str(self.user_id * 7919),  # one per chat, opaque
            "data": data,
        }
        return callback, self.core.queue.put("callback_query", payload)

    def tell_membership(self, before: str, after: str) -> None:
        """The bot is told that it was blocked or unblocked."""
        world = self.core.world
        payload = {
            "chat": chat_json(world, self.chat),
            "from": user_json(self.user),
            "date": self.core.unix(),
            "old_chat_member": member_json(world.bot.user, before),
            "new_chat_member": member_json(world.bot.user, after),
        }
        self.core.queue.put("my_chat_member", payload)
        self.core.changes.tell("message", self.user_id)

    def _pressed(self, message_id: int) -> Json:
        message = self.chat.messages.get(message_id)
        if message is None or message.deleted:
            return {"message": inaccessible_json(self.core.world, self.chat, message_id)}
        if message.inline_id is not None:  # it may stand in a chat that the bot does not see
            return {"inline_message_id": message.inline_id}
        return {"message": message_json(self.core.world, message)}
