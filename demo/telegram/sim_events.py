"""The stream of changes for the page (server-sent events)."""

import asyncio
import contextlib
import json

from aiohttp import web

from demo.telegram.changes import Change
from demo.telegram.telegram import Telegram

_HEARTBEAT_SECONDS = 15.0
_BACKLOG = 256


class EventStream:
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._readers: set[asyncio.Queue[Change | None]] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        changes: asyncio.Queue[Change | None] = asyncio.Queue(_BACKLOG)
        self._readers.add(changes)
        stop = self._telegram.changes.listen(lambda change: _offer(changes, change))
        try:
            await response.write(b": here\n\n")
            await self._write_all(response, changes)
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            stop()
            self._readers.discard(changes)
        return response

    async def close(self, _app: web.Application) -> None:
        """Let the pages go, otherwise the server waits for them."""
        for reader in tuple(self._readers):
            _offer(reader, None)

    async def _write_all(
        self, response: web.StreamResponse, changes: asyncio.Queue[Change | None]
    ) -> None:
        while True:
            try:
                change = await asyncio.wait_for(changes.get(), _HEARTBEAT_SECONDS)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if change is None:
                return
            event = {"rev": change.rev, "chat_id": change.chat_id, "what": change.what}
            await response.write(f"data: {json.dumps(event)}\n\n".encode())


def _offer(reader: asyncio.Queue[Change | None], change: Change | None) -> None:
    """A page that does not read loses the oldest changes: it reads the whole state anyway."""
    if reader.full():
        with contextlib.suppress(asyncio.QueueEmpty):
            reader.get_nowait()
    reader.put_nowait(change)
