"""The number of a contract: each of its schools types it in its own way, and it must count once."""

import re

from passport.answering import parse_text
from passport.values import Refusal, Text

LONGEST = 40
EXAMPLE = "17-С"

_SIGN = re.compile(r"^(?:договор\w*|номер|№|#|n(?=[\s.]?\d)|\s|\.)+", re.IGNORECASE)
_NONE = frozenset({"", "бн", "безномера", "нет", "номеранет", "нетномера"})
_BETWEEN = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_MARKS = re.compile(r"[\W_]+")
_LATIN = str.maketrans("abcehkmoptxy", "авсенкмортху")


def parse_number(text: str) -> Text | Refusal | None:
    """Without the sign before it; None for «б/н»."""
    bare = _SIGN.sub("", text.strip())
    if _MARKS.sub("", bare.casefold()) in _NONE:
        return None
    said = parse_text(bare, EXAMPLE)
    if isinstance(said, Text) and len(said.text) > LONGEST:
        return Refusal(f"Это длиннее номера: можно до {LONGEST} знаков. Например: {EXAMPLE}")
    return said


def number_key(number: str) -> str:
    """As numbers are compared: «17-С», «17 с» and «17-C» in Latin are one."""
    folded = number.casefold().translate(_LATIN)
    return "/".join(_MARKS.sub("", part) for part in _BETWEEN.split(folded))
