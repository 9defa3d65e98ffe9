"""What the page is told: chats, messages, the clock, as JSON of its own."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from demo.telegram.methods.profile import menu_of
from demo.telegram.model import Chat, Json, StoredFile
from demo.telegram.sim_rooms import place_of_bot
from demo.telegram.telegram import Telegram
from demo.telegram.transcript import Button, MessageView

# The people of the demo live on Kamchatka, which has no summer time.
ZONE = timezone(timedelta(hours=12))
_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_NAMELESS = {
    "photo": "Фото",
    "sticker": "Стикер",
    "voice": "Голосовое сообщение",
    "contact": "Контакт",
    "location": "Место на карте",
}
_PREVIEW = 80


def clock_view(moment: datetime) -> Json:
    local = moment.astimezone(ZONE)
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return {"iso": local.isoformat(timespec="seconds"), "text": f"{day}, {local:%H:%M}"}


def chat_view(telegram: Telegram, chat: Chat) -> Json:
    world = telegram.world
    private = chat.kind == "private"
    language = world.users[chat.id].language_code if private else None
    view = telegram.chat(chat.id)
    menu = menu_of(world.bot, chat, language) if private else []
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": world.bot.user.first_name if private else chat.title,
        "started": chat.started or not private,
        "commands": [
            {"command": command["command"], "description": command["description"]}
            for command in menu
        ],
        "messages": [message_view(chat, message) for message in view.history],
        "reply_keyboard": view.reply_keyboard,
        "bot": place_of_bot(chat) if chat.kind == "channel" else None,
        "typing": chat.busy_until > telegram.now(),
        "rev": telegram.changes.rev,
    }


def message_view(chat: Chat, message: MessageView) -> Json:
    local = message.date.astimezone(ZONE)
    author = "bot" if message.from_bot else "person"
    plain = message.kind in {"text", "document", "photo"}
    return {
        "id": message.message_id,
        "from": "channel" if chat.kind == "channel" else author,
        "date": local.isoformat(timespec="seconds"),
        "time": f"{local:%H:%M}",
        "edited": message.edited,
        "deleted": message.deleted,
        "via_bot": message.via_bot,
        "text": "" if message.deleted else message.text,
        "html": "" if message.deleted else message.page_html,
        "buttons": [[_button_view(button) for button in row] for row in message.buttons],
        "document": _file_view(message.document),
        "photo": _file_view(message.photo),
        "kind": None if plain else message.kind,
        "reply_to": message.reply_to,
    }


def preview(messages: list[MessageView]) -> str:
    """One line about the last message."""
    if not messages:
        return ""
    last = messages[-1]
    named = last.document.name if last.document else _NAMELESS.get(last.kind, "")
    words = " ".join((last.text or named).split())
    return words if len(words) <= _PREVIEW else f"{words[: _PREVIEW - 1]}…"


def moment_of(raw: Any) -> datetime:
    """An aware moment from the page; ValueError for anything else."""
    moment = datetime.fromisoformat(str(raw))
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def _button_view(button: Button) -> Json:
    return {
        "text": button.text,
        "data": button.data,
        "url": button.url,
        "style": button.style,
        "disabled": button.disabled,
    }


def _file_view(file: StoredFile | None) -> Json | None:
    if file is None:
        return None
    return {
        "file_id": file.file_id,
        "name": file.name,
        "size": file.size,
        "url": f"/sim/files/{quote(file.file_id)}",
        "width": file.width,
        "height": file.height,
    }
