"""What the pages say of risks, for staff only: lights that are on, with the numbers behind them."""

from collections.abc import Sequence
from typing import Literal

from passport.brief import Entry, Section, Sign
from passport.risks import Flag, Light, RiskState

ON: tuple[Literal["red", "amber"], ...] = ("red", "amber")
COUNTED: dict[Light, str] = {
    "red": "красных",
    "amber": "жёлтых",
    "clear": "зелёных",
    "unknown": "без данных",
}


# Average marks are for staff alone (F16), and the page is made to be forwarded.
NOT_FORWARDED = frozenset({"marks_drop"})


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
    others = [_words(flag) for flag in one.flags if flag.light in ON and flag is not worst]
    sign: Sign = one.light
    return Entry(f"{one.risk.no}. {one.risk.name}", _words(worst), sign, "; ".join(others))


def _words(flag: Flag) -> str:
    if flag.signal.key in NOT_FORWARDED:
        return f"{flag.signal.name}: {len(flag.rows)}, числа – в /risks"
    return flag.words


def risks_of_school(risks: Sequence[RiskState], slug: str) -> Section:
    """Rows of this school behind lights that are on."""
    entries = [
        Entry(flag.signal.name, text, light)
        for light in ON
        for risk in risks
        for flag in risk.flags
        if flag.light == light
        for text in _of_school(flag, slug)
    ]
    return Section("risks", "Риски", tuple(entries), "" if entries else "сигналов о школе нет")


def _of_school(flag: Flag, slug: str) -> list[str]:
    mine = [row.text for row in flag.rows if slug in row.school.split(",")]
    if mine and flag.signal.key in NOT_FORWARDED:
        return [f"{len(mine)}, числа – в /risks"]
    return mine
