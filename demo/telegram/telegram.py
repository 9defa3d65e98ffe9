"""A Telegram that fits in one process: one bot, its chats, and the people in them.

Entered directly (`call`, `person`), which is what tests do, or over HTTP, which only wraps `call`.
"""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from demo.telegram.clock import MovableClock, Reading
from demo.telegram.core import Core
from demo.telegram.desk import Answer, Desk
from demo.telegram.faults import Fault, Faults
from demo.telegram.model import Call, ChatKind, Json, UploadedFile
from demo.telegram.person import Person
from demo.telegram.room import Room
from demo.telegram.transcript import ChatView
from demo.telegram.world import World, new_world

TOKEN = "1000000001:demo-token-of-a-telegram-in-one-process"  # noqa: S105 - opens nothing
FIRST_PERSON = 2_000_000_001
FIRST_CHANNEL = -1_002_000_000_001


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole Telegram at one moment. Polls, webhooks and pages are not part of it."""

    world: bytes
    faults: tuple[Fault, ...]
    clock: Reading


class Telegram(Core):
    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "demo_bot",
        name: str = "Demo",
        clock: MovableClock | None = None,
        strict: bool = True,
        seed: int = 1,
    ) -> None:
        world = new_world(token, username, name, seed)
        super().__init__(world, clock or MovableClock(), strict=strict)
        self._desk = Desk(self)
        # A bot may write a call into its answer to a webhook; nobody learns how it ended.
        self.webhook.connect(partial(self.call, token))

    @property
    def token(self) -> str:
        return self.world.bot.token

    @property
    def faults(self) -> Faults:
        return self._desk.faults

    @property
    def calls(self) -> list[Call]:
        """Every call so far, oldest first."""
        return list(self.world.calls)

    @property
    def strict_violations(self) -> list[str]:
        """What the Bot API does not know or misses; a test asserts that this is empty."""
        return self.world.strict_violations

    @property
    def deliver_twice(self) -> bool:
        return self.queue.deliver_twice

    @deliver_twice.setter
    def deliver_twice(self, on: bool) -> None:
        self.queue.deliver_twice = on

    async def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, UploadedFile] | None = None,
    ) -> Answer:
        """One call of the Bot API: the HTTP status and the JSON of the answer.

        Raises ConnectionDropped when a fault takes the connection away.
        """
        return await self._desk.take(token, method, dict(params or {}), files or {})

    def download(self, token: str, path: str) -> bytes | None:
        """The bytes behind a file_path of getFile, or nothing."""
        file = self.world.file_at(path) if token == self.token else None
        return file.data if file is not None else None

    def calls_of(self, *methods: str) -> list[Call]:
        return [call for call in self.world.calls if call.method in methods]

    def person(
        self,
        id: int | None = None,
        name: str = "Person",
        *,
        language_code: str | None = "ru",
        username: str | None = None,
    ) -> Person:
        """A person, new or met before; a new one has not pressed Start yet."""
        user_id = id if id is not None else self._free(FIRST_PERSON, +1)
        return Person.of(self, user_id, name, language_code=language_code, username=username)

    def channel(
        self,
        id: int | None = None,
        title: str = "Channel",
        *,
        username: str | None = None,
    ) -> Room:
        """A channel; the bot is not in it until `admit`."""
        return self._room("channel", id, title, username)

    def group(
        self,
        id: int | None = None,
        title: str = "Group",
        *,
        kind: ChatKind = "supergroup",
        username: str | None = None,
    ) -> Room:
        return self._room(kind, id, title, username)

    def chat(self, chat_id: int) -> ChatView:
        return ChatView(self.world, chat_id)

    def redeliver(self, update: Json | int) -> None:
        """Hand out an update again (the update, or the id of one that was handed out)."""
        self.queue.redeliver(update)

    def snapshot(self) -> Snapshot:
        return Snapshot(pickle.dumps(self.world, 5), self.faults.copies(), self.clock.read())

    def restore(self, snapshot: Snapshot) -> None:
        """Back to a snapshot. Persons and rooms keep working; views of messages are read anew."""
        if self.queue.has_poller or self.webhook.running:
            raise RuntimeError("the bot is connected: stop it before the world is replaced")
        world: World = pickle.loads(snapshot.world)  # noqa: S301 - made by snapshot() above
        for slot in fields(World):
            setattr(self.world, slot.name, getattr(world, slot.name))
        self.faults.put_back(snapshot.faults)
        self.clock.put_back(snapshot.clock)
        self.flood.forget()
        self.changes.tell("message")

    def let_go(self) -> None:
        """Let go of the calls that a fault holds back."""
        self._desk.let_go()

    async def close(self) -> None:
        """Release everybody who waits. Can be called twice."""
        self._desk.close()
        self.queue.close()
        await self.webhook.close()

    def _room(self, kind: ChatKind, chat_id: int | None, title: str, username: str | None) -> Room:
        number = chat_id if chat_id is not None else self._free(FIRST_CHANNEL, -1)
        return Room.of(self, kind, number, title, username)

    def _free(self, first: int, step: int) -> int:
        def candidates() -> Iterator[int]:
            number = first
            while True:
                yield number
                number += step

        return next(number for number in candidates() if number not in self.world.chats)
