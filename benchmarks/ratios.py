"""How a result is told: a ratio of two things measured in turn, its spread, and its bar.

A bare time says more about the machine and its other users than about the bot, so none is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Bar:
    """What a ratio must not exceed, or must reach."""

    limit: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.limit:g}"


def tell(name: str, ratios: Sequence[float], bar: Bar | None = None, what: str = "pairs") -> bool:
    """One line; whether the bar is met by the median."""
    middle = median(ratios)
    line = f"{name}: {middle:.2f} ({min(ratios):.2f}–{max(ratios):.2f}), {len(ratios)} {what}"
    if bar is None:
        print(line, flush=True)
        return True
    print(f"{line}; bar: {bar} – {'met' if bar.met(middle) else 'MISSED'}", flush=True)
    return bar.met(middle)


def tell_share(name: str, part: int, whole: int) -> bool:
    """A count that must be complete."""
    good = part == whole > 0
    verdict = "met" if good else "MISSED"
    print(f"{name}: {part} of {whole}; bar: all – {verdict}", flush=True)
    return good


def tell_fact(name: str, good: bool) -> bool:
    print(
        f"{name}: {'yes' if good else 'NO'}; bar: yes – {'met' if good else 'MISSED'}", flush=True
    )
    return good


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
