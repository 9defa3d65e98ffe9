"""The outbox's sender alone, over a real database and the in-process Telegram: no whole bot.

Time is in a hurry, and the clock stands still until it is moved.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from sqlalchemy import select

from bot.line import Line
from bot.pace import Pace
from bot.sender import Sender
from demo.telegram import MessageView, MovableClock, Person, Telegram
from handlers.notices.letter import Composed, Letter, Pointless
from handlers.screen import Button, Screen
from storage import outbox, people
from storage.database import Database, Transaction
from storage.outbox import LEASE, Notice, Posted, State
from storage.tables import outbox as outbox_table
from storage.tables import people as people_table
from tests import ground
from tests.clock import local
from tests.demo.session import DirectSession
from tests.hurry import Hurry

BUTTON = "Открыть отчёт"


class Words:
    """What rows say: their key, under one button. It can be changed, and it can fail."""

    def __init__(self) -> None:
        self.addition = ""
        self.button = BUTTON
        self.untrue: set[str] = set()
        self.broken: set[str] = set()
        self.elsewhere: int | None = None

    async def __call__(self, tx: Transaction, row: Posted) -> Composed:
        if row.key in self.broken:
            raise RuntimeError("made to fail")
        found = await tx.connection.execute(
            select(people_table.c.telegram_id).where(people_table.c.id == row.person)
        )
        chat: int | None = found.scalar()
        if row.key in self.untrue or chat is None:
            return Pointless("уже не нужно")
        text = f"⏰ <b>Напоминание</b>\n{row.key}{self.addition}"
        screen = Screen(text, ((Button(self.button, data="f1:II"),),))
        return Letter(self.elsewhere or chat, screen)


class Office:
    def __init__(self, folder: Path, session: BaseSession | None = None) -> None:
        self.clock = MovableClock(local(2027, 1, 12, 9, 20), frozen=True)
        self.telegram = Telegram(clock=self.clock)
        self.url = f"sqlite+aiosqlite:///{folder}/bot.sqlite"
        self.session = session or DirectSession(self.telegram)
        self.words = Words()
        self.unreachable: list[int] = []
        self.people: dict[int, Person] = {}  # by account
        self._opened: list[Database] = []
        self.time: Hurry
        self.line: Line
        self.database: Database
        self.sender: Sender

    async def __aenter__(self) -> Self:
        self.open()
        await ground.lay(self.database)
        return self

    async def __aexit__(self, *_error: object) -> None:
        for database in self._opened:
            await database.close()
        await self.telegram.close()

    def open(self) -> None:
        """A process that has just been started."""
        self.time = Hurry()
        self.database = ground.hurry(Database(self.url, self.clock))
        self._opened.append(self.database)
        self.line = Line(self.time.wait, self.time.monotonic)
        default = DefaultBotProperties(parse_mode=ParseMode.HTML)
        self.sender = Sender(
            Bot(self.telegram.token, session=self.session, default=default),
            self.database,
            self.line,
            Pace(self.time.wait, self.time.monotonic),
            self.words,
            on_unreachable=self._note_unreachable,
        )

    async def restart(self) -> None:
        await self.time.through(self.sender.close())
        await self.bury()
        self.open()

    async def bury(self) -> None:
        """Takes a process away, without the niceties of a stop."""
        await self.database.close()
        self._opened.remove(self.database)

    async def _note_unreachable(self, _tx: Transaction, person: int) -> None:
        self.unreachable.append(person)

    async def join(self, count: int = 1) -> list[Person]:
        """Methodists who have written to the bot."""
        joined = []
        async with self.database.write() as tx:
            for _ in range(count):
                person = self.telegram.person()
                person.start()
                account = await people.add(tx, person.id, "methodist", None, "")
                self.people[account.id] = person
                joined.append(person)
        return joined

    def account(self, person: Person) -> int:
        return next(number for number, one in self.people.items() if one.id == person.id)

    async def post(self, person: Person, *keys: str, **more: Any) -> int:
        account = self.account(person)
        async with self.database.write() as tx:
            notices = [Notice(key, "reminder", account, **more) for key in keys]
            return await outbox.post(tx, notices)

    async def drain(self) -> int:
        """Sends until nothing is due; how many rows were handled."""
        handled = 0
        while done := await self.time.through(self.sender.once()):
            handled += done
        return handled

    async def rows(self) -> dict[str, Posted]:
        async with self.database.read() as tx:
            found = await tx.connection.execute(select(outbox_table).order_by(outbox_table.c.id))
            return {
                row.key: Posted(**(dict(row._mapping) | {"state": State(row.state)}))
                for row in found
            }

    async def states(self) -> list[State]:
        return [row.state for row in (await self.rows()).values()]

    async def reachable(self, person: Person) -> bool:
        async with self.database.read() as tx:
            found = await people.by_telegram_id(tx, person.id)
        assert found is not None
        return found.reachable

    def after_the_lease(self) -> None:
        self.clock.shift(LEASE + timedelta(seconds=1))

    def log_of_sends(self) -> list[tuple[int, str]]:
        """(chat, key) of every message that Telegram took, in order."""
        return [
            (call.params["chat_id"], key_of(call.params["text"]))
            for call in self.telegram.calls_of("sendMessage")
            if call.status in {0, 200}
        ]


def key_of(text: str) -> str:
    return text.partition("\n")[2]


def keys(person: Person) -> list[str]:
    """What a person got, in order."""
    return [key_of(message.text) for message in notices(person)]


def notices(person: Person) -> Iterable[MessageView]:
    return [message for message in person.chat.from_bot if "Напоминание" in message.text]
