"""One update on its way through the handlers: who came, and the transaction it happens in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from passport.calendar import Calendar
from passport.deadlines import Deadlines
from passport.loader import Passport
from storage import deadlines, schools
from storage.database import Transaction
from storage.people import Person

# Owners stand in the settings: managers whom nobody else can suspend.
Actor = Literal["coordinator", "methodist", "manager", "owner"]


@dataclass(frozen=True, slots=True)
class ChannelState:
    """``chat`` None: there is nowhere to post, ``trouble`` says why and what to do."""

    chat: int | None
    title: str = ""
    trouble: str = ""


NO_CHANNEL = ChannelState(
    None,
    trouble="Канал не подключён. Попросите оператора бота указать его в настройке CHANNEL_ID.",
)


@dataclass(frozen=True)
class Visit:
    """Made once an update, handed to every handler.

    ``live`` is the message of this chat that carries the current screen, if any; ``names`` are
    the short ones of all schools, as they are called now, None when they were not looked up.
    ``username`` is the bot's own, for links to it; ``channel`` is what is known of the city's
    channel.
    """

    tx: Transaction
    passport: Passport
    chat_id: int
    person: Person | None
    deadlines: Deadlines
    names: Mapping[str, str] | None
    live: int | None = None
    owners: frozenset[int] = frozenset()  # Telegram ids of the settings
    username: str = ""
    channel: ChannelState = NO_CHANNEL

    @property
    def actor(self) -> Actor | None:
        """In which role the person acts; None for strangers and for suspended accounts."""
        if self.person is None or self.person.suspended:
            return None
        if self.chat_id in self.owners and self.person.role == "manager":
            return "owner"
        return self.person.role

    @property
    def is_staff(self) -> bool:
        return self.actor in ("methodist", "manager", "owner")

    def is_early(self, message_id: int) -> bool:
        """Whether a message was sent before the question was shown: no answer (0004)."""
        return self.live is not None and message_id < self.live

    @property
    def now(self) -> datetime:
        return self.tx.now

    @property
    def zone(self) -> ZoneInfo:
        return self.passport.calendar.zone

    @property
    def calendar(self) -> Calendar:
        """The dates that hold for the visitor's school; for staff those of all schools."""
        return self.calendar_of(self.person.school if self.person else None)

    def school_name(self, slug: str) -> str:
        """The short name of a school: «Школа № 24». Not for onlookers."""
        assert self.names is not None
        return self.names.get(slug) or f"Школа № {slug.removeprefix('s')}"

    def calendar_of(self, school: str | None) -> Calendar:
        return self.deadlines.of(school)


def onlooker(
    tx: Transaction,
    passport: Passport,
    chat_id: int,
    *,
    live: int | None = None,
    username: str = "",
    channel: ChannelState = NO_CHANNEL,
) -> Visit:
    """The visit of a chat without an account that only looks: nothing is read for it. No report is
    theirs, so nobody needs to know which dates were moved, and a screen that names a school asks
    for that one name."""
    dates = Deadlines(passport.calendar, ())
    return Visit(tx, passport, chat_id, None, dates, None, live, username=username, channel=channel)


async def visit_of(
    tx: Transaction,
    passport: Passport,
    chat_id: int,
    person: Person | None = None,
    *,
    live: int | None = None,
    owners: frozenset[int] = frozenset(),
    username: str = "",
    channel: ChannelState = NO_CHANNEL,
) -> Visit:
    """The visit of a chat, with the dates and the names of schools as they are in ``tx``."""
    dates = Deadlines(passport.calendar, await deadlines.moves(tx))
    names = await schools.short_names(tx)
    return Visit(tx, passport, chat_id, person, dates, names, live, owners, username, channel)
