"""«Классы», «Договоры», «Партнёры»: the registers as they stand on the book's day."""

from collections.abc import Sequence

from exports.books.desk import Desk
from exports.books.table import (
    COUNT,
    DAY,
    MIDDLE,
    MOMENT,
    TEXT,
    Binder,
    Column,
    Formula,
    Heading,
    Table,
)
from exports.books.words import on_day, year_words
from passport.cards import KINDS
from passport.register import PARTNER_TYPES, Contract
from storage import class_cards, contracts, partners, schools

EVERY = "Договоры"


async def write_classes(binder: Binder, desk: Desk) -> None:
    names = {one.slug: one for one in await schools.every(desk.tx)}
    columns = (
        Column("№", 6, MIDDLE),
        Column("Школа", 24, TEXT),
        Column("Класс", 14, TEXT),
        Column("Вид", 9, MIDDLE),
        Column("Направленность", 18, TEXT),
        Column("Профиль", 20, TEXT),
        Column("Предметы на углублённом уровне", 26, TEXT),
        Column("Партнёры", 28, TEXT),
        Column("Форма занятий", 14, TEXT),
        Column("Мест", 7, COUNT),
        Column("Зачислено", 10, COUNT),
        Column("Свободно", 11, COUNT),
        Column("Заявлений", 11, COUNT),
        Column("Предметы ОГЭ", 24, TEXT),
        Column("Из других школ", 24, TEXT),
        Column("День открытых дверей", 26, TEXT),
        Column("ЛНА", 24, TEXT),
        Column("Как поступить", 30, TEXT),
        Column("Телефон приёмной", 18, TEXT),
        Column("Проверено", 16, MOMENT),
        Column("Закрыт", 16, MOMENT),
    )
    notes = (on_day(desk), "Пустая клетка – школа этого ещё не сообщила.")
    heading = Heading("Классы", f"Предпрофессиональные классы, {year_words(desk.year)}", notes)
    table = Table(binder, heading, columns, frozen=3)
    for card in await class_cards.of_year(desk.tx, desk.year):
        school = names[card.school]
        table.row(
            [
                school.number,
                school.short_name,
                card.name,
                KINDS[card.kind],
                card.track,
                card.profile,
                ", ".join(card.subjects),
                ", ".join(card.partners),
                card.mode,
                card.capacity,
                card.enrolled,
                card.vacancies,
                card.applications,
                card.exams,
                card.outsiders,
                card.open_days,
                card.local_act_url,
                card.admission,
                card.contact,
                desk.local(card.confirmed_at),
                desk.local(card.closed_at),
            ]
        )
    last = table.last_row
    if last >= table.first_row:
        sums = [Formula(f"=SUM({letter}{table.first_row}:{letter}{last})") for letter in "JKLM"]
        table.total(["", "Всего", "", "", "", "", "", "", "", *sums])
    table.finish(last)


async def write_contracts(binder: Binder, desk: Desk) -> None:
    found = [
        one
        for one in await contracts.every(desk.tx)
        if not desk.is_closed or one.signed_on <= desk.today
    ]
    contract_table(binder, desk, EVERY, found, await _names(desk))


async def _names(desk: Desk) -> dict[str, str]:
    return {one.slug: one.short_name for one in await schools.every(desk.tx)}


def contract_table(
    binder: Binder, desk: Desk, name: str, found: Sequence[Contract], names: dict[str, str]
) -> None:
    """One contract of several schools is one row, and counts once."""
    columns = (
        Column("№", 5, MIDDLE),
        Column("Вид", 19, MIDDLE),
        Column("Партнёр", 36, TEXT),
        Column("Номер", 12, MIDDLE),
        Column("Подписан", 12, DAY),
        Column("Действует до", 13, DAY),
        Column("Расторгнут с", 13, DAY),
        Column("Состояние", 16, MIDDLE),
        Column("Осталось дней", 10, COUNT),
        Column("Школы", 36, TEXT),
        Column("Проверено", 16, MOMENT),
    )
    notes = (on_day(desk), "Договор нескольких школ – одна строка, в показателях он один.")
    title = "Договоры с партнёрами" if name == EVERY else f"Договоры с партнёрами: {name}"
    heading = Heading(name, title, notes)
    table = Table(binder, heading, columns, frozen=3)
    for number, one in enumerate(found, start=1):
        state, left = _state(desk, one)
        table.row(
            [
                number,
                PARTNER_TYPES[one.partner.type],
                one.partner.name,
                one.number or "б/н",
                one.signed_on,
                one.valid_until,
                one.ended_on,
                state,
                left,
                ", ".join(names[slug] for slug in one.schools),
                desk.local(one.confirmed_at),
            ]
        )
    last = table.last_row
    if last >= table.first_row:
        first = table.first_row
        table.free()
        for key, kind in PARTNER_TYPES.items():
            own = [one for one in found if one.partner.type == key]
            if not own:
                continue
            held = sum(one.in_force(desk.today) for one in own)
            counted = Formula(f'=COUNTIFS(B{first}:B{last},"{kind}",H{first}:H{last},"действует")')
            table.total(["", kind, "действует (формула, бот)", counted, held])
        held = sum(one.in_force(desk.today) for one in found)
        counted = Formula(f'=COUNTIF(H{first}:H{last},"действует")')
        table.total(["", "Всего", "действует (формула, бот)", counted, held])
    table.finish(last)


def _state(desk: Desk, one: Contract) -> tuple[str, int | None]:
    today = desk.today
    if one.in_force(today):
        left = None if one.last_day is None else (one.last_day - today).days
        return "действует", left
    if one.signed_on > today:
        return "ещё не начался", None
    return ("расторгнут" if one.ended_on is not None else "кончился"), None


async def write_partners(binder: Binder, desk: Desk) -> None:
    columns = (
        Column("№", 5, MIDDLE),
        Column("Партнёр", 48, TEXT),
        Column("Вид", 18, MIDDLE),
        Column("Что даёт при поступлении", 40, TEXT),
        Column("Договоров действует", 13, COUNT),
        Column("Всего договоров", 11, COUNT),
    )
    heading = Heading("Партнёры", "Сетевые и индустриальные партнёры", (on_day(desk),))
    table = Table(binder, heading, columns, landscape=False)
    every = await contracts.every(desk.tx)
    for number, one in enumerate(await partners.every(desk.tx), start=1):
        own = [two for two in every if two.partner.id == one.id]
        held = sum(two.in_force(desk.today) for two in own)
        table.row([number, one.name, PARTNER_TYPES[one.type], one.benefit, held, len(own)])
    table.finish()
