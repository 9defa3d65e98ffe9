"""«Полнота и сроки»: every school and period – sent, when, in time or late, returned how often."""

from exports.books.desk import Desk
from exports.books.table import (
    MIDDLE,
    MOMENT,
    TEXT,
    Binder,
    Column,
    Formula,
    Heading,
    Item,
    Table,
)
from exports.books.words import STATUS_WORDS, on_day, year_words
from passport.deadlines import Deadlines, is_late
from passport.form import EVERY_PERIOD
from storage import deadlines, reports, returns

COLUMNS = (
    Column("№", 6, MIDDLE),
    Column("Школа", 26, TEXT),
    Column("Период", 22, TEXT),
    Column("Срок", 16, MOMENT),
    Column("Состояние", 14, MIDDLE),
    Column("Отправлен впервые", 17, MOMENT),
    Column("В срок", 12, MIDDLE),
    Column("Отправок", 10, MIDDLE),
    Column("Возвратов", 10, MIDDLE),
    Column("Принят", 17, MOMENT),
)


async def write(binder: Binder, desk: Desk) -> None:
    notes = (on_day(desk), "«Позже» – по сроку, который действует сейчас, с переносами.")
    heading = Heading("Полнота и сроки", f"Полнота и сроки, {year_words(desk.year)}", notes)
    table = Table(binder, heading, COLUMNS, frozen=3, landscape=True)
    dates = Deadlines(desk.passport.calendar, await deadlines.moves(desk.tx))
    counted = await returns.counts(desk.tx, desk.year)
    sent, expected, in_time = 0, 0, 0
    for school in await desk.taking_part():
        known = {
            one.period: one
            for one in await reports.of_school(desk.tx, school.slug)
            if one.year == desk.year
        }
        for period in EVERY_PERIOD:
            window = dates.window(school.slug, desk.year, period)
            report = known.get(period)
            if report is None and window.state(desk.tx.now) == "future":
                continue
            expected += 1
            first = report.first_submitted_at if report else None
            late = is_late(first, bool(report and report.late), window)
            sent += first is not None
            in_time += first is not None and not late
            row: list[Item] = [
                school.number,
                school.short_name,
                desk.passport.forms.period(period).name,
                desk.local(window.due_at),
                STATUS_WORDS[report.status if report else None],
                desk.local(first),
                "" if first is None else "позже" if late else "в срок",
                report.submission if report else 0,
                counted.get(report.id, 0) if report else 0,
                desk.local(report.accepted_at) if report else None,
            ]
            table.row(row)
    last = table.last_row
    _totals(table, last, (sent, in_time, expected))
    table.finish(last)


def _totals(table: Table, last: int, bot: tuple[int, int, int]) -> None:
    first = table.first_row
    if last < first:
        table.free("Отчётов за этот год ещё не ждали.")
        return
    sent, in_time, expected = bot
    row = table.last_row
    table.total(
        [
            "",
            "Сдали (формула)",
            "",
            "",
            Formula(f"=COUNTA(F{first}:F{last})"),
            "",
            Formula(f'=COUNTIF(G{first}:G{last},"в срок")'),
        ]
    )
    table.total(["", "Сдали (бот)", "", "", sent, "", in_time])
    table.total(
        [
            "",
            "Сходится",
            "",
            "",
            Formula(f'=IF(E{row + 1}=E{row + 2},"да","НЕТ")'),
            "",
            Formula(f'=IF(G{row + 1}=G{row + 2},"да","НЕТ")'),
        ]
    )
    table.total(["", "Ждали", "", "", expected])
