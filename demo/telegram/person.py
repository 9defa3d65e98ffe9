"""The people: they write, press, send files, block. Nothing here waits.

A person can press only what the bot has really put before them; what a person cannot do, a crafted
client can, and for that there is `forge_callback`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from demo.telegram.core import Core
from demo.telegram.entities import Formatted, read_typed
from demo.telegram.methods.uploads import mime_of, picture_size
from demo.telegram.model import Callback, Chat, InlineQuery, Json, Media, Message, Toast, User
from demo.telegram.payloads import (
    chat_json,
    document_json,
    inaccessible_json,
    member_json,
    message_json,
    photo_json,
    user_json,
)
from demo.telegram.transcript import Button, ChatView, MessageView

Pick = str | Callable[[Button], bool]


class NoSuchButtonError(LookupError):
    """The bot put no such button there, or more than one."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button and, once the bot has answered, what it answered."""

    callback: Callback
    update: Json | None

    @property
    def id(self) -> str:
        return self.callback.id

    @property
    def answered(self) -> bool:
        return self.callback.answer is not None

    @property
    def toast(self) -> Toast | None:
        return self.callback.answer


class Person:
    def __init__(self, core: Core, user_id: int) -> None:
        self._core = core
        self.id = user_id
        self.chat = ChatView(core.world, user_id)

    @classmethod
    def of(
        cls, core: Core, user_id: int, name: str, *, language_code: str | None, username: str | None
    ) -> Self:
        if user_id not in core.world.users:
            user = User(user_id, name, username=username, language_code=language_code)
            core.world.users[user_id] = user
            core.world.chats[user_id] = Chat(user_id, "private", name, username=username)
        return cls(core, user_id)

    def __repr__(self) -> str:
        return f"<person {self.id} {self.name!r}>"

    @property
    def user(self) -> User:
        return self._core.world.users[self.id]

    @property
    def name(self) -> str:
        return self.user.first_name

    @property
    def last(self) -> MessageView | None:
        """The last message of the bot that is still there."""
        return next(reversed(self.chat.from_bot), None)

    @property
    def screen(self) -> MessageView | None:
        """The last message of the bot with an inline keyboard: what the person can press."""
        shown = (message for message in reversed(self.chat.from_bot) if message.buttons)
        return next(shown, None)

    @property
    def toasts(self) -> list[Toast]:
        """Every notice and alert that answers to presses have shown, oldest first."""
        return list(self._core.world.toasts.get(self.id, ()))

    # -- writing ---------------------------------------------------------------------------------

    def start(self, payload: str | None = None) -> MessageView:
        """Press Start, or follow a link that carries a payload. Unblocks, as in Telegram."""
        if self._chat.blocked:
            self.unblock()
        return self.send("/start" if payload is None else f"/start {payload}")

    def send(self, text: str, reply_to: int | MessageView | None = None) -> MessageView:
        text, entities = read_typed(text)
        if not text:
            raise ValueError("Telegram sends no empty messages")
        return self._deliver(text=text, entities=entities, reply_to=_number(reply_to))

    def edit(self, message: int | MessageView, text: str) -> MessageView:
        """Edit an own message; the bot gets edited_message."""
        original = self._own(message)
        new_text, entities = read_typed(text)
        self._core.change_message(original, text=new_text, entities=entities, markup=None)
        self._core.queue.put("edited_message", message_json(self._core.world, original))
        return self.chat.message(original.message_id)

    def delete(self, message: int | MessageView) -> None:
        """Delete for both sides. Telegram does not tell a bot about it."""
        self._core.delete_message(self._chat.messages[_number(message) or 0])

    def press_reply(self, label: str) -> MessageView:
        """Press a button of the keyboard that stands in place of the phone's own."""
        markup = self._chat.reply_keyboard or {}
        for row in markup.get("keyboard", ()):
            for button in row:
                if label in button["text"]:
                    if button.get("request_contact"):
                        return self.send_contact()
                    return self.send(button["text"])
        raise NoSuchButtonError(f"{label!r} is not on the keyboard: {self.chat.reply_keyboard}")

    # -- pressing --------------------------------------------------------------------------------

    def click(self, pick: Pick, message: int | MessageView | None = None) -> Press:
        """Press an inline button: by its label or a part of it, or by a predicate.

        Without a message, on the screen: the last message that has buttons.
        """
        target = self._pressed(message)
        button = _picked(target, pick)
        if button.data is None or button.disabled:
            raise NoSuchButtonError(f"{button.text!r} sends nothing to the bot")
        return self._press(target.message_id, button.data)

    def click_data(self, data: str, message: int | MessageView | None = None) -> Press:
        """Press the inline button that carries exactly this data."""
        return self.click(lambda button: button.data == data, message)

    def forge_callback(self, data: str, message: int | MessageView) -> Press:
        """A crafted client: any data, on any message, also one that is gone."""
        return self._press(_number(message) or 0, data)

    # -- other contents --------------------------------------------------------------------------

    def send_document(
        self,
        name: str,
        data: bytes,
        mime: str | None = None,
        *,
        caption: str = "",
        size: int | None = None,
    ) -> MessageView:
        """Send a file. `size` pretends a larger one without carrying its bytes around."""
        kind = mime or mime_of(name)
        file = self._core.world.keep_file(data, name, kind, "documents", size=size)
        media = Media("document", document_json(file), file.file_id)
        return self._deliver_media(media, caption)

    def send_photo(self, data: bytes, *, caption: str = "") -> MessageView:
        width, height = picture_size(data)
        file = self._core.world.keep_file(
            data, "photo.jpg", "image/jpeg", "photos", width=width or 1280, height=height or 960
        )
        return self._deliver_media(Media("photo", photo_json(file), file.file_id), caption)

    def send_sticker(self, emoji: str = "👍") -> MessageView:
        file = self._core.world.keep_file(b"sticker", "sticker.webp", "image/webp", "stickers")
        details = {
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self._deliver_media(Media("sticker", details, file.file_id))

    def send_voice(self, seconds: int = 3) -> MessageView:
        file = self._core.world.keep_file(b"voice", "voice.oga", "audio/ogg", "voice")
        details = {
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "duration": seconds,
            "mime_type": file.mime,
            "file_size": file.size,
        }
        return self._deliver_media(Media("voice", details, file.file_id))

    def send_contact(self, phone: str = "+70000000000", *, own: bool = True) -> MessageView:
        details: Json = {"phone_number": phone, "first_name": self.name}
        if own:
            details["user_id"] = self.id
        return self._deliver_media(Media("contact", details))

    def send_location(self, latitude: float = 53.02, longitude: float = 158.65) -> MessageView:
        return self._deliver_media(
            Media("location", {"latitude": latitude, "longitude": longitude})
        )

    def forward(self, message: MessageView, *, hidden: bool = False) -> MessageView:
        """Forward a message of any chat of this Telegram to the bot."""
        world = self._core.world
        original = world.chats[message.chat_id].messages[message.message_id]
        origin: Json = {"date": original.date}
        if original.sender_id is None:
            chat = chat_json(world, world.chats[original.chat_id])
            origin |= {"type": "channel", "chat": chat, "message_id": original.message_id}
        elif hidden:
            name = world.users[original.sender_id].first_name
            origin |= {"type": "hidden_user", "sender_user_name": name}
        else:
            sender = user_json(world.users[original.sender_id])
            origin |= {"type": "user", "sender_user": sender}
        return self._deliver(
            text=original.text, entities=original.entities, media=original.media, forward=origin
        )

    def ask_inline(self, query: str) -> InlineQuery:
        """Type a query after the bot's name in some chat."""
        world = self._core.world
        asked = InlineQuery(world.query_id(), self.id, query, self._core.now())
        world.inline_queries[asked.id] = asked
        payload = {"id": asked.id, "from": user_json(self.user), "query": query, "offset": ""}
        self._core.queue.put("inline_query", payload)
        return asked

    # -- the person and the bot ------------------------------------------------------------------

    def block(self) -> None:
        if not self._chat.blocked:
            self._chat.blocked = True
            self._tell_membership("member", "kicked")

    def unblock(self) -> None:
        if self._chat.blocked:
            self._chat.blocked = False
            self._tell_membership("kicked", "member")

    def deactivate(self) -> None:
        """Delete the account. The bot is not told; it finds out when it writes."""
        self.user.deactivated = True
        self._core.changes.tell("message", self.id)

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _chat(self) -> Chat:
        return self._core.world.chats[self.id]

    def _deliver_media(self, media: Media, caption: str = "") -> MessageView:
        words: Formatted = read_typed(caption)
        return self._deliver(text=words[0], entities=words[1], media=media)

    def _deliver(
        self,
        *,
        text: str,
        entities: tuple[Json, ...] = (),
        media: Media | None = None,
        reply_to: int | None = None,
        forward: Json | None = None,
    ) -> MessageView:
        if self.user.deactivated:
            raise RuntimeError("the account is deleted")
        if self._chat.blocked:
            raise RuntimeError("the bot is blocked: unblock it first")
        self._chat.started = True
        message = self._core.add_message(
            self._chat,
            sender_id=self.id,
            from_bot=False,
            text=text,
            entities=entities,
            media=media,
            reply_to=reply_to,
            forward=forward,
        )
        self._core.queue.put("message", message_json(self._core.world, message))
        return self.chat.message(message.message_id)

    def _press(self, message_id: int, data: str) -> Press:
        world = self._core.world
        callback = Callback(world.query_id(), self.id, self.id, message_id, data, self._core.now())
        world.callbacks[callback.id] = callback
        shown = self._chat.messages.get(message_id)
        gone = shown is None or shown.deleted
        update = self._core.queue.put(
            "callback_query",
            {
                "id": callback.id,
                "from": user_json(self.user),
                "message": inaccessible_json(world, self._chat, message_id)
                if shown is None or gone
                else message_json(world, shown),
                "chat_instance": str(self.id * 7919),
                "data": data,
            },
        )
        return Press(callback, update)

    def _pressed(self, message: int | MessageView | None) -> MessageView:
        if isinstance(message, MessageView):
            return message
        if message is not None:
            return self.chat.message(message)
        if self.screen is None:
            raise NoSuchButtonError("the bot has put no button before this person")
        return self.screen

    def _own(self, message: int | MessageView) -> Message:
        found = self._chat.messages[_number(message) or 0]
        if found.sender_id != self.id:
            raise PermissionError("people edit their own messages only")
        return found

    def _tell_membership(self, before: str, after: str) -> None:
        world = self._core.world
        payload = {
            "chat": chat_json(world, self._chat),
            "from": user_json(self.user),
            "date": self._core.unix(),
            "old_chat_member": member_json(world.bot.user, before),
            "new_chat_member": member_json(world.bot.user, after),
        }
        self._core.queue.put("my_chat_member", payload)
        self._core.changes.tell("message", self.id)


def _number(message: int | MessageView | None) -> int | None:
    return message.message_id if isinstance(message, MessageView) else message


def _picked(message: MessageView, pick: Pick) -> Button:
    buttons = [button for row in message.buttons for button in row]
    if isinstance(pick, str):
        exact = [button for button in buttons if button.text == pick]
        found = exact or [button for button in buttons if pick in button.text]
    else:
        found = [button for button in buttons if pick(button)]
    if len(found) == 1:
        return found[0]
    what = "no such button" if not found else f"{len(found)} such buttons"
    raise NoSuchButtonError(f"{what} for {pick!r} on {message!r}: {message.labels}")
