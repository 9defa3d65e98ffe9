"""A questionnaire's «всё верно?» about a register: what it is asked about, and what a yes does."""

from handlers.registers import wording
from handlers.registers.callbacks import cards_tap
from handlers.screen import Button, Row
from handlers.visit import Visit
from passport.calendar import next_year
from passport.form import Question
from storage import class_cards, contracts
from storage.reports import Filling

MOST = 15


def year_of(filling: Filling) -> str:
    """Whose classes are meant: a questionnaire that closes a year asks about the next one's."""
    year = filling.report.year
    return next_year(year) if filling.sheet.form.classes == "next" else year


async def lines(visit: Visit, filling: Filling, question: Question) -> list[str]:
    """The cards in question, one a line; quoted."""
    school = filling.report.school
    today = visit.calendar_of(None).today(visit.now)
    if question.options == ("contracts",):
        held = [one for one in await contracts.of_school(visit.tx, school) if one.in_force(today)]
        shown = [f"• {wording.contract_line(one, today)}" for one in held]
        nothing = "Договоров в списке нет."
    else:
        cards = await class_cards.of_school(visit.tx, school, year_of(filling))
        shown = [f"• {wording.class_line(card, visit.zone)}" for card in cards]
        nothing = "Классов в списке нет."
    if len(shown) > MOST:
        shown = [*shown[:MOST], f"и ещё {len(shown) - MOST}"]
    return ["", *(shown or [nothing])]


def rows(filling: Filling, question: Question) -> tuple[Row, ...]:
    """To where the register is kept: the questionnaire waits meanwhile."""
    school = filling.report.school
    if question.options == ("contracts",):
        return ((Button("Исправить договоры", cards_tap("contracts", school)),),)
    return ((Button("Исправить классы", cards_tap("school", school, year_of(filling))),),)


async def confirm(visit: Visit, filling: Filling, question: Question) -> None:
    """The cards count as looked at, and need not be asked about again."""
    school = filling.report.school
    if question.options == ("classes",):
        cards = await class_cards.of_school(visit.tx, school, year_of(filling))
        await class_cards.confirm(visit.tx, [card.id for card in cards])
        return
    today = visit.calendar_of(None).today(visit.now)
    for one in await contracts.of_school(visit.tx, school):
        if one.in_force(today):
            await contracts.confirm(visit.tx, one.id)
