"""A parent's question as typed: «мед класс 33» → track, school. Pure, and it never raises.

Endings are taken off by a stemmer, typing errors are forgiven by distance; a text typed in the
wrong keyboard layout is read again in the right one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from passport.parsing.spelt import with_figures
from passport.questions import Questions, stem, stems_of, words_of

LONGEST = 400  # signs that are read of a message
GRADES = (10, 11)
LAST_GRADE = 11
LONGEST_NUMBER = 4
FIRST_YEAR = 1900
ENOUGH = 0.5  # of the words of a track's name
_SCHOOL = frozenset(stem(word) for word in ("школа", "лицей", "гимназия", "сш", "школка"))
_NUMBER_SIGNS = frozenset({stem("номер"), "n", "no", "ном"})
_NUMBER_OF = _SCHOOL | _NUMBER_SIGNS
_CLASS = frozenset({stem("класс"), "кл"})
_ENDINGS = frozenset(  # of «33-й»
    ("й", "я", "ая", "ой", "ей", "ую", "ья", "ье", "ю", "го", "ого", "ему", "ому", "м", "ом", "е")
)
_LETTERS = frozenset("абвгджз")
# What a number counts or dates, so that it is no school's.
_COUNTED = frozenset(
    stem(word)
    for word in (
        *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа"),
        *("сентября", "октября", "ноября", "декабря", "год", "года", "лет", "день", "дней"),
        *("балл", "баллов", "место", "места", "мест", "раз", "человек", "час", "часов", "рублей"),
    )
)
# A telephone, as people write it: its digits are no school's.
_PHONE = re.compile(
    r"(?<!\d)(?:\+?[78](?:[\s()\-–]*\d){10}|9\d{9}|\d{2,3}[-–]\d{2}[-–]\d{2})(?!\d)"
)
_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """``track`` is one of the city's when it has such a one, else the usual name of it.

    ``bare``: nothing but a number was typed.
    """

    topic: str = ""
    track: str = ""
    profile: str = ""
    school: int | None = None
    grade: int | None = None
    bare: bool = False

    @property
    def empty(self) -> bool:
        return not (self.topic or self.track or self.profile or self.school or self.grade)


def read_question(text: str, questions: Questions, tracks: Sequence[str] = ()) -> Asked:
    """What is asked; empty when nothing in the text is known."""
    text = _PHONE.sub(" ", text[:LONGEST])
    asked = _read(words_of(text), questions, tracks)
    if asked.empty and not any("а" <= sign <= "я" for sign in text.casefold()):
        again = _read(words_of(text.translate(_LAYOUT)), questions, tracks)
        if again.track or again.profile or again.topic:
            return again
    return asked


def _read(words: Sequence[str], questions: Questions, tracks: Sequence[str]) -> Asked:
    words = with_figures(words)
    numbers, rest = _numbers(words)
    said = [part for word in rest for part in _parts(word)]
    topic, used = _topic(said, questions)
    left = [word for word in said if word not in used]
    track = _track(left, questions, tracks)
    profile = "" if track else _profile(left, questions)
    bare = numbers.school is not None and all(
        word.isdecimal() or word in _ENDINGS or stem(word) in _NUMBER_SIGNS for word in words
    )
    return Asked(topic, track, profile, numbers.school, numbers.grade, bare)


def _parts(word: str) -> list[str]:
    """Stems of a word; «медкласс» is two words written as one."""
    head, joined, _ = word.partition("класс")
    return [stem(word), *([stem(head), stem("класс")] if head and joined else [])]


# --- numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Numbers:
    school: int | None
    grade: int | None


def _numbers(words: Sequence[str]) -> tuple[_Numbers, list[str]]:
    """The school's number and the grade, and the words that are left without them."""
    words = [
        word
        for place, word in enumerate(words)
        if not (word in _ENDINGS and place and words[place - 1].isdecimal())
    ]
    stems = ["", *(stem(word) for word in words), ""]
    sure = likely = grade = None
    spent: set[int] = set()
    for place, word in enumerate(words):
        if not word.isdecimal():
            continue
        spent.add(place)
        before, after = stems[place], stems[place + 2]
        number = int(word) if len(word) <= LONGEST_NUMBER else 0
        if before in _NUMBER_OF or after in _SCHOOL:
            sure = sure or number
            spent.add(place - 1 if before in _NUMBER_OF else place + 1)
            if before in _NUMBER_SIGNS and place > 1 and stems[place - 1] in _SCHOOL:
                spent.add(place - 2)
        elif after in _COUNTED:
            continue
        elif number <= LAST_GRADE and (after in _CLASS or before in _CLASS):
            grade = number if number in GRADES else grade
        elif number in GRADES and after in _LETTERS:
            grade = number
            spent.add(place + 1)
        elif number < FIRST_YEAR:
            likely = likely or number
    left = [word for place, word in enumerate(words) if place not in spent]
    return _Numbers(sure or likely or None, grade), left


# --- words ---------------------------------------------------------------------------------------


def _topic(said: Sequence[str], questions: Questions) -> tuple[str, set[str]]:
    """The topic whose phrase has most words in the text, and the words that spoke for it.

    Of two the one that is spelt so: «приёма» is no slip of «приёмная».
    """
    best, used, spelt = "", set[str](), False
    for topic in questions.topics:
        for phrase in topic.signs:
            if len(phrase) < len(used) or (len(phrase) == len(used) and spelt):
                break  # the phrases go from long to short
            meant = {word for sign in phrase for word in said if _alike(word, sign)}
            exact = meant.issuperset(phrase)
            if (len(phrase), exact) <= (len(used), spelt):
                continue
            if meant and all(any(_alike(word, sign) for word in said) for sign in phrase):
                best, used, spelt = topic.key, meant, exact
                break
    return best, used


def _track(said: Sequence[str], questions: Questions, tracks: Sequence[str]) -> str:
    """The track that the text names most fully; one of the city's before any other."""
    words = set(said)
    for name, others in questions.track_words:
        if any(_alike(word, other) for word in said for other in others):
            words.update(stems_of(name))
    best, most = "", (0.0, 0)
    for name in (*tracks, *questions.tracks):
        signs = set(stems_of(name)) - questions.idle_stems or set(stems_of(name))
        found = sum(any(_alike(word, sign) for word in words) for sign in signs)
        share = found / len(signs) if signs else 0.0
        if (share, found) > most and share >= ENOUGH:
            best, most = name, (share, found)
    return best


def _profile(said: Sequence[str], questions: Questions) -> str:
    for name, others in questions.profile_words:
        signs = {*others, *stems_of(name)} - questions.idle_stems
        if any(_alike(word, sign) for word in said for sign in signs):
            return name
    return ""


@lru_cache(maxsize=65_536)
def _alike(word: str, sign: str) -> bool:
    """The same word but for a typing error: two in a long one; in a short one only a swap, or a
    letter that should be doubled."""
    if word == sign:
        return True
    if abs(len(word) - len(sign)) > 2 or min(len(word), len(sign)) < 4:
        return False
    shorter = min(len(word), len(sign))
    if shorter == 4:
        swapped = sorted(word) == sorted(sign) and OSA.distance(word, sign) == 1
        return swapped or _undoubled(word) == _undoubled(sign)
    allowed = 1 if shorter < 9 else 2
    return OSA.distance(word, sign, score_cutoff=allowed) <= allowed


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
