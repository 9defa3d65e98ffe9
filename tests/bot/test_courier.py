"""The courier: how Telegram refuses, and what the person gets all the same."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiogram.exceptions import ClientDecodeError
from aiogram.methods.base import TelegramMethod

from bot.finished import MARKS_PAUSE
from demo.telegram import Person
from demo.telegram.faults import Fault
from passport.values import Number, Slot
from tests.demo.session import DirectSession
from tests.world import World, shown

LATE = 5.0  # seconds; what takes longer hangs


class Pauses:
    """The bot's pauses, written down; they pass at once unless held."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._go = asyncio.Event()
        self._go.set()
        self._noticed = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        if seconds == MARKS_PAUSE:  # of the bot's book-keeping; nobody waits for it
            return
        self.asked.append(seconds)
        self._noticed.set()
        await asyncio.sleep(0)
        await self._go.wait()

    def hold(self) -> None:
        self._go.clear()

    def release(self) -> None:
        self._go.set()

    async def counted(self, count: int) -> None:
        """Until the bot has paused so many times."""
        while len(self.asked) < count:
            self._noticed.clear()
            await asyncio.wait_for(self._noticed.wait(), LATE)


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


async def first_question(world: World, person: Person) -> Slot:
    """Opens the form at its first gap, the pupils of the one class; that slot."""
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(person, label)
    assert "сколько учеников на" in shown(person)
    filled = await world.form_year()
    return Slot("r1", filled.classes[0].id)


def kept(count: int) -> Number:
    return Number(Decimal(count))


async def test_after_a_429_nobody_is_written_to_before_its_time(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    other = await world.coordinator("s33")
    slot = await first_question(world, coordinator)
    world.telegram.faults.add(Fault("sendMessage", retry_after=7))
    sent = len(world.telegram.calls_of("sendMessage"))
    pauses.hold()
    pauses.asked.clear()
    coordinator.send("24")
    other.send("/help")
    pump = asyncio.create_task(world.pump())
    await pauses.counted(2)
    # One was refused, the other did not even try, neither by sending nor by editing.
    assert len(world.telegram.calls_of("sendMessage")) == sent + 1
    assert all(6 < seconds <= 7 for seconds in pauses.asked)
    after = len(world.telegram.calls)
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(world.telegram.calls) == after
    pauses.release()
    await asyncio.wait_for(pump, LATE)
    assert "Средний балл" in shown(coordinator)
    assert "Как заполнять" in shown(other)
    assert (await world.answers())[slot] == kept(24)


async def test_a_502_is_tried_again_with_growing_pauses(
    world: World, coordinator: Person, pauses: Pauses
) -> None:
    slot = await first_question(world, coordinator)
    world.telegram.faults.add(Fault("sendMessage", code=502, times=4))
    pauses.asked.clear()
    await world.say(coordinator, "24")
    assert pauses.asked == [0.5, 1.0, 2.0, 4.0]
    assert "Средний балл" in shown(coordinator)
    assert await world.logged(slot) == 1


async def test_a_dropped_connection_is_tried_again(world: World, coordinator: Person) -> None:
    slot = await first_question(world, coordinator)
    world.telegram.faults.add(Fault("sendMessage", drop_connection=True, times=2))
    before = len(coordinator.chat.from_bot)
    await world.say(coordinator, "24")
    assert len(coordinator.chat.from_bot) == before + 1
    assert await world.logged(slot) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault("sendMessage", drop_connection=True, after_effect=True),
        Fault("sendMessage", code=504, after_effect=True),
    ],
    ids=["dropped", "504"],
)
async def test_lost_after_the_effect_the_message_may_double_the_answer_not(
    world: World, coordinator: Person, fault: Fault
) -> None:
    slot = await first_question(world, coordinator)
    world.telegram.faults.add(fault)
    await world.say(coordinator, "24")
    assert await world.logged(slot) == 1
    assert "Средний балл" in shown(coordinator)
    await world.say(coordinator, "4,35")
    assert Number(Decimal("4.35")) in (await world.answers()).values()


class ErrorPage(DirectSession):
    """A server in front of Telegram that answers with a page instead of JSON."""

    pages = 0

    async def make_request(self, bot: Any, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109
        if method.__api_method__ == "sendMessage" and self.pages:
            self.pages -= 1
            return self.check_response(
                bot, method, 502, "<html><body>502 Bad Gateway</body></html>"
            )
        return await super().make_request(bot, method, timeout)


async def test_an_error_page_of_a_proxy_is_tried_again(
    world: World, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.world.DirectSession", ErrorPage)
    await world.restart()
    slot = await first_question(world, coordinator)
    session = world.app.bot.session
    assert isinstance(session, ErrorPage)
    session.pages = 2
    with pytest.raises(ClientDecodeError):  # what aiogram makes of such a page
        await world.app.bot.send_message(coordinator.id, "made to fail")
    await world.say(coordinator, "24")
    assert await world.logged(slot) == 1
    assert "Средний балл" in shown(coordinator)


async def test_a_screen_that_is_gone_is_sent_anew(world: World, coordinator: Person) -> None:
    await first_question(world, coordinator)
    assert coordinator.screen is not None
    press = coordinator.click("Позже →")
    coordinator.delete(coordinator.screen)
    await world.pump()
    assert press.answered
    assert "Средний балл" in shown(coordinator)
    assert coordinator.last == coordinator.screen


async def test_a_press_on_a_message_that_was_deleted_long_ago(
    world: World, coordinator: Person
) -> None:
    await first_question(world, coordinator)
    screen = coordinator.screen
    assert screen is not None
    data = next(one.data for row in screen.buttons for one in row if one.text == "Позже →")
    coordinator.delete(screen)
    press = coordinator.forge_callback(data or "", screen)
    await world.pump()
    assert press.answered
    assert "Средний балл" in shown(coordinator)


async def test_not_modified_is_no_trouble(world: World, coordinator: Person) -> None:
    await first_question(world, coordinator)
    before = len(coordinator.chat.history)
    coordinator.click("☰ Отчёт")
    coordinator.click("☰ Отчёт")
    await world.pump()
    edits = world.telegram.calls_of("editMessageText")[-2:]
    assert [call.status for call in edits] == [200, 400]
    assert len(coordinator.chat.history) == before
    assert "Срок: чт 14 января" in shown(coordinator)


async def test_a_press_that_is_too_old_to_be_answered_still_counts(
    world: World, coordinator: Person
) -> None:
    await first_question(world, coordinator)
    press = coordinator.click("Позже →")
    world.clock.shift(timedelta(minutes=20))
    await world.pump()
    assert not press.answered
    assert "Средний балл" in shown(coordinator)


async def test_an_old_screen_that_cannot_be_deleted_loses_its_buttons(
    world: World, coordinator: Person
) -> None:
    await first_question(world, coordinator)
    old = coordinator.screen
    assert old is not None
    world.clock.shift(timedelta(hours=49))
    await world.say(coordinator, "/form")
    assert world.telegram.calls_of("deleteMessage")[-1].status == 400
    assert not old.deleted
    assert old.labels == []
    assert coordinator.screen != old
    assert "сколько учеников на" in shown(coordinator)
