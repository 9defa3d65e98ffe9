"""Schools and classes by track: what opens where, and how many seats are free."""

from exports.books.desk import Desk
from exports.books.table import COUNT, MIDDLE, TEXT, Binder, Column, Formula, Heading, Table
from exports.books.words import on_day, year_words
from passport.register import ClassCard
from storage import class_cards, schools

COLUMNS = (
    Column("Направленность", 24, TEXT),
    Column("№ школы", 8, MIDDLE),
    Column("Школа", 28, TEXT),
    Column("Класс", 16, TEXT),
    Column("Профиль", 22, TEXT),
    Column("Предметы на углублённом уровне", 28, TEXT),
    Column("Мест", 8, COUNT),
    Column("Зачислено", 10, COUNT),
    Column("Свободно", 11, COUNT),
    Column("Заявлений", 11, COUNT),
    Column("Предметы ОГЭ", 24, TEXT),
    Column("Партнёры", 30, TEXT),
)


async def write(binder: Binder, desk: Desk) -> None:
    names = {one.slug: one for one in await schools.every(desk.tx)}
    cards = [one for one in await class_cards.of_year(desk.tx, desk.year) if one.closed_at is None]
    cards.sort(key=lambda one: (_track(one), names[one.school].number, one.grade, one.letter))
    heading = Heading(
        "По направленностям",
        f"Школы и классы по направленностям, {year_words(desk.year)}",
        (on_day(desk), "Пустая клетка – школа этого ещё не сообщила."),
    )
    table = Table(binder, heading, COLUMNS, frozen=1)
    for card in cards:
        school = names[card.school]
        table.row(
            [
                _track(card),
                school.number,
                school.short_name,
                card.name,
                card.profile,
                ", ".join(card.subjects),
                card.capacity,
                card.enrolled,
                card.vacancies,
                card.applications,
                card.exams,
                ", ".join(card.partners),
            ]
        )
    first, last = table.first_row, table.last_row
    if last >= first:
        sums = [Formula(f"=SUM({letter}{first}:{letter}{last})") for letter in "GHIJ"]
        table.total(["Всего", None, "", "", "", "", *sums])
    table.finish(last)


def _track(card: ClassCard) -> str:
    return card.track or "не указана"
