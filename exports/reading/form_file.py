"""The official form out of a file, wherever in it: by its labels and headings, not by places.

Schools rename sheets, insert lines and columns, merge cells. A row is known by its label and by the
numbered row that it stands under, since «муниципальный уровень» stands in three of them.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from exports.reading import cells
from exports.reading.cells import Said, Wrong, shown
from exports.reading.door import Refused
from exports.reading.grids import Grid, Raw, ReadableBook
from passport.form import PERIODS, Form, Line, PeriodKey
from passport.parsing import clean_line, has_contact, looks_like_person
from passport.schools import cyrillic
from passport.values import NotApplicable, Nothing, Number

NO_FORM = Refused(
    "В файле нет формы отчётности. Возьмите форму у бота (кнопка «Форма в Excel» или /import), "
    "заполните её и пришлите."
)
_YEAR = re.compile(r"(20\d\d)\s*[-–—/]\s*(20\d\d|\d\d)(?![\d-])")
_NUMBER = re.compile(r"№\s*(\d{1,3})")
_SPACES = re.compile(r"[\s\u00a0]+")
_FOOT = re.compile(r"(ответственный|дата)( ?[:_]|$)|н/п")
_EDGES = " \t-–—•*.:;"
LONG = 100
FAR = 200  # rows below the head in which the form must end


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One value of the form: in which column, of which printed line, of which named event."""

    period: PeriodKey
    key: str
    name: str
    value: Number | Nothing | NotApplicable
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that could not be read. ``was`` is what stood there, never anybody's data."""

    row: int
    column: str
    was: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """``school`` and ``year`` as the file says them; None where it does not."""

    school: int | None
    year: str | None
    cells: tuple[ReadCell, ...]
    problems: tuple[Problem, ...] = ()


def unnamed(was: str) -> str:
    """What may be quoted: of what looks like somebody's data nothing is kept."""
    return "•••" if has_contact(was) or looks_like_person(was) else was


def plain(text: Raw) -> str:
    """A label as it is compared."""
    words = _SPACES.sub(" ", cyrillic(clean_line(str(text or "")))).casefold().replace("ё", "е")
    return words.replace("«", '"').replace("»", '"').strip(_EDGES)


def headings(row: Sequence[Raw]) -> list[str]:
    """A row as headings of a table, which are short: no long text is looked into."""
    return [plain(raw) if raw is not None and len(str(raw)) < LONG else "" for raw in row]


def read_form(book: ReadableBook, form: Form) -> ReadForm | Refused:
    """The first visible form of a file that holds something; never raises."""
    found = [
        (grid, _Reader(grid, form, head).read())
        for grid in sorted(book.grids, key=lambda one: one.hidden)
        if (head := _head(grid, form)) is not None
    ]
    if not found:
        return NO_FORM
    grid, read = next((one for one in found if one[1].cells), found[0])
    others = [
        f"«{unnamed(one.name)}»"
        for one, said in found
        if one is not grid and said.cells and one.hidden == grid.hidden
    ]
    return replace(read, problems=(_unread(grid, others), *read.problems)) if others else read


def _unread(grid: Grid, others: Sequence[str]) -> Problem:
    """One form is read at a time, and it is said which."""
    text = (
        f"Прочитан только этот лист. Формы на листах {', '.join(others)} пришлите отдельными "
        "файлами."
    )
    return Problem(0, f"лист «{unnamed(grid.name)}»", "", text)


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    label: int  # column of «Динамический показатель»
    periods: dict[int, PeriodKey]


def _head(grid: Grid, form: Form) -> _Head | None:
    """The row of the table's headings."""
    wanted = plain(form.column_headings[1])
    by_label = {plain(form.period(key).label): key for key in PERIODS}
    for number, row in enumerate(grid.rows, start=1):
        texts = headings(row)
        if wanted not in texts:
            continue
        label = texts.index(wanted) + 1
        periods = {
            place: by_label[text]
            for place, text in enumerate(texts, start=1)
            if text in by_label and place > label
        }
        if len(periods) == len(PERIODS):
            return _Head(number, label, periods)
    return None


def _is_of_an_order(text: str) -> bool:
    """«Приложение № 3 к приказу от … № 45» is about no school."""
    return plain(text).startswith(("приложение", "приказ", "к приказу", "к письму", "письмо"))


def _year(text: str) -> str | None:
    """The first school year that is one: «2026-09-01» is a date."""
    for found in _YEAR.finditer(text):
        first, second = int(found[1]), int(found[2][-2:])
        if second == (first + 1) % 100:
            return f"{first}-{first + 1}"
    return None


@dataclass
class _Reader:
    grid: Grid
    form: Form
    head: _Head
    found: list[ReadCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> ReadForm:
        lines = self._lines()
        for row, line, name in lines:
            for column, period in self.head.periods.items():
                self._cell(row, column, period, line, name)
        school, year = self._whose()
        return ReadForm(school, year, tuple(self.found), tuple(self.problems))

    def _whose(self) -> tuple[int | None, str | None]:
        """School and year of the head block; a footer or a name elsewhere says nothing."""
        school, year = None, None
        for row in self.grid.rows[: self.head.row]:
            for cell in row:
                text = _SPACES.sub(" ", str(cell or ""))
                number = _NUMBER.search(cyrillic(text))
                if number and school is None and not _is_of_an_order(text):
                    school = int(number[1])
                if year is None and isinstance(cell, str):
                    year = _year(text)
        return school, year

    def _lines(self) -> Iterator[tuple[int, Line, str]]:
        """(row of the sheet, printed line, name of the event or subject) from top to bottom."""
        lines, printed = self.form.lines, {plain(line.label): line for line in self.form.lines}
        at, astray, met, named = -1, False, set[int](), False
        for number in range(self.head.row + 1, min(len(self.grid.rows), self.head.row + FAR) + 1):
            raw = self.grid.at(number, self.head.label)
            label = plain(raw)
            if not label:
                continue
            is_name = label not in printed or printed[label].kind == "item"
            place = None if is_name else self._printed(label, at, met)
            if place is not None:
                if named:
                    self._gap(number, lines[at], lines[at + 1 : place])
                met.add(place)
                at, astray, named = place, False, False
                yield number, lines[at], ""
                continue
            astray = astray or not is_name
            line = None if astray else self._item_below(at)
            name = " ".join(str(raw).split()).lstrip(_EDGES).strip()
            if not self._holds(number) or (is_name and self._is_foot(label)):
                continue
            if line is None:
                self._nowhere(number, name, begun=at >= 0)
            elif label in printed:
                self._nameless(number, line)
            elif not self._personal(number, name):
                named = True
                yield number, line, name

    def _printed(self, label: str, at: int, met: Set[int]) -> int | None:
        """Which printed line a label is. The same levels stand in three rows: a level is one of the
        row that it stands in, below the line found last; the head of a row is known anywhere."""
        for place, line in enumerate(self.form.lines):
            if place in met or plain(line.label) != label:
                continue
            if line.no or (place > at >= 0 and line.row == self.form.lines[at].row):
                return place
        return None

    def _item_below(self, at: int) -> Line | None:
        """What a name that is not printed stands under: the items of the last line found."""
        if at < 0:
            return None
        below = self.form.lines[at + 1 : at + 2]
        return next((line for line in below if line.kind == "item"), None)

    def _gap(self, row: int, above: Line, between: Sequence[Line]) -> None:
        """Levels whose line is gone: the names above may be theirs."""
        for line in between:
            if line.kind == "level_total" and line.row == above.row:
                text = (
                    f"Выше нет этой строки, и названия над ней отнесены к строке «{above.label}». "
                    "Проверьте, туда ли."
                )
                column = self.form.column_headings[1]
                self.problems.append(Problem(row, column, line.label, text))

    def _nowhere(self, row: int, name: str, *, begun: bool) -> None:
        """A number of no known row of the form; above the first row columns are numbered."""
        if begun or any(sign.isalpha() for sign in name):
            text = (
                "Не видно, к какой строке формы это относится: выше нет её напечатанной строки. "
                "Верните её, как в форме от бота: /import"
            )
            column = self.form.column_headings[1]
            self.problems.append(Problem(row, column, unnamed(shown(name)), text))

    def _is_foot(self, label: str) -> bool:
        """What is printed below the table: an event may begin with «Дата …» too."""
        foot = [plain(text)[:25] for text in self.form.footnotes.values()]
        return _FOOT.match(label) is not None or any(
            label.startswith(start) for start in foot if start
        )

    def _holds(self, row: int) -> bool:
        return any(self.grid.at(row, column) is not None for column in self.head.periods)

    def _nameless(self, row: int, line: Line) -> None:
        """A number beside a printed placeholder: of what?"""
        for column, period in self.head.periods.items():
            raw = self.grid.at(row, column)
            said = cells.mark(raw) if line.row == 2 else cells.count(raw)
            if isinstance(said, Number) and said.value:
                what = "предмет" if line.row == 2 else "название мероприятия или олимпиады"
                text = f"Число есть, а {what} не указано. Впишите его вместо подсказки."
                self._problem(row, period, shown(raw), text)

    def _personal(self, row: int, name: str) -> bool:
        contact = has_contact(name)
        if contact or looks_like_person(name):
            text = (
                f"Похоже на личные данные ({contact or 'фамилия'}): строка пропущена. Напишите "
                "название мероприятия без имён, например: Ярмарка профессий."
            )
            self.problems.append(Problem(row, "Динамический показатель", "•••", text))
            return True
        return False

    def _cell(self, row: int, column: int, period: PeriodKey, line: Line, name: str) -> None:
        raw = self.grid.at(row, column)
        if (row, column) in self.grid.formulas:
            text = "В ячейке формула, а нужно само число. Например: 24"
            self._problem(row, period, "формула", text)
            return
        is_mark = line.row == 2 and line.kind == "item"
        said: Said = cells.mark(raw) if is_mark else cells.count(raw, _unit(line))
        if isinstance(said, Wrong):
            self._problem(row, period, shown(raw), said.text)
        elif said is not None:
            self.found.append(ReadCell(period, line.key, name, said, row))

    def _problem(self, row: int, period: PeriodKey, was: str, text: str) -> None:
        column = self.form.period(period).label
        self.problems.append(Problem(row, column, unnamed(was), text))


def _unit(line: Line) -> str:
    return "ед." if line.unit == "Ед." else "чел."
