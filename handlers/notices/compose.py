"""Row of the outbox → message, as things stand now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.notices import (
    about_cards,
    about_contracts,
    about_people,
    about_plan,
    about_posts,
    about_reports,
    about_time,
    bulletin,
    digest,
    reminder,
)
from handlers.notices.letter import Composed, Later, Letter, Pointless
from handlers.screen import Screen
from handlers.visit import NO_CHANNEL, ChannelState, Visit, onlooker, visit_of
from passport.loader import Passport
from reminders.hours import may_speak, next_moment
from storage import people
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
    "cards_check": about_cards.cards_check,
    "measures": about_plan.measures_letter,
    "last_summer": about_plan.last_summer,
    "draft": about_posts.draft,
    "post_trouble": about_posts.trouble,
}
# To chats without an account.
CHAT_VIEWS: dict[Kind, View] = {
    "post": about_posts.post,
    "bulletin": bulletin.bulletin,
}
# For staff only: whoever has become a coordinator meanwhile does not get them.
TO_STAFF: frozenset[Kind] = frozenset(
    {
        *("time_asked", "unreachable", "digest", "confirm_dates", "draft", "post_trouble"),
        "last_summer",
    }
)
TO_SUSPENDED: frozenset[Kind] = frozenset({"handed_over"})


@dataclass(frozen=True)
class Composer:
    """Works out a message in the transaction in which its row is taken."""

    passport: Passport
    owners: frozenset[int] = frozenset()
    username: Callable[[], str] = lambda: ""  # the bot's own, known once Telegram has answered
    channel: Callable[[], ChannelState] = lambda: NO_CHANNEL

    async def __call__(self, tx: Transaction, posted: Posted) -> Composed:
        if posted.kind != "post" and not may_speak(self.passport.calendar, tx.now):
            # Telegram was silent until the evening. A post has an hour of its own.
            return Later(next_moment(self.passport.calendar, tx.now))
        if posted.chat is not None:
            visit = onlooker(tx, self.passport, posted.chat, username=self.username())
            made = await CHAT_VIEWS[posted.kind](visit, posted)
            if isinstance(made, Screen):
                return Letter(posted.chat, made)
            return made or Pointless("уже не нужно")
        person = await people.get(tx, posted.person or 0)
        if person is None:
            return Pointless("ушёл из бота")
        if person.suspended and posted.kind not in TO_SUSPENDED:
            return Pointless("доступ приостановлен")
        if not person.reachable:
            return Pointless("бот не может написать этому человеку")
        visit = await visit_of(
            tx,
            self.passport,
            person.telegram_id,
            person,
            owners=self.owners,
            username=self.username(),
            channel=self.channel(),
        )
        if posted.kind in TO_STAFF and not visit.is_staff:
            return Pointless("больше не сотрудник")
        made = await VIEWS[posted.kind](visit, posted)
        if isinstance(made, Screen):
            return Letter(person.telegram_id, made)
        return made or Pointless("уже не нужно")
