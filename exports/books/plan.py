"""«План»: the 28 measures with this year's windows, their states, and what the data say."""

from exports.books.desk import Desk
from exports.books.table import DAY, MIDDLE, TEXT, Binder, Column, Heading, Item, Table
from exports.books.words import last_day, on_day, year_words
from passport.calendar import school_year_of
from passport.plan import Measure
from passport.plan_states import Done, MeasureState
from passport.plan_windows import Terms, Window, window_at
from passport.plan_windows import windows_of_year as of_year
from storage import plan_state, plan_terms

COLUMNS = (
    Column("№", 6, MIDDLE),
    Column("Мероприятие", 58, TEXT),
    Column("Начало", 12, DAY),
    Column("Окончание", 12, DAY),
    Column("Ответственный исполнитель", 18, TEXT),
    Column("Вид документа", 30, TEXT),
    Column("Состояние", 14, TEXT),
    Column("Выполнено", 12, DAY),
    Column("Основание", 24, TEXT),
    Column("Что говорят данные бота", 38, TEXT),
    Column("Сроки в плане", 22, TEXT),
)


async def write(binder: Binder, desk: Desk) -> None:
    terms = await plan_terms.read(desk.tx, desk.passport)
    wanted = [
        (one, window)
        for one in desk.passport.plan.measures
        for window in _windows(desk, one, terms)
    ]
    found = await plan_state.of_windows(desk.tx, desk.passport, wanted)
    states = [one for one, _ in found]
    late = sum(one.state == "late" for one in states)
    done = sum(one.state == "done" for one in states)
    notes = (
        on_day(desk),
        f"Просрочено: {late}, выполнено: {done}. Разовые мероприятия 2022 года – история. "
        "«Далее ежегодно» читается как тот же день и месяц каждого года, пока идёт Проект.",
    )
    heading = Heading("План", f"План мероприятий, {year_words(desk.year)}", notes)
    table = Table(binder, heading, COLUMNS, frozen=2)
    for section in desk.passport.plan.sections:
        table.section(section.key, section.name)
        for one in states:
            if one.measure.section == section.key:
                table.row(_row(one))
    table.finish()


def _windows(desk: Desk, measure: Measure, terms: Terms) -> tuple[Window, ...]:
    """Of the year, and the one that `/plan` shows: in autumn that is still the last summer's, of a
    measure that has none in the year another one."""
    day = min(desk.today, last_day(desk.year))
    found = of_year(measure, terms, desk.year)
    at_hand = window_at(measure, terms, day)
    if found and (at_hand in found or school_year_of(desk.today) != desk.year):
        return found
    return (at_hand, *found)


def _row(one: MeasureState) -> list[Item]:
    measure, window, done = one.measure, one.window, one.done
    shown = done if one.state in ("done", "history") else None
    return [
        measure.key,
        measure.name,
        window.start,
        window.end,
        measure.responsible,
        measure.result,
        one.word,
        shown.on if shown else None,
        _why(shown),
        one.says,
        f"{measure.start_printed} – {measure.end_printed}",
    ]


def _why(done: Done | None) -> str:
    """A link to the document, or that the data show it."""
    if done is None:
        return ""
    if done.source == "data":
        return "по данным бота"
    return done.link or "отметка сотрудника, без ссылки"
