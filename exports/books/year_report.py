"""«Информационно-аналитический отчет» of plan 1.8: track, headcount, contracts, partners."""

from collections import defaultdict
from decimal import Decimal

from exports.books.desk import Desk
from exports.books.table import COUNT, MIDDLE, TEXT, Binder, Column, Formula, Heading, Table
from exports.books.words import last_day, on_day, year_words
from passport.form import PERIODS
from passport.numbers import plural
from passport.register import PARTNER_TYPES
from passport.values import Number, Slot
from storage import contracts
from storage.reports import FormYear

UNKNOWN = "не указана"


async def write(binder: Binder, desk: Desk) -> None:
    pupils: dict[str, Decimal] = defaultdict(Decimal)
    classes: dict[str, int] = defaultdict(int)
    schools: dict[str, set[str]] = defaultdict(set)
    counted, expected = 0, await desk.taking_part()
    async for school, year in desk.form_years(expected):
        found = _headcount(year)
        counted += bool(found)
        for one in year.register.open:
            track = one.track or UNKNOWN
            classes[track] += 1
            schools[track].add(school.slug)
            if one.id in found:  # a track that nobody has reported of stays empty
                pupils[track] += found[one.id]
    day = min(desk.today, last_day(desk.year))
    held = [one for one in await contracts.every(desk.tx) if one.in_force(day)]
    noun = plural(len(expected), "школы", "школ", "школ")
    notes = (
        on_day(desk),
        f"Численность – по последним отправленным отчётам, по {counted} из {len(expected)} {noun}. "
        f"Договоры – действующие на {day:%d.%m.%Y}; договор нескольких школ считается один раз.",
    )
    title = f"Информационно-аналитический отчёт (п. 1.8), {year_words(desk.year)}"
    columns = (
        Column("№", 5, MIDDLE),
        Column("Направленность", 40, TEXT),
        Column("Школ", 17, COUNT),
        Column("Классов и групп", 13, COUNT),
        Column("Численность, чел.", 13, COUNT),
    )
    table = Table(
        binder, Heading("Отчёт 1.8", title, notes), columns, landscape=False, filtered=False
    )
    for number, track in enumerate(sorted(classes), start=1):
        table.row([number, track, len(schools[track]), classes[track], pupils.get(track)])
    first, last = table.first_row, table.last_row
    if last >= first:
        total = sum(pupils.values(), Decimal(0)) if pupils else None
        table.total(
            [
                "",
                "Всего (формула)",
                None,
                Formula(f"=SUM(D{first}:D{last})"),
                Formula(f"=SUM(E{first}:E{last})") if pupils else None,
            ]
        )
        table.total(
            ["", "Всего (бот)", len(set().union(*schools.values())), sum(classes.values()), total]
        )
    table.free()
    table.free("Договоры с партнёрами")
    table.total(["", "Вид", "Договоров", "Партнёров", None])
    begin = table.last_row + 1
    for key, name in PARTNER_TYPES.items():
        own = [one for one in held if one.partner.type == key]
        table.row(["", name, len(own), len({one.partner.id for one in own}), None])
    end = table.last_row
    table.total(
        [
            "",
            "Всего (формула)",
            Formula(f"=SUM(C{begin}:C{end})"),
            Formula(f"=SUM(D{begin}:D{end})"),
            None,
        ]
    )
    table.total(["", "Всего (бот)", len(held), len({one.partner.id for one in held}), None])
    table.free()
    table.free("Список партнёров")
    named = sorted({(one.partner.name, one.partner.type) for one in held})
    for number, (name, key) in enumerate(named, start=1):
        table.row(
            [number, name, PARTNER_TYPES[key], None, None], [MIDDLE, TEXT, TEXT, COUNT, COUNT]
        )
    table.free()
    table.free("Ответственный: " + "_" * 28 + " " * 6 + "Дата: " + "_" * 16)
    table.finish()


def _headcount(year: FormYear) -> dict[int, Decimal]:
    """Pupils of each class by the last report that was sent."""
    for period in reversed(PERIODS):
        filling = year.fillings.get(period)
        if filling is None or filling.report.status not in ("submitted", "accepted"):
            continue
        found = {
            one.id: value.value
            for one in filling.sheet.classes
            if isinstance(value := filling.sheet.answers.get(Slot("r1", one.id)), Number)
        }
        if found:
            return found
    return {}
