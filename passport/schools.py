"""The thirty schools of the passport: 17 candidates and 13 potential participants.

Source: the passport's two lists of schools, state of 2022. The number is unique over both, so
the slug made of it survives a new name or legal form. Some potential schools are printed with
Latin MAOY/MBOY: ``name`` is the Cyrillic form, ``as_printed`` is left as it stands.
"""

import re
from typing import Literal, Self

from pydantic import field_validator, model_validator

from passport.form import Frozen

SchoolList = Literal["candidate", "potential"]
SIZES: dict[SchoolList, int] = {"candidate": 17, "potential": 13}

_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LOOK_ALIKES = str.maketrans("ABEKMHOPCTXYaceopxy", "АВЕКМНОРСТХУасеорху")
# A Latin B looks like «В», but in a legal form it stands for «Б».
_LEGAL_FORMS = {"МАОУ": "МАОУ", "МВОУ": "МБОУ"}


class School(Frozen):
    slug: str
    number: int
    name: str
    as_printed: str
    short_name: str
    legal_form: Literal["МАОУ", "МБОУ"]
    kind: Literal["school", "lyceum", "gymnasium"]
    list: SchoolList

    @model_validator(mode="after")
    def _slug_and_name_are_regular(self) -> Self:
        if self.slug != f"s{self.number:02d}":
            raise ValueError(
                f"у школы № {self.number} должен быть ключ «s{self.number:02d}», а не «{self.slug}»"
            )
        if latin := _LATIN.search(self.name):
            raise ValueError(
                f"в названии школы № {self.number} латинская буква «{latin[0]}»: нужна русская"
            )
        return self


class Headings(Frozen):
    """What the passport prints above each list."""

    candidate: str
    potential: str


class Schools(Frozen):
    headings: Headings
    schools: tuple[School, ...]  # by number

    @field_validator("schools")
    @classmethod
    def _in_order(cls, schools: tuple[School, ...]) -> tuple[School, ...]:
        return tuple(sorted(schools, key=lambda school: school.number))

    @model_validator(mode="after")
    def _both_lists_are_whole(self) -> Self:
        numbers = [school.number for school in self.schools]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValueError(f"школа № {number} записана дважды")
        for name, size in SIZES.items():
            found = sum(school.list == name for school in self.schools)
            if found != size:
                raise ValueError(f"в списке «{name}» школ {found}, а в паспорте {size}")
        return self

    @property
    def candidates(self) -> list[str]:
        """Slugs of those that take part from the first year on."""
        return [one.slug for one in self.schools if one.list == "candidate"]

    def by_slug(self, slug: str) -> School:
        """The school with this slug; KeyError if the passport has none."""
        for school in self.schools:
            if school.slug == slug:
                return school
        raise KeyError(slug)

    def by_number(self, number: int) -> School:
        for school in self.schools:
            if school.number == number:
                return school
        raise KeyError(number)


def cyrillic(text: str) -> str:
    """A school's name with Latin look-alikes made Cyrillic, for comparing and importing.

    Only words that are Cyrillic in the rest, and MAOY/MBOY; a truly Latin word stays.
    """
    return _WORD.sub(_cyrillic_word, text)


def _cyrillic_word(found: re.Match[str]) -> str:
    word = found[0]
    if not _LATIN.search(word):
        return word
    mended = word.translate(_LOOK_ALIKES)
    if mended in _LEGAL_FORMS:
        return _LEGAL_FORMS[mended]
    return mended if _CYRILLIC.search(word) and not _LATIN.search(mended) else word
