"""Names of partners: the same organisation is written five ways, and must count once.

Alike names are suggested, never merged: whether they are one organisation is for people to say.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from passport.register import Partner

_LEGAL = re.compile(
    r"\b(?:фгбоу|фгаоу|фгку|кгпоау|кгпобу|кгбу|кгау|гбпоу|гапоу|гбуз|маоу|мбоу|мау|мбу|оао|пао|зао|ао|"
    r"ооо|ип|во|впо|спо|федеральное|государственное|бюджетное|автономное|краевое|муниципальное|"
    r"образовательное|профессиональное|учреждение|высшего|образования|общество|с|ограниченной|"
    r"ответственностью|филиал)\b"
)
_SIGNS = re.compile(r"[^\w]+")
ALIKE = 0.82
SHORTEST = 3  # letters of an abbreviation
SHOWN = 5


def partner_key(name: str) -> str:
    """The name as it is compared: without case, quotes, punctuation and legal forms."""
    folded = _SIGNS.sub(" ", name.casefold().replace("ё", "е"))
    bare = " ".join(_LEGAL.sub(" ", folded).split())
    return bare or " ".join(folded.split())


def alike(name: str, known: Iterable[Partner]) -> list[Partner]:
    """Partners that may be meant, the likeliest first; at most five."""
    wanted = partner_key(name)
    scored = [(_likeness(wanted, partner_key(one.name)), one) for one in known]
    close = sorted(
        (pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].name)
    )
    return [one for _, one in close[:SHOWN]]


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    words, others = one.split(), other.split()
    if _stands_for(words, other) or _stands_for(others, one):
        return 0.95
    if (
        len(words) > 1
        and len(others) > 1
        and (set(words) <= set(others) or set(others) <= set(words))
    ):
        return 0.9
    return SequenceMatcher(None, one, other).ratio()


def _stands_for(words: Sequence[str], abbreviation: str) -> bool:
    """«КМК» for «Камчатский медицинский колледж»."""
    letters = "".join(word[0] for word in words)
    return len(abbreviation) >= SHORTEST and letters == abbreviation
