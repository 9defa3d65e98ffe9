"""The bot's own HTTP side: health, a few figures, and the webhook where polling is cut off."""

import hmac
from collections.abc import Callable

import structlog
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.inbox import Inbox
from storage.database import DatabaseBusyError

log = structlog.get_logger(__name__)
HOOK = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name


class HttpSide:
    """Serves on one port; started only when a port is set."""

    def __init__(
        self, port: int, inbox: Inbox, secret: str, figures: Callable[[], dict[str, float]]
    ) -> None:
        self._port = port
        self._inbox = inbox
        self._secret = secret
        self._figures = figures
        self._runner: web.AppRunner | None = None

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/health", self._health)
        app.router.add_get("/metrics", self._metrics)
        if self._secret:
            app.router.add_post(HOOK, self._hook)
        return app

    async def start(self) -> None:
        self._runner = web.AppRunner(self.application())
        await self._runner.setup()
        # Reached through the operator's reverse proxy, which ends TLS; health must not be public.
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", **self._figures()})

    async def _metrics(self, _request: web.Request) -> web.Response:
        lines = [f"traektoria_{name} {value:g}" for name, value in self._figures().items()]
        return web.Response(text="\n".join(lines) + "\n")

    async def _hook(self, request: web.Request) -> web.Response:
        """Answers 200 only when the update is stored; else Telegram sends it again."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.model_validate_json(await request.read())
        except ValidationError:
            log.error("an update that cannot be read")
            return web.Response(status=200)  # it will never be readable: do not ask for it again
        try:
            await self._inbox.accept([update])
        except DatabaseBusyError:
            return web.Response(status=503)
        return web.Response(status=200)
