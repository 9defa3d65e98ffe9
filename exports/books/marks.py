"""«Средний балл»: row 2 per subject and quarter, weighted by the pupils of each class.

Staff only (F16): an average over a few pupils is nearly somebody's own mark.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from exports.books.desk import Desk
from exports.books.table import COUNT, MARK, MIDDLE, TEXT, Binder, Column, Heading, Item, Table
from exports.books.words import on_day, year_words
from passport.form import PERIODS, PeriodKey
from passport.printed import SMALL_GROUP
from passport.sheet import Sheet
from passport.values import Number, Slot


@dataclass
class _Cell:
    weighted: Decimal = Decimal(0)
    pupils: Decimal = Decimal(0)
    classes: int = 0
    small: int = 0


@dataclass
class _Subject:
    name: str
    cells: dict[PeriodKey, _Cell] = field(default_factory=lambda: defaultdict(_Cell))


async def write(binder: Binder, desk: Desk) -> None:
    subjects: dict[str, _Subject] = {}
    async for _, year in desk.form_years(await desk.taking_part()):
        for period in PERIODS:
            filling = year.fillings.get(period)
            if filling is not None and filling.report.status in ("submitted", "accepted"):
                _add(subjects, filling.sheet, period)
    columns = [Column("Предмет", 30, TEXT)]
    for period in PERIODS:
        label = "База" if period == "base" else period
        columns += [
            Column(f"{label}: балл", 10, MARK),
            Column(f"{label}: классов", 10, COUNT),
            Column(f"{label}: малых групп", 10, MIDDLE),
        ]
    notes = (
        on_day(desk),
        "Балл взвешен по числу учеников класса (строка 1). Малая группа – меньше 5 учеников: её "
        "балл почти личная отметка, лист только для сотрудников УО и ИМЦ.",
    )
    heading = Heading("Средний балл", f"Средний балл по предметам, {year_words(desk.year)}", notes)
    table = Table(binder, heading, columns, frozen=1)
    for one in sorted(subjects.values(), key=lambda known: known.name):
        row: list[Item] = [one.name]
        for period in PERIODS:
            cell = one.cells.get(period)
            if cell is None or not cell.pupils:
                row += [None, None, None]
                continue
            mark = (cell.weighted / cell.pupils).quantize(Decimal("0.01"), ROUND_HALF_UP)
            row += [mark, cell.classes, cell.small or None]
        table.row(row)
    table.finish()


def _add(subjects: dict[str, _Subject], sheet: Sheet, period: PeriodKey) -> None:
    for known in sheet.classes:
        pupils = sheet.answers.get(Slot("r1", known.id))
        for subject in known.subjects:
            mark = sheet.answers.get(Slot("r2", known.id, subject.id))
            if not isinstance(mark, Number) or not isinstance(pupils, Number) or not pupils.value:
                continue
            name = " ".join(subject.name.split())
            one = subjects.setdefault(name.casefold(), _Subject(name))
            cell = one.cells[period]
            cell.weighted += mark.value * pupils.value
            cell.pupils += pupils.value
            cell.classes += 1
            cell.small += pupils.value < SMALL_GROUP
