"""Numbers of schools and classes written in words: «тридцать третья школа» → «33 школа».

Numbers go up to 49: the city's schools end with № 46. Words are folded: small letters, «е» for «ё».
"""

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"(?:школ|лице|гимнази|класс)\w*|сш|кл")
_HARD = ("ая", "ой", "ую", "ый", "ого", "ому", "ом")
_SOFT = ("ья", "ьей", "ью", "ий", "ьего", "ьему", "ьем")
_FIRST = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят")
_FROM_TEN = (
    *("десят", "одиннадцат", "двенадцат", "тринадцат", "четырнадцат"),
    *("пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат"),
)
_TENS = {"двадцать": 20, "двацать": 20, "тридцать": 30, "трицать": 30, "сорок": 40}
_UP_TO_NINE = ("один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")


def _forms(stem: str, number: int) -> dict[str, int]:
    return {stem + ending: number for ending in (_SOFT if stem == "трет" else _HARD)}


_UNITS = {
    form: value
    for number, stem in enumerate(_FIRST, start=1)
    for form, value in _forms(stem, number).items()
}
_WHOLE = {
    form: value
    for stem, number in (
        *((stem, at) for at, stem in enumerate(_FROM_TEN, start=10)),
        *(("двадцат", 20), ("двацат", 20), ("тридцат", 30), ("трицат", 30), ("сороков", 40)),
    )
    for form, value in _forms(stem, number).items()
}
_ORDINALS = _UNITS | _WHOLE
_COUNTS = {word: at for at, word in enumerate(_UP_TO_NINE, start=1)}
_CARDINALS = _COUNTS | {f"{stem}ь": at for at, stem in enumerate(_FROM_TEN, start=10)} | _TENS


def with_figures(words: Sequence[str]) -> list[str]:
    """The words with spelt numbers in figures, where they cannot but be a school's or a class's.

    «Три школы» and «школа, три класса» are counts and stay.
    """
    found: list[str] = []
    place = 0
    while place < len(words):
        number, taken = _number(words, place)
        found.append(str(number) if number else words[place])
        place += taken
    return found


def _number(words: Sequence[str], place: int) -> tuple[int, int]:
    """The number that begins at this word, 0 for none; how many words are used up."""
    word, after, last = (_word(words, place + step) for step in range(3))
    before = _word(words, place - 1)
    led = _is_numbered(before) or before == "номер"
    if word in _TENS and after in _UNITS:  # nothing else is called so: «в тридцать третью»
        return _TENS[word] + _UNITS[after], 2
    if word in _ORDINALS and (led or _is_numbered(after)):
        return _ORDINALS[word], 1
    if led and word in _TENS and after in _COUNTS:
        return (0, 1) if _is_numbered(last) else (_TENS[word] + _COUNTS[after], 2)
    if led and word in _CARDINALS and not _is_numbered(after):
        return _CARDINALS[word], 1
    return 0, 1


def _is_numbered(word: str) -> bool:
    return _NUMBERED.fullmatch(word) is not None


def _word(words: Sequence[str], place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""
