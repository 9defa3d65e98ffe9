"""Updates that are brought to the bot's own address instead of being fetched.

One at a time and in order: the next update goes out when the address has answered the one before
with a 2xx, and an update is tried again until then.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from demo.telegram.changes import Changes
from demo.telegram.clock import MovableClock
from demo.telegram.forms import Form, read_multipart
from demo.telegram.model import Json, UploadedFile
from demo.telegram.refusals import ApiError, ConnectionDropped
from demo.telegram.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_PATIENCE = ClientTimeout(total=60)
_LONG = 3600.0

CallBack = Callable[[str, Json, Mapping[str, UploadedFile]], Awaitable[object]]


class Webhook:
    def __init__(self, world: World, changes: Changes, clock: MovableClock) -> None:
        self._world = world
        self._changes = changes
        self._clock = clock
        self._call_back: CallBack | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopped: set[asyncio.Task[None]] = set()  # on their way out, awaited by close()
        # How long to leave a failing address alone, in real seconds.
        self.retry_seconds = 1.0

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    def connect(self, call_back: CallBack) -> None:
        """Who carries out a call that a bot wrote into its answer."""
        self._call_back = call_back

    def start(self, url: str, secret: str) -> None:
        queue = self._world.queue
        if self.running and (queue.webhook_url, queue.webhook_secret) == (url, secret):
            return
        self.stop()
        queue.webhook_url, queue.webhook_secret = url, secret
        self._task = asyncio.get_running_loop().create_task(self._deliver(), name="webhook")

    def stop(self) -> None:
        queue = self._world.queue
        queue.webhook_url = queue.webhook_secret = queue.webhook_error = ""
        self._cancel()

    async def close(self) -> None:
        """Can be called twice. The address stays set, as it does when a server goes down."""
        self._cancel()
        if self._stopped:
            await asyncio.wait(self._stopped)
            self._stopped.clear()

    def _cancel(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            self._stopped.add(task)

    async def _deliver(self) -> None:
        waiting = self._world.queue.waiting
        async with ClientSession(timeout=_PATIENCE) as session:
            while True:
                await self._changes.wait_until(lambda: bool(waiting), _LONG)
                while waiting:
                    update = waiting[0]
                    error = await self._bring(session, update.payload)
                    if error:
                        self._note(error)
                        await asyncio.sleep(self.retry_seconds)
                    elif waiting and waiting[0] is update:
                        self._world.queue.delivered.append(waiting.popleft())
                        self._changes.wake()

    def _note(self, error: str) -> None:
        self._world.queue.webhook_error = error
        self._world.queue.webhook_error_at = int(self._clock.now().timestamp())
        self._changes.wake()

    async def _bring(self, session: ClientSession, payload: Json) -> str:
        """What went wrong, in Telegram's words; nothing, when the update was taken."""
        queue = self._world.queue
        headers = {SECRET_HEADER: queue.webhook_secret} if queue.webhook_secret else {}
        try:
            async with session.post(queue.webhook_url, json=payload, headers=headers) as response:
                if not response.ok:
                    status = f"{response.status} {response.reason}"
                    return f"Wrong response from the webhook: {status}"
                form = await _call_in(response)
        except TimeoutError:
            return "Read timeout expired"
        except ClientError:
            return "Connection refused"
        method = form.params.pop("method", "")
        if method and self._call_back is not None:
            with contextlib.suppress(ConnectionDropped):  # how it ends, nobody is told anyway
                await self._call_back(str(method), form.params, form.files)
        return ""


async def _call_in(response: ClientResponse) -> Form:
    """A bot may answer an update with a call, as JSON or as a form; anything else is ignored."""
    try:
        if response.content_type == "application/json":
            body = await response.json()
            return Form(body if isinstance(body, dict) else {})
        if response.content_type == "multipart/form-data":
            return await read_multipart(MultipartReader(response.headers, response.content))
    except (ValueError, ApiError):
        pass  # unreadable or too large: the update itself was taken
    return Form()
