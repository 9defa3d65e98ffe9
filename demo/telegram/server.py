"""The same Telegram over HTTP, for loopback only: the Bot API, the page, the people's acts."""

import json
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from demo.telegram.control import BeforeMoving, Control, nothing_happens
from demo.telegram.forms import read_form
from demo.telegram.limits import UPLOAD_BYTES
from demo.telegram.refusals import ApiError, ConnectionDropped, too_large
from demo.telegram.sim import add_sim
from demo.telegram.telegram import Telegram

_HERE = {"localhost", "127.0.0.1", "::1"}
_dumps = partial(json.dumps, ensure_ascii=False)


def create_app(
    telegram: Telegram,
    *,
    page_dir: Path,
    control: Control,
    before_moving: BeforeMoving = nothing_happens,
) -> web.Application:
    """An application to be bound to 127.0.0.1, and to nothing else."""
    app = web.Application(middlewares=[only_from_here], client_max_size=UPLOAD_BYTES + 1024**2)
    site = _Site(telegram, page_dir)
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", site.call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", site.download)
    app.router.add_get("/", site.page)
    app.router.add_static("/page/", page_dir)
    add_sim(app, telegram, control, before_moving)
    return app


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what a foreign page could make a browser on this machine ask for.

    A name that was rebound to 127.0.0.1 shows in Host, a form on another site in Origin.
    """
    origin = request.headers.get("Origin")
    if not _is_here(f"//{request.host}") or (origin is not None and not _is_here(origin)):
        raise web.HTTPForbidden(text="This server talks to its own machine only.")
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _is_here(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _HERE
    except ValueError:
        return False


class _Site:
    def __init__(self, telegram: Telegram, page_dir: Path) -> None:
        self._telegram = telegram
        self._page_dir = page_dir

    async def call(self, request: web.Request) -> web.Response:
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            form = await read_form(request)
        except ApiError as refusal:
            return web.json_response(refusal.answer(), status=refusal.code)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response(too_large().answer(), status=413)
        try:
            status, answer = await self._telegram.call(token, method, form.params, form.files)
        except ConnectionDropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)  # written to nobody
        return web.json_response(answer, status=status, dumps=_dumps)

    async def download(self, request: web.Request) -> web.Response:
        data = self._telegram.download(request.match_info["token"], request.match_info["path"])
        if data is None:
            refusal = ApiError(404, "Not Found")
            return web.json_response(refusal.answer(), status=404)
        return web.Response(body=data, content_type="application/octet-stream")

    async def page(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(self._page_dir / "index.html")
