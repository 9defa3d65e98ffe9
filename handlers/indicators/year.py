"""One school year on one screen: eight lines, readable when forwarded."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from handlers.collect.callbacks import school_tap
from handlers.indicators.callbacks import export_tap, indicator_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport import indicator_words as wording
from passport.calendar import previous_year
from passport.indicators import OF_TEACHERS, Line
from passport.numbers import plain
from storage import indicator_lines, prompts


def years_known(visit: Visit) -> tuple[str, ...]:
    """School years of the project that have begun."""
    current = visit.calendar_of(None).current(visit.now)[0]
    return visit.passport.indicators.begun(current)


def year_at_hand(visit: Visit) -> str:
    """The present school year; after the project its last one."""
    return years_known(visit)[-1]


async def show_year(visit: Visit, year: str, notice: str = "") -> Screen:
    """Facts against targets of one year, each with its date and completeness."""
    await prompts.put(visit.tx, visit.chat_id, None)
    known = years_known(visit)
    before = previous_year(year)
    wanted = [one for one in (before, year) if one in known]
    found = await indicator_lines.of_years(visit.tx, visit.passport, wanted)
    today = visit.calendar_of(None).today(visit.now)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Показатели · {school_year(year)} · на {wording.day(today)}</b>", ""]
    earlier = {one.indicator.key: one for one in found.get(before, ())}
    for line in found[year]:
        if line.indicator.parent:
            continue
        lines += _block(visit, line, found[year], earlier.get(line.indicator.key))
    lines += ["", wording.LEGEND]
    return Screen("\n".join(lines), _keyboard(year, found[year], known))


def _block(visit: Visit, line: Line, every: Sequence[Line], before: Line | None) -> list[str]:
    one = line.indicator
    head = f"{one.number}. {q(one.short)}"
    calendar = visit.calendar_of(None)
    today = calendar.today(visit.now)
    value = line.value
    if value is None:
        rows = [f"<b>{head}</b>: – ({wording.when_measured(line, calendar, today)})"]
        rows.append(f"   цель {wording.target(one, line.target)}{_last(before)}")
        return rows + [f"   {row}" for row in _more(line, today)]
    rows = [
        f"{wording.MARKS[line.mark]} <b>{head}: {wording.amount(one, value)}</b>, "
        f"цель {wording.target(one, line.target)}"
    ]
    facts = [
        wording.numbers(line, value),
        wording.completeness(value),
        wording.dated(value) + ("" if value.official else ", пока не официально"),
    ]
    rows.append("   " + ", ".join(fact for fact in facts if fact))
    if gap := wording.gap(line):
        rows.append(f"   {gap}")
    rows += [f"   {row}" for row in _more(line, today)]
    parts = [part for part in every if part.indicator.parent == one.key]
    if parts:
        rows.append("   " + " · ".join(_part(part) for part in parts))
    return rows


def _more(line: Line, today: date) -> list[str]:
    """What stands beside the value: today's, the end of the year, the other reading."""
    one = line.indicator
    rows = []
    if line.moved is not None:
        full = wording.completeness(line.moved)
        said = wording.today(line, today)
        rows.append(said[0].lower() + said[1:] + (f", {full}" if full else ""))
    if line.end is not None:
        change = f" ({_signed(line.end.numerator - line.value.numerator)})" if line.value else ""
        rows.append(
            f"на конец года {wording.amount(one, line.end)}{change}, "
            f"{wording.completeness(line.end) or wording.dated(line.end)}"
        )
    if line.second is not None:
        rows.append(f"{OF_TEACHERS[line.second_of]} {wording.amount(one, line.second)}")
    if line.partners is not None:
        rows.append(f"разных партнёров: {line.partners}")
    return rows


def _signed(number: Decimal) -> str:
    return f"{'−' if number < 0 else '+'}{plain(abs(number))}"


def _part(part: Line) -> str:
    value = part.value
    number = "–" if value is None else wording.amount(part.indicator, value)
    return f"{q(part.indicator.short)} {number}/{wording.target(part.indicator, part.target)}"


def _last(before: Line | None) -> str:
    if before is None or before.value is None:
        return ""
    return f"; прошлый год {wording.amount(before.indicator, before.value)}"


def _keyboard(year: str, lines: Sequence[Line], known: Sequence[str]) -> tuple[Row, ...]:
    main = [line.indicator for line in lines if not line.indicator.parent]
    deeper = [Button(one.short, indicator_tap("one", year, one.key)) for one in main]
    rows: list[Row] = [tuple(deeper[at : at + 2]) for at in range(0, len(deeper), 2)]
    others = [one for one in known if one != year]
    rows.append(
        (
            Button("По годам", indicator_tap("years", year)),
            Button("По школам", indicator_tap("schools", year)),
        )
    )
    rows.append(tuple(Button(school_year(one), indicator_tap("year", one)) for one in others[-4:]))
    rows.append(
        (
            Button("Excel", export_tap("city", year)),
            Button("Кто не сдал", school_tap("board")),
            Button("Настройки", indicator_tap("settings", year)),
        )
    )
    return tuple(row for row in rows if row)


async def show_years(visit: Visit, year: str) -> Screen:
    """All years of the project that have begun, one paragraph each."""
    await prompts.put(visit.tx, visit.chat_id, None)
    known = years_known(visit)
    found = await indicator_lines.of_years(visit.tx, visit.passport, known)
    today = visit.calendar_of(None).today(visit.now)
    lines = [f"<b>Показатели по годам · на {wording.day(today)}</b>", "факт / цель", ""]
    for one in known:
        lines.append(f"<b>{school_year(one)}</b>")
        lines += [f"   {_short(line)}" for line in found[one] if not line.indicator.parent]
    lines += ["", wording.LEGEND, "Сколько школ отчиталось – в показателях года."]
    rows: list[Row] = [
        tuple(Button(school_year(one), indicator_tap("year", one)) for one in known),
        (Button("← Показатели", indicator_tap("year", year)),),
    ]
    return Screen("\n".join(lines), tuple(rows))


def _short(line: Line) -> str:
    value, one = line.value, line.indicator
    if value is None:
        return f"· {q(one.short)}: – / {wording.target(one, line.target)}"
    partial = "" if value.is_whole else f", по {value.reported} из {value.expected}"
    tentative = "" if value.official else ", пока не официально"
    return (
        f"{wording.MARKS[line.mark]} {q(one.short)}: {wording.amount(one, value)} / "
        f"{wording.target(one, line.target)} ({wording.dated(value)}{partial}{tentative})"
    )
