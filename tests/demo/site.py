"""The demo's server on a free port, and a browser that talks to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

from demo.telegram import Telegram
from demo.telegram.server import create_app


@dataclass
class Cast:
    """Stands in for whoever puts the demo together."""

    people: list[dict[str, Any]] = field(default_factory=list)
    restarts: int = 0
    told: list[tuple[datetime, datetime]] = field(default_factory=list)  # where the clock went

    def persons(self) -> list[dict[str, Any]]:
        return self.people

    async def jumps(self) -> list[dict[str, str]]:
        return [{"label": "к сроку", "to": "2027-01-14T17:00:00+12:00"}]

    def status(self) -> dict[str, Any]:
        return {"status": "running", "username": "demo_bot", "name": "Demo"}

    async def restart(self) -> None:
        self.restarts += 1


class Browser:
    def __init__(self, runner: web.AppRunner, session: ClientSession) -> None:
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.session = session
        self.stop = runner.cleanup

    async def get(self, path: str) -> Any:
        async with self.session.get(self.address + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        """The answer, whatever its status: refusals are JSON, too."""
        async with self.session.post(self.address + path, json=body) as response:
            answer = await response.json()
            assert response.status == (400 if answer.get("ok") is False else 200)
            return answer


@asynccontextmanager
async def serving(telegram: Telegram, cast: Cast, page: Path) -> AsyncIterator[Browser]:
    async def before_moving(moment: datetime) -> None:
        cast.told.append((telegram.clock.now(), moment))

    app = create_app(telegram, page_dir=page, control=cast, before_moving=before_moving)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with ClientSession() as session:
            yield Browser(runner, session)
    finally:
        await telegram.close()
        await runner.cleanup()
