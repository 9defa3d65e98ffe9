"""What parents ask about, as data: topics with the phrases that mean them, names of tracks.

Words are kept as stems, so that a phrase stands for all its endings. The order of topics decides
between two that fit a text equally well.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

import snowballstemmer
from pydantic import model_validator

from passport.form import Frozen

_WORD = re.compile(r"[а-яa-z]+|\d+")
_STEMMER = snowballstemmer.stemmer("russian")
_SIGN_OF_NUMBER = str.maketrans({"№": " номер "})


def words_of(text: str) -> list[str]:
    """Words and numbers, without case, punctuation and the dots of «ё»; «33-й» gives two."""
    folded = unicodedata.normalize("NFC", text.translate(_SIGN_OF_NUMBER)).casefold()
    return _WORD.findall(folded.replace("ё", "е"))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def stems_of(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words_of(text))


class Topic(Frozen):
    key: str
    phrases: tuple[str, ...]

    @cached_property
    def signs(self) -> tuple[tuple[str, ...], ...]:
        """Each phrase as stems; the longest first, each once."""
        return tuple(sorted(dict.fromkeys(map(stems_of, self.phrases)), key=len, reverse=True))


class Questions(Frozen):
    """``tracks`` and ``profiles``: a name and what else people call it. ``idle``: words that tell
    nothing of a track."""

    topics: tuple[Topic, ...]
    tracks: dict[str, tuple[str, ...]]
    profiles: dict[str, tuple[str, ...]]
    idle: tuple[str, ...]

    @model_validator(mode="after")
    def _every_phrase_has_words(self) -> "Questions":
        for topic in self.topics:
            if not all(topic.signs):
                raise ValueError(f"в теме «{topic.key}» есть фраза без единого слова")
        return self

    @cached_property
    def idle_stems(self) -> frozenset[str]:
        return frozenset(one for word in self.idle for one in stems_of(word))

    @cached_property
    def track_words(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return _called(self.tracks.items())

    @cached_property
    def profile_words(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return _called(self.profiles.items())


def _called(
    names: Iterable[tuple[str, tuple[str, ...]]],
) -> tuple[tuple[str, frozenset[str]], ...]:
    """Every name with the stems of its by-names."""
    return tuple(
        (name, frozenset(one for word in others for one in stems_of(word)))
        for name, others in names
    )
