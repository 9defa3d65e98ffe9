"""Which cards a person may open: those of the own school, staff all."""

from collections.abc import Iterable
from datetime import date

from handlers.errors import Forbidden, Locked, Outdated
from handlers.visit import Visit
from passport.register import ClassCard, Contract
from storage import class_cards, contracts, schools
from storage.schools import School

ANOTHERS = "Это данные другой школы: у вас нет к ним доступа."
GONE = "Этой карточки больше нет. Вот что сейчас."


def today(visit: Visit) -> date:
    return visit.calendar_of(None).today(visit.now)


async def school_of(visit: Visit, slug: str) -> School:
    """Raises Forbidden for another school's coordinator, Outdated for no school at all."""
    one = await schools.get(visit.tx, slug)
    if one is None:
        raise Outdated
    if not visit.is_staff and (visit.person is None or visit.person.school != slug):
        raise Forbidden(ANOTHERS)
    return one


def names_of(visit: Visit, slugs: Iterable[str]) -> str:
    """Short names of schools: «Школа № 24, Лицей № 46»."""
    return ", ".join(visit.school_name(slug) for slug in slugs)


async def class_of(visit: Visit, class_id: int) -> ClassCard:
    """An open class; a closed year's only for staff."""
    card = await class_cards.get(visit.tx, class_id)
    if card is None:
        raise Outdated(GONE)
    await school_of(visit, card.school)
    if card.closed_at is not None:
        raise Outdated("Этот класс уже закрыт. Вот что сейчас.")
    open_year(visit, card.year)
    return card


def open_year(visit: Visit, year: str) -> None:
    """Raises Locked for classes of a year that is over, except for staff."""
    if not visit.is_staff and year < visit.calendar_of(None).current(visit.now)[0]:
        raise Locked("Прошлый учебный год уже не меняется. Об ошибке напишите методисту ИМЦ.")


async def contract_of(visit: Visit, contract_id: int) -> Contract:
    """A contract of the visitor's school; for staff any."""
    found = await contracts.get(visit.tx, contract_id)
    if found is None:
        raise Outdated(GONE)
    mine = visit.person.school if visit.person else None
    if not visit.is_staff and mine not in found.schools:
        raise Forbidden(ANOTHERS)
    return found
