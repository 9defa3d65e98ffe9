"""Shares of the passport's tasks: how they are counted, settled and said."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from passport.indicators import rounded
from passport.numbers import plural
from passport.tasks import Measure, Measured, TaskRow

Nouns = tuple[str, str, str]
CLASS: Nouns = ("класс", "класса", "классов")
# «у 12 из 21 класса», «по 18 из 20 классов».
CLASS_OF: Nouns = ("класса", "классов", "классов")
SCHOOL_OF: Nouns = ("школы", "школ", "школ")
SEAT_OF: Nouns = ("места", "мест", "мест")
TEACHER_OF: Nouns = ("педагога", "педагогов", "педагогов")


def noun(count: int, nouns: Nouns) -> str:
    return plural(count, *nouns)


def of(part: int, whole: int, nouns: Nouns) -> str:
    return f"{part} из {whole} {noun(whole, nouns)}"


def percent(part: int, whole: int) -> Fraction:
    return Fraction(part) * 100 / whole


def shown(share: Fraction) -> str:
    return f"{rounded(share):.1f}".replace(".", ",") + " %"


def counted(
    one: Measure, on: date, says: str, counts: tuple[int, int], rows: Sequence[TaskRow]
) -> Measured:
    """A share over things that are all known; the passport sets no threshold for it."""
    part, whole = counts
    return Measured(
        one,
        on,
        says,
        share=percent(part, whole),
        numerator=part,
        denominator=whole,
        told=whole,
        expected=whole,
        rows=tuple(rows),
    )


def settled(yes: int, told: int, expected: int, threshold: int | None) -> bool | None:
    """Whether a share of all the expected is reached, whatever the silent ones may say yet.

    None: without a threshold, or while the silent ones decide.
    """
    whole = max(expected, told)
    if threshold is None or not whole:
        return None
    if percent(yes, whole) >= threshold:
        return True
    return None if percent(yes + whole - told, whole) >= threshold else False
