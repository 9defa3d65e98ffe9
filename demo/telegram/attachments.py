"""What people attach to messages: files, photos, stickers, voices, contacts, places."""

from demo.telegram.methods.uploads import mime_of, picture_size
from demo.telegram.model import Json, Media, User
from demo.telegram.payloads import document_json, photo_json
from demo.telegram.world import World

_CAMERA = (1280, 960)  # what a picture is taken for, when its header does not tell


def document(
    world: World, name: str, data: bytes, mime: str | None, size: int | None = None
) -> Media:
    kind = mime or mime_of(name)
    file = world.keep_file(data, name, kind, "documents", size=size)
    return Media("document", document_json(file), file.file_id)


def photo(world: World, data: bytes) -> Media:
    width, height = picture_size(data)
    if not width:
        width, height = _CAMERA
    file = world.keep_file(data, "photo.jpg", "image/jpeg", "photos", width=width, height=height)
    return Media("photo", photo_json(file), file.file_id)


def sticker(world: World, emoji: str) -> Media:
    file = world.keep_file(b"sticker", "sticker.webp", "image/webp", "stickers")
    details: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
    }
    return Media("sticker", details, file.file_id)


def voice(world: World, seconds: int) -> Media:
    file = world.keep_file(b"voice", "voice.oga", "audio/ogg", "voice")
    details: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "duration": seconds,
        "mime_type": file.mime,
        "file_size": file.size,
    }
    return Media("voice", details, file.file_id)


def contact(owner: User, phone: str, *, own: bool) -> Media:
    details: Json = {"phone_number": phone, "first_name": owner.first_name}
    if own:
        details["user_id"] = owner.id
    return Media("contact", details)


def location(latitude: float, longitude: float) -> Media:
    return Media("location", {"latitude": latitude, "longitude": longitude})
