"""One school's registers: classes of a year, contracts, and what waits to be looked at."""

from collections.abc import Sequence

from handlers.collect.callbacks import school_tap
from handlers.form.callbacks import GoTap, card_tap
from handlers.marks import mark
from handlers.registers import wording
from handlers.registers.callbacks import cards_tap, class_card_tap, contract_tap
from handlers.registers.lookup import open_year, school_of, today
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.calendar import next_year, previous_year
from passport.cards import missing, of_class, of_contract
from passport.register import ClassCard, Contract
from storage import class_cards, contracts, prompts

MOST = 40  # buttons
LINES = 15  # a message takes some four thousand characters


async def show_school(visit: Visit, slug: str, year: str = "", notice: str = "") -> Screen:
    """Everything that is kept of a school, each card behind a button."""
    await prompts.rest(visit.tx, visit.chat_id)
    school = await school_of(visit, slug)
    current = visit.calendar_of(None).current(visit.now)[0]
    year = year or current
    cards = await class_cards.of_school(visit.tx, slug, year)
    held = [one for one in await contracts.of_school(visit.tx, slug) if _holds(visit, one)]
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(school.name)}</b>", "", f"<b>Классы и группы, {school_year(year)}</b>"]
    lines += listed([wording.class_line(card, visit.zone) for card in cards]) or [
        "Пока ни одного: добавьте класс кнопкой."
    ]
    lines += ["", f"<b>Договоры с партнёрами: {len(held)}</b>"]
    lines += listed([wording.contract_line(one, today(visit)) for one in held], most=8)
    rows: list[Row] = [
        (Button(f"✏️ {wording.class_name(card)}"[:60], class_card_tap("show", card.id)),)
        for card in cards[:MOST]
    ]
    rows.append(
        (
            Button("＋ Класс", cards_tap("add_class", slug, year)),
            Button("Договоры", cards_tap("contracts", slug)),
        )
    )
    if cards and not any(missing(card) for card in cards):
        fine = cards_tap("fine", slug, year, seen=mark(_said(cards)))
        rows.append((Button("Классы: всё верно", fine),))
    around = [previous_year(year), next_year(year)]
    known = {one.key for one in visit.calendar_of(None).years}
    rows.append(
        tuple(
            Button(f"Классы {school_year(one)}", cards_tap("school", slug, one))
            for one in around
            if one in known or one == next_year(current)
        )
    )
    rows += await _to_report(visit)
    rows.append(_back(visit, slug))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


async def _to_report(visit: Visit) -> list[Row]:
    """The report or questionnaire that the person came from."""
    report = await prompts.report_at_hand(visit.tx, visit.chat_id)
    return [(Button("← К отчёту", card_tap("card", report)),)] if report else []


def listed(said: Sequence[str], most: int = LINES) -> list[str]:
    """One a line; of a long list its beginning, the rest is behind buttons."""
    lines = [f"• {one}" for one in said[:most]]
    return [*lines, f"и ещё {len(said) - most}"] if len(said) > most else lines


def _said(cards: Sequence[ClassCard]) -> list[object]:
    """What «всё верно» is said of."""
    return [(card.id, of_class(card)) for card in cards]


def _agreed(held: Sequence[Contract]) -> list[object]:
    return [(one.id, of_contract(one)) for one in held]


def _back(visit: Visit, slug: str) -> Row:
    if visit.is_staff:
        return (Button("← Школа", school_tap("show", slug)),)
    form, reports = GoTap(to="form").pack(), GoTap(to="reports").pack()
    return (Button("Заполнить отчёт", form), Button("Отчёты школы", reports))


def _holds(visit: Visit, one: Contract) -> bool:
    return one.in_force(today(visit))


async def show_contracts(visit: Visit, slug: str, notice: str = "") -> Screen:
    """All contracts of a school: those in force first, and of them those that end soon."""
    await prompts.rest(visit.tx, visit.chat_id)
    school = await school_of(visit, slug)
    found = await contracts.of_school(visit.tx, slug)
    day = today(visit)
    now = [one for one in found if one.in_force(day)]
    ordered = sorted(now, key=lambda one: not one.ends_soon(day))
    later = [one for one in found if one.signed_on > day]
    over = [one for one in found if not one.in_force(day) and one.signed_on <= day]
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(school.short_name)}: договоры с партнёрами</b>", ""]
    lines += listed([wording.contract_line(one, day) for one in ordered], most=12) or [
        "Действующих договоров нет."
    ]
    for head, some in (("Ещё не начались", later), ("Уже не действуют", over)):
        if some:
            said = [wording.contract_line(one, day) for one in some]
            lines += ["", f"<b>{head}</b>", *listed(said, most=4)]
    rows: list[Row] = [
        (Button(f"✏️ {wording.contract_button(one)}", contract_tap("show", one.id)),)
        for one in [*ordered, *later, *over][:MOST]
    ]
    rows.append((Button("＋ Договор", cards_tap("add_contract", slug)),))
    if now:
        fine = cards_tap("contracts_fine", slug, seen=mark(_agreed(now)))
        rows.append((Button("Договоры: всё верно", fine),))
    rows.append((Button("← Классы и договоры", cards_tap("school", slug)),))
    rows += await _to_report(visit)
    return Screen("\n".join(lines), tuple(rows))


async def all_fine(visit: Visit, slug: str, year: str, seen: int) -> Screen:
    """«Всё верно?» of all classes at once: nothing is typed again, nothing unseen is confirmed."""
    await school_of(visit, slug)
    open_year(visit, year)
    cards = await class_cards.of_school(visit.tx, slug, year)
    if mark(_said(cards)) != seen:
        notice = "⚠️ Карточки с тех пор изменили. Посмотрите их ещё раз."
        return await show_school(visit, slug, year, notice)
    await class_cards.confirm(visit.tx, [card.id for card in cards])
    return await show_school(visit, slug, year, "✅ Спасибо, отмечено: карточки классов верны.")


async def contracts_fine(visit: Visit, slug: str, seen: int) -> Screen:
    await school_of(visit, slug)
    now = [one for one in await contracts.of_school(visit.tx, slug) if _holds(visit, one)]
    if mark(_agreed(now)) != seen:
        notice = "⚠️ Договоры с тех пор изменили. Посмотрите их ещё раз."
        return await show_contracts(visit, slug, notice)
    for one in now:
        await contracts.confirm(visit.tx, one.id)
    return await show_contracts(visit, slug, "✅ Спасибо, отмечено: договоры верны.")
