"""Numbers of schools in words, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.loader import load_passport
from passport.parsing import with_figures
from passport.questions import words_of

# Nominative, and how one comes «из …».
NAMES = {
    1: ("первая", "первой"),
    3: ("третья", "третьей"),
    4: ("четвёртая", "четвёртой"),
    7: ("седьмая", "седьмой"),
    8: ("восьмая", "восьмой"),
    9: ("девятая", "девятой"),
    10: ("десятая", "десятой"),
    11: ("одиннадцатая", "одиннадцатой"),
    12: ("двенадцатая", "двенадцатой"),
    15: ("пятнадцатая", "пятнадцатой"),
    17: ("семнадцатая", "семнадцатой"),
    20: ("двадцатая", "двадцатой"),
    21: ("двадцать первая", "двадцать первой"),
    24: ("двадцать четвёртая", "двадцать четвёртой"),
    26: ("двадцать шестая", "двадцать шестой"),
    27: ("двадцать седьмая", "двадцать седьмой"),
    28: ("двадцать восьмая", "двадцать восьмой"),
    30: ("тридцатая", "тридцатой"),
    31: ("тридцать первая", "тридцать первой"),
    33: ("тридцать третья", "тридцать третьей"),
    34: ("тридцать четвёртая", "тридцать четвёртой"),
    35: ("тридцать пятая", "тридцать пятой"),
    36: ("тридцать шестая", "тридцать шестой"),
    39: ("тридцать девятая", "тридцать девятой"),
    40: ("сороковая", "сороковой"),
    41: ("сорок первая", "сорок первой"),
    42: ("сорок вторая", "сорок второй"),
    43: ("сорок третья", "сорок третьей"),
    45: ("сорок пятая", "сорок пятой"),
    46: ("сорок шестая", "сорок шестой"),
}


def figures(text: str) -> str:
    return " ".join(with_figures(words_of(text)))


def test_every_school_of_the_passport_is_in_the_table() -> None:
    assert sorted(NAMES) == [one.number for one in load_passport().schools.schools]


@pytest.mark.parametrize(("number", "names"), NAMES.items())
def test_each_school_before_and_after_its_kind(number: int, names: tuple[str, str]) -> None:
    assert figures(f"{names[0]} школа") == f"{number} школа"
    assert figures(f"из {names[1]} школы") == f"из {number} школы"
    assert figures(f"школа {names[0]}") == f"школа {number}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("в тридцать третью", "в 33"),
        ("трицать третья", "33"),
        ("сорок шестой лицей", "46 лицей"),
        ("в двадцать первом лицее", "в 21 лицее"),
        ("школа тридцать три", "школа 33"),
        ("школа номер сорок два", "школа номер 42"),
        ("лицей двадцать", "лицей 20"),
        ("гимназия тридцать девять", "гимназия 39"),
        ("десятый класс", "10 класс"),
        ("сш три", "сш 3"),
    ],
)
def test_other_ways_to_say_it(text: str, said: str) -> None:
    assert figures(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "три школы",
        "в пяти школах",
        "в школе двадцать два класса",
        "в школе два класса",
        "первый раз",
        "в первую очередь",
        "сорок",
        "вторая половина",
        "третий год",
    ],
)
def test_a_count_and_an_order_stay(text: str) -> None:
    assert figures(text) == text


@given(st.lists(st.sampled_from(["школа", "сорок", "три", "первая", "третья", "класс", "и", "33"])))
def test_it_never_fails_and_only_makes_texts_shorter(words: list[str]) -> None:
    found = with_figures(words)
    assert len(found) <= len(words)
    assert with_figures(found) == found or "сорок" in found
