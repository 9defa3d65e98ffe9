"""Updates that come to the bot's own address instead of being fetched."""

from collections.abc import Awaitable, Callable

from demo.telegram.changes import Changes
from demo.telegram.model import Json
from demo.telegram.world import World


class Webhook:
    def __init__(self, world: World, changes: Changes) -> None:
        self._world = world
        self._changes = changes

    def connect(self, call_back: Callable[[str, Json], Awaitable[None]]) -> None:
        self._call_back = call_back

    def start(self, url: str, secret: str) -> None:
        self._world.queue.webhook_url = url
        self._world.queue.webhook_secret = secret

    def stop(self) -> None:
        self._world.queue.webhook_url = ""

    async def close(self) -> None: ...
