"""One indicator in depth: five years, the target line, what would close the gap, and its rows."""

from collections.abc import Sequence
from datetime import date

from handlers.collect.callbacks import report_tap
from handlers.errors import Outdated
from handlers.indicators.callbacks import indicator_tap
from handlers.indicators.year import years_known
from handlers.screen import Button, ChartFile, Note, Reply, Row, Screen, turns
from handlers.visit import Visit
from handlers.words import q, school_year
from passport import indicator_words as wording
from passport.indicators import Indicator, Line, Part, Point, Value
from passport.numbers import plain
from storage import city_facts, indicator_lines, indicator_values, parts, prompts
from storage.parts import Opened

WIDTH = 5
PAGE = 30
LETTERS = 2800  # of the rows of a page, quoted
LONGEST_ROW = 600
MOST_SILENT = 100


def known(visit: Visit, key: str) -> Indicator:
    """Raises Outdated for a key that is none."""
    try:
        return visit.passport.indicators.get(key)
    except KeyError:
        raise Outdated from None


async def show_one(visit: Visit, year: str, key: str, notice: str = "") -> Screen:
    """All that stands in the passport of an indicator, beside what was measured."""
    await prompts.put(visit.tx, visit.chat_id, None)
    one = known(visit, key)
    years = years_known(visit)
    found = await indicator_lines.of_years(visit.tx, visit.passport, years)
    by_year = {made: _line(found[made], key) for made in years}
    line = by_year[year]
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.name)}</b>", ""]
    lines.append(f"База на {wording.day(one.base_on)}: {q(one.base_printed)}")
    lines += [_year(one, made, by_year.get(made)) for made in visit.passport.indicators.years]
    lines += ["", *_gap(line), *_goal(visit, line)]
    if line.moved is not None:
        full = wording.completeness(line.moved)
        lines.append(
            f"{wording.today(line, _day(visit))}" + (f" ({full})" if full else "") + ", "
            f"официально {wording.amount(one, line.value or line.moved)}"
        )
    lines += ["", f"Методика: {q(one.method)}."]
    lines.append(
        f"Источник: {q(one.source)}. Отвечает: {q(one.responsible)}. Когда: {q(one.when)}."
    )
    lines += [f"ℹ️ {q(remark.text)}" for remark in visit.passport.indicators.remarks(key)]
    return Screen("\n".join(lines), _keyboard(visit, line))


def _line(lines: tuple[Line, ...], key: str) -> Line:
    return next(line for line in lines if line.indicator.key == key)


def _year(one: Indicator, year: str, line: Line | None) -> str:
    goal = f"цель {wording.target(one, one.targets[year])}"
    if line is None or line.value is None:
        return f"· {school_year(year)}: –, {goal}"
    value = line.value
    facts = [wording.dated(value), wording.numbers(line, value), wording.completeness(value)]
    if not value.official:
        facts.append("пока не официально")
    return (
        f"{wording.MARKS[line.mark]} {school_year(year)}: {wording.amount(one, value)}, {goal} "
        f"({', '.join(fact for fact in facts if fact)})"
    )


def _gap(line: Line) -> list[str]:
    """What would close the gap, in schools, pupils, teachers or contracts."""
    if line.value is None:
        return []
    if line.missing == 0:
        return [f"✅ Цель {school_year(line.year)} достигнута."]
    gap = wording.gap(line)
    if not gap:
        return ["Сколько не хватает до цели, не видно: известна только доля."]
    need = f"цель – это {line.needed} {wording.noun(line.indicator.key, line.needed or 0)}"
    return [f"До цели {school_year(line.year)}: {gap} ({need})."]


def _goal(visit: Visit, line: Line) -> list[str]:
    """The goal of the whole Project stands beside the target: «более», not «и больше» (D03)."""
    if line.indicator.key != "schools_share" or line.value is None or not line.value.denominator:
        return []
    share, schools = visit.passport.indicators.goal_share, int(line.value.denominator)
    least = int(share * schools / 100) + 1
    noun = wording.noun(line.indicator.key, least)
    return [f"Общая цель Проекта: более {plain(share)} % – это {least} {noun} из {schools}."]


def _keyboard(visit: Visit, line: Line) -> tuple[Row, ...]:
    key, year = line.indicator.key, line.year
    rows: list[Row] = [
        (
            Button("Из чего сложилось", indicator_tap("parts", year, key)),
            Button("График", indicator_tap("chart", year, key)),
        )
    ]
    family = visit.passport.indicators.parts_of(line.indicator.parent or key)
    rows.append(
        tuple(
            Button(f"{part.no} {part.short}", indicator_tap("one", year, part.key))
            for part in family
            if part.key != key
        )
    )
    if line.indicator.parent:
        parent = visit.passport.indicators.get(line.indicator.parent)
        rows.append((Button(f"↑ {parent.short}", indicator_tap("one", year, parent.key)),))
    if visit.actor in ("manager", "owner") and line.live is not None:
        word = "Обновить официальное" if line.official else "Сделать официальным"
        if line.official is None or line.moved is not None:
            rows.append(
                (
                    Button(
                        f"{word}: {wording.amount(line.indicator, line.live)}",
                        indicator_tap("fix", year, key, _seen(line.live)),
                    ),
                )
            )
    rows.append((Button("← Показатели", indicator_tap("year", year)),))
    return tuple(row for row in rows if row)


async def show_parts(
    visit: Visit, year: str, key: str, page: int = 0, act: str = "parts"
) -> Screen:
    """Down to the schools and rows: what each brings, and who is still silent.

    ``act`` «fixed»: the rows as they were when the official value was fixed; «ends»: of the value
    at the end of the year, where there is one (D10).
    """
    await prompts.put(visit.tx, visit.chat_id, None)
    one = known(visit, key)
    line = _line((await indicator_lines.of_years(visit.tx, visit.passport, [year]))[year], key)
    match act:
        case "fixed":
            opened, value, word = await _fixed(visit, year, one), line.official, "Официально"
        case "ends":
            opened, value = await _today(visit, year, one, "end"), line.end
            word = "На конец года"
        case _:
            opened, value = await _today(visit, year, one, one.points[0].key), line.live
            word = wording.now_word(value, _day(visit)) if value is not None else ""
    official = act == "fixed"
    lines = [f"<b>{q(one.short)}, {school_year(year)}: из чего сложилось</b>"]
    if value is not None:
        lines.append(f"{word} {wording.amount(one, value)}, {wording.dated(value)}")
    lines.append("")
    pages = _pages(visit, opened.parts)
    page = min(page, len(pages) - 1)
    nothing = "Строк нет: значение взято из прежних таблиц." if official else "Строк пока нет."
    lines += [f"• {_part(visit, part)}" for part in pages[page]] or [nothing]
    if opened.silent:
        numbers = ", ".join(str(int(slug[1:])) for slug in opened.silent[:MOST_SILENT])
        more = len(opened.silent) - MOST_SILENT
        word = "Участвуют, но нет открытого класса" if key == "schools_share" else "Ещё не принято"
        lines += ["", f"{word}: № {numbers}" + (f" и ещё {more}" if more > 0 else "")]
    return Screen("\n".join(lines), _parts_keyboard(line, pages, page, act))


def _pages(visit: Visit, parts: Sequence[Part]) -> list[list[Part]]:
    """Rows to a screen: partners' names are long, and Telegram takes 4096 characters."""
    pages: list[list[Part]] = [[]]
    room = LETTERS
    for part in parts:
        length = len(_part(visit, part))
        if pages[-1] and (length > room or len(pages[-1]) == PAGE):
            pages.append([])
            room = LETTERS
        pages[-1].append(part)
        room -= length
    return pages


def _parts_keyboard(line: Line, pages: list[list[Part]], page: int, act: str) -> tuple[Row, ...]:
    year, key = line.year, line.indicator.key
    buttons = [
        Button(f"№ {int(part.school[1:])}", report_tap("show", part.report))
        for part in pages[page]
        if part.report
    ]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    more = page + 1 < len(pages)
    rows.append(turns(page, more, lambda to: indicator_tap(act, year, key, to)))
    if act != "parts":
        rows.append((Button("Сегодняшние строки", indicator_tap("parts", year, key)),))
    if act != "fixed" and line.official is not None:
        label = f"Официальные, {wording.dated(line.official)}"
        rows.append((Button(label, indicator_tap("fixed", year, key)),))
    if act != "ends" and line.end is not None:
        rows.append((Button("На конец года", indicator_tap("ends", year, key)),))
    rows.append((Button("← Показатель", indicator_tap("one", year, key)),))
    return tuple(row for row in rows if row)


def _day(visit: Visit) -> date:
    return visit.calendar_of(None).today(visit.now)


async def _today(visit: Visit, year: str, one: Indicator, point: Point) -> Opened:
    days = indicator_lines.days(visit.passport.calendar, year, _day(visit))
    of = indicator_lines.teachers_of(await city_facts.every(visit.tx), year)
    return await parts.opened(visit.tx, one.key, days, point, of)


async def _fixed(visit: Visit, year: str, one: Indicator) -> Opened:
    point = one.points[0].key
    return Opened(tuple(await indicator_values.parts(visit.tx, one.key, year, point)))


def _part(visit: Visit, part: Part) -> str:
    names = ", ".join(visit.school_name(slug) for slug in part.school.split(",") if slug)
    if not part.report and part.where:
        row = f"{part.where}: {names}" if "договор" in part.where else f"{names}, {part.where}"
        return q(row if len(row) <= LONGEST_ROW else f"{row[:LONGEST_ROW]}…")
    number = plain(part.amount) if part.of is None else f"{plain(part.amount)} из {plain(part.of)}"
    return f"{q(names)}: {number}"


async def chart(visit: Visit, year: str, key: str) -> Reply:
    """The picture of five years; the text above says the same."""
    one = known(visit, key)
    screen = await show_one(visit, year, key)
    return Reply(screen, notes=(Note(f"График: {one.short}", ChartFile(key)),))


def _seen(value: Value) -> int:
    """A mark of the value on the screen: of a share both of its numbers may have changed."""
    return int(value.exact * 1_000_000)


async def fix(visit: Visit, year: str, key: str, seen: int) -> Screen:
    """A manager makes today's value the official one; what was not on the screen is not fixed."""
    assert visit.person is not None
    one = known(visit, key)
    lines = (await indicator_lines.of_years(visit.tx, visit.passport, [year]))[year]
    line = _line(lines, key)
    if line.live is None or _seen(line.live) != seen:
        return await show_one(visit, year, key, "Значение изменилось. Проверьте и нажмите снова.")
    await indicator_lines.fix(visit.tx, visit.passport, year, one, visit.person.id)
    return await show_one(visit, year, key, "✅ Зафиксировано как официальное значение.")
