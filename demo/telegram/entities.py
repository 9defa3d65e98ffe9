"""From what a bot sends to what a chat shows: parsed, cleaned, trimmed, within limits.

The order of the steps is the server's, because the order decides which complaint comes first.
"""

import re
from typing import Any

from demo.telegram import limits
from demo.telegram.detection import with_detected
from demo.telegram.html_markup import parse_html
from demo.telegram.model import Json
from demo.telegram.refusals import bad_request, not_built
from demo.telegram.utf16 import utf16_length

Formatted = tuple[str, tuple[Json, ...]]

# Types that can be merged when they touch, in the order in which TDLib nests them.
_SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
_ORDER = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49}
_ORDER |= {kind: 90 + place for place, kind in enumerate(_SPLITTABLE)}

_INVISIBLE = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_BLANK = " \n"
_NOTHING = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]*")


def read_message(text: str, parse_mode: str, entities: list[Json] | None) -> Formatted:
    """The text of a message, or Telegram's complaint about it."""
    if not text:
        raise bad_request("message text is empty")
    shown, found = _formatted(text, parse_mode, entities)
    if _NOTHING.fullmatch(shown):
        raise bad_request("text must be non-empty")
    if len(shown) > limits.TEXT:
        raise bad_request("message is too long")
    return shown, found


def read_caption(text: str, parse_mode: str, entities: list[Json] | None) -> Formatted:
    shown, found = _formatted(text, parse_mode, entities)
    if len(shown) > limits.CAPTION:
        raise bad_request("message caption is too long")
    return shown, found


def read_typed(text: str) -> Formatted:
    """What a person types: no markup, but links and commands are recognised."""
    return _tidy(text, [])


def _formatted(text: str, parse_mode: str, entities: list[Json] | None) -> Formatted:
    if len(text.encode()) > limits.RAW_TEXT_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if not text or not mode or mode == "none":
        return _tidy(text, [dict(entity) for entity in entities or ()])
    if mode == "html":
        return _tidy(*parse_html(text))
    if mode in {"markdown", "markdownv2"}:
        raise not_built(f"parse_mode {parse_mode}; it reads HTML")
    raise bad_request("unsupported parse_mode")


def _tidy(text: str, entities: list[dict[str, Any]]) -> Formatted:
    if _INVISIBLE.search(text) or _CONTROL.search(text):
        text, entities = _without_control(text, entities)
    kept = [entity for entity in entities if entity["length"] > 0]
    text, kept = _trimmed(text, _sorted(kept))
    kept = with_detected(text, _merged(kept))
    return text, tuple(_sorted(kept)[: limits.ENTITIES])


def _without_control(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces, carriage returns and the like vanish."""
    gone: list[int] = []
    position = 0
    for char in text:
        if _INVISIBLE.match(char):
            gone.append(position)
        position += utf16_length(char)
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        entity["offset"] = begin - sum(place < begin for place in gone)
        entity["length"] = end - sum(place < end for place in gone) - entity["offset"]
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text)), entities


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Blank ends are cut; on the left only up to where the first entity begins."""
    text = text.rstrip(_BLANK)
    end = utf16_length(text)
    kept: list[Json] = []
    for entity in entities:
        if entity["offset"] < end:
            entity["length"] = min(entity["length"], end - entity["offset"])
            kept.append(entity)
    begin = len(text) - len(text.lstrip(" \n"))
    if kept:
        begin = min(begin, kept[0]["offset"])
    for entity in kept:
        entity["offset"] -= begin
    return text[begin:], kept


def _merged(entities: list[Json]) -> list[Json]:
    """Touching pieces of one kind become one, and nothing is formatted inside code."""
    code = [entity for entity in entities if entity["type"] in {"code", "pre"}]
    result: list[Json] = []
    last: dict[str, Json] = {}
    for entity in entities:
        kind = entity["type"]
        if entity not in code and any(_inside(entity, block) for block in code):
            continue
        before = last.get(kind)
        if kind in _SPLITTABLE and before is not None and entity["offset"] <= _end(before):
            before["length"] = max(_end(before), _end(entity)) - before["offset"]
            continue
        if kind == "code":
            entity.pop("language", None)  # without <pre> around it, nobody shows a language
        last[kind] = entity
        result.append(entity)
    return result


def _sorted(entities: list[Json]) -> list[Json]:
    return sorted(
        entities,
        key=lambda entity: (entity["offset"], -entity["length"], _ORDER.get(entity["type"], 50)),
    )


def _end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])


def _inside(entity: Json, block: Json) -> bool:
    return bool(block["offset"] <= entity["offset"] and _end(entity) <= _end(block))
