"""Line counts must never be too small: a cut label is worse than a high row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.lettering import height, line_count


@pytest.mark.parametrize(
    ("text", "points", "lines"),
    [
        ("", 300, 1),
        ("Чел.", 300, 1),
        ("Средний балл", 60, 2),
        ("один\nдва", 300, 2),
        ("Щ" * 100, 110, 11),  # 11 points each, 104 % of them, in a word that has to be broken
        ("слово " + "Щ" * 30, 110, 5),
    ],
)
def test_line_count(text: str, points: float, lines: int) -> None:
    assert line_count(text, points, 11) == lines


def test_bold_is_wider() -> None:
    text = "Количество обучающихся в предпрофессиональном классе"
    assert line_count(text, 300, 11, bold=True) > line_count(text, 300, 11)


@given(st.text(max_size=300), st.text(max_size=50), st.floats(40, 700))
def test_more_text_never_takes_fewer_lines(text: str, more: str, points: float) -> None:
    assert line_count(text + more, points, 11) >= line_count(text, points, 11) >= 1


def test_height_grows_by_lines_up_to_what_excel_allows() -> None:
    assert height(1, 11) < height(2, 11) < height(20, 11) < height(500, 11) == 409
