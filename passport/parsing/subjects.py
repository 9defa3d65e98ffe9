"""Profile subjects of one class, with or without their average marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from passport.parsing.contacts import masked
from passport.parsing.entries import MOST, TOO_MANY, entries, shown
from passport.parsing.names import name_key
from passport.parsing.numbers import parse_average
from passport.parsing.person import looks_like_person
from passport.parsing.text import DASHES, ascii_digits, has_letter, is_nothing
from passport.values import Nothing, Number, Pending, Refusal

EXAMPLE = "Химия – 4,35"
LONGEST = 60
NOT_A_LIST = Refusal(f"Напишите профильные предметы, каждый с новой строки. Например: {EXAMPLE}")
NO_NAME = f"Не вижу названия предмета. Например: {EXAMPLE}"
TOO_LONG = f"Слишком длинное название: можно до {LONGEST} знаков. Например: {EXAMPLE}"
PERSON = f"Похоже на фамилию. Нужны только предмет и средний балл. Например: {EXAMPLE}"

_COMMA = re.compile(r",\s*(?=[^\W\d_])|;")
_SEPARATORS = f" \t{DASHES}:;=,(|"
_NO_MARK = re.compile(
    rf"(?:\s[{DASHES}]|[:=\t(])\s*(?P<words>[^{DASHES}:=\t(]{{1,40}}|[{DASHES}])\Z"
)
_BALL = re.compile(r"(?<=[\d\s])балл\w{0,2}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject; ``average`` is None where no mark was typed."""

    name: str
    average: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SubjectList:
    lines: tuple[SubjectLine, ...]
    problems: tuple[Pending, ...] = ()


def parse_subjects(text: str) -> SubjectList | Refusal:
    """Subjects in the order typed; the same subject twice is one if its marks do not differ."""
    rows = [part for line in _without_header(entries(text)) for part in _parts(line)]
    if len(rows) > MOST:
        return Refusal(TOO_MANY)
    if not rows or (len(rows) == 1 and (is_nothing(rows[0]) or not has_letter(rows[0]))):
        return NOT_A_LIST
    known: dict[str, SubjectLine] = {}
    problems: list[Pending] = []
    for row in rows:
        read = masked(row, EXAMPLE) or _read(row)
        if isinstance(read, SubjectLine):
            same = known.setdefault(name_key(read.name), read)
            if same.average is None or read.average in (None, same.average):
                average = read.average if same.average is None else same.average
                known[name_key(read.name)] = SubjectLine(same.name, average)
                continue
            read = (
                f"Этот предмет уже есть в списке с другим баллом. Оставьте одну строку: {EXAMPLE}"
            )
        problems.append(read if isinstance(read, Pending) else Pending(shown(row), read))
    return SubjectList(tuple(known.values()), tuple(problems))


def _without_header(rows: list[str]) -> list[str]:
    head = rows[0].casefold() if rows else ""
    table = "предмет" in head and ("балл" in head or "отметк" in head)
    return rows[1:] if table and not any(sign.isdecimal() for sign in head) else rows


def _parts(row: str) -> Iterator[str]:
    """Cut at commas and semicolons, but not at a decimal comma and not inside brackets."""
    if masked(row, EXAMPLE):
        yield row
        return
    start = depth = seen = 0
    for cut in _COMMA.finditer(row):
        between = row[seen : cut.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        seen = cut.start()
        if depth == 0 and row[start : cut.start()].strip():
            yield row[start : cut.start()].strip()
            start = cut.end()
    if row[start:].strip():
        yield row[start:].strip()


def _read(row: str) -> SubjectLine | str:
    line = ascii_digits(row).rstrip(" .,;)!")
    line = _BALL.sub("", line).rstrip()
    name = line.rstrip("0123456789.,")
    mark = line[len(name) :].lstrip(".,")
    if not mark and line[:1].isdecimal():
        name = line.lstrip("0123456789.,")
        mark, name = line[: len(line) - len(name)].rstrip(".,"), name.lstrip(_SEPARATORS)
    elif mark:
        name = name.rstrip(_SEPARATORS + ".")
    else:
        name = _without_mark(row)
    return _checked(" ".join(name.split()), mark)


def _without_mark(row: str) -> str:
    """«Химия – отметок нет» is the subject «Химия»."""
    found = _NO_MARK.search(row[-60:])
    none = found is not None and isinstance(parse_average(found["words"].rstrip(")")), Nothing)
    name = row[: len(row) - len(found.group())] if found and none else row
    return name.rstrip(_SEPARATORS + ".")


def _checked(name: str, mark: str) -> SubjectLine | str:
    if len(name) < 2 or not has_letter(name):
        return NO_NAME
    if len(name) > LONGEST:
        return TOO_LONG
    if looks_like_person(name):
        return PERSON
    average = parse_average(mark, "4,35") if mark else Nothing()
    if isinstance(average, Refusal):
        return average.text
    value = average.value if isinstance(average, Number) else None
    return SubjectLine(name[:1].upper() + name[1:], value)
