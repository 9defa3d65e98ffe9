"""What Telegram finds in a text by itself: links, addresses, mentions, hashtags, commands.

Simplified from TDLib: enough for what a bot gets and a page shows, not the last domain zone.
"""

import re

from demo.telegram.model import Json
from demo.telegram.utf16 import utf16_length

_WORD = "A-Za-z0-9_\u0400-\u04ff"
_FOUND = re.compile(
    rf"(?P<url>(?:https?|tg)://[^\s<>\"«»]+|(?<![@.\-{_WORD}])(?:[A-Za-z0-9\-]+\.)+"
    r"(?:ru|com|org|net|me|gov|edu|info)(?![A-Za-z0-9@_\-])(?:/[^\s<>\"«»]*)?)"
    rf"|(?P<email>(?<![.\-{_WORD}])[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)"
    rf"|(?P<mention>(?<![{_WORD}])@[A-Za-z0-9_]{{2,32}}(?![{_WORD}]))"
    rf"|(?P<hashtag>(?<![#{_WORD}])#(?=[\d_]*[^\W\d_])[\w]{{1,256}}(?!#))"
    rf"|(?P<bot_command>(?<![/<>{_WORD}])/[A-Za-z0-9_]{{1,64}}(?:@[A-Za-z0-9_]{{3,32}})?"
    rf"(?![/<>{_WORD}]))"
)
_TRAILING = ".,:;!?…)]}'"
_MAY_BE_THERE = re.compile(r"[@#/.]")
_CLOSED = {"code", "pre", "text_link", "text_mention", "url", "email", "mention", "custom_emoji"}


def with_detected(text: str, entities: list[Json]) -> list[Json]:
    if not _MAY_BE_THERE.search(text):
        return entities
    closed = [entity for entity in entities if entity["type"] in _CLOSED]
    result = list(entities)
    for found in _FOUND.finditer(text):
        kind = found.lastgroup or ""
        piece = found[0].rstrip(_TRAILING) if kind in {"url", "email"} else found[0]
        entity: Json = {
            "type": kind,
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(piece),
        }
        if not any(_overlap(entity, other) for other in closed):
            result.append(entity)
    return result


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
