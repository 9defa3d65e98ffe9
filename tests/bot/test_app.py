"""The composition root: opens in order, waits for Telegram, closes everything it opened."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from pydantic import SecretStr
from sqlalchemy.exc import DatabaseError

from bot import logs
from bot.app import App
from bot.commands import run
from bot.settings import Settings
from demo.telegram import Person
from demo.telegram.faults import Fault
from demo.telegram.telegram import Telegram
from exports.worker import WorkshopClosedError
from passport.clock import SystemClock
from storage import inbox
from storage.database import Database
from storage.inbox import Arrived
from storage.schema import latest, version
from tests.bot.test_courier import LATE, Pauses
from tests.demo.session import DirectSession
from tests.world import TOKEN, World, shown


class NotedSession(DirectSession):
    """Knows that it was closed, and what stood open then."""

    closed = 0
    tasks_then = -1

    async def close(self) -> None:
        self.closed += 1
        self.tasks_then = len(asyncio.all_tasks())


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(token=TOKEN, username="traektoria_bot")


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """An open connection to the database is a thread that keeps the process from ending."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon and not thread.name.startswith("asyncio"):
            thread.join(LATE)
            assert not thread.is_alive(), thread.name


@pytest.fixture(autouse=True)
def usual_logs() -> Iterator[None]:
    yield
    logs.configure("ERROR", "json")  # run() has its own


def nothing(_job: None) -> bytes:
    return b""


def settings(folder: Path, token: str = TOKEN) -> Settings:
    url = f"sqlite+aiosqlite:///{folder}/bot.sqlite"
    return Settings(_env_file=None, bot_token=SecretStr(token), database_url=url)


async def test_it_opens_and_closes_again_and_again(tmp_path: Path, telegram: Telegram) -> None:
    for _ in range(2):
        session = NotedSession(telegram)
        async with App(settings(tmp_path), session=session) as app:
            assert app.inbox.handled == 0
            assert asyncio.all_tasks() != {asyncio.current_task()}
            assert session.closed == 0
        assert session.closed == 1
        await app.__aexit__(None, None, None)  # nothing is closed a second time
        assert session.closed == 1
        assert asyncio.all_tasks() == {asyncio.current_task()}
        with pytest.raises(WorkshopClosedError):
            await app.workshop.make(nothing, None)


async def test_the_database_is_brought_up_and_schools_are_there(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with App(settings(tmp_path), session=NotedSession(telegram)) as app:
        assert await version(app.database) == latest()
        async with app.database.read() as tx:
            names = await tx.connection.exec_driver_sql("SELECT count(*) FROM schools")
            assert names.scalar() == len(app.passport.schools.schools)


async def test_a_refused_token_closes_what_was_open(tmp_path: Path, telegram: Telegram) -> None:
    session = NotedSession(telegram)
    app = App(settings(tmp_path, "1:unknown"), session=session)
    with pytest.raises(TelegramUnauthorizedError):
        await app.__aenter__()
    assert session.closed == 1
    assert asyncio.all_tasks() == {asyncio.current_task()}
    async with app.database.engine.connect() as connection:  # a new pool: the old one is gone
        assert not connection.closed
    await app.database.close()


async def test_a_file_that_is_no_database_closes_what_was_open(
    tmp_path: Path, telegram: Telegram
) -> None:
    (tmp_path / "bot.sqlite").write_text("Это не база данных, а письмо. " * 100)
    session = NotedSession(telegram)
    with pytest.raises(DatabaseError):
        await App(settings(tmp_path), session=session).__aenter__()
    assert session.closed == 1
    assert telegram.calls == []


TROUBLE = {
    "dropped": Fault("getMe", drop_connection=True, times=3),
    "502": Fault("getMe", code=502, times=3),
    "429": Fault("getMe", retry_after=5, times=3),
    "menu dropped": Fault("setMyCommands", drop_connection=True, times=3),
    "menu 429": Fault("setMyCommands", retry_after=5, times=3),
}


@pytest.mark.parametrize("fault", TROUBLE.values(), ids=TROUBLE.keys())
async def test_the_start_waits_for_telegram(
    tmp_path: Path, telegram: Telegram, fault: Fault
) -> None:
    telegram.faults.add(fault)
    pauses = Pauses()
    async with App(settings(tmp_path), session=NotedSession(telegram), wait=pauses):
        assert fault.hits == 3
        assert pauses.asked == ([5, 5, 5] if fault.retry_after else [1.0, 2.0, 4.0])
        assert telegram.calls_of("setMyCommands")[-1].status == 200


async def test_a_start_that_waits_can_be_stopped(tmp_path: Path, telegram: Telegram) -> None:
    telegram.faults.add(Fault("getMe", drop_connection=True, times=None))
    pauses = Pauses()
    pauses.hold()
    session = NotedSession(telegram)
    opening = asyncio.create_task(
        App(settings(tmp_path), session=session, wait=pauses).__aenter__()
    )
    await pauses.counted(1)
    opening.cancel()
    await asyncio.wait({opening})
    assert opening.cancelled()
    assert session.closed == 1


async def test_a_stop_in_the_middle_ends_the_work_before_what_it_works_with(
    tmp_path: Path, telegram: Telegram
) -> None:
    telegram.faults.add(Fault("sendMessage", code=502, times=None))
    pauses, session = Pauses(), NotedSession(telegram)
    async with App(settings(tmp_path), session=session, wait=pauses) as app:
        telegram.person(id=101).start()
        pauses.hold()
        app.group.keep("serve", app.serve)
        await pauses.counted(1)
        await telegram.changes.wait_until(lambda: telegram.queue.has_poller, LATE)
    assert session.tasks_then == 1  # only the one that closes
    pauses.release()
    telegram.faults.clear()
    async with App(settings(tmp_path), session=session, wait=pauses) as app:
        await app.inbox.idle()
    last = telegram.person(id=101).last
    assert last is not None
    assert "Здравствуйте" in last.text


async def test_what_a_stop_interrupted_is_counted_and_taken_up(
    world: World, coordinator: Person
) -> None:
    await world.app.inbox.finished.flush()  # the marks of what came before
    coordinator.send("/help")
    coordinator.send("/privacy")
    raw = world.telegram.queue.take()
    async with world.app.database.write() as tx:
        for one in raw:
            row = Arrived(one["update_id"], coordinator.id, json.dumps(one))
            assert len(await inbox.store(tx, [row])) == 1
    assert await world.app.inbox.resume() == 2
    await world.app.inbox.idle()
    assert "Что хранит бот" in shown_text(coordinator)
    await world.restart()
    assert await world.app.inbox.resume() == 0


def shown_text(person: Person) -> str:
    assert person.last is not None
    return person.last.text


async def test_no_update_is_taken_before_what_waits_is_taken_up(
    world: World, coordinator: Person
) -> None:
    """A stop between two messages: the later one may not overtake the earlier."""
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(coordinator, label)
    message = coordinator.send("24")
    (raw,) = world.telegram.queue.take()
    async with world.app.database.write() as tx:
        await inbox.store(tx, [Arrived(raw["update_id"], coordinator.id, json.dumps(raw))])
    coordinator.edit(message, "25")
    await world.restart()
    await world.app.poller.once()
    await world.pump()
    assert "Средний балл" in shown(coordinator)
    values = list((await world.answers()).values())
    assert [str(getattr(one, "value", "")) for one in values] == ["25"]


@pytest.mark.parametrize("wrong", ["folder is a file", "file is no database", "spaces"])
async def test_run_says_in_one_sentence_why_it_cannot_start(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter").write_text("Это не база данных. " * 100)
    paths = {"folder is a file": "letter/bot.sqlite", "file is no database": "letter"}
    path = paths.get(wrong, "bot.sqlite")
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    monkeypatch.setenv("BOT_TOKEN", "1:a word" if wrong == "spaces" else TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    assert await asyncio.wait_for(run(), LATE) == 1
    said = capsys.readouterr().err.strip()
    assert ("BOT_TOKEN" if wrong == "spaces" else "База не открывается") in said
    assert "Traceback" not in said


def test_a_database_somewhere_new_gets_its_folder(tmp_path: Path) -> None:
    Database(f"sqlite+aiosqlite:///{tmp_path}/a/b/bot.sqlite", SystemClock())
    assert (tmp_path / "a" / "b").is_dir()
