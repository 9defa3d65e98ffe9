"""The longest message takes no time whatever it repeats: nothing backtracks over a whole text."""

from time import process_time

import pytest

from passport.parsing import (
    clean,
    has_contact,
    looks_like_person,
    name_key,
    parse_average,
    parse_classes,
    parse_count,
    parse_named,
    parse_subjects,
)
from tests.passport.parsing.samples import MESSAGE

# fmt: off
PARTS = [
    "1", "1 ", "1 000 ", "-", "- ", " ", "\t", "1\t", ";", "а;", "а 1;", ",", "а, ", "(", "А.",
    "А ", "а", "аа-", "@", "@а.", "а@", "8", "10 ", "10а", "10 А, ", "1.", "1,", "№", "№1 ", "«",
    "Иванович ", "всего ", "чел", "чел.", "– 1 ", "– 1,", "о\u0306", "\u0315\u0300", "нет ",
    "а\n", "1\n", "\n",
]
# fmt: on


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("end", ["", "х", " – 24", "!"])
def test_longest_message(part: str, end: str) -> None:
    text = (part * MESSAGE)[: MESSAGE - len(end)] + end
    start = process_time()
    for read in (clean, has_contact, looks_like_person, name_key):
        read(text)
    for parse in (parse_count, parse_average, parse_named, parse_subjects, parse_classes):
        parse(text)
    assert process_time() - start < 1
