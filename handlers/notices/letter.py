"""What becomes of a row of the outbox when its turn has come."""

from dataclasses import dataclass
from datetime import datetime

from handlers.screen import Screen


@dataclass(frozen=True, slots=True)
class Letter:
    """Goes to this chat now."""

    chat_id: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class Later:
    """Goes out when the bot may speak again (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Pointless:
    """No longer so, or nobody to tell; the reason is for the journal."""

    reason: str = ""


Composed = Letter | Later | Pointless
