"""To coordinators: cards of classes that nobody has looked at for long."""

from handlers.notices.letter import Later, Pointless
from handlers.screen import Screen
from handlers.visit import Visit
from storage.outbox import Posted


async def cards_check(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    raise NotImplementedError
