"""A questionnaire's «всё верно?» about a register: what it is asked about, and what a yes does."""

from handlers.form.callbacks import tap
from handlers.marks import mark
from handlers.registers import wording
from handlers.registers.callbacks import cards_tap
from handlers.screen import Button, Row
from handlers.visit import Visit
from passport.calendar import next_year
from passport.cards import missing, of_class, of_contract
from passport.form import Question
from passport.register import ClassCard, Contract
from passport.values import Slot
from storage import class_cards, contracts
from storage.reports import Filling

MOST = 15


def year_of(filling: Filling) -> str:
    """Whose classes are meant: a questionnaire that closes a year asks about the next one's."""
    year = filling.report.year
    return next_year(year) if filling.sheet.form.classes == "next" else year


async def lines(visit: Visit, filling: Filling, question: Question) -> list[str]:
    """The cards in question, one a line; quoted."""
    today = visit.calendar_of(None).today(visit.now)
    cards, held = await _cards(visit, filling, question)
    shown = [f"• {wording.class_line(card, visit.zone)}" for card in cards]
    shown += [f"• {wording.contract_line(one, today)}" for one in held]
    about_contracts = question.options == ("contracts",)
    nothing = "Договоров в списке нет." if about_contracts else "Классов в списке нет."
    if len(shown) > MOST:
        shown = [*shown[:MOST], f"и ещё {len(shown) - MOST}"]
    return ["", *(shown or [nothing])]


def rows(filling: Filling, slot: Slot, seen: int) -> tuple[Row, ...]:
    """A yes to what is ``seen``, and to where the register is kept: the questionnaire waits."""
    school, question = filling.report.school, filling.sheet.form.question(slot.question)
    if question.options == ("contracts",):
        mend = Button("Исправить договоры", cards_tap("contracts", school))
    else:
        mend = Button("Исправить классы", cards_tap("school", school, year_of(filling)))
    if filling.sheet.answers.get(slot) is not None:
        return ((mend,),)
    yes = Button("Всё верно", tap(f"opt{seen}", filling.report.id, slot, filling.revision(slot)))
    return ((mend,), (yes,))


async def mark_of(visit: Visit, filling: Filling, question: Question) -> int:
    """Of the cards in question as they are now."""
    classes, held = await _cards(visit, filling, question)
    return mark(
        [(one.id, of_class(one)) for one in classes] + [(one.id, of_contract(one)) for one in held]
    )


async def _cards(
    visit: Visit, filling: Filling, question: Question
) -> tuple[list[ClassCard], list[Contract]]:
    school = filling.report.school
    if question.options == ("contracts",):
        today = visit.calendar_of(None).today(visit.now)
        every = await contracts.of_school(visit.tx, school)
        return [], [one for one in every if one.in_force(today)]
    return await class_cards.of_school(visit.tx, school, year_of(filling)), []


async def confirm(visit: Visit, filling: Filling, question: Question) -> None:
    """The cards count as looked at, but for those that are not whole: nobody has said all."""
    cards, held = await _cards(visit, filling, question)
    await class_cards.confirm(visit.tx, [card.id for card in cards if not missing(card)])
    for one in held:
        await contracts.confirm(visit.tx, one.id)
