"""What a message says, in sixteen characters: enough to know it again, too little to read it."""

import hashlib
import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def of_html(text: str) -> str:
    """Of a text as we send it."""
    return of_shown(unescape(_TAG.sub("", text)))


def of_shown(text: str) -> str:
    """Of the same text as Telegram gives it back: without tags, its edges trimmed."""
    return hashlib.blake2s(_SPACE.sub("", text).encode(), digest_size=8).hexdigest()
