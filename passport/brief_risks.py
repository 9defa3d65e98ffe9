"""What the pages say of risks, for staff only: lights that are on, with the numbers behind them."""

from collections.abc import Sequence
from typing import Literal

from passport.brief import Entry, Section, Sign
from passport.risks import Light, RiskState

ON: tuple[Literal["red", "amber"], ...] = ("red", "amber")
COUNTED: dict[Light, str] = {
    "red": "красных",
    "amber": "жёлтых",
    "clear": "зелёных",
    "unknown": "без данных",
}


def risks_section(risks: Sequence[RiskState]) -> Section:
    """Red before amber, each with its worst sentence; the rest is counted."""
    entries = [_risk(one) for light in ON for one in risks if one.light == light]
    counts = [
        f"{words} {count}"
        for light, words in COUNTED.items()
        if (count := sum(one.light == light for one in risks))
    ]
    return Section("risks", "Риски", tuple(entries), ", ".join(counts))


def _risk(one: RiskState) -> Entry:
    worst = one.worst
    others = [flag.words for flag in one.flags if flag.light in ON and flag is not worst]
    sign: Sign = one.light
    return Entry(f"{one.risk.no}. {one.risk.name}", worst.words, sign, "; ".join(others))


def risks_of_school(risks: Sequence[RiskState], slug: str) -> Section:
    """Rows of this school behind lights that are on."""
    entries = [
        Entry(flag.signal.name, row.text, light)
        for light in ON
        for risk in risks
        for flag in risk.flags
        if flag.light == light
        for row in flag.rows
        if slug in row.school.split(",")
    ]
    return Section("risks", "Риски", tuple(entries), "" if entries else "сигналов о школе нет")
