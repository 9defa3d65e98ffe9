"""What the inbox must know of an update: before anybody handles it, and to answer it."""

from aiogram.types import Update

from handlers.screen import Envelope, Reply
from passport import parsing


def lane_of(update: Update) -> int | None:
    """Whose update it is; None for what the bot does not listen to (groups, channels)."""
    if update.callback_query is not None:
        return update.callback_query.from_user.id
    event = update.message or update.edited_message or update.my_chat_member
    if event is None or event.chat.type != "private":
        return None
    return event.chat.id


def has_contact(update: Update) -> bool:
    """Whether somebody sent a phone or the like, which must not stay on the disk."""
    message = update.message or update.edited_message
    text = (message.text or message.caption or "") if message is not None else ""
    return parsing.has_contact(text) is not None


def has_document(update: Update) -> bool:
    """Whether a file must be fetched before the update can be handled."""
    return update.message is not None and update.message.document is not None


def sealed(update: Update, reply: Reply) -> Envelope:
    """The reply with where it goes; for updates that have a lane."""
    lane = lane_of(update)
    assert lane is not None
    query = update.callback_query
    pressed = query.message.message_id if query and query.message else None
    return Envelope(lane, reply, query.id if query else None, pressed)
