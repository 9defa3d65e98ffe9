"""One update on its way through the handlers: who came, and the transaction it happens in."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from passport.loader import Passport
from storage.database import Transaction
from storage.people import Person


@dataclass(frozen=True)
class Visit:
    """Made once an update, handed to every handler.

    ``live`` is the message of this chat that carries the current screen, if any.
    """

    tx: Transaction
    passport: Passport
    chat_id: int
    person: Person | None
    live: int | None = None

    @property
    def now(self) -> datetime:
        return self.tx.now

    @property
    def zone(self) -> ZoneInfo:
        return self.passport.calendar.zone
