"""A thousand messages to a thousand people: is the pace that Telegram allows used, and kept?

Telegram refuses about one message in a hundred with «wait a second», and watches the flood itself:
it must have nothing to refuse of its own.
"""

import asyncio
from random import Random
from time import perf_counter

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from sqlalchemy import func, select

from benchmarks.ratios import Bar, tell, tell_fact, tell_share
from benchmarks.rig import START, WatchedTelegram, database_url, folder, served, settle
from bot import logs
from bot.line import Line
from bot.pace import IN_ALL, Pace
from bot.sender import Sender
from demo.telegram import MovableClock
from demo.telegram.faults import Fault
from demo.telegram.model import Call, Json
from storage import outbox, people
from storage.database import Database
from storage.outbox import Notice, State
from storage.schema import migrate
from storage.tables import outbox as rows
from tests.office import Words

PEOPLE = 1000
ROUNDS = 3
REFUSED = 0.01

PACE = Bar(0.95, at_least=True)


class Round:
    def __init__(self, telegram: WatchedTelegram, database: Database, sender: Sender) -> None:
        self.telegram = telegram
        self.database = database
        self.sender = sender

    async def play(self, number: int, accounts: list[int]) -> float:
        """Achieved pace : allowed pace."""
        async with self.database.write() as tx:
            notices = [Notice(f"{number}.{one}", "reminder", one) for one in accounts]
            await outbox.post(tx, notices)
        settle()
        before = len(self.telegram.calls)
        begun = perf_counter()
        while await self.sender.once():
            pass
        spent = perf_counter() - begun
        allowed = (spent - told_to_wait(self.telegram.calls[before:])) / IN_ALL
        return len(accounts) / allowed

    async def sent(self) -> int:
        async with self.database.read() as tx:
            found = await tx.connection.execute(
                select(func.count()).select_from(rows).where(rows.c.state == State.SENT)
            )
            return found.scalar_one()


def told_to_wait(calls: list[Call]) -> float:
    """Seconds in which Telegram wanted to hear nothing; those that overlap count once."""
    seconds = until = 0.0
    for call in calls:
        if call.status == 429:
            end = call.at + call.response["parameters"]["retry_after"]
            seconds += max(0.0, end - max(until, call.at))
            until = max(until, end)
    return seconds


async def prepared(telegram: WatchedTelegram, database: Database) -> list[int]:
    """Accounts of people who have started the bot."""
    await migrate(database)
    accounts = []
    async with database.write() as tx:
        for _ in range(PEOPLE):
            person = telegram.person()
            person.start()
            accounts.append((await people.add(tx, person.id, "methodist", None, "")).id)
    return accounts


async def measure() -> bool:
    logs.configure("ERROR", "json")
    telegram = WatchedTelegram()
    telegram.flood.enabled = True
    chance = Random(1)

    def unlucky(_params: Json) -> bool:
        return chance.random() < REFUSED

    made = telegram.faults.add(Fault("sendMessage", unlucky, retry_after=1, times=None))
    with folder() as place:
        database = Database(database_url(place), MovableClock(START))
        try:
            async with served(telegram) as address:
                session = AiohttpSession(api=TelegramAPIServer.from_base(address))
                default = DefaultBotProperties(parse_mode=ParseMode.HTML)
                bot = Bot(telegram.token, session=session, default=default)
                sender = Sender(bot, database, Line(), Pace(), Words())
                accounts = await prepared(telegram, database)
                one = Round(telegram, database, sender)
                ratios = [await one.play(number, accounts) for number in range(ROUNDS)]
                sent = await one.sent()
                await session.close()
        finally:
            await database.close()
    refusals = sum(call.status == 429 for call in telegram.calls)
    return all(
        [
            tell(f"achieved pace / allowed pace, {PEOPLE} messages", ratios, PACE, "rounds"),
            tell_share("messages sent", sent, PEOPLE * ROUNDS),
            tell_share("messages that arrived once", arrived(telegram), PEOPLE * ROUNDS),
            tell_fact("flood control itself refused nothing", refusals == made.hits > 0),
            tell_fact("every call is one that the Bot API knows", not telegram.strict_violations),
        ]
    )


def arrived(telegram: WatchedTelegram) -> int:
    """How many different messages there are, and no two the same."""
    said = [
        (message.chat_id, message.text)
        for chat in telegram.world.chats.values()
        for message in chat.messages.values()
        if message.from_bot
    ]
    return len(set(said)) if len(set(said)) == len(said) else 0


def main() -> int:
    return 0 if asyncio.run(measure()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
