"""Cells of a read form as answers of the engine, for a school with its registered classes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from exports.reading.cells import shown
from exports.reading.form_file import Problem, ReadCell, ReadForm
from passport.form import Form, PeriodKey
from passport.parsing import name_key
from passport.parsing.item import LONGEST_NAME
from passport.register import ProfileClass
from passport.values import Item, Named, Nothing, Number, Slot, Value


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """What a file says of one period, and in which row; problems are of that period alone."""

    period: PeriodKey
    answers: dict[Slot, Value]
    rows: dict[Slot, int]
    problems: tuple[Problem, ...] = ()


def answers_of(
    read: ReadForm,
    form: Form,
    classes: Sequence[ProfileClass],
    period: PeriodKey,
    pupils: Decimal | None = None,
) -> ReadAnswers:
    """The inverse of ``passport.printed`` for one column; ``pupils`` as stored, of all classes."""
    return _Period(read, form, classes, period, pupils).answers()


def periods_in(read: ReadForm) -> tuple[PeriodKey, ...]:
    """The columns that hold something, in the form's order."""
    known = {cell.period for cell in read.cells}
    return tuple(key for key in ("base", "I", "II", "III", "IV") if key in known)


@dataclass
class _Period:
    read: ReadForm
    form: Form
    classes: Sequence[ProfileClass]
    period: PeriodKey
    pupils: Decimal | None
    problems: list[Problem] = field(default_factory=list)
    rows: dict[Slot, int] = field(default_factory=dict)

    def _at(self, cell: ReadCell, slot: Slot) -> Slot:
        """Of a list the first row counts."""
        self.rows.setdefault(slot, cell.row)
        return slot

    def answers(self) -> ReadAnswers:
        cells = [cell for cell in self.read.cells if cell.period == self.period]
        found: dict[Slot, Value] = {}
        for slot, value in self._numbers(cells):
            found[slot] = value
        lists = self._lists(cells)
        found.update(lists)
        for question in self.form.questions:
            # A total that follows from its list is worked out, not stored.
            if question.offer is None or question.offer.rule != "items_sum":
                continue
            total, items = Slot(question.key), found.get(Slot(question.offer.of[0]))
            stored = found.get(total)
            if isinstance(items, Named):
                follows = len(items.items) == 1  # of several names the total is asked
                if follows and isinstance(stored, Number) and stored.value == items.total:
                    del found[total]
            elif stored is not None:  # a bare number of people: it is the list's own answer
                items_at = Slot(question.offer.of[0])
                self.rows[items_at] = self.rows[total]
                found[items_at] = stored
                del found[total]
        found.pop(Slot("r4"), None) if self._is_counted(found) else None
        return ReadAnswers(self.period, self._open(found), self.rows, tuple(self.problems))

    def _is_counted(self, found: dict[Slot, Value]) -> bool:
        return not isinstance(found.get(Slot("r4")), Nothing)

    def _open(self, found: dict[Slot, Value]) -> dict[Slot, Value]:
        """Only what this period may hold, and «не было» of a row instead of each of its lines."""
        keys = {
            one.key for one in self.form.questions if self.period in one.required + one.optional
        }
        kept = {slot: value for slot, value in found.items() if slot.question in keys}
        for section in self.form.sections:
            head = Slot(section.head) if section.head else None
            value = kept.get(head) if head else None
            if isinstance(value, Nothing) or (isinstance(value, Number) and value.value == 0):
                for slot in list(kept):
                    if slot != head and self.form.question(slot.question).section == section.key:
                        del kept[slot]
        return kept

    def _numbers(self, cells: Sequence[ReadCell]) -> Iterator[tuple[Slot, Value]]:
        keys = {question.key for question in self.form.questions}
        for cell in cells:
            if cell.key == "r1":
                yield from self._pupils(cell)
            elif cell.key == "r2.subject":
                slot = self._subject(cell)
                if slot is not None:
                    yield self._at(cell, slot), cell.value
            elif not cell.key.endswith(".item"):
                key = f"{cell.key}.total" if f"{cell.key}.total" in keys else cell.key
                if key in keys:
                    yield self._at(cell, Slot(key)), cell.value

    def _pupils(self, cell: ReadCell) -> Iterator[tuple[Slot, Value]]:
        if len(self.classes) == 1:
            yield self._at(cell, Slot("r1", self.classes[0].id)), cell.value
            return
        if self.classes and isinstance(cell.value, Number) and cell.value.value == self.pupils:
            return  # the sum of what is stored of each class
        if not self.classes:
            text = "В боте у школы нет ни одного класса. Добавьте их: «Классы и договоры»."
        else:
            text = "У школы несколько классов: внесите число учеников каждого класса в боте."
        self._problem(cell, text)

    def _subject(self, cell: ReadCell) -> Slot | None:
        """«Химия» of the only class that has it, or «Химия, 10 «А»»."""
        wanted = name_key(cell.name)
        fitting = []
        for one in self.classes:
            for subject in one.subjects:
                names = (f"{subject.name}, {one.name}", f"{subject.name}, {one.full_name}")
                if wanted in (name_key(name) for name in names):
                    return Slot("r2", one.id, subject.id)
                if wanted == name_key(subject.name):
                    fitting.append(Slot("r2", one.id, subject.id))
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            text = "Предмет есть в нескольких классах. Допишите класс, например: Химия, 10 «А»"
        else:
            text = (
                "Такого предмета у школы нет. Добавьте его в карточку класса: «Классы и договоры»."
            )
        self._problem(cell, text)
        return None

    def _lists(self, cells: Sequence[ReadCell]) -> dict[Slot, Value]:
        items: dict[Slot, dict[str, Item]] = {}
        for cell in cells:
            if not cell.key.endswith(".item"):
                continue
            slot = Slot(cell.key.removesuffix(".item"))
            if not isinstance(cell.value, Number):
                continue
            if cell.value.value < 1:
                continue
            if len(cell.name) > LONGEST_NAME:
                text = (
                    f"Слишком длинное название: {len(cell.name)} знаков, можно до {LONGEST_NAME}. "
                    "Сократите его, например: Ярмарка профессий"
                )
                self._problem(cell, text)
                continue
            known = items.setdefault(slot, {})
            key = name_key(cell.name)
            if key in known:
                self._problem(cell, "Это название уже есть выше. Оставьте одну строку.")
                continue
            self._at(cell, slot)
            known[key] = Item(cell.name, int(cell.value.value))
        return {slot: Named(tuple(found.values())) for slot, found in items.items()}

    def _problem(self, cell: ReadCell, text: str) -> None:
        number = cell.value.value if isinstance(cell.value, Number) else Decimal(0)
        was = f"{shown(cell.name)} {number}".strip()
        self.problems.append(Problem(cell.row, self.form.period(self.period).label, was, text))
