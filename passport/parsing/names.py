"""When two written names are the same name."""

import re

from passport.parsing.text import DASHES, folded

_QUOTES = re.compile("[\"'`´«»„“”‟‘’‚‹›]")
_DASH = re.compile(f"[{DASHES}]+")


def name_key(name: str) -> str:
    """What is compared: case, spaces, quotes, kinds of dash, «ё» and «е» make no difference."""
    return _DASH.sub("-", _QUOTES.sub("", "".join(folded(name).split())))


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)
