"""Where every call of the bot arrives: token, faults, the description, the method, the record.

The order is the server's: a wrong token is told before anything else, an unknown method after the
faults of the way there.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

from demo.telegram.core import Core
from demo.telegram.faults import Fault, Faults
from demo.telegram.methods.request import Request
from demo.telegram.methods.table import TABLE
from demo.telegram.model import Call, Json, UploadedFile
from demo.telegram.refusals import ApiError, ConnectionDropped, bad_request, not_built
from demo.telegram.spec import Reading, bot_api

Answer = tuple[int, Json]

# What the real server says when these are left out; for the rest the strict mode has its own words.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "file_id": "file_id not specified",
}


class Desk:
    def __init__(self, core: Core) -> None:
        self.faults = Faults()
        self._core = core
        self._spec = bot_api()
        self._waits: set[asyncio.Future[None]] = set()
        self._closed = False

    async def take(
        self, token: str, method: str, params: Json, files: Mapping[str, UploadedFile]
    ) -> Answer:
        world = self._core.world
        if token != world.bot.token:
            return _said(ApiError(401, "Unauthorized"))
        name = self._spec.canonical(method)
        known = name in TABLE
        reading = self._spec.read(name, params, frozenset(files)) if name and known else None
        values = reading.values if reading else dict(params)
        call = self._record(name or method, values, files)
        fault = self.faults.strike(call.method, values)
        if fault is not None and fault.spent:
            self._core.changes.tell("fault")  # a page shows which faults are on
        answer = await self._carry_out(call.method, reading, files, fault)
        call.status, call.response = answer
        return answer

    def close(self) -> None:
        self._closed = True
        self.let_go()

    def let_go(self) -> None:
        """Let go of the calls that a fault holds back."""
        for wait in self._waits:
            if not wait.done():
                wait.set_result(None)

    def _record(self, method: str, values: Json, files: Mapping[str, UploadedFile]) -> Call:
        world = self._core.world
        world.call_count += 1
        names = tuple(file.name for file in files.values())
        call = Call(world.call_count, self._core.now(), method, values, names)
        world.calls.append(call)
        return call

    async def _carry_out(
        self,
        method: str,
        reading: Reading | None,
        files: Mapping[str, UploadedFile],
        fault: Fault | None,
    ) -> Answer:
        if fault is None:
            return await self._perform(method, reading, files)
        if not fault.after_effect:
            await self._hold(fault.delay)
            if fault.drop_connection:
                raise ConnectionDropped(f"{method}: dropped before it took effect")
            return (
                _said(fault.error) if fault.error else await self._perform(method, reading, files)
            )
        answer = await self._perform(method, reading, files)
        await self._hold(fault.delay)
        if fault.drop_connection:
            raise ConnectionDropped(f"{method}: dropped after it took effect")
        return _said(fault.error) if fault.error else answer

    async def _perform(
        self, method: str, reading: Reading | None, files: Mapping[str, UploadedFile]
    ) -> Answer:
        try:
            if reading is None:
                raise self._unknown(method)
            self._check(method, reading)
            result: Any = TABLE[method](self._core, Request(method, reading.values, files))
            if isinstance(result, Awaitable):
                result = await result
        except ApiError as refusal:
            return _said(refusal)
        return 200, {"ok": True, "result": result}

    def _unknown(self, method: str) -> ApiError:
        if self._spec.canonical(method) is None:
            return ApiError(404, "Not Found: method not found")
        return not_built(method)

    def _check(self, method: str, reading: Reading) -> None:
        if not self._core.strict:
            return
        missing = [f'parameter "{name}" is required' for name in reading.missing]
        for problem in (*reading.problems, *missing):
            self._core.world.strict_violations.append(f"{method}: {problem}")
        if reading.problems:
            raise bad_request(f"strict: {reading.problems[0]} in {method}")
        if missing:
            words = _MISSING.get(reading.missing[0], f"strict: {missing[0]} in {method}")
            raise bad_request(words)

    async def _hold(self, seconds: float) -> None:
        if seconds <= 0 or self._closed:
            return
        wait: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waits.add(wait)
        try:
            await asyncio.wait({wait}, timeout=seconds)
        finally:
            self._waits.discard(wait)


def _said(refusal: ApiError) -> Answer:
    return refusal.code, refusal.answer()
