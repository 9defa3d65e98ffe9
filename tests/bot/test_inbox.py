"""The inbox: each update once, in order, and what became of it after a failure or a stop."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from demo.telegram import Person
from demo.telegram.faults import Fault
from passport.values import Number, Slot
from storage import inbox
from storage.inbox import Arrived
from tests.bot.test_courier import LATE, Pauses
from tests.world import World, shown

APOLOGY = "⚠️ Не получилось, это моя ошибка. Ответ не записан, повторите его."


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    made = Pauses()
    monkeypatch.setattr("tests.world.at_once", made)
    return made


@pytest.fixture
async def world(tmp_path: Path, pauses: Pauses) -> AsyncIterator[World]:
    async with World(tmp_path) as opened:
        yield opened
        assert opened.telegram.strict_violations == []


@pytest.fixture
async def asked(world: World, coordinator: Person) -> Slot:
    """The first question is on the screen; its slot."""
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(coordinator, label)
    return Slot("r1", (await world.form_year()).classes[0].id)


async def sql(world: World, *statements: str) -> list[tuple[Any, ...]]:
    """Straight into the database, past the bot; the rows of the last statement.

    In a thread: the bot may be in the middle of a transaction that this one has to wait for.
    """
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")

    def run() -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            rows: list[tuple[Any, ...]] = []
            for statement in statements:
                rows = connection.execute(statement).fetchall()
            return rows

    return await asyncio.to_thread(run)


def payload_of(update: dict[str, Any]) -> Arrived:
    lane = update["message"]["chat"]["id"]
    return Arrived(update["update_id"], lane, json.dumps(update))


async def test_one_persons_updates_are_handled_in_order(
    world: World, coordinator: Person, asked: Slot
) -> None:
    message = coordinator.send("24")
    for text in ("25", "26", "27"):
        coordinator.edit(message, text)
    await world.pump()
    assert (await world.answers())[asked] == Number(Decimal(27))
    assert await world.logged(asked) == 4


async def test_nobody_waits_for_somebody_elses_trouble(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    other = await world.coordinator("s33")
    slow = Fault("sendMessage", match={"chat_id": coordinator.id}, code=502)
    world.telegram.faults.add(slow)
    pauses.asked.clear()
    pauses.hold()
    coordinator.send("/privacy")
    other.send("/privacy")
    pump = asyncio.create_task(world.pump())
    await pauses.counted(1)
    found = world.telegram.changes.wait_until(
        lambda: other.last is not None and "Что хранит бот" in other.last.text, LATE
    )
    assert await found
    assert "Что хранит бот" not in (coordinator.last.text if coordinator.last else "")
    pauses.release()
    await asyncio.wait_for(pump, LATE)
    assert coordinator.last is not None
    assert "Что хранит бот" in coordinator.last.text


async def test_ids_that_come_out_of_order_are_all_answered(
    world: World, coordinator: Person, asked: Slot
) -> None:
    await world.say(coordinator, "24")
    coordinator.send("4,35")
    for update in world.telegram.queue.take():
        world.telegram.redeliver(update | {"update_id": update["update_id"] - 1000})
    await world.pump()
    assert "вне учебного плана" in shown(coordinator)


@pytest.mark.parametrize("jumps", [1, 2, 3])
async def test_ids_that_start_anew_at_random(
    world: World, coordinator: Person, asked: Slot, jumps: int
) -> None:
    ids = []
    for number in range(jumps):
        ids.append(world.telegram.queue.jump_ids())
        await world.say(coordinator, f"2{number}" if number == 0 else "/form")
    assert await world.logged(asked) == 1
    assert "Средний балл" in shown(coordinator)
    known = {row[0] for row in await sql(world, "SELECT update_id FROM inbox")}
    assert set(ids) <= known


async def test_a_failure_is_owned_and_nothing_is_half_stored(
    world: World, coordinator: Person, asked: Slot
) -> None:
    await sql(
        world, "CREATE TRIGGER broken BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    await world.say(coordinator, "24")
    assert APOLOGY in shown(coordinator)
    assert "сколько учеников на" in shown(coordinator)
    assert await world.answers() == {}
    assert await world.logged(asked) == 0
    await sql(world, "DROP TRIGGER broken")
    await world.say(coordinator, "24")
    assert "Средний балл" in shown(coordinator)
    assert await world.logged(asked) == 1


async def test_a_failed_press_is_owned_too(world: World, coordinator: Person, asked: Slot) -> None:
    await sql(
        world, "CREATE TRIGGER broken BEFORE INSERT ON classes BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    press = coordinator.click("☰ Отчёт")
    await world.pump()
    await world.press(coordinator, "Классы")
    await world.press(coordinator, "Добавить класс")
    await world.say(coordinator, "11 Б инженерная")
    assert APOLOGY in shown(coordinator)
    assert press.answered
    assert len((await world.form_year()).classes) == 1


async def test_an_answer_that_cannot_be_read_back_is_not_met_with_silence(
    world: World, coordinator: Person, asked: Slot
) -> None:
    """A row that no screen of this report can be made of: the apology itself needs no report."""
    await world.say(coordinator, "24")
    await sql(world, "UPDATE answers SET number = 'broken'")
    before = len(coordinator.chat.history)
    await world.say(coordinator, "4,35")
    await world.say(coordinator, "/help")
    said = "\n".join(one.text for one in coordinator.chat.history[before:] if one.from_bot)
    assert "это моя ошибка" in said
    assert "Как заполнять" in said


async def test_an_error_of_the_database_that_does_not_pass_is_owned(
    world: World, coordinator: Person, asked: Slot
) -> None:
    """No such table is not «busy»: trying again for ever would be silence."""
    await sql(world, "ALTER TABLE typed_answers RENAME TO lost")
    coordinator.send("24")
    await asyncio.wait_for(world.pump(), LATE)
    assert "это моя ошибка" in shown(coordinator)


async def test_an_update_stored_before_a_stop_is_answered_after_it(
    world: World, coordinator: Person, asked: Slot
) -> None:
    coordinator.send("24")
    (update,) = world.telegram.queue.take()
    async with world.app.database.write() as tx:
        assert len(await inbox.store(tx, [payload_of(update)])) == 1
    assert "сколько учеников на" in shown(coordinator)
    await world.restart()
    await world.app.inbox.idle()
    assert "Средний балл" in shown(coordinator)
    assert await world.logged(asked) == 1


async def test_an_answer_applied_before_a_stop_gets_its_reply_once(
    world: World, coordinator: Person, asked: Slot, pauses: Pauses
) -> None:
    world.telegram.faults.add(Fault("sendMessage", drop_connection=True, times=None))
    coordinator.send("24")
    pauses.asked.clear()
    pauses.hold()
    await world.app.poller.once()
    await pauses.counted(1)
    await world.close()
    ((state, payload, reply),) = await sql(
        world, "SELECT state, payload, reply FROM inbox WHERE state <> 2"
    )
    assert state == inbox.State.APPLIED
    assert payload is None
    assert "Средний балл" in reply
    world.telegram.faults.clear()
    pauses.release()
    await world.open()
    await world.pump()
    assert "Средний балл" in shown(coordinator)
    assert await world.logged(asked) == 1
    assert [one.text for one in coordinator.chat.from_bot].count(shown(coordinator)) == 1


async def test_a_row_that_cannot_be_read_stands_in_nobodys_way(
    world: World, coordinator: Person, asked: Slot
) -> None:
    """Left by another version of the bot: what comes after it is answered all the same."""
    coordinator.send("24")
    (update,) = world.telegram.queue.take()
    strange = Arrived(1, coordinator.id, '{"update_id": 1, "message": {"strange": true}}')
    async with world.app.database.write() as tx:
        await inbox.store(tx, [strange, payload_of(update)])
    await world.restart()
    await world.app.inbox.idle()
    assert await world.logged(asked) == 1
    assert "Средний балл" in shown(coordinator)


async def test_what_was_written_is_kept_only_until_it_is_answered(
    world: World, coordinator: Person, asked: Slot
) -> None:
    await world.say(coordinator, "24")
    await world.say(coordinator, "слово, которого нет в ответах")
    await world.close()
    rows = await sql(world, "SELECT state, payload, reply FROM inbox")
    assert len(rows) > 5
    assert set(rows) == {(inbox.State.DONE, None, None)}


async def test_groups_and_channels_are_not_listened_to(world: World, coordinator: Person) -> None:
    rows = await sql(world, "SELECT count(*) FROM inbox")
    calls = len(world.telegram.calls_of("sendMessage"))
    for room in (world.telegram.group(), world.telegram.channel()):
        room.admit(by=coordinator.id)
        room.post("/form", by=coordinator.id)
    world.telegram.group(kind="group").admit_as_member(by=coordinator.id).post("/start")
    await world.pump()
    assert await sql(world, "SELECT count(*) FROM inbox") == rows
    assert len(world.telegram.calls_of("sendMessage")) == calls
    assert world.telegram.queue.pending() == []
