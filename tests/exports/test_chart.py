"""The picture of an indicator: readable on a phone, small, the same each time."""

import struct
import subprocess
import sys
from decimal import Decimal

import pytest

from exports.chart import Bar, Chart, chart_png, drawn

YEARS = ("2022/23", "2023/24", "2024/25", "2025/26", "2026/27")


def chart(facts: tuple[str | None, ...], title: str = "Доля школ", provisional: int = -1) -> Chart:
    bars = tuple(
        Bar(
            year,
            None if fact is None else Decimal(fact),
            f"{fact} %",
            Decimal(50),
            "50 %",
            place == provisional,
        )
        for place, (year, fact) in enumerate(zip(YEARS, facts, strict=True))
    )
    return Chart(title, "на 12.01.2027", "%", bars)


@pytest.mark.parametrize(
    "made",
    [
        chart(("36.7", "46.7", "50.0", "53.3", None), provisional=3),
        chart((None,) * 5),
        chart(("0", "0", "0", "120", "9999")),
        chart(("10", "20", "30", "40", "50"), "Очень длинное название показателя " * 8),
        chart(("1", "2", "3", "4", "5"), "Цена в $x_1$ и <b>жирный</b>\x00"),
    ],
    ids=["usual", "nothing", "extremes", "long", "hostile"],
)
def test_it_is_small_and_of_the_right_size(made: Chart) -> None:
    png = chart_png(made)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (1080, 810)
    assert len(png) < 100_000
    assert chart_png(made) == png


@pytest.mark.parametrize("fact", ["39.5", "42.8", "43.5", "44.9", "49.9", "50", "50.1", "57"])
@pytest.mark.parametrize("title", ["Доля", "Очень длинное название показателя " * 5])
def test_no_number_is_crossed_by_the_line_of_its_target(fact: str, title: str) -> None:
    """The column's label stands clear above or below the line, also under a title of four lines."""
    figure = drawn(chart((fact, None, None, None, None), title))
    figure.canvas.draw()
    axes = figure.axes[0]
    line = axes.lines[0].get_window_extent().y0
    label = next(text for text in axes.texts if text.get_text() == f"{fact} %").get_window_extent()
    assert label.y0 > line or label.y1 < line


def test_the_library_is_imported_only_where_it_draws() -> None:
    code = "import sys, exports.chart; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
