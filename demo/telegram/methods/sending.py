"""What a bot puts into a chat: messages, documents, photos, «typing…»."""

from demo.telegram import keyboards
from demo.telegram.core import Core
from demo.telegram.entities import Formatted, read_caption, read_message
from demo.telegram.limits import CHAT_ACTION
from demo.telegram.methods.request import Request
from demo.telegram.methods.targets import writable_chat
from demo.telegram.methods.uploads import document_of, photo_of
from demo.telegram.model import Chat, Json, Media, StoredFile
from demo.telegram.payloads import document_json, message_json, photo_json
from demo.telegram.refusals import bad_request, not_built

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_ELSEWHERE = ("business_connection_id", "ephemeral_message_parameters", "suggested_post_parameters")


def send_message(core: Core, request: Request) -> Json:
    words = read_message(
        request.text("text"), request.text("parse_mode"), request.objects("entities")
    )
    return _publish(core, request, words, None)


def send_document(core: Core, request: Request) -> Json:
    words = caption_of(request)
    file = document_of(core, request)
    return _publish(core, request, words, file, Media("document", document_json(file)))


def send_photo(core: Core, request: Request) -> Json:
    words = caption_of(request)
    file = photo_of(core, request)
    return _publish(core, request, words, file, Media("photo", photo_json(file)))


def send_chat_action(core: Core, request: Request) -> bool:
    if request.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(core, request)
    chat.busy_until = core.now() + CHAT_ACTION.total_seconds()
    core.changes.tell("message", chat.id)
    return True


def caption_of(request: Request) -> Formatted:
    return read_caption(
        request.text("caption"), request.text("parse_mode"), request.objects("caption_entities")
    )


def _publish(
    core: Core,
    request: Request,
    words: Formatted,
    file: StoredFile | None,
    media: Media | None = None,
) -> Json:
    for name in _ELSEWHERE:
        if request.values.get(name):
            raise not_built(f"{name} in {request.method}")
    markup = request.object("reply_markup") or {}
    inline = keyboards.read_inline(markup, strict=core.strict)
    chat = writable_chat(core, request)
    instead = None if keyboards.is_inline(markup) else keyboards.read_reply(markup, chat.kind)
    reply_to = _reply_target(chat, request)
    core.flood.take(chat, core.now())
    if media is not None and file is not None:
        media.file_id = file.file_id
    message = core.add_message(
        chat,
        sender_id=None if chat.kind == "channel" else core.world.bot.user.id,
        from_bot=True,
        text=words[0],
        entities=words[1],
        media=media,
        markup=inline,
        other_markup=instead is not None,
        reply_to=reply_to,
    )
    _show_keyboard(chat, instead)
    _warn_of_wide_rows(core, request, inline)
    return message_json(core.world, message)


def _reply_target(chat: Chat, request: Request) -> int | None:
    wanted = request.object("reply_parameters")
    if not wanted or not wanted.get("message_id"):
        return None
    elsewhere = wanted.get("chat_id", chat.id)
    if elsewhere != chat.id:
        raise not_built("reply to another chat")
    original = chat.messages.get(wanted["message_id"])
    if original is None or original.deleted:
        if wanted.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return original.message_id


def _show_keyboard(chat: Chat, markup: Json | None) -> None:
    if markup is None:
        return
    if markup.get("keyboard"):
        chat.reply_keyboard = markup
    elif markup.get("remove_keyboard"):
        chat.reply_keyboard = None


def _warn_of_wide_rows(core: Core, request: Request, markup: Json | None) -> None:
    for width in keyboards.wide_rows(markup or {}):
        core.world.warnings.append(f"{request.method}: a row of {width} buttons")
