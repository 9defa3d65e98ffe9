"""What the page lets one do with a channel: the bot's place in it, a post deleted by hand."""

from collections.abc import Awaitable, Callable
from typing import Any

from demo.telegram.forms import Form
from demo.telegram.model import Chat, Json
from demo.telegram.room import ALL_RIGHTS, Room
from demo.telegram.sim_acts import SimError

# What a bot may get in a channel, each to be taken away by itself. Its own posts it edits with the
# first one alone.
RIGHTS = {
    "can_post_messages": "Публиковать сообщения",
    "can_edit_messages": "Изменять чужие публикации",
    "can_delete_messages": "Удалять чужие публикации",
}

RoomAct = Callable[[Room, Form], Awaitable[Json]]


def place_of_bot(chat: Chat) -> Json:
    """Whether the bot is in the channel, and what it may do there."""
    admitted = chat.bot_status == "administrator"
    rights = [
        {"key": key, "label": label, "on": admitted and bool(chat.bot_rights.get(key))}
        for key, label in RIGHTS.items()
    ]
    return {"admitted": admitted, "rights": rights}


def table() -> dict[str, RoomAct]:
    return {"bot": _bot, "right": _right, "remove": _remove}


async def _bot(room: Room, form: Form) -> Json:
    """Takes the bot out of the channel, or makes it an administrator with every right."""
    if form.params.get("admitted"):
        room.admit(room.owner)
    else:
        room.kick(room.owner)
    return {"ok": True}


async def _right(room: Room, form: Form) -> Json:
    key = form.params.get("key")
    if key not in RIGHTS:
        raise SimError("Такого права нет.")
    if room.bot_status != "administrator":
        raise SimError("Бота нет в канале: сначала верните его.")
    kept = set(room.bot_rights) - {key} | ({key} if form.params.get("on") else set())
    room.admit(room.owner, rights=tuple(one for one in ALL_RIGHTS if one in kept))
    return {"ok": True}


async def _remove(room: Room, form: Form) -> Json:
    try:
        room.remove(_number(form.params.get("message_id")))
    except LookupError:
        raise SimError("Этого поста больше нет.") from None
    return {"ok": True}


def _number(raw: Any) -> int:
    return raw if isinstance(raw, int) else 0
