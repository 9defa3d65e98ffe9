"""A city of open classes for scenarios: who has seats, who has not, who has not said."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from demo.telegram import Person
from passport.register import ClassDraft
from storage import class_cards, classes, partners
from storage.tables import classes as class_table
from tests.clock import local
from tests.world import World

SUMMER = (2027, 7, 12, 12, 0)
NEXT_YEAR = "2027-2028"
SEEN = local(2027, 7, 12, 9, 0)


async def open_class(
    world: World,
    school: str,
    track: str,
    letter: str = "А",
    *,
    year: str = NEXT_YEAR,
    grade: int = 10,
    subjects: tuple[str, ...] = (),
    offers: Mapping[str, str] | None = None,
    **fields: Any,
) -> int:
    """A class with its card, looked at on the morning of 12.07; its id."""
    values = {"confirmed_at": SEEN} | fields
    async with world.app.database.write() as tx:
        await classes.add(tx, school, year, [ClassDraft(grade, letter, "class", track)])
        found = await tx.connection.execute(
            select(class_table.c.id).where(
                class_table.c.school == school,
                class_table.c.year == year,
                class_table.c.letter == letter,
                class_table.c.grade == grade,
            )
        )
        number = int(found.scalar_one())
        await classes.add_subjects(tx, number, subjects)
        card = await class_cards.get(tx, number)
        assert card is not None
        ids = []
        for name, benefit in (offers or {}).items():
            partner = await partners.find(tx, name) or await partners.add(tx, name, "vet", None)
            await partners.set_benefit(tx, partner, benefit, None)
            ids.append(partner.id)
        await class_cards.set_partners(tx, card, ids, None)
        await tx.connection.execute(
            update(class_table).where(class_table.c.id == number).values(**values)
        )
    return number


async def july(world: World) -> dict[str, int]:
    """The summer of 2027, enrolment is open: two medical classes, an engineering, a naval."""
    world.clock.move_to(local(*SUMMER))
    return {
        "33": await open_class(
            world,
            "s33",
            "медицинская",
            profile="естественно-научный",
            subjects=("Химия", "Биология"),
            offers={"Медицинский колледж": "5 дополнительных баллов по целевому договору"},
            mode="очная",
            exams="химия, биология",
            local_act_url="https://school33.ru/polozhenie.pdf",
            admission="Заявления с 20 июня по 15 августа: https://school33.ru/priem",
            outsiders="принимают по правилам школы",
            open_days="18 июля, 14:00, актовый зал",
            contact="8 (4152) 23-45-67",
            capacity=25,
            enrolled=22,
            applications=87,
        ),
        "21": await open_class(
            world, "s21", "медицинская", capacity=25, enrolled=25, contact="8 (4152) 11-22-33"
        ),
        "24": await open_class(
            world,
            "s24",
            "инженерная",
            capacity=25,
            enrolled=20,
            mode="очная и дистанционная",
            confirmed_at=local(2027, 6, 20, 9, 0),
        ),
        "46": await open_class(world, "s46", "морская", "Б"),
    }


async def parent(world: World) -> Person:
    person = world.telegram.person(name="Родитель")
    person.start()
    await world.pump()
    return person
