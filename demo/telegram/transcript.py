"""What a person sees in a chat: the messages that are there, their buttons and files.

Views read the world each time, so that they are never older than the chat.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from demo.telegram.model import Json, Message, Revision, StoredFile
from demo.telegram.rendering import page_html, sent_html
from demo.telegram.world import World


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None
    disabled: bool = False


class MessageView:
    """One message of a chat, live: an edit shows at once."""

    def __init__(self, world: World, message: Message) -> None:
        self._world = world
        self._message = message

    def __repr__(self) -> str:
        return f"<message {self.message_id}: {self.text[:60]!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MessageView) and self._message is other._message

    def __hash__(self) -> int:
        return hash((self._message.chat_id, self._message.message_id))

    @property
    def message_id(self) -> int:
        return self._message.message_id

    @property
    def chat_id(self) -> int:
        return self._message.chat_id

    @property
    def from_bot(self) -> bool:
        return self._message.from_bot

    @property
    def text(self) -> str:
        """The text, or the caption of what is shown."""
        return self._message.text

    @property
    def html(self) -> str:
        """As the bot could have written it."""
        return sent_html(self._message.text, self._message.entities)

    @property
    def page_html(self) -> str:
        return page_html(self._message.text, self._message.entities)

    @property
    def entities(self) -> tuple[Json, ...]:
        return self._message.entities

    @property
    def date(self) -> datetime:
        return datetime.fromtimestamp(self._message.date, UTC)

    @property
    def edited(self) -> bool:
        return self._message.edited_at is not None

    @property
    def deleted(self) -> bool:
        return self._message.deleted

    @property
    def history(self) -> list[Revision]:
        """What it said before each edit, oldest first."""
        return list(self._message.history)

    @property
    def reply_to(self) -> int | None:
        return self._message.reply_to

    @property
    def via_bot(self) -> bool:
        """A person sent it, out of what the bot offered inline."""
        return self._message.via_bot

    @property
    def kind(self) -> str:
        """text, document, photo, sticker, voice, contact, location."""
        return self._message.media.kind if self._message.media else "text"

    @property
    def document(self) -> StoredFile | None:
        return self._file("document")

    @property
    def photo(self) -> StoredFile | None:
        return self._file("photo")

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        return buttons_of(self._message.markup)

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]

    def _file(self, kind: str) -> StoredFile | None:
        media = self._message.media
        if media is None or media.kind != kind:
            return None
        return self._world.files[media.file_id or ""]


class ChatView:
    """A chat as one of its people sees it."""

    def __init__(self, world: World, chat_id: int) -> None:
        self._world = world
        self.id = chat_id

    @property
    def history(self) -> list[MessageView]:
        """Everything that was ever there, deleted messages included, oldest first."""
        messages = self._world.chats[self.id].messages.values()
        return [MessageView(self._world, message) for message in messages]

    @property
    def messages(self) -> list[MessageView]:
        """What is there now, oldest first."""
        return [message for message in self.history if not message.deleted]

    @property
    def from_bot(self) -> list[MessageView]:
        return [message for message in self.messages if message.from_bot]

    @property
    def pinned(self) -> list[int]:
        return list(self._world.chats[self.id].pinned)

    @property
    def reply_keyboard(self) -> list[list[str]] | None:
        """Labels of the keyboard that stands in place of the phone's own."""
        markup = self._world.chats[self.id].reply_keyboard
        if markup is None:
            return None
        return [[button["text"] for button in row] for row in markup["keyboard"]]

    def message(self, message_id: int) -> MessageView:
        return MessageView(self._world, self._world.chats[self.id].messages[message_id])


def buttons_of(markup: Json | None) -> list[list[Button]]:
    rows = (markup or {}).get("inline_keyboard", ())
    return [[_button(raw) for raw in row] for row in rows]


def _button(raw: Json) -> Button:
    return Button(
        text=raw["text"],
        data=raw.get("callback_data"),
        url=raw.get("url"),
        style=raw.get("style"),
        disabled="disabled" in raw,
    )
