"""A screen that is too long for a message is cut: its buttons must work whatever it lists."""

import re
from dataclasses import replace
from html import escape, unescape

from handlers.screen import TEXT_LIMIT, Screen
from passport.numbers import plural

ROOM = 32  # for the line that says how much was left out
_TAG = re.compile(r"<(/?)[^>]*>")


def fitted(screen: Screen) -> Screen:
    """The same screen, if it fits; else its first whole lines."""
    if len(screen.text) <= TEXT_LIMIT or len(_shown(screen.text)) <= TEXT_LIMIT:
        return screen
    return replace(screen, text=_cut(screen.text))


def _cut(text: str) -> str:
    lines = text.split("\n")
    used = opened = kept = 0
    for at, line in enumerate(lines, start=1):
        used += len(_shown(line)) + 1
        if used + ROOM > TEXT_LIMIT:
            break
        opened += sum(-1 if closes else 1 for closes in _TAG.findall(line))
        if not opened:
            kept = at
    if not any(line.strip() for line in lines[:kept]):  # one paragraph, or one tag around all
        return escape(_shown(text)[: TEXT_LIMIT - 1], quote=False) + "…"
    left = sum(bool(line.strip()) for line in lines[kept:])
    return "\n".join([*lines[:kept], f"… и ещё {left} {plural(left, 'строка', 'строки', 'строк')}"])


def _shown(text: str) -> str:
    """What Telegram counts: signs without tags."""
    return unescape(_TAG.sub("", text))
