"""Telling somebody else: rows of the outbox, written in the transaction of their cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from handlers.visit import Visit
from handlers.words import when
from passport.calendar import Calendar
from passport.form import PeriodKey
from reminders.hours import next_moment
from storage import outbox, people
from storage.database import Transaction
from storage.outbox import Kind, Notice
from storage.people import Person


class Place(TypedDict):
    school: str
    year: str
    period: PeriodKey


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about; ``ref`` is the number of a row: a report, a return, a request."""

    school: str | None = None
    year: str | None = None
    period: PeriodKey | None = None
    why: str = ""
    ref: int | None = None

    @property
    def place(self) -> Place:
        """Of a message about one report."""
        assert self.school is not None
        assert self.year is not None
        assert self.period is not None
        return {"school": self.school, "year": self.year, "period": self.period}


def told(visit: Visit, count: int) -> str:
    """What whoever has acted may expect: who is told, and when; never a promise to nobody."""
    if not count:
        return "⚠️ Сообщить некому: координатора на связи нет, позвоните в школу."
    moment = next_moment(visit.passport.calendar, visit.now)
    if moment > visit.now:
        return f"Сообщение уйдёт {when(moment, visit.zone)}."
    return "Сообщение отправляется."


async def tell_unreachable(tx: Transaction, calendar: Calendar, person_id: int) -> None:
    """Methodists learn that somebody has blocked the bot or deleted the account; once a day."""
    moment = next_moment(calendar, tx.now)
    await outbox.post(
        tx,
        [
            Notice(
                key=f"unreachable:{person_id}/{calendar.today(tx.now)}:{one.id}",
                kind="unreachable",
                person=one.id,
                ref=person_id,
                not_before=moment,
            )
            for one in await people.staff(tx, "methodist")
            if one.id != person_id and one.reachable and not one.suspended
        ],
    )


async def tell(visit: Visit, kind: Kind, whom: Iterable[Person], key: str, about: About) -> int:
    """Writes a message to each of the people but the visitor; how many.

    It goes out at once in working hours, else on the next working morning. ``key`` with the kind
    names the cause: the same cause tells a person once.
    """
    moment = next_moment(visit.passport.calendar, visit.now)
    return await outbox.post(
        visit.tx,
        [
            Notice(
                key=f"{kind}:{key}:{one.id}",
                kind=kind,
                person=one.id,
                school=about.school,
                year=about.year,
                period=about.period,
                why=about.why,
                ref=about.ref,
                not_before=moment,
            )
            for one in whom
            if one.telegram_id != visit.chat_id and one.reachable
            if kind == "handed_over" or not one.suspended
        ],
    )
