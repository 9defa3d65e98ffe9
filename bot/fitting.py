"""What is too long for Telegram is cut: buttons must work whatever their screen lists, and a file
must come whatever its caption says."""

import re
from dataclasses import replace
from html import escape, unescape

from handlers.screen import TEXT_LIMIT, Button, Screen
from handlers.words import shorten
from passport.numbers import plural

CAPTION = 1024
TOAST = 200
LABEL = 64  # Telegram names no limit; no phone shows more
ROOM = 32  # for the line that says how much was left out
_TAG = re.compile(r"<(/?)[^>]*>")


def fitted(screen: Screen) -> Screen:
    """The same screen, if it fits; else its first whole lines, and labels as far as they go."""
    text = _cut(screen.text, TEXT_LIMIT)
    keyboard = screen.keyboard
    if any(len(button.text) > LABEL for row in keyboard for button in row):
        keyboard = tuple(tuple(map(_labelled, row)) for row in keyboard)
    if text is screen.text and keyboard is screen.keyboard:
        return screen
    return replace(screen, text=text, keyboard=keyboard)


def fitted_caption(text: str) -> str:
    """Telegram HTML, as a screen's text is."""
    return _cut(text, CAPTION)


def fitted_toast(text: str) -> str:
    """Plain."""
    return shorten(text, TOAST)


def _labelled(button: Button) -> Button:
    return replace(button, text=shorten(button.text, LABEL))


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit or len(_shown(text)) <= limit:
        return text
    lines = text.split("\n")
    used = opened = kept = 0
    for at, line in enumerate(lines, start=1):
        used += len(_shown(line)) + 1
        if used + ROOM > limit:
            break
        opened += sum(-1 if closes else 1 for closes in _TAG.findall(line))
        if not opened:
            kept = at
    if not any(line.strip() for line in lines[:kept]):  # one paragraph, or one tag around all
        return escape(_shown(text)[: limit - 1], quote=False) + "…"
    left = sum(bool(line.strip()) for line in lines[kept:])
    return "\n".join([*lines[:kept], f"… и ещё {left} {plural(left, 'строка', 'строки', 'строк')}"])


def _shown(text: str) -> str:
    """What Telegram counts: signs without tags."""
    return unescape(_TAG.sub("", text))
