"""Row of the outbox → message, as things stand now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.notices import (
    about_contracts,
    about_people,
    about_reports,
    about_time,
    digest,
    reminder,
)
from handlers.notices.letter import Composed, Later, Letter, Pointless
from handlers.screen import Screen
from handlers.visit import Visit
from passport.deadlines import Deadlines
from passport.loader import Passport
from reminders.hours import may_speak, next_moment
from storage import deadlines, people, schools
from storage.database import Transaction
from storage.outbox import Kind, Posted

# None: no longer so.
View = Callable[[Visit, Posted], Awaitable[Screen | Later | Pointless | None]]

VIEWS: dict[Kind, View] = {
    "reminder": reminder.reminder,
    "submitted": about_reports.submitted,
    "returned": about_reports.returned,
    "accepted": about_reports.accepted,
    "reopened": about_reports.reopened,
    "moved": about_time.moved,
    "time_asked": about_time.asked,
    "time_answered": about_time.answered,
    "joined": about_people.joined,
    "handed_over": about_people.handed_over,
    "unreachable": about_people.unreachable,
    "digest": digest.digest,
    "confirm_dates": digest.confirm_dates,
    "contract_ends": about_contracts.contract_ends,
}
# For staff only: whoever has become a coordinator meanwhile does not get them.
TO_STAFF: frozenset[Kind] = frozenset({"time_asked", "unreachable", "digest", "confirm_dates"})
TO_SUSPENDED: frozenset[Kind] = frozenset({"handed_over"})


@dataclass(frozen=True)
class Composer:
    """Works out a message in the transaction in which its row is taken."""

    passport: Passport
    owners: frozenset[int] = frozenset()

    async def __call__(self, tx: Transaction, posted: Posted) -> Composed:
        if not may_speak(self.passport.calendar, tx.now):  # Telegram was silent until the evening
            return Later(next_moment(self.passport.calendar, tx.now))
        person = await people.get(tx, posted.person)
        if person is None:
            return Pointless("ушёл из бота")
        if person.suspended and posted.kind not in TO_SUSPENDED:
            return Pointless("доступ приостановлен")
        if not person.reachable:
            return Pointless("бот не может написать этому человеку")
        dates = Deadlines(self.passport.calendar, await deadlines.moves(tx))
        names = await schools.short_names(tx)
        visit = Visit(
            tx, self.passport, person.telegram_id, person, dates, names, owners=self.owners
        )
        if posted.kind in TO_STAFF and not visit.is_staff:
            return Pointless("больше не сотрудник")
        made = await VIEWS[posted.kind](visit, posted)
        if isinstance(made, Screen):
            return Letter(person.telegram_id, made)
        return made or Pointless("уже не нужно")
