"""Whether a text names a person (V20, F15): surname and initials, patronymic, first name.

A needless question costs one tap, a missed one puts a child's name into a report: in doubt it is
a person. Somebody whom an event is named after is not one: «имени А.С. Пушкина», «Кубок В.С.
Завойко». «Олимпиада Иванов И.И.» is one: a namesake stands in the genitive, initials first.
"""

from collections.abc import Sequence

from passport.parsing.words import Word, words_of

_TURKIC = frozenset({"оглы", "кызы", "оглу", "гызы", "улы", "углы"})
_ABBREVIATED = frozenset({"тд", "тп", "те", "тч", "тк", "тн", "го", "нэ", "ио", "пр", "др", "сш"})


def looks_like_person(text: str) -> bool:
    words = words_of(text)
    return any(
        _has_initials(words, place)
        or _has_patronymic(words, place)
        or _has_first_name(words, place)
        for place in range(len(words))
    )


def _has_initials(words: Sequence[Word], start: int) -> bool:
    end = _end_of_initials(words, start)
    if end == start:
        return False
    first, pair = words[start], end - start > 1
    before = words[start - 1] if start and first.joined else None
    after = words[end] if end < len(words) and words[end].joined else None
    if not first.capital:
        return _small_initials(words, start, end, before, after)
    if after and after.capital and not after.letter and (pair or after.surname):
        return not _named_after(words, start, events=True)
    if before and before.capital and not before.letter and not before.event and not before.honour:
        return (pair or before.surname) and not _named_after(words, start - 1)
    return False


def _small_initials(
    words: Sequence[Word], start: int, end: int, before: Word | None, after: Word | None
) -> bool:
    """«иванов и.и.», but not «и т.д.»."""
    letters = "".join(word.low for word in words[start:end])
    if len(letters) < 2 or letters in _ABBREVIATED:
        return False
    if after and after.surname:
        return not _named_after(words, start, events=True)
    return before is not None and before.surname and not _named_after(words, start - 1)


def _end_of_initials(words: Sequence[Word], start: int) -> int:
    """Behind «И.И.», «И. И», «И И» (capitals) that begin here; ``start`` if none do."""
    if start and words[start].joined and words[start - 1].letter and words[start].letter:
        return start
    end = start
    while end < len(words) and words[end].letter and (end == start or words[end].joined):
        end += 1
    run = words[start:end]
    if any(word.initial for word in run):
        return end
    bare = len(run) == 2 and all(word.capital for word in run)
    return end if bare and start and words[start - 1].surname else start


def _has_patronymic(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.low in _TURKIC:
        return place > 0 and word.joined
    if not (word.patronymic or word.patronymic_case):
        return False
    start = place
    while (
        start and place - start < 2 and words[start].joined and _name_like(words[start - 1], word)
    ):
        start -= 1
    after = words[place + 1] if place + 1 < len(words) else None
    followed = after is not None and after.joined and after.capital and word.capital
    if start == place and not (followed and after is not None and not after.event):
        return False
    return not _named_after(words, start, events=not word.patronymic)


def _name_like(other: Word, word: Word) -> bool:
    if other.event or other.honour or len(other.low) < 2:
        return False
    return other.capital if word.capital else len(other.low) > 2


def _has_first_name(words: Sequence[Word], place: int) -> bool:
    if not words[place].first_name:
        return False
    for start in (place - 1, place):
        if start < 0 or start + 1 >= len(words) or not words[start + 1].joined:
            continue
        other = words[start] if start < place else words[start + 1]
        if other.surname and other.capital == words[place].capital:
            return not _named_after(words, start)
    return False


def _named_after(words: Sequence[Word], start: int, events: bool = False) -> bool:
    """Whether the word before says that what follows is a namesake."""
    if start < 1 or not words[start].follows:
        return False
    return words[start - 1].honour or (events and words[start - 1].event)
