"""Coordinators with a report to fill, one school each, made by the storage's own functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from benchmarks.rig import START
from demo.telegram import MovableClock
from passport.loader import load_passport
from passport.register import ClassDraft
from passport.schools import School
from passport.values import Slot
from storage import classes, people, prompts, reports, schools
from storage.database import Database, Transaction
from storage.prompts import Prompt
from storage.schema import migrate
from storage.tables import answer_log, answers
from tests.world import YEAR

FIRST_ID = 2_000_000_001
SUBJECTS = (("Химия", "Биология"), ("Физика", "Информатика"), ("Обществознание", "История"))
ANSWERS = 25  # typed numbers that fill the form of a school with these classes


@dataclass(frozen=True, slots=True)
class Seat:
    """Who answers, into which report, beginning where."""

    person: int
    report: int
    first: Slot


class Seats:
    """The prepared database; open while the bot uses it too."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, MovableClock(START))
        self.everybody: list[Seat] = []

    async def prepare(self, count: int) -> None:
        await migrate(self._database)
        passport = load_passport()
        async with self._database.write() as tx:
            # Real schools first: the bot adds them at its start anyway.
            await schools.add_missing(tx, passport.schools.schools)
            extra = made_up(passport.schools.schools[0], count)
            await schools.add_missing(tx, extra)
            for number, school in enumerate(extra):
                self.everybody.append(await take_seat(tx, FIRST_ID + number, school))

    async def begin_again(self, seats: Sequence[Seat]) -> None:
        """Empties the reports; the first question waits for an answer."""
        async with self._database.write() as tx:
            for seat in seats:
                await tx.connection.execute(
                    delete(answers).where(answers.c.report_id == seat.report)
                )
                await prompts.put(tx, seat.person, Prompt("answer", seat.report, seat.first))

    async def stored(self) -> int:
        """How many answers were logged so far."""
        async with self._database.read() as tx:
            lines = await tx.connection.execute(select(func.count()).select_from(answer_log))
            return lines.scalar_one()

    async def close(self) -> None:
        await self._database.close()


async def take_seat(tx: Transaction, person: int, school: School) -> Seat:
    """The school gets a coordinator, three classes, and a report that is begun."""
    await people.add(tx, person, "coordinator", school.slug, "замдиректора")
    drafts = [ClassDraft(10, letter, "class", "") for letter in "АБВ"]
    await classes.add(tx, school.slug, YEAR, drafts)
    register = (await classes.register(tx, school.slug, YEAR)).open
    for one, names in zip(register, SUBJECTS, strict=True):
        await classes.add_subjects(tx, one.id, names)
    report = await reports.open_report(tx, school.slug, YEAR, "II")
    return Seat(person, report.id, Slot("r1", register[0].id))


def made_up(like: School, count: int) -> list[School]:
    """Schools that the passport does not have; its thirty are not enough for a soak."""
    return [_school(like, 1000 + number) for number in range(count)]


def _school(like: School, number: int) -> School:
    name = f"МБОУ «Школа № {number}»"
    changes = {"slug": f"s{number}", "number": number, "name": name, "short_name": name}
    return like.model_copy(update=changes)
