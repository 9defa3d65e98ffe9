"""An indicator over the school years as a PNG: columns of facts, a stepped line of targets.

For a phone: big letters, few marks, and nothing told by colour alone.
"""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

from exports.cell_text import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 10.8, 8.1, 100  # 1080 × 810 pixels
FACT, TARGET, INK, FAINT = "#1f5fa8", "#c2410c", "#1a1a1a", "#6b7280"
BIG, MIDDLE, SMALL = 21, 22, 18
LABEL = 0.14  # of the highest mark: what a number over its column takes, under the longest title
STEP = 0.046  # of the height, a line of the title
LINE_LENGTH, MOST_LINES = 50, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One school year. ``fact`` None was not measured; ``provisional`` is not official yet."""

    label: str
    fact: Decimal | None
    fact_text: str
    target: Decimal
    target_text: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """``subtitle`` says the date and the completeness."""

    title: str
    subtitle: str
    unit: str
    bars: tuple[Bar, ...]


def chart_png(chart: Chart) -> bytes:
    """The same chart always gives the same bytes.

    Made in the worker process: importing this module must not import matplotlib (0.5 s, 60 MB).
    """
    buffer = BytesIO()
    canvas = drawn(chart).canvas
    canvas.print_png(buffer, metadata={"Software": None})  # type: ignore[attr-defined]
    return buffer.getvalue()


def drawn(chart: Chart) -> "Figure":
    """The figure, with its canvas."""
    from matplotlib import figure as figures  # noqa: PLC0415
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415

    # The font that the library ships has Cyrillic; text of people is no formula.
    settings = {"font.family": "DejaVu Sans", "text.parse_math": False, "font.size": SMALL}
    with rc_context(settings):  # type: ignore[arg-type]
        figure = figures.Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        lines = _lines(chart.title)
        head = STEP * len(lines) + 0.05
        axes = figure.add_axes((0.05, 0.2, 0.9, 0.76 - head))
        figure.text(0.05, 0.97, "\n".join(lines), fontsize=BIG, weight="bold", va="top", color=INK)
        subtitle = ", ".join(part for part in (clean(chart.subtitle), clean(chart.unit)) if part)
        figure.text(
            0.05, 0.962 - STEP * len(lines), subtitle, fontsize=SMALL, va="top", color=FAINT
        )
        _draw(axes, chart.bars)
        _legend(figure, any(bar.provisional for bar in chart.bars))
    return figure


def _lines(title: str) -> list[str]:
    lines = wrap(clean(title), LINE_LENGTH) or [""]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: LINE_LENGTH - 1] + "…"]
    return lines


def _draw(axes: "Axes", bars: tuple[Bar, ...]) -> None:
    highest = max((float(bar.target) for bar in bars), default=1.0)
    highest = max([highest, *(float(bar.fact) for bar in bars if bar.fact is not None)]) or 1.0
    axes.set_ylim(0, highest * 1.22)
    axes.set_xlim(-0.6, len(bars) - 0.4)
    for place, bar in enumerate(bars):
        _column(axes, place, bar, highest)
        target = float(bar.target)
        axes.plot([place - 0.42, place + 0.42], [target, target], color=TARGET, linewidth=4)
        axes.text(
            place,
            -highest * 0.135,
            f"цель {clean(bar.target_text)}",
            ha="center",
            va="top",
            fontsize=SMALL - 1,
            color=TARGET,
        )
    axes.set_xticks(range(len(bars)), [clean(bar.label) for bar in bars], fontsize=MIDDLE)
    axes.set_yticks([])
    axes.tick_params(length=0)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)


def _column(axes: "Axes", place: int, bar: Bar, highest: float) -> None:
    if bar.fact is None:
        axes.text(
            place,
            highest * 0.02,
            "нет\nданных",
            ha="center",
            va="bottom",
            color=FAINT,
            fontsize=SMALL,
        )
        return
    fact = float(bar.fact)
    looks = {"color": "white", "edgecolor": FACT, "hatch": "//"} if bar.provisional else {}
    axes.bar(place, fact, width=0.62, **{"color": FACT, "linewidth": 2, **looks})  # type: ignore[arg-type]
    # Above the column, and above the target's line where that would cross it.
    top = fact
    target = float(bar.target)
    if fact <= target < fact + highest * LABEL:
        top = target
    axes.text(
        place,
        top + highest * 0.02,
        clean(bar.fact_text),
        ha="center",
        va="bottom",
        fontsize=MIDDLE,
        weight="bold",
        color=INK,
    )


def _legend(figure: "Figure", provisional: bool) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    marks: list[Patch | Line2D] = [Patch(color=FACT, label="факт")]
    if provisional:
        marks.append(
            Patch(facecolor="white", edgecolor=FACT, hatch="//", label="пока не официально")
        )
    marks.append(Line2D([0], [0], color=TARGET, linewidth=4, label="цель"))
    figure.legend(
        handles=marks,
        loc="lower center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        columnspacing=1.2,
    )
