"""What a row of the outbox says, and to whom."""

from handlers.screen import Screen
from storage.database import Transaction
from storage.outbox import Posted


async def compose(_tx: Transaction, _row: Posted) -> tuple[int, Screen] | None:
    """The chat and the screen; None when it is no longer true, or there is nobody to tell.

    Nothing posts rows yet, so there is nothing to say.
    """
    return None
