"""The people: they write, press, send files, block. Nothing here waits.

A person can press only what the bot has really put before them; what a person cannot do, a crafted
client can, and for that there is `forge_callback`.
"""

from typing import Self

from demo.telegram import attachments, inline
from demo.telegram.core import Core
from demo.telegram.entities import read_typed
from demo.telegram.inline import Suggestion
from demo.telegram.model import Chat, InlineQuery, Json, Media, Toast, User
from demo.telegram.payloads import chat_json, user_json
from demo.telegram.phone import Phone
from demo.telegram.press import NoSuchButtonError, Pick, Press, picked
from demo.telegram.room import Room
from demo.telegram.transcript import ChatView, MessageView


class Person:
    def __init__(self, core: Core, user_id: int) -> None:
        self._core = core
        self._phone = Phone(core, user_id)
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
        return self._phone.user

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

    @property
    def has_blocked(self) -> bool:
        return self._phone.chat.blocked

    # -- writing ---------------------------------------------------------------------------------

    def start(self, payload: str | None = None) -> MessageView:
        """Press Start, or follow a link that carries a payload. Unblocks, as in Telegram."""
        self.unblock()
        return self.send("/start" if payload is None else f"/start {payload}")

    def send(self, text: str, reply_to: int | MessageView | None = None) -> MessageView:
        text, entities = read_typed(text)
        if not text:
            raise ValueError("Telegram sends no empty messages")
        number = _number(reply_to) if reply_to is not None else None
        message = self._phone.deliver(text=text, entities=entities, reply_to=number)
        return self.chat.message(message.message_id)

    def edit(self, message: int | MessageView, text: str) -> MessageView:
        """Edit an own message; the bot gets edited_message."""
        new_text, entities = read_typed(text)
        self._phone.edit(self._phone.chat.messages[_number(message)], new_text, entities)
        return self.chat.message(_number(message))

    def delete(self, message: int | MessageView) -> None:
        """Delete for both sides. Telegram does not tell a bot about it."""
        self._core.delete_message(self._phone.chat.messages[_number(message)])

    def press_reply(self, label: str) -> MessageView:
        """Press a button of the keyboard that stands in place of the phone's own."""
        markup = self._phone.chat.reply_keyboard or {}
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
        button = picked(target, pick)
        if button.data is None or button.disabled:
            raise NoSuchButtonError(f"{button.text!r} sends nothing to the bot")
        return Press(*self._phone.press(target.message_id, button.data))

    def click_data(self, data: str, message: int | MessageView | None = None) -> Press:
        """Press the inline button that carries exactly this data."""
        return self.click(lambda button: button.data == data, message)

    def forge_callback(self, data: str, message: int | MessageView) -> Press:
        """A crafted client: any data, on any message, also one that is gone."""
        return Press(*self._phone.press(_number(message), data))

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
        media = attachments.document(self._core.world, name, data, mime, size)
        return self._deliver_media(media, caption)

    def send_photo(self, data: bytes, *, caption: str = "") -> MessageView:
        return self._deliver_media(attachments.photo(self._core.world, data), caption)

    def send_sticker(self, emoji: str = "👍") -> MessageView:
        return self._deliver_media(attachments.sticker(self._core.world, emoji))

    def send_voice(self, seconds: int = 3) -> MessageView:
        return self._deliver_media(attachments.voice(self._core.world, seconds))

    def send_contact(self, phone: str = "+70000000000", *, own: bool = True) -> MessageView:
        return self._deliver_media(attachments.contact(self.user, phone, own=own))

    def send_location(self, latitude: float = 53.02, longitude: float = 158.65) -> MessageView:
        return self._deliver_media(attachments.location(latitude, longitude))

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
        copy = self._phone.deliver(
            text=original.text, entities=original.entities, media=original.media, forward=origin
        )
        return self.chat.message(copy.message_id)

    # -- the bot's name in the field --------------------------------------------------------------

    def ask_inline(self, query: str, room: Room | None = None, offset: str = "") -> InlineQuery:
        """Type a query after the bot's name: in the chat with the bot, or in a room."""
        return inline.ask(self._core, self.id, query, self.id if room is None else room.id, offset)

    @property
    def inline_results(self) -> list[Suggestion]:
        """What the bot has answered to the query that this person asked last."""
        asked = inline.last_asked(self._core.world, self.id)
        return [Suggestion(one) for one in inline.results_of(asked)]

    def choose_inline(self, title: str) -> MessageView:
        """Tap a result, named by its title or a part of it: its message is sent as one's own."""
        world = self._core.world
        asked = inline.last_asked(world, self.id)
        message = inline.choose(self._core, asked, inline.titled(asked, title))
        return ChatView(world, message.chat_id).message(message.message_id)

    def choose_offered(self, query_id: str, result_id: str) -> MessageView:
        """Tap exactly this result of exactly this query, as the page does."""
        world = self._core.world
        asked = inline.own_query(world, self.id, query_id)
        message = inline.choose(self._core, asked, inline.numbered(asked, result_id))
        return ChatView(world, message.chat_id).message(message.message_id)

    # -- the person and the bot ------------------------------------------------------------------

    def block(self) -> None:
        if not self._phone.chat.blocked:
            self._phone.chat.blocked = True
            self._phone.tell_membership("member", "kicked")

    def unblock(self) -> None:
        if self._phone.chat.blocked:
            self._phone.chat.blocked = False
            self._phone.tell_membership("kicked", "member")

    def deactivate(self) -> None:
        """Delete the account. The bot is not told; it finds out when it writes."""
        self.user.deactivated = True
        self._core.changes.tell("message", self.id)

    # -- inside ----------------------------------------------------------------------------------

    def _deliver_media(self, media: Media, caption: str = "") -> MessageView:
        text, entities = read_typed(caption)
        message = self._phone.deliver(text=text, entities=entities, media=media)
        return self.chat.message(message.message_id)

    def _pressed(self, message: int | MessageView | None) -> MessageView:
        if isinstance(message, MessageView):
            return message
        if message is not None:
            return self.chat.message(message)
        if self.screen is None:
            raise NoSuchButtonError("the bot has put no button before this person")
        return self.screen


def _number(message: int | MessageView) -> int:
    return message.message_id if isinstance(message, MessageView) else message
