"""A whole world for a scenario: Telegram, people, the bot, its database, a clock that is moved.

The bot is the real one; only the wire is short-circuited. Nothing sleeps: the bot's pauses pass
at once, and ``pump`` hands over updates until there are none.
"""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Self

from bot.app import App
from bot.settings import Settings
from demo.telegram import MessageView, MovableClock, Person, Telegram
from passport.form import PeriodKey
from passport.register import ClassDraft
from passport.values import Slot, Value
from storage import answers, classes, invites, people, reports
from storage.reports import FormYear
from tests import ground
from tests.clock import local
from tests.demo.session import DirectSession
from tests.workshop import LastingWorkshop

YEAR = "2026-2027"
TOKEN = "1000000001:token-of-the-scenario-bot"
OWNER = 1_999_999_999  # named in the settings
# By the machine's clock: a slow one would tick in the middle of a test, which says itself when.
NEVER = timedelta(days=365)


async def at_once(_seconds: float) -> None:
    """A pause of the bot, without the waiting."""
    await asyncio.sleep(0)


class World:
    def __init__(self, folder: Path, *, channel_id: str = "") -> None:
        self.clock = MovableClock(local(2027, 1, 12, 9, 20), frozen=True)
        self.telegram = Telegram(token=TOKEN, username="traektoria_bot", clock=self.clock)
        self.settings = Settings(
            _env_file=None,
            bot_token=TOKEN,
            database_url=f"sqlite+aiosqlite:///{folder}/bot.sqlite",
            owner_ids=(OWNER,),
            channel_id=channel_id,
        )
        self._app: App | None = None

    @property
    def app(self) -> App:
        assert self._app is not None
        return self._app

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()
        await self.telegram.close()

    def create_app(self) -> App:
        session = DirectSession(self.telegram)
        return App(
            self.settings,
            clock=self.clock,
            session=session,
            passport=ground.passport(),
            workshop=LastingWorkshop,
            wait=at_once,
            tick=NEVER,
        )

    async def open(self) -> None:
        app = self.create_app()
        await ground.lay(app.database)
        await app.__aenter__()
        self._app = app

    async def close(self) -> None:
        if self._app is not None:
            app, self._app = self._app, None
            await app.__aexit__(None, None, None)

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def pump(self) -> None:
        """Hands over what people did until the bot has answered everything."""
        await self.app.inbox.idle()
        while await self.app.poller.once():
            await self.app.inbox.idle()

    async def tick(self) -> None:
        """What the scheduler does every few seconds: plans, and lets the outbox go out."""
        await self.app.schedule.plan()
        while await self.app.sender.once():
            pass
        await self.app.sender.flush()
        await self.pump()

    async def at(self, *moment: int) -> None:
        """Moves the clock to a local moment, and ticks."""
        self.clock.move_to(local(*moment))
        await self.tick()

    # --- people ------------------------------------------------------------------------------

    async def coordinator(self, school: str = "s24", name: str = "Координатор") -> Person:
        """Somebody who came by an invite, as real coordinators do."""
        async with self.app.database.write() as tx:
            token = await invites.create(tx, "coordinator", school, "замдиректора")
        person = self.telegram.person(name=name)
        person.start(token)
        await self.pump()
        return person

    async def staff(self, role: people.Role) -> Person:
        async with self.app.database.write() as tx:
            token = await invites.create(tx, role, None)
        person = self.telegram.person(name=role)
        person.start(token)
        await self.pump()
        return person

    async def say(self, person: Person, text: str) -> MessageView:
        """Types a message and waits for the answer; what was typed."""
        message = person.send(text)
        await self.pump()
        return message

    async def press(self, person: Person, label: str) -> None:
        """Presses a button of the screen that the person sees."""
        person.click(label)
        await self.pump()

    # --- what is stored ----------------------------------------------------------------------

    async def give_classes(self, school: str = "s24", *subjects: str) -> int:
        """One class with its subjects, registered beforehand; its id."""
        async with self.app.database.write() as tx:
            await classes.add(tx, school, YEAR, [ClassDraft(10, "А", "class", "медицинская")])
            one = (await classes.register(tx, school, YEAR)).open[0]
            await classes.add_subjects(tx, one.id, subjects or ("Химия",))
        return one.id

    async def form_year(self, school: str = "s24", year: str = YEAR) -> FormYear:
        async with self.app.database.read() as tx:
            return await reports.form_year(tx, self.app.passport.forms, school, year)

    async def answers(self, period: PeriodKey = "II", school: str = "s24") -> dict[Slot, Value]:
        """What is stored of a report, read through another connection."""
        filled = await self.form_year(school)
        return dict(filled.fillings[period].sheet.answers) if period in filled.fillings else {}

    async def logged(self, slot: Slot, period: PeriodKey = "II", school: str = "s24") -> int:
        """How many times an answer was changed."""
        filled = await self.form_year(school)
        async with self.app.database.read() as tx:
            report = filled.fillings[period].report
            return len(await answers.history(tx, report.id, slot))


def shown(person: Person) -> str:
    """The text of the screen with buttons that the person sees last."""
    assert person.screen is not None
    return person.screen.text
