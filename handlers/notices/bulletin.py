"""To a subscriber: what has come up since the last time, at most once a day."""

from handlers.notices.letter import Later, Pointless
from handlers.screen import Screen
from handlers.visit import Visit
from storage.outbox import Posted


async def bulletin(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    raise NotImplementedError
