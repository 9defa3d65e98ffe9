"""What each tag of Telegram's HTML means: the one attribute it listens to, the entity it makes."""

import re
from dataclasses import dataclass
from typing import Any

from demo.telegram.refusals import ApiError, bad_request

Entities = list[dict[str, Any]]

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*_SIMPLE, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_LINK_TO_USER = re.compile(r"tg://user\?id=(\d+)$")


@dataclass(slots=True)
class OpenTag:
    tag: str
    argument: str
    begin: int  # UTF-16 offset of what the tag covers
    text_at: int  # the same place as an index into the pieces read so far
    unix_time: int = 0


def complaint(sentence: str) -> ApiError:
    return bad_request(f"can't parse entities: {sentence}")


def argument_of(tag: str, attributes: dict[str, str]) -> tuple[str, int]:
    """The one attribute that a tag listens to; every other is ignored, as Telegram ignores it."""
    match tag:
        case "a":
            return attributes.get("href", ""), 0
        case "code":
            value = attributes.get("class", "")
            return value.removeprefix("language-") if value.startswith("language-") else "", 0
        case "span":
            value = attributes.get("class", "")
            return value.removeprefix("tg-") if value.startswith("tg-") else "", 0
        case "blockquote":
            return "1" if "expandable" in attributes else "", 0
        case "tg-emoji":
            return attributes.get("emoji-id", ""), 0
        case "tg-time":
            unix = attributes.get("unix", "")
            return attributes.get("format", ""), int(unix) if unix.isdigit() else 0
        case _:
            return "", 0


def close_tag(opened: OpenTag, end: int, covered: str, entities: Entities) -> None:
    """Add what the tag makes of the text that it covers, or change what was inside it."""
    place = {"offset": opened.begin, "length": end - opened.begin}
    match opened.tag:
        case "a":
            _close_link(opened.argument or covered, place, entities)
        case "pre":
            _close_pre(place, entities)
        case "code":
            _close_code(opened.argument, place, entities)
        case "blockquote":
            kind = "expandable_blockquote" if opened.argument else "blockquote"
            entities.append({"type": kind, **place})
        case "tg-emoji":
            if not opened.argument.isdigit() or not int(opened.argument):
                raise complaint("Invalid custom emoji identifier specified")
            emoji = {"type": "custom_emoji", **place, "custom_emoji_id": opened.argument}
            entities.append(emoji)
        case "tg-time":
            if opened.unix_time > 0:
                moment = {"type": "date_time", **place, "unix_time": opened.unix_time}
                if opened.argument:
                    moment["date_time_format"] = opened.argument
                entities.append(moment)
        case tag:
            entities.append({"type": _SIMPLE[tag], **place})


def _close_link(url: str, place: dict[str, int], entities: Entities) -> None:
    if user := _LINK_TO_USER.match(url):
        person = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        entities.append({"type": "text_mention", **place, "user": person})
    elif checked := checked_link(url):
        entities.append({"type": "text_link", **place, "url": checked})


def _close_pre(place: dict[str, int], entities: Entities) -> None:
    last = entities[-1] if entities else {}
    if last.get("type") == "code" and last.get("language") and _same_place(last, place):
        last["type"] = "pre"
    else:
        entities.append({"type": "pre", **place})


def _close_code(language: str, place: dict[str, int], entities: Entities) -> None:
    last = entities[-1] if entities else {}
    if language and last.get("type") == "pre" and _same_place(last, place):
        last["language"] = language
        return
    code: dict[str, Any] = {"type": "code", **place}
    if language:
        code["language"] = language
    entities.append(code)


def _same_place(entity: dict[str, Any], place: dict[str, int]) -> bool:
    return bool(entity["offset"] == place["offset"] and entity["length"] == place["length"])


def checked_link(url: str) -> str:
    """The link as Telegram keeps it, or nothing: then the words stay and the link is lost."""
    url = url.strip()
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "http", url
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if scheme.lower() in {"tg", "ton"}:
        return url
    if scheme.lower() not in {"http", "https"} or "." not in host or " " in host:
        return ""
    return f"{scheme.lower()}://{rest}" + ("" if len(rest) > len(host) else "/")
