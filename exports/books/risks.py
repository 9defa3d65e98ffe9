"""«Риски» and «Риски, строки»: the passport's table with its signals as they stand, and the rows
behind each light. Risks are of today: a book of another year says so instead of guessing."""

from dataclasses import replace

from exports.books.desk import Desk
from exports.books.table import COUNT, MIDDLE, TEXT, Binder, Column, Heading, Table
from exports.books.words import on_day
from exports.cell_styles import Look
from passport.risks import LIGHT_NAMES, Flag, Light, RiskState
from storage import risk_state, schools

NAME = "Риски"
FILLS: dict[Light, str] = {
    "red": "F6CFCB",
    "amber": "FCEBB6",
    "clear": "D9EAD3",
    "unknown": "EDEDED",
}
NUMBER = replace(COUNT, number_format="General")  # pupils and average marks in one column
COLUMNS = (
    Column("№ п/п", 6, MIDDLE),
    Column("Наименование риска", 36, TEXT),
    Column("Вероятность наступления риска", 14, MIDDLE),
    Column("Светофор риска", 12, MIDDLE),
    Column("Признак", 28, TEXT),
    Column("Светофор признака", 12, MIDDLE),
    Column("Числа", 64, TEXT),
    Column("Чего не хватает, что не вошло", 36, TEXT),
    Column("Как считается", 60, TEXT),
)
WORDS = (
    Column("№ п/п", 6, MIDDLE),
    Column("Наименование риска", 76, TEXT),
)
ROWS = (
    Column("№ риска", 8, MIDDLE),
    Column("Признак", 34, TEXT),
    Column("Светофор признака", 12, MIDDLE),
    Column("Школа", 22, TEXT),
    Column("Строка", 76, TEXT),
    Column("Было / всего / цель", 12, NUMBER),
    Column("Стало / есть", 10, NUMBER),
)


async def write(binder: Binder, desk: Desk) -> None:
    current = desk.passport.calendar.current(desk.tx.now)[0]
    if desk.is_closed or desk.year != current:
        _of_another_year(binder, desk)
        return
    states = await risk_state.of_day(desk.tx, desk.passport)
    names = {one.slug: one.short_name for one in await schools.every(desk.tx)}
    _signals(binder, desk, states)
    _passport(binder, desk, states)
    _rows(binder, desk, states, names)


def _of_another_year(binder: Binder, desk: Desk) -> None:
    notes = (
        "Риски оцениваются на сегодняшний день: в книге прошлого или закрытого года их нет, "
        "смотрите книгу текущего года или /risks в боте.",
    )
    heading = Heading(NAME, "Риски Проекта", notes)
    table = Table(binder, heading, WORDS, landscape=False, filtered=False)
    for risk in desk.passport.risks.risks:
        table.row([risk.no, risk.name])
    table.finish()


def _coloured(one: Light) -> Look:
    """A pale fill under the word: colour alone says nothing on a black and white printer."""
    return Look(horizontal="center", vertical="top", fill=FILLS[one])


def _signals(binder: Binder, desk: Desk, states: tuple[RiskState, ...]) -> None:
    notes = (
        on_day(desk),
        "Светофор – вопрос руководителю, а не вывод. «Нет данных» – не зелёный: чего не хватает, "
        "сказано рядом. Пороги меняют сотрудники в боте: /risks. Только для сотрудников УО и ИМЦ.",
    )
    heading = Heading(NAME, "Риски недостижения показателей и результатов Проекта", notes)
    table = Table(binder, heading, COLUMNS, frozen=2)
    for state in states:
        for place, flag in enumerate(state.flags):
            # The number stands in each row, for the filter; what is long is said once.
            first = place == 0
            table.row(
                [
                    state.risk.no,
                    state.risk.name if first else "",
                    state.risk.probability if first else "",
                    LIGHT_NAMES[state.light],
                    flag.signal.name + (" (косвенный)" if flag.signal.proxy else ""),
                    LIGHT_NAMES[flag.light],
                    flag.says,
                    flag.missing,
                    _rule(flag),
                ],
                _looks(state, flag),
            )
    table.finish()


def _looks(state: RiskState, flag: Flag) -> list[Look]:
    looks = [column.look for column in COLUMNS]
    looks[3], looks[5] = _coloured(state.light), _coloured(flag.light)
    return looks


def _rule(flag: Flag) -> str:
    return f"{flag.scale.rule}." if flag.scale else ""


def _passport(binder: Binder, desk: Desk, states: tuple[RiskState, ...]) -> None:
    """The table as it is printed, its heads too."""
    heads = desk.passport.risks.columns
    widths = (6, 32, 60, 14, 60)
    columns = [Column(head, width, TEXT) for head, width in zip(heads, widths, strict=True)]
    heading = Heading("Риски, паспорт", desk.passport.risks.heading, (on_day(desk),))
    table = Table(binder, heading, columns, filtered=False)
    for state in states:
        risk = state.risk
        table.row([risk.no, risk.name, risk.manifestation, risk.probability, risk.measures])
    table.finish()


def _rows(binder: Binder, desk: Desk, states: tuple[RiskState, ...], names: dict[str, str]) -> None:
    heading = Heading("Риски, строки", "Строки, из которых сложились признаки", (on_day(desk),))
    table = Table(binder, heading, ROWS, frozen=2)
    for state in states:
        for flag in state.flags:
            looks = [column.look for column in ROWS]
            looks[2] = _coloured(flag.light)
            for row in flag.rows:
                of = ", ".join(names.get(slug, slug) for slug in row.school.split(",") if slug)
                table.row(
                    [
                        state.risk.no,
                        flag.signal.name,
                        LIGHT_NAMES[flag.light],
                        of,
                        row.text,
                        row.was,
                        row.now,
                    ],
                    looks,
                )
    table.finish()
