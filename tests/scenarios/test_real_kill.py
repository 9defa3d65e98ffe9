"""A real process over real HTTP, killed with SIGKILL at ten random moments of the form."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import func, select

from demo.telegram import MovableClock, Person, Telegram
from demo.telegram.server import create_app
from passport.loader import load_passport
from passport.register import ClassDraft
from passport.values import Item, Named, Nothing, Number, Slot, Value
from storage import classes, invites, reports, schools
from storage.database import Database
from storage.schema import migrate
from storage.tables import answer_log
from tests.clock import local
from tests.scenarios import bot_process
from tests.scenarios.test_kill_matrix import Act, press, say
from tests.world import YEAR

TOKEN = "1000000001:token-of-the-bot-that-is-killed"
ROOT = Path(__file__).parents[2]
START = local(2027, 1, 12, 9, 20)
KILLS = 10
PATIENCE = 60.0  # seconds of a machine that is busy with other tests; nothing waits for them to end
FORM: list[tuple[Act, str]] = [
    (say("/reports"), "Отчёты"),
    (press("II четверть"), "Срок: чт 14 января"),
    (press("Продолжить"), "сколько учеников на"),
    (say("24"), "средний балл"),
    (say("4,35"), "Сколько было мероприятий"),
    (say("2"), "муниципальный уровень: какие"),
    (say("Ярмарка – 24\nЭкскурсия"), "Не вижу числа"),
    (say("Экскурсия – 12"), "сколько всего"),
    (press("Сумма"), "региональный уровень"),
    (press("Не было"), "всероссийский уровень: какие"),
    (press("Не было"), "международный уровень"),
    (press("Не было"), "Олимпиады по профильным"),
    (press("Олимпиад не было совсем"), "Победители и призёры олимпиад"),
    (press("Победителей и призёров не было"), "провела сама школа"),
    (say("2"), "Сколько педагогов завершили"),
    (press("Не было"), "участвовали педагоги"),
    (say("Семинар – 3"), "Все ответы есть"),
    (press("1 ✔"), "Все ответы есть"),
    (press("тправить"), "Отправлен"),
    (press("6 ✅"), "Что изменить"),
    (press("✏️"), "провела сама школа"),
    (say("3"), "Все ответы есть"),
]


class Nobody:
    """The page of this Telegram is not looked at."""

    def persons(self) -> list[dict[str, Any]]:
        return []

    async def jumps(self) -> list[dict[str, str]]:
        return []

    def status(self) -> dict[str, Any]:
        return {}

    async def restart(self) -> None:
        """There is nothing to restart from here."""


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[str]:
    runner = web.AppRunner(create_app(telegram, page_dir=ROOT / "demo" / "page", control=Nobody()))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await telegram.close()
        await runner.cleanup()


async def prepare(database: Database) -> tuple[str, int, int]:
    """A school with one class; the invite, and the ids of class and subject."""
    await migrate(database)
    async with database.write() as tx:
        await schools.add_missing(tx, load_passport().schools.schools)
        await classes.add(tx, "s24", YEAR, [ClassDraft(10, "А", "class", "")])
        one = (await classes.register(tx, "s24", YEAR)).open[0]
        ids = await classes.add_subjects(tx, one.id, ["Химия"])
        return await invites.create(tx, "coordinator", "s24"), one.id, ids["Химия"]


class Process:
    """Forked from a server that has imported the bot once, which takes seconds."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._server = get_context("forkserver")
        self._server.set_forkserver_preload([bot_process.__name__])
        self._running: ForkServerProcess | None = None

    async def start(self) -> None:
        self._running = self._server.Process(
            target=bot_process.live, args=(self._environment,), daemon=True
        )
        await asyncio.to_thread(self._running.start)

    async def kill(self) -> None:
        if self._running is not None:
            self._running.kill()
            await asyncio.to_thread(self._running.join)


async def test_ten_real_deaths(tmp_path: Path) -> None:
    chance = random.Random(20260824)
    telegram = Telegram(token=TOKEN, username="traektoria_bot", clock=MovableClock(START))
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite", MovableClock(START))
    person = telegram.person(name="Координатор")
    deaths = set(chance.sample(range(len(FORM)), KILLS))
    try:
        invite, class_id, subject_id = await prepare(database)
        async with served(telegram) as address:
            process = Process(
                {
                    "BOT_TOKEN": TOKEN,
                    "BOT_API_URL": address,
                    "DATABASE_URL": str(database.url),
                    "LOG_LEVEL": "ERROR",
                }
            )
            await process.start()
            try:
                person.start(invite)
                await expect(telegram, person, "Готово")
                for number, (act, fragment) in enumerate(FORM):
                    before = seen(person)
                    act(person)
                    if number in deaths:
                        # Anywhere between «not even fetched» and «already answered».
                        await telegram.changes.wait_until(lambda: False, chance.random() * 0.06)
                        await process.kill()
                        await process.start()
                    await expect(telegram, person, fragment, before)
            finally:
                await process.kill()
        answers, log_lines = await stored(database)
        assert answers == expected(class_id, subject_id)
        # Fifteen answers, the list in two messages, row 6 twice: each is logged once.
        assert log_lines == len(answers) + 2
        assert telegram.strict_violations == []
    finally:
        await database.close()


def expected(class_id: int, subject_id: int) -> dict[Slot, Value]:
    nothing = ("r3.regional", "r3.national", "r3.fourth", "r4", "r5", "r7")
    return {
        Slot("r1", class_id): Number(Decimal(24)),
        Slot("r2", class_id, subject_id): Number(Decimal("4.35")),
        Slot("r3"): Number(Decimal(2)),
        Slot("r3.municipal"): Named((Item("Ярмарка", 24), Item("Экскурсия", 12))),
        Slot("r3.municipal.total"): Number(Decimal(36)),
        **{Slot(key): Nothing() for key in nothing},
        Slot("r6"): Number(Decimal(3)),
        Slot("r8"): Named((Item("Семинар", 3),)),
    }


def seen(person: Person) -> tuple[int, str]:
    return (person.screen.message_id, person.screen.text) if person.screen else (0, "")


async def expect(
    telegram: Telegram, person: Person, fragment: str, before: tuple[int, str] = (0, "")
) -> None:
    """Waits for a new screen that says so."""

    def there() -> bool:
        return seen(person) != before and fragment in seen(person)[1]

    found = await telegram.changes.wait_until(there, PATIENCE)
    assert found, f"no {fragment!r} in {person.screen.text if person.screen else None!r}"


async def stored(database: Database) -> tuple[dict[Slot, Value], int]:
    passport = load_passport()
    async with database.read() as tx:
        filled = await reports.form_year(tx, passport.forms, "s24", YEAR)
        lines = await tx.connection.execute(select(func.count()).select_from(answer_log))
        return dict(filled.fillings["II"].sheet.answers), lines.scalar_one()
