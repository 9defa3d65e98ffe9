"""Updates that come to the bot's own address instead of being fetched (filled in by HTTP)."""

from demo.telegram.changes import Changes
from demo.telegram.world import World


class Webhook:
    def __init__(self, world: World, changes: Changes) -> None:
        self._world = world
        self._changes = changes

    async def close(self) -> None: ...
