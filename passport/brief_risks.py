"""What the pages say of risks, for staff only: lights that are on, with the numbers behind them."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from passport.brief import Entry, Section, Sign
from passport.numbers import plural
from passport.risks import Flag, FlagRow, Light, RiskState

ON: tuple[Literal["red", "amber"], ...] = ("red", "amber")
COUNTED: dict[Light, str] = {
    "red": "красных",
    "amber": "жёлтых",
    "clear": "зелёных",
    "unknown": "без данных",
}


# Average marks are for staff alone (F16), and the page is made to be forwarded.
NOT_FORWARDED = frozenset({"marks_drop"})


# Sums of the whole city: a row is what a school has given to them.
OF_THE_CITY = frozenset({"industry_gap", "target_gap"})


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
        return f"{flag.signal.name.casefold()} – {_cases(flag.rows)}, числа – в боте: /risks"
    return flag.words


def _cases(rows: Sequence[object]) -> str:
    count = len(rows)
    return f"{count} {plural(count, 'случай', 'случая', 'случаев')}"


def risks_of_school(risks: Sequence[RiskState], slug: str, name: str) -> Section:
    """Rows of this school behind lights that are on; ``name`` need not be said in each."""
    entries = [
        Entry(flag.signal.name, text, light)
        for light in ON
        for risk in risks
        for flag in risk.flags
        if flag.light == light
        for text in _of_school(flag, slug, name)
    ]
    return Section("risks", "Риски", tuple(entries), "" if entries else "сигналов о школе нет")


def _of_school(flag: Flag, slug: str, name: str) -> list[str]:
    rows = [row for row in flag.rows if slug in row.school.split(",") and _weighs(flag, row)]
    if rows and flag.signal.key in NOT_FORWARDED:
        return [f"{_cases(rows)}, числа – в боте: /risks"]
    named = re.compile(rf"{re.escape(name)}(?:: |, )", re.IGNORECASE)
    return [named.sub("", row.text, count=1) if named.match(row.text) else row.text for row in rows]


def _weighs(flag: Flag, row: FlagRow) -> bool:
    """Whether a row is the school's own trouble: many are there only to be compared."""
    if flag.signal.key in OF_THE_CITY:
        return False
    if row.was is None or row.now is None:
        return True
    if flag.signal.key == "off_track_admission" and flag.scale is not None and row.was:
        return flag.scale.counts(Fraction(row.now) * 100 / Fraction(row.was))
    return row.now < row.was
