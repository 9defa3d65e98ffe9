"""A typed register of a school's classes: «10 А медицинская», «11 Б группа инженерная»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from passport.parsing.contacts import has_contact, masked
from passport.parsing.entries import MOST, TOO_MANY, shown
from passport.parsing.person import looks_like_person
from passport.parsing.text import ascii_digits, clean_line, clean_lines
from passport.parsing.tracks import LONGEST, normal_track
from passport.register import ClassDraft, ClassKind
from passport.values import Pending, Refusal, Text

EXAMPLE = "10 А медицинская"
NOT_A_LIST = Refusal(f"Напишите классы, каждый с новой строки. Например: {EXAMPLE}")
NO_GRADE = f"Не вижу номера класса. Например: {EXAMPLE}"
WRONG_GRADE = f"Предпрофессиональные классы – 10 и 11. Например: {EXAMPLE}"
RUSSIAN_LETTER = f"Напишите букву класса по-русски. Например: {EXAMPLE}"
ONLY_A_LETTER = "Нужна одна русская буква или номер группы. Например: А"
ONE_A_LINE = f"Напишите каждый класс с новой строки. Например: {EXAMPLE}"
PERSON = f"Похоже на фамилию. Детей и педагогов в отчёте не называем. Например: {EXAMPLE}"
TOO_LONG = f"Слишком длинная направленность: можно до {LONGEST} знаков. Например: {EXAMPLE}"
NO_TRACK = "Напишите направленность словами. Например: медицинская"
KNOWN = "Этот класс уже есть в списке. Исправьте букву или уберите строку"

_LOOK_ALIKE = str.maketrans("ABEKMHOPCTXY", "АВЕКМНОРСТХУ")
_QUOTED = "\"'«»„“”()"
_HEADER = re.compile(r"(?:№\W*)?класс\w*\W+(?:буква|направлен|профил).*", re.IGNORECASE)
_MARKER = re.compile(r"[•·▪●*\-–—]+\s*|(?:№\s*)?\d{1,3}(?:[.)]\s*|\t\s*)(?=\D{0,20}\d)")
_CUT = re.compile(r"[;,+]|\s(?:и|\|)\s|\s(?=1[01](?!\d))", re.IGNORECASE)
_ALONE = re.compile(rf"[{_QUOTED}\s]*[^\W\d_][{_QUOTED}\s]*")
_GRADE = re.compile(
    rf"(?<!\d)(?P<grade>\d{{1,9}})(?:-?(?:й|ый|ой|ая)(?!\w))?[\s.\-–—]*"
    rf"(?:[{_QUOTED}\s]*(?!с\s(?:углуб|уклон|профил|изуч))(?P<letter>[^\W\d_])(?![^\W_])[{_QUOTED}]*)?"
)
_ANOTHER = re.compile(r"(?<!\d)1[01](?!\d)")
_GROUP = re.compile(r"(?<!\w)(?:под)?групп[аеуы]?(?!\w)|(?<!\w)гр(?:\.|(?!\w))", re.IGNORECASE)
_LETTER = re.compile(r"[А-ЯЁ]?\d{0,2}")
_EDGES = re.compile(r"^[\s.,:;=/\-–—]+|[\s.,:;=/\-–—]+$")


@dataclass(frozen=True, slots=True)
class ClassList:
    classes: tuple[ClassDraft, ...]
    problems: tuple[Pending, ...] = ()


def parse_classes(text: str) -> ClassList | Refusal:
    """Classes in the order typed; a track that is not named is empty and asked later."""
    lines = clean_lines(text)
    if lines and _HEADER.fullmatch(lines[0]) and not any(sign.isdecimal() for sign in lines[0]):
        lines = lines[1:]
    parts = [part for line in lines[: MOST + 1] for part in _parts(line)]
    if len(lines) > MOST or len(parts) > MOST:
        return Refusal(TOO_MANY)
    if not any(sign.isdecimal() for part in parts for sign in part):
        return NOT_A_LIST
    classes: dict[tuple[int, str, str], ClassDraft] = {}
    problems: list[Pending] = []
    for part in parts:
        read = masked(part, EXAMPLE) or _read(part)
        if isinstance(read, ClassDraft):
            if classes.setdefault((read.grade, read.letter, read.kind), read) is read:
                continue
            read = KNOWN
        problems.append(read if isinstance(read, Pending) else Pending(shown(part), read))
    return ClassList(tuple(classes.values()), tuple(problems))


def parse_letter(text: str) -> Text | Refusal:
    """The letter of a class, or the number of its group: «а» → «А»."""
    said = ascii_digits(clean_line(text)).strip(_QUOTED + " .").upper().translate(_LOOK_ALIKE)
    if not said or said in "ЙЪЫЬ" or not _LETTER.fullmatch(said):
        return Refusal(ONLY_A_LETTER)
    return Text(said)


def parse_track(text: str) -> Text | Refusal:
    """A track in the words of the register: «мед» → «медицинская»."""
    said = clean_line(text)
    if has_contact(said) or looks_like_person(said):
        return Refusal(PERSON)
    track = _EDGES.sub("", normal_track(said.translate(str.maketrans("", "", _QUOTED))))
    if not any(sign.isalpha() for sign in track):
        return Refusal(NO_TRACK)
    return Refusal(TOO_LONG) if len(track) > LONGEST else Text(track)


def _parts(line: str) -> Iterator[str]:
    """«10 А, Б и 11 А» is three classes; «11 А класс, педагогический» is one."""
    if masked(line, EXAMPLE):
        yield line
        return
    line = ascii_digits(line)
    marker = _MARKER.match(line)
    rest = line[marker.end() :] if marker else line
    whole, grade = "", ""
    start = 0
    for cut in [*_CUT.finditer(rest), None]:
        end = cut.start() if cut else len(rest)
        piece = rest[start:end]
        found = _GRADE.search(piece)
        if found and _GRADE.search(whole):
            yield whole
            whole, grade = piece.strip(), found["grade"]
        elif grade and _ALONE.fullmatch(piece):
            yield whole
            whole = f"{grade} {piece.strip()}"
        else:
            whole += rest[start - 1 : end] if whole and start else piece
            grade = grade or (found["grade"] if found else "")
        start = cut.end() if cut else end
    if whole.strip():
        yield whole.strip()


def _read(part: str) -> ClassDraft | str:
    line = " ".join(part.split())
    kind: ClassKind = "group" if _GROUP.search(line) else "class"
    line = " ".join(_GROUP.sub(" ", line).split())
    found = _GRADE.search(line)
    if found is None:
        return NO_GRADE
    if found["grade"] not in ("10", "11"):
        return WRONG_GRADE
    letter = (found["letter"] or "").upper().translate(_LOOK_ALIKE)
    if letter and (not "А" <= letter <= "Я" or letter in "ЙЪЫЬ"):
        return RUSSIAN_LETTER
    around = f"{line[: found.start()]} {line[found.end() :]}"
    track = normal_track(_EDGES.sub("", around.translate(str.maketrans("", "", _QUOTED))))
    track = _EDGES.sub("", track)
    if len(track) == 1 or _ANOTHER.search(track):
        return ONE_A_LINE
    if len(track) > LONGEST:
        return TOO_LONG
    return (
        PERSON if looks_like_person(track) else ClassDraft(int(found["grade"]), letter, kind, track)
    )
