"""A pasted list cut into its entries: one a line, without bullets and line numbers."""

import re
from collections.abc import Sequence

from passport.parsing.text import DASHES, ascii_digits, clean_lines

MOST = 100
TOO_MANY = f"Слишком длинный список: не больше {MOST} строк за раз. Пришлите его по частям"
SHOWN = 200

_BULLET = re.compile(
    rf"[•·▪●○◦*✓✔☑➢►▶❖]+\s*|[{DASHES}]+(?:\s+(?=.*[^\W\d_])|(?=[^\W\d_]|[\"«“„']))"
)
_MARKER = re.compile(
    r"(?:№\s*)?(?P<dotted>\d{1,3})\s*(?:[.)](?=[^\d.,])|\ufe0f?\u20e3)\s*|№\s*(?P<bare>\d{1,3})\s+"
)
_ORDINAL = re.compile(rf"(?P<number>\d{{1,3}})(?:\s+[{DASHES}]+\s+|\s+)(?=[^\W_])")


def entries(text: str) -> list[str]:
    """Lines that are not blank, each without its bullet or number."""
    lines = [strip_marker(line, place) for place, line in enumerate(clean_lines(text), 1)]
    return _without_ordinals(lines)


def strip_marker(line: str, place: int = 0) -> str:
    """«1. Ярмарка», «1) Ярмарка», «• Ярмарка», «№1 Ярмарка» → «Ярмарка».

    «№ 33» without a point is a number of the list only where it is the entry's own place.
    """
    bullet = _BULLET.match(line)
    rest = line[bullet.end() :] if bullet else line
    found = _MARKER.match(ascii_digits(rest))
    if found and (found["dotted"] or found["bare"] == str(place)):
        rest = rest[found.end() :]
    return rest.strip() or line


def shown(line: str) -> str:
    """As much of a line as is worth showing again."""
    return " ".join(line[: SHOWN * 2].split())[:SHOWN].rstrip()


def _without_ordinals(lines: Sequence[str]) -> list[str]:
    """«1 Ярмарка» is the first line of a list only if the second begins with 2, and so on."""
    found = [_ORDINAL.match(ascii_digits(line)) for line in lines]
    numbered = len(lines) > 1 and all(
        match is not None and int(match["number"]) == place for place, match in enumerate(found, 1)
    )
    if not numbered:
        return list(lines)
    return [line[match.end() :] for line, match in zip(lines, found, strict=True) if match]
