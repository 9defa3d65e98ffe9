"""A coordinator fills the form while Telegram, the line or the bot's own parts fail."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from demo.telegram import Person
from demo.telegram.faults import Fault
from demo.telegram.model import Json
from passport.values import Slot, Value
from storage.reports import Filling
from tests.world import World, at_once, shown

TALKING = (
    *("sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery"),
    *("sendDocument", "setMyCommands"),
)
TROUBLES = {
    "429": {"retry_after": 3},
    "502": {"code": 502},
    "502 after the effect": {"code": 502, "after_effect": True},
    "dropped": {"drop_connection": True},
    "dropped after the effect": {"drop_connection": True, "after_effect": True},
}
QUIET = (
    *("Не было", "Олимпиад не было совсем", "Победителей и призёров не было"),
    *("Не было", "Не было", "Не было"),
)


async def open_form(world: World, person: Person) -> Slot:
    """Up to the first question; its slot."""
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(person, label)
    assert "сколько учеников на" in shown(person)
    return Slot("r1", (await world.form_year()).classes[0].id)


async def quiet_quarter(world: World, person: Person) -> Filling:
    """Eight answers and the sending; the report as it is stored."""
    await open_form(world, person)
    await world.say(person, "24")
    await world.say(person, "4,35")
    for label in QUIET:
        await world.press(person, label)
    await world.press(person, "Всё верно, отправить")
    return (await world.form_year()).fillings["II"]


def count(world: World, what: str) -> int:
    """A figure of the database, read from outside."""
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def now_and_then(every: int) -> Iterator[bool]:
    return itertools.cycle((False,) * (every - 1) + (True,))


@pytest.fixture
async def calm(world: World, coordinator: Person) -> dict[Slot, Value]:
    """What a quiet quarter comes to when nothing goes wrong."""
    return dict((await quiet_quarter(world, coordinator)).sheet.answers)


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
async def test_every_third_call_fails_and_the_report_is_as_in_calm(
    world: World, calm: dict[Slot, Value], trouble: Json
) -> None:
    await world.give_classes("s33", "Химия")
    person = await world.coordinator("s33")
    for method in TALKING:
        beat = now_and_then(3)
        fault = Fault(method, match=lambda _, beat=beat: next(beat), times=None, **trouble)  # type: ignore[misc]
        world.telegram.faults.add(fault)
    logged = count(world, "answer_log")
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(person, label)
    for text in ("24", "4,35"):
        await world.say(person, text)
    for label in QUIET:
        await world.press(person, label)
    await world.press(person, "Всё верно, отправить")

    filling = (await world.form_year("s33")).fillings["II"]
    assert filling.report.status == "submitted"
    stored = {(slot.question, value) for slot, value in filling.sheet.answers.items()}
    assert stored == {(slot.question, value) for slot, value in calm.items()}
    assert count(world, "answer_log") == 2 * logged
    assert count(world, f"submissions WHERE report_id = {filling.report.id}") == 1
    receipts = [one for one in person.chat.messages if "Отчёт отправлен" in one.text]
    assert len(receipts) >= 1
    if not trouble.get("after_effect"):
        assert len(receipts) == 1
    assert any(one.document for one in person.chat.from_bot)
    assert "Отправлен вт 12 января" in shown(person)
    assert sum(fault.hits for fault in world.telegram.faults) > 5


async def test_under_real_flood_control_everybody_is_answered(
    world: World, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pass_time(seconds: float) -> None:
        world.clock.shift(timedelta(seconds=seconds))
        await at_once(seconds)

    monkeypatch.setattr("tests.world.at_once", pass_time)
    await world.restart()
    await open_form(world, coordinator)
    world.telegram.flood.enabled = True
    for _ in range(12):
        coordinator.send("/help")
        coordinator.send("/form")
    await world.pump()
    await world.say(coordinator, "24")
    assert 429 in {call.status for call in world.telegram.calls}
    helped = [one for one in world.telegram.calls_of("sendMessage") if one.status == 200]
    assert len(helped) >= 24
    assert "Средний балл" in shown(coordinator)


def reachable(world: World, person: Person) -> bool:
    return count(world, f"people WHERE telegram_id = {person.id} AND reachable") == 1


async def test_who_blocks_the_bot_loses_nothing(world: World, coordinator: Person) -> None:
    slot = await open_form(world, coordinator)
    coordinator.send("24")
    coordinator.block()
    await world.pump()
    assert 403 in {call.status for call in world.telegram.calls}
    assert not reachable(world, coordinator)
    assert await world.logged(slot) == 1
    coordinator.unblock()
    await world.pump()
    assert reachable(world, coordinator)
    await world.say(coordinator, "/form")
    assert "Средний балл" in shown(coordinator)
    await world.say(coordinator, "4,35")
    assert "вне учебного плана" in shown(coordinator)


async def test_blocking_and_unblocking_is_noticed_without_a_word(
    world: World, coordinator: Person
) -> None:
    before = len(coordinator.chat.history)
    coordinator.block()
    await world.pump()
    assert not reachable(world, coordinator)
    coordinator.unblock()
    await world.pump()
    assert reachable(world, coordinator)
    assert len(coordinator.chat.history) == before


async def test_whoever_writes_and_is_answered_is_reachable(
    world: World, coordinator: Person
) -> None:
    """A 403 that passed, and no word from Telegram about it."""
    await open_form(world, coordinator)
    world.telegram.faults.add(Fault("sendMessage", code=403))
    await world.say(coordinator, "24")
    assert not reachable(world, coordinator)
    await world.say(coordinator, "/form")
    assert "Средний балл" in shown(coordinator)
    assert reachable(world, coordinator)


async def test_a_screen_that_telegram_refuses_stops_nothing(
    world: World, coordinator: Person
) -> None:
    slot = await open_form(world, coordinator)
    fault = world.telegram.faults.add(Fault("sendMessage", code=400))
    await world.say(coordinator, "24")
    assert fault.hits == 1
    assert await world.logged(slot) == 1
    await world.say(coordinator, "4,35")
    assert "вне учебного плана" in shown(coordinator)
    assert count(world, "inbox WHERE state <> 2") <= 1


async def test_a_form_that_cannot_be_made_is_said(world: World, coordinator: Person) -> None:
    await world.app.workshop.close()  # no worker: as when the machine cannot start one
    filling = await quiet_quarter(world, coordinator)
    assert filling.report.status == "submitted"
    texts = [one.text for one in coordinator.chat.from_bot]
    assert any("Отчёт отправлен" in text for text in texts)
    assert "⚠️ Файл пока не получился. Попросите его ещё раз: /export" in texts
    assert "Отправлен вт 12 января" in shown(coordinator)
    await world.restart()
    await world.say(coordinator, "/export")
    assert any(one.document for one in coordinator.chat.from_bot)


async def test_a_file_too_large_for_telegram_is_not_sent_for_ever(
    world: World, coordinator: Person
) -> None:
    fault = world.telegram.faults.add(Fault("sendDocument", code=413, times=20))
    await world.say(coordinator, "/export")
    assert fault.hits < 3
    assert "/export" in coordinator.chat.from_bot[-1].text


async def test_a_menu_that_is_not_set_costs_no_answer(world: World) -> None:
    world.telegram.faults.add(Fault("setMyCommands", code=400, times=None))
    person = await world.coordinator("s24")
    assert "Готово: вы координатор школы" in shown(person)


async def test_a_toast_that_fails_costs_no_answer(world: World, coordinator: Person) -> None:
    await open_form(world, coordinator)
    world.telegram.faults.add(Fault("answerCallbackQuery", code=400, times=None))
    await world.press(coordinator, "Позже →")
    assert "Средний балл" in shown(coordinator)
