"""One school's year as the printed form: 29 lines in their order, five value columns.

Lines that the form repeats (subjects, events) become as many as are needed; while there are none,
the printed placeholder stays. Labels and units are verbatim, also where the form errs (F1, F2).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Literal

from passport.form import PERIODS, Form, Line, PeriodKey
from passport.parsing import name_key
from passport.register import ProfileClass
from passport.sheet import closes_row
from passport.values import Chosen, Named, NotApplicable, Nothing, Number, Slot, Text, Value

Cell = Decimal | str | None
Cells = tuple[Cell, ...]

NOTHING = "–"  # how statistical forms print «не было»
NOT_APPLICABLE = "н/п"
EMPTY: Cells = (None,) * len(PERIODS)
SMALL_GROUP = 5  # F16: below this an average is nearly somebody's own mark


@dataclass(frozen=True, slots=True)
class PeriodColumn:
    """One period's effective values (worked-out totals included) and how its report stands.

    ``sent`` says that the report was whole when it was handed in: a class without an answer was
    then not there yet, whereas in a draft it has merely not been reached.
    """

    key: PeriodKey
    values: Mapping[Slot, Value]
    note: str
    sent: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of the table. ``small`` marks averages of a small group («*»)."""

    key: str  # of the printed line that it is, or stands for
    no: str
    label: str
    unit: str
    italic: bool
    kind: Literal["count", "group", "level_total", "item"]
    cells: Cells
    indent: int = 0
    decimals: int = 0
    small: tuple[bool, ...] = (False,) * len(PERIODS)


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """The table, what stands under it, and for the head block how each period stands (F17)."""

    headings: tuple[str, ...]
    lines: tuple[PrintedLine, ...]
    footnotes: tuple[str, ...]
    reasons: tuple[str, ...] = ()  # of every «н/п»
    notes: tuple[str, ...] = ()  # «I четверть: принято 29.10.2026»


def print_form(
    form: Form, classes: Sequence[ProfileClass], columns: Sequence[PeriodColumn]
) -> PrintedForm:
    """The form of one school year; a period without a column is an empty column."""
    year = _Year(form, classes, columns)
    lines = tuple(year.lines())
    return PrintedForm(
        headings=form.column_headings,
        lines=lines,
        footnotes=tuple(form.footnotes[key] for key in year.footnotes(lines)),
        reasons=tuple(year.reasons()),
        notes=tuple(year.notes()),
    )


class _Year:
    def __init__(
        self, form: Form, classes: Sequence[ProfileClass], columns: Sequence[PeriodColumn]
    ) -> None:
        by_key = {column.key: column for column in columns}
        self._form = form
        self._classes = {known.id: known for known in classes}
        self._columns = tuple(by_key.get(key, PeriodColumn(key, {}, "")) for key in PERIODS)
        self._keys = {question.key for question in form.questions}
        self._marks = self._mark_places()

    def lines(self) -> Iterator[PrintedLine]:
        for _, group in groupby(self._form.lines, key=lambda line: line.key):
            printed = tuple(group)
            first = printed[0]
            if first.kind != "item":
                yield _filled(first, self._head_cells(first))
                continue
            found = [*(self._subjects(first) if first.row == 2 else self._items(first))]
            yield from found
            # The printed lines are places to write in, not a limit (F7); unused ones stay.
            yield from (_filled(line, EMPTY) for line in printed[len(found) :])

    def footnotes(self, lines: Sequence[PrintedLine]) -> Iterator[str]:
        """Keys of the footnotes that apply, in the order in which the form's data has them."""
        cells = [cell for line in lines for cell in line.cells]
        applies = {
            "fourth": True,
            "olympiads": True,
            "teachers": any(line.no == "8" and line.cells != EMPTY for line in lines),
            "nothing": NOTHING in cells,
            "not_applicable": NOT_APPLICABLE in cells,
            "several_classes": len(self._class_ids()) > 1,
            "small_group": any(any(line.small) for line in lines),
        }
        return (key for key in self._form.footnotes if applies.get(key, False))

    def reasons(self) -> Iterator[str]:
        """Each reason once, with its places: «н/п: Химия (I, II) – предмет не вёлся»."""
        told: dict[str, dict[str, list[str]]] = {}
        for column in self._columns:
            period = column.key if column.key != "base" else self._form.period("base").name
            for slot in sorted(column.values):
                value = column.values[slot]
                if isinstance(value, NotApplicable):
                    places = told.setdefault(value.reason, {})
                    place = self._marks.get(slot) or self._form.question(slot.question).short
                    places.setdefault(place, []).append(period)
        for reason, places in told.items():
            named = "; ".join(f"{place} ({', '.join(when)})" for place, when in places.items())
            yield f"{NOT_APPLICABLE}: {named} – {reason}"

    def notes(self) -> Iterator[str]:
        for column in self._columns:
            if column.note:
                name = self._form.period(column.key).name
                yield f"{name[0].upper()}{name[1:]}: {column.note}"

    def _head_cells(self, line: Line) -> Cells:
        if line.key == "r1":
            return tuple(self._pupils(column) for column in self._columns)
        keys = [key for key in (f"{line.key}.total", line.key) if key in self._keys]
        return tuple(self._head_cell(line, keys, column.values) for column in self._columns)

    def _head_cell(self, line: Line, keys: list[str], values: Mapping[Slot, Value]) -> Cell:
        for key in keys:
            cell = _cell(values.get(Slot(key)))
            if cell is not None:
                return cell
        head = self._form.section(str(line.row)).head
        if line.kind == "level_total" and head and closes_row(values.get(Slot(head))):
            return NOTHING  # nothing happened at all, so nothing at this level either
        return None

    def _pupils(self, column: PeriodColumn) -> Cell:
        """The sum over classes, or an empty cell: a sum that lacks a class would be a lie.

        A draft needs every class of the register. A report that was sent was whole, so a class
        without any answer there was opened later; only one with half an answer leaves a hole.
        """
        expected = {slot.class_id for slot in column.values if slot.class_id}
        if not column.sent:
            expected |= self._classes.keys()
        values = [column.values.get(Slot("r1", class_id)) for class_id in sorted(expected)]
        if not values or any(value is None for value in values):
            return None
        numbers = [value.value for value in values if isinstance(value, Number)]
        return sum(numbers, Decimal(0)) if numbers else _cell(values[0])

    def _subjects(self, line: Line) -> Iterator[PrintedLine]:
        for slot, name in self._marks.items():
            cells = tuple(_cell(column.values.get(slot)) for column in self._columns)
            small = tuple(_is_small(slot, column.values) for column in self._columns)
            yield replace(_filled(line, cells, f"– {name}"), decimals=2, small=small)

    def _items(self, line: Line) -> Iterator[PrintedLine]:
        """One line a name: the same name in two quarters is one line with two numbers.

        A name that was typed twice in one quarter is one line too, with the sum: row 4 counts
        it as one olympiad, and the participations still add up.
        """
        slot = Slot(line.key.removesuffix(".item"))
        names: dict[str, str] = {}
        cells: dict[str, list[Decimal | None]] = {}
        for position, column in enumerate(self._columns):
            value = column.values.get(slot)
            for item in value.items if isinstance(value, Named) else ():
                key = name_key(item.name) or item.name
                names.setdefault(key, " ".join(item.name.split()))
                row = cells.setdefault(key, [None] * len(PERIODS))
                row[position] = (row[position] or Decimal(0)) + item.persons
        for key, name in names.items():
            yield _filled(line, tuple(cells[key]), label=f"– {name}")

    def _class_ids(self) -> set[int]:
        answered = {slot.class_id for column in self._columns for slot in column.values}
        return (answered | self._classes.keys()) - {0}

    def _mark_places(self) -> dict[Slot, str]:
        """Row 2's slots in the register's order, then answers whose subject has left it since."""
        places = [
            Slot("r2", known.id, subject.id)
            for known in self._classes.values()
            for subject in known.subjects
        ]
        answered = {slot for column in self._columns for slot in column.values}
        places += sorted(slot for slot in answered - {*places} if slot.question == "r2")
        return {slot: self._mark_name(slot) for slot in places}

    def _mark_name(self, slot: Slot) -> str:
        known = self._classes.get(slot.class_id)
        subjects = {subject.id: subject.name for subject in known.subjects} if known else {}
        name = " ".join(subjects.get(slot.subject_id, "предмет, исключённый из списка").split())
        if len(self._class_ids()) == 1:
            return name
        if known is None:
            return f"{name}, класс, исключённый из списка"
        # Two groups inside one mixed class differ by their track only.
        alike = sum(1 for other in self._classes.values() if other.name == known.name)
        return f"{name}, {known.name if alike == 1 else known.full_name}"


def _cell(value: Value | None) -> Cell:
    match value:
        case Number(number):
            return number
        case Nothing():
            return NOTHING
        case NotApplicable():
            return NOT_APPLICABLE
        case Text(text):
            return text
        case Chosen(options):
            return ", ".join(options)
        case Named() | None:
            return None  # a list has no number of its own: its total is a value beside it


def _is_small(mark: Slot, values: Mapping[Slot, Value]) -> bool:
    pupils = values.get(Slot("r1", mark.class_id))
    has_mark = isinstance(values.get(mark), Number)
    return has_mark and isinstance(pupils, Number) and pupils.value < SMALL_GROUP


def _filled(line: Line, cells: Cells, label: str | None = None) -> PrintedLine:
    indent = 1 if line.key.count(".") == 2 else 0  # an event stands under its level
    text = label or line.label
    return PrintedLine(line.key, line.no, text, line.unit, line.italic, line.kind, cells, indent)
