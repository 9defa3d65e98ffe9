"""The whole memory of one Telegram, in one object that can be copied.

Whatever waits for something (a long poll, a webhook, a page) lives outside.
"""

import hashlib
import random
from collections import deque
from dataclasses import dataclass, field

from demo.telegram.model import (
    Bot,
    Call,
    Callback,
    Chat,
    InlineAnswer,
    InlineQuery,
    Json,
    StoredFile,
    Toast,
    User,
)

KEPT_CALLS = 50_000
KEPT_UPDATES = 1_000


@dataclass(slots=True)
class QueuedUpdate:
    update_id: int
    payload: Json
    # A repeat is handed out even if the first copy was confirmed meanwhile.
    repeat: bool = False


@dataclass(slots=True)
class QueueState:
    next_id: int
    waiting: deque[QueuedUpdate] = field(default_factory=deque)
    delivered: deque[QueuedUpdate] = field(default_factory=lambda: deque(maxlen=KEPT_UPDATES))
    allowed: tuple[str, ...] | None = None  # None: everything that comes by default
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_error: str = ""
    webhook_error_at: int = 0


@dataclass(slots=True)
class World:
    random: random.Random
    bot: Bot
    queue: QueueState
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    # (person or 0 for everybody, query, offset) → until when it holds, and the answer.
    inline_cache: dict[tuple[int, str, str], tuple[float, InlineAnswer]] = field(
        default_factory=dict
    )
    toasts: dict[int, list[Toast]] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))
    call_count: int = 0
    file_count: int = 0
    strict_violations: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def query_id(self) -> str:
        """Ids of presses are decimal 64-bit integers in a string; the server reads them as such."""
        return str(self.random.randrange(2**62, 2**63))

    def keep_file(
        self,
        data: bytes,
        name: str,
        mime: str,
        folder: str,
        *,
        size: int | None = None,
        width: int = 0,
        height: int = 0,
    ) -> StoredFile:
        self.file_count += 1
        number = self.file_count
        digest = hashlib.sha256(f"{self.bot.user.id}:{number}".encode()).hexdigest()
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file = StoredFile(
            file_id=f"BQACAgIAAxkB{digest[:44]}",
            unique_id=f"AgAD{digest[44:56]}",
            name=name,
            mime=mime,
            data=data,
            path=f"{folder}/file_{number}.{suffix}",
            size=len(data) if size is None else size,
            width=width,
            height=height,
        )
        self.files[file.file_id] = file
        return file

    def file_at(self, path: str) -> StoredFile | None:
        return next((file for file in self.files.values() if file.path == path), None)


def new_world(token: str, username: str, name: str, seed: int) -> World:
    source = random.Random(seed)  # noqa: S311 - must repeat from run to run
    bot_id = int(token.partition(":")[0])
    user = User(bot_id, name, is_bot=True, username=username)
    world = World(
        random=source,
        bot=Bot(token, user),
        queue=QueueState(next_id=source.randrange(100_000_000, 900_000_000)),
    )
    world.users[bot_id] = user
    return world
