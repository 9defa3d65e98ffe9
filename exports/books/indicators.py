"""«Показатели»: eight lines by five years – base, target, fact, its date and completeness – and
native charts. Shares stand as two numbers and a formula; the bot's own value stands beside it."""

from collections.abc import Sequence
from datetime import date

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.worksheet.worksheet import Worksheet

from exports.books.desk import Desk
from exports.books.table import (
    COUNT,
    DAY,
    MIDDLE,
    NOTE,
    ONE_DECIMAL,
    TEXT,
    TITLE,
    Binder,
    Column,
    Formula,
    Heading,
    Item,
    Table,
)
from exports.books.words import on_day
from exports.indicator_chart import amount
from passport.indicators import OF_TEACHERS, Indicator, Line, Value
from storage import indicator_lines

COLUMNS = (
    Column("№", 9, MIDDLE),
    Column("Показатель", 60, TEXT),
    Column("Ед.", 10, MIDDLE),
    Column("База 01.09.2022", 10, COUNT),
    Column("Учебный год", 12, MIDDLE),
    Column("Цель", 8, COUNT),
    Column("Числитель", 12, COUNT),
    Column("Знаменатель", 14, COUNT),
    Column("Факт (формула)", 11, ONE_DECIMAL),
    Column("Факт (бот)", 10, ONE_DECIMAL),
    Column("Сходится", 11, MIDDLE),
    Column("Выполнено", 13, MIDDLE),
    Column("На дату", 11, DAY),
    Column("Отчитались школ", 13, COUNT),
    Column("Ждали школ", 9, COUNT),
    Column("Откуда", 42, TEXT),
    Column("Рядом", 36, TEXT),
)
SHARES = [column.look for column in COLUMNS]
COUNTS = [COUNT if look is ONE_DECIMAL else look for look in SHARES]
MARKS = {"done": "да", "near": "от 90 %", "below": "нет"}
CHART_ROWS, CHARTS_TO = 17, "R"


async def write(binder: Binder, desk: Desk) -> None:
    indicators = desk.passport.indicators
    current = desk.passport.calendar.current(desk.tx.now)[0]
    # What came after a closed year is told by later workbooks.
    until = desk.year if desk.is_closed else current
    known = indicators.begun(until)
    found = await indicator_lines.of_years(desk.tx, desk.passport, known)
    notes = (
        on_day(desk),
        "Пустой факт – показатель не измерен, это не ноль. «Официально» – значение на дату "
        "измерения, «сегодня» – пока не зафиксированное. Рядом – сегодняшнее значение, если оно "
        "другое, и что ещё говорит методика.",
    )
    heading = Heading("Показатели", "Показатели паспорта Проекта: факт и цель", notes)
    table = Table(binder, heading, COLUMNS, frozen=2)
    first_rows = {}
    for indicator in indicators.indicators:
        first_rows[indicator.key] = table.last_row + 1
        for year in indicators.years:
            line = _line(found.get(year, ()), indicator)
            looks = SHARES if indicator.is_share else COUNTS
            values = _row(indicator, year, line, table.last_row + 1)
            table.row([*values, _beside(line, desk.today) if line is not None else ""], looks)
    last = table.last_row
    _parts(table, first_rows, indicators.years)
    table.finish(last)
    pages = binder.sheet("Графики")
    _charts(pages, table, first_rows, indicators.indicators, len(indicators.years))
    palette = binder.palette.on(pages)
    pages.append([palette.cell("Показатели паспорта Проекта: факт и цель по годам", TITLE)])
    for place in (1, 2):
        pages.merged_cells.add(f"A{place}:{CHARTS_TO}{place}")
    pages.append([palette.cell(f"{on_day(desk)} Полнота – на листе «Показатели».", NOTE)])


def _line(lines: Sequence[Line], indicator: Indicator) -> Line | None:
    return next((line for line in lines if line.indicator.key == indicator.key), None)


def _row(indicator: Indicator, year: str, line: Line | None, row: int) -> list[Item]:
    value = line.value if line is not None else None
    head: list[Item] = [
        indicator.number,
        indicator.name,
        indicator.unit,
        indicator.base,
        year.replace("-", "–"),
        indicator.targets[year],
    ]
    if value is None or line is None:
        return [*head, *[None] * 10]
    return [
        *head,
        None if value.given is not None else value.numerator,
        value.denominator,
        _formula(value, row),
        value.shown,
        Formula(f'=IF(ROUND(I{row},1)=ROUND(J{row},1),"да","НЕТ")'),
        MARKS[line.mark] if line.mark else "",
        value.on,
        value.reported,
        value.expected,
        f"официально, {value.source}" if value.official else "сегодня",
    ]


def _beside(line: Line, today: date) -> str:
    """What the chat says under the value: today's, the end of the year, the other reading."""
    said = []
    if line.moved is not None:
        number, on = _said(line, line.moved), line.moved.on
        said.append(
            f"сегодня {number}" if on == today else f"по данным бота {number} на {on:%d.%m.%Y}"
        )
    if line.end is not None:
        said.append(f"на конец года {_said(line, line.end)}")
    if line.second is not None:
        said.append(f"{OF_TEACHERS[line.second_of]} {_said(line, line.second)}")
    if line.partners is not None:
        said.append(f"разных партнёров {line.partners}")
    return "; ".join(said)


def _said(line: Line, value: Value) -> str:
    number = amount(line.indicator, value.shown)
    if value.reported is None or value.expected is None:
        return number
    return f"{number} (по {value.reported} из {value.expected} школ)"


def _formula(value: Value, row: int) -> Item:
    """Of a share numerator by denominator; of a count the number itself."""
    if value.given is not None:
        return value.given
    if value.denominator is None:
        return Formula(f"=G{row}")
    return Formula(f"=ROUND(G{row}/H{row}*100,1)")


def _parts(table: Table, first_rows: dict[str, int], years: Sequence[str]) -> None:
    """Whether the contracts of the three types add up to all of them, year by year."""
    table.free()
    for place, year in enumerate(years):
        total, *parts = (
            first_rows[key] + place
            for key in ("contracts", "contracts_he", "contracts_vet", "contracts_industry")
        )
        summed = "+".join(f"J{row}" for row in parts)
        table.total(
            [
                "",
                f"Договоры по видам вместе, {year.replace('-', '–')}",
                "",
                None,
                "",
                None,
                None,
                None,
                Formula(f'=IF(J{total}="","",{summed})'),
                Formula(f'=IF(J{total}="","",J{total})'),
                Formula(f'=IF(J{total}="","",IF({summed}=J{total},"да","НЕТ"))'),
            ]
        )


def _charts(
    pages: Worksheet,
    table: Table,
    first_rows: dict[str, int],
    indicators: Sequence[Indicator],
    years: int,
) -> None:
    """Two side by side; columns are facts, the line is the target."""
    pages.page_setup.orientation, pages.page_setup.paperSize = "portrait", 9
    pages.page_setup.fitToWidth, pages.page_setup.fitToHeight = 1, 1
    assert pages.sheet_properties.pageSetUpPr is not None
    pages.sheet_properties.pageSetUpPr.fitToPage = True
    pages.sheet_view.showGridLines = False
    for place, indicator in enumerate(indicators):
        row = first_rows[indicator.key]
        categories = Reference(table.sheet, min_col=5, min_row=row, max_row=row + years - 1)
        bars = BarChart()
        bars.add_data(Reference(table.sheet, min_col=10, min_row=row, max_row=row + years - 1))
        bars.set_categories(categories)
        bars.title = f"{indicator.number}. {indicator.short}, {indicator.unit_short}"
        line = LineChart()
        line.add_data(Reference(table.sheet, min_col=6, min_row=row, max_row=row + years - 1))
        _dress(bars, line)
        bars += line
        bars.width, bars.height = 16, 8
        column = "A" if place % 2 == 0 else "J"
        pages.add_chart(bars, f"{column}{4 + place // 2 * CHART_ROWS}")


def _dress(bars: BarChart, line: LineChart) -> None:
    bars.series[0].tx = SeriesLabel(v="факт")
    line.series[0].tx = SeriesLabel(v="цель")
    bars.series[0].graphicalProperties.solidFill = "1F5FA8"
    line.series[0].graphicalProperties.line.solidFill = "C2410C"
    line.series[0].graphicalProperties.line.width = 28_000
    line.series[0].marker.symbol = "circle"
    line.series[0].smooth = False
    bars.gapWidth = 60
    bars.legend.position = "b"
    bars.dataLabels = DataLabelList()
    bars.dataLabels.showVal = True
    for flag in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(bars.dataLabels, flag, False)
    # openpyxl marks axes as deleted otherwise, and Excel then draws none.
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.y_axis.scaling.min = 0
    bars.y_axis.majorGridlines = None
