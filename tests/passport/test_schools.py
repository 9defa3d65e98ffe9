"""The passport's two lists of schools, and names typed with Latin letters."""

import json
import re
from typing import Any

import pytest
from pydantic import ValidationError

from passport.loader import DATA, load_passport
from passport.schools import Schools, cyrillic

SCHOOLS = load_passport().schools
CANDIDATES = [3, 4, 10, 21, 24, 27, 28, 31, 33, 35, 36, 39, 40, 41, 42, 45, 46]
POTENTIAL = [1, 7, 8, 9, 11, 12, 15, 17, 20, 26, 30, 34, 43]


@pytest.fixture
def raw() -> dict[str, Any]:
    return dict(json.loads((DATA / "schools.json").read_text(encoding="utf-8")))


def test_both_lists_are_the_passport_s() -> None:
    assert [s.number for s in SCHOOLS.schools if s.list == "candidate"] == CANDIDATES
    assert [s.number for s in SCHOOLS.schools if s.list == "potential"] == POTENTIAL


def test_they_stand_by_number_and_not_as_text() -> None:
    numbers = [school.number for school in SCHOOLS.schools]
    assert numbers == sorted(CANDIDATES + POTENTIAL)
    assert [school.slug for school in SCHOOLS.schools] == [f"s{n:02d}" for n in numbers]


def test_names_are_cyrillic_and_the_print_is_kept() -> None:
    latin = {s.number for s in SCHOOLS.schools if re.search("[A-Za-z]", s.as_printed)}
    assert latin == set(POTENTIAL) - {1, 7}
    for school in SCHOOLS.schools:
        assert not re.search("[A-Za-z]", school.name)
        assert school.name == cyrillic(school.as_printed)
        assert school.name.startswith(school.legal_form + " «")
        assert f"№ {school.number}" in school.name
        assert school.short_name.endswith(f" № {school.number}")


def test_a_school_by_its_slug_and_number() -> None:
    school = SCHOOLS.by_slug("s17")
    assert school.name == "МБОУ «Средняя школа № 17 им. В.С. Завойко»"
    assert school.as_printed == "MBOY «Средняя школа № 17 им. В.С. Завойко»"
    assert (school.short_name, school.kind, school.list) == ("Школа № 17", "school", "potential")
    assert SCHOOLS.by_number(17) is school
    assert {s.number for s in SCHOOLS.schools if s.kind == "lyceum"} == {21, 46}
    assert {s.number for s in SCHOOLS.schools if s.kind == "gymnasium"} == {39}


def test_an_unknown_school_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        SCHOOLS.by_slug("s02")
    with pytest.raises(KeyError):
        SCHOOLS.by_number(2)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("MAOY «Средняя школа № 8»", "МАОУ «Средняя школа № 8»"),
        ("MBOY «СШ № 43»", "МБОУ «СШ № 43»"),  # B is «В» to the eye, «Б» in the legal form
        ("МБOУ «Лицeй № 21»", "МБОУ «Лицей № 21»"),
        ("MБОУ «CШ № 42»", "МБОУ «СШ № 42»"),
        ("MBОУ № 9", "МБОУ № 9"),
        ("«Cредняя шкoла № 3»", "«Средняя школа № 3»"),
        ("КВАHТОРИУМ", "КВАНТОРИУМ"),
        ("IT-куб, TOP, COM, New York", "IT-куб, TOP, COM, New York"),
        ("шкoлаZ", "шкoлаZ"),  # not only look-alikes: nothing is guessed
        ("МАОУ «Школа № 1»", "МАОУ «Школа № 1»"),
        ("", ""),
    ],
)
def test_look_alikes_are_mended_only_inside_cyrillic_words(typed: str, mended: str) -> None:
    assert cyrillic(typed) == mended
    assert cyrillic(mended) == mended


def test_the_order_of_the_file_does_not_matter(raw: dict[str, Any]) -> None:
    raw["schools"].reverse()
    assert Schools.model_validate_json(json.dumps(raw)) == SCHOOLS


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slug": "s99"}, "у школы № 3 должен быть ключ «s03», а не «s99»"),
        ({"number": 4, "slug": "s04"}, "школа № 4 записана дважды"),
        ({"name": "МAОУ № 3"}, "в названии школы № 3 латинская буква «A»"),
        ({"list": "potential"}, "в списке «candidate» школ 16, а в паспорте 17"),
    ],
)
def test_a_wrong_list_is_refused(raw: dict[str, Any], changes: dict[str, Any], reason: str) -> None:
    raw["schools"][1].update(changes)
    with pytest.raises(ValidationError, match=re.escape(reason)):
        Schools.model_validate_json(json.dumps(raw))


def test_a_school_is_frozen() -> None:
    with pytest.raises(ValidationError):
        SCHOOLS.schools[0].name = "другая"  # type: ignore[misc]
