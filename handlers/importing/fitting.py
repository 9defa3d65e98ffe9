"""Long lists on one screen: whole lines only, and how many were left out."""

from collections.abc import Sequence

MOST_CHARACTERS = 3600  # of markup too; Telegram takes 4096 without it


def fitted(lines: Sequence[str], most: int) -> list[str]:
    """The first lines that have room. A cut in the middle could break a tag or a sign."""
    room, kept = MOST_CHARACTERS, []
    for line in lines[:most]:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    left = len(lines) - len(kept)
    return [*kept, f"и ещё {left}"] if left else kept
