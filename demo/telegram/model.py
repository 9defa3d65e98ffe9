"""What a Telegram remembers: people, chats, messages with the history of their edits, files.

Plain data, nothing that waits and nothing that is bound to an event loop, so that a whole world can
be copied in one step.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup", "channel"]
BotStatus = Literal["administrator", "member", "left", "kicked"]


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None
    deactivated: bool = False


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    name: str
    mime: str
    data: bytes = field(repr=False)
    path: str
    # May exceed the bytes kept: a large file is told by its size, not by carrying it around.
    size: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file of a request: what stands behind `attach://` or directly in a form field."""

    name: str
    data: bytes = field(repr=False)
    mime: str = ""


@dataclass(slots=True)
class Media:
    """What a message carries besides text. `details` is the Bot API object itself."""

    kind: str
    details: Any
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a message said before an edit."""

    until: int
    text: str
    entities: tuple[Json, ...]
    markup: Json | None


@dataclass(slots=True)
class Message:
    message_id: int
    chat_id: int
    sender_id: int | None  # None: a channel post, which has no author to show
    date: int
    from_bot: bool
    text: str = ""  # the caption, when there is media
    entities: tuple[Json, ...] = ()
    media: Media | None = None
    markup: Json | None = None
    # A message sent with a reply keyboard can never be edited: a known trap.
    other_markup: bool = False
    reply_to: int | None = None
    forward: Json | None = None
    via_bot: bool = False  # a person sent it, out of what the bot offered inline
    inline_id: str | None = None  # how the bot is told of such a message
    edited_at: int | None = None
    deleted: bool = False
    history: list[Revision] = field(default_factory=list)


@dataclass(slots=True)
class Chat:
    id: int
    kind: ChatKind
    title: str
    username: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    # Private chats: has the person ever written, and do they let the bot write.
    started: bool = False
    blocked: bool = False
    # Groups and channels.
    bot_status: BotStatus = "left"
    bot_rights: Json = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    last_message_id: int = 0
    reply_keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)
    busy_until: float = 0.0  # «typing…» is shown until this moment


@dataclass(slots=True)
class Bot:
    token: str
    user: User
    last_message_id: int = 0  # one counter for all private chats and small groups
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Toast:
    """The short notice, or the alert, that answerCallbackQuery shows."""

    text: str
    alert: bool
    url: str | None = None


@dataclass(slots=True)
class Callback:
    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: Toast | None = None


@dataclass(frozen=True, slots=True)
class InlineResult:
    """What a person may choose, and the message that this sends."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Json, ...]
    markup: Json | None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    results: tuple[InlineResult, ...]
    button: Json | None = None  # above the results: opens the bot
    next_offset: str = ""


@dataclass(slots=True)
class InlineQuery:
    """``results`` is what the bot has sent, ``answer`` how it was understood."""

    id: str
    user_id: int
    chat_id: int  # where it is typed, and where the choice is sent
    query: str
    at: float
    offset: str = ""
    results: list[Json] | None = None
    answer: InlineAnswer | None = None
    from_cache: bool = False  # the bot was not asked at all


@dataclass(slots=True)
class Call:
    """One request of the bot, as it came and as it was answered. Status 0: nothing came back."""

    seq: int
    at: float
    method: str
    params: Json
    files: tuple[str, ...] = ()
    status: int = 0
    response: Json = field(default_factory=dict)
