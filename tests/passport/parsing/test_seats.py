"""Numbers of seats typed in one go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing.seats import SeatNumbers, parse_seats
from passport.values import Refusal

COUNTS = st.integers(0, 9999)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("25 21 14", (25, 21, 14)),
        ("25, 21, 14", (25, 21, 14)),
        ("25/21/14", (25, 21, 14)),
        ("25-21-14", (25, 21, 14)),
        ("25\n21\n14", (25, 21, 14)),
        ("25 21", (25, 21, None)),
        ("25 0 0", (25, 0, 0)),
        ("25 мест, 21 зачислено, 14 заявлений", (25, 21, 14)),
        ("Мест 25, зачислено 21, заявлений подано 14.", (25, 21, 14)),
        ("зачислено 22", (None, 22, None)),
        ("14 заявлений подано", (None, None, 14)),
        ("всего мест 25, из них занято 21", (25, 21, None)),
        ("25 мест 21 чел. зачислено", (25, 21, None)),
    ],
)
def test_what_people_type(text: str, numbers: tuple[int | None, ...]) -> None:
    assert parse_seats(text) == SeatNumbers(*numbers)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Нужны числа цифрами"),
        ("много", "Нужны числа цифрами"),
        ("25", "два или три числа"),
        ("25 21 14 3", "два или три числа"),
        ("25 -21", "без минуса"),
        ("-5 2", "без минуса"),
        ("25000 21", "Слишком большое число"),
        ("25 девочек 21 мальчик", "Не понял слово «девочек»"),
        ("мест 25 21", "какое число к чему"),
        ("25 мест 21 мест", "дважды"),
    ],
)
def test_a_refusal_says_why_and_how(text: str, said: str) -> None:
    refusal = parse_seats(text)
    assert isinstance(refusal, Refusal), refusal
    assert said in refusal.text
    assert "Например: 25 21 14" in refusal.text


@given(COUNTS, COUNTS, st.none() | COUNTS, st.sampled_from([" ", ", ", "; ", "/", "\n", "  "]))
def test_what_is_written_is_read(one: int, two: int, three: int | None, between: str) -> None:
    text = between.join(str(number) for number in (one, two, three) if number is not None)
    assert parse_seats(text) == SeatNumbers(one, two, three)


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(parse_seats(text), SeatNumbers | Refusal)
