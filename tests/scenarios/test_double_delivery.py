"""Telegram hands everything out twice, late, again after a restart: nothing happens twice."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

from aiogram.types import Update

from demo.telegram import Person
from passport.values import Slot, Value
from tests.world import World, shown

QUIET = (
    *("Не было", "Олимпиад не было совсем", "Победителей и призёров не было"),
    *("Не было", "Не было", "Не было"),
)
# What a second delivery may not touch. The inbox itself grows only with new ids.
TABLES = (
    *("people", "invites", "classes", "class_subjects", "reports", "submissions", "answers"),
    *("answer_log", "doubt_answers", "prompts", "typed_answers", "inbox"),
)


def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """The database as another process sees it."""
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def seen(person: Person) -> list[str]:
    return [message.text for message in person.chat.messages]


async def open_form(world: World, person: Person) -> None:
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(person, label)


async def quiet_quarter(world: World, person: Person) -> None:
    await open_form(world, person)
    await world.say(person, "24")
    await world.say(person, "4,35")
    for label in QUIET:
        await world.press(person, label)
    await world.press(person, "Всё верно, отправить")


async def values(world: World, school: str) -> dict[str, Value]:
    return {slot.question: value for slot, value in (await world.answers("II", school)).items()}


async def test_a_whole_quarter_delivered_twice(world: World) -> None:
    for school in ("s24", "s33"):
        await world.give_classes(school, "Химия")
    once = await world.coordinator("s24", name="Однажды")
    await quiet_quarter(world, once)
    single = everything(world)

    world.telegram.deliver_twice = True
    twice = await world.coordinator("s33", name="Дважды")
    await quiet_quarter(world, twice)
    double = everything(world)

    handed = [one.update_id for one in world.telegram.world.queue.delivered]
    assert len(handed) > len(double["inbox"]) + 12
    assert await values(world, "s33") == await values(world, "s24")
    for table in ("answers", "answer_log", "submissions", "doubt_answers", "reports"):
        assert len(double[table]) == 2 * len(single[table]), table
    assert len(double["submissions"]) == 2
    # The same chat, message for message, but for the school's own name and number.
    told = [text.replace("33", "24") for text in seen(twice)]
    assert [text for text in told if not text.startswith("/start")] == [
        text for text in seen(once) if not text.startswith("/start")
    ]
    assert sum("Отчёт отправлен" in text for text in seen(twice)) == 1
    assert sum(one.document is not None for one in twice.chat.messages) == 1


async def test_every_update_of_the_quarter_again_at_its_end(
    world: World, coordinator: Person
) -> None:
    await quiet_quarter(world, coordinator)
    await world.restart()
    before, chat = everything(world), seen(coordinator)
    calls = len(world.telegram.calls_of("sendMessage", "editMessageText", "sendDocument"))
    given = {one.update_id: one.payload for one in world.telegram.world.queue.delivered}
    assert len(given) > 12
    for payload in reversed(given.values()):
        world.telegram.redeliver(payload)
    await world.pump()
    assert everything(world) == before
    assert seen(coordinator) == chat
    after = len(world.telegram.calls_of("sendMessage", "editMessageText", "sendDocument"))
    assert after == calls


async def test_the_second_delivery_comes_while_the_first_is_handled(
    world: World, coordinator: Person
) -> None:
    await open_form(world, coordinator)
    coordinator.send("24")
    (raw,) = world.telegram.queue.take()
    update = Update.model_validate(raw)
    await asyncio.gather(*(world.app.inbox.accept([update, update]) for _ in range(4)))
    await world.app.inbox.idle()
    slot = Slot("r1", (await world.form_year()).classes[0].id)
    assert await world.logged(slot) == 1
    assert "Средний балл" in shown(coordinator)


async def test_two_taps_and_two_deliveries_of_each_send_once(
    world: World, coordinator: Person
) -> None:
    world.telegram.deliver_twice = True
    await open_form(world, coordinator)
    await world.say(coordinator, "24")
    await world.say(coordinator, "4,35")
    for label in QUIET:
        await world.press(coordinator, label)
    coordinator.click("Всё верно, отправить")
    coordinator.click("Всё верно, отправить")
    await world.pump()
    assert len(everything(world)["submissions"]) == 1
    assert sum("Отчёт отправлен" in text for text in seen(coordinator)) == 1
    assert "Отчёт уже отправлен" in [toast.text for toast in coordinator.toasts]


async def test_an_edit_delivered_twice_corrects_once(world: World, coordinator: Person) -> None:
    await open_form(world, coordinator)
    message = await world.say(coordinator, "24")
    world.telegram.deliver_twice = True
    coordinator.edit(message, "25")
    await world.pump()
    slot = Slot("r1", (await world.form_year()).classes[0].id)
    assert await world.logged(slot) == 2
    assert (await world.answers())[slot].value == 25  # type: ignore[union-attr]


async def test_an_invite_delivered_twice_is_used_once(world: World) -> None:
    world.telegram.deliver_twice = True
    person = await world.coordinator("s24")
    assert len(everything(world)["people"]) == 1
    assert seen(person)[-1].startswith("Готово: вы координатор школы (Школа № 24)")
    assert sum("Готово" in text for text in seen(person)) == 1


async def test_ids_jump_back_in_the_middle_and_everything_comes_twice(
    world: World, coordinator: Person
) -> None:
    world.telegram.deliver_twice = True
    await open_form(world, coordinator)
    await world.say(coordinator, "24")
    for _ in range(3):
        world.telegram.queue.jump_ids()
    await world.say(coordinator, "4,35")
    for label in QUIET[:2]:
        await world.press(coordinator, label)
    world.telegram.queue.jump_ids()
    for label in QUIET[2:]:
        await world.press(coordinator, label)
    await world.press(coordinator, "Всё верно, отправить")
    assert len(everything(world)["submissions"]) == 1
    revisions = {(row[1:5]) for row in everything(world)["answer_log"]}
    assert len(revisions) == len(everything(world)["answer_log"])
