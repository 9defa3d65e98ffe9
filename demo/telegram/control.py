"""What the page asks of whoever put the demo together."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

# Told where the clock is about to go: what happens by then, happens now.
BeforeMoving = Callable[[datetime], Awaitable[None]]


async def nothing_happens(_moment: datetime) -> None:
    """For a world in which only the bot acts upon the clock."""


class Control(Protocol):
    def persons(self) -> Sequence[dict[str, Any]]:
        """The cast: id, name, role, note."""
        ...

    async def jumps(self) -> Sequence[dict[str, str]]:
        """Moments worth moving the clock to: label, to (ISO), group (empty or «campaign»)."""
        ...

    def status(self) -> dict[str, Any]:
        """The bot: status (running, restarting, stopped), username, name."""
        ...

    async def restart(self) -> None:
        """Stop the bot and start it again on the same data."""
        ...
