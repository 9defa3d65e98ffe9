"""The sender: each row once, in order, at the pace, whatever Telegram and the network do."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods.base import TelegramMethod

from bot.carrier import REACH
from bot.group import Group
from bot.pace import BURST
from bot.sender import TOGETHER
from demo.telegram.faults import Fault
from storage import database as database_module
from storage import outbox, people
from storage.outbox import LEASE, Notice, State
from storage.tables import live_messages
from tests.demo.session import DirectSession
from tests.office import Office, key_of, keys, notices
from tests.world import World

LATE = 5.0
LOST: list[dict[str, Any]] = [{"drop_connection": True}, {"code": 502}, {"code": 504}]
LOST_IDS = ["dropped", "502", "504"]


class WatchedSession(DirectSession):
    """Writes down when each call was made, and can hold sends back."""

    def __init__(self, telegram: Any) -> None:
        super().__init__(telegram)
        self.office: Office
        self.sends: list[float] = []
        self.begun = 0
        self.noticed = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def make_request(self, bot: Any, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109
        if method.__api_method__ == "sendMessage":
            self.begun += 1
            self.sends.append(self.office.time.now)
            self.noticed.set()
            await self.open.wait()
        return await super().make_request(bot, method, timeout)

    async def counted(self, count: int) -> None:
        while self.begun < count:
            self.noticed.clear()
            await asyncio.wait_for(self.noticed.wait(), LATE)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = Office(tmp_path)
    session = WatchedSession(made.telegram)
    session.office = made
    made.session = session
    async with made:
        yield made
        assert made.telegram.strict_violations == []


def session_of(office: Office) -> WatchedSession:
    assert isinstance(office.session, WatchedSession)
    return office.session


def probes(office: Office) -> int:
    return len(office.telegram.calls_of("editMessageReplyMarkup"))


def sends(office: Office) -> int:
    return len(office.telegram.calls_of("sendMessage"))


# --- in quiet times ----------------------------------------------------------------------------


async def test_what_is_due_is_sent_and_written_down(office: Office) -> None:
    anna, boris = await office.join(2)
    await office.post(anna, "a1")
    await office.post(boris, "b1")
    assert await office.drain() == 2
    assert keys(anna) == ["a1"]
    assert keys(boris) == ["b1"]
    row = (await office.rows())["a1"]
    assert (row.state, row.attempts, row.reason) == (State.SENT, 1, "")
    assert row.message_id == next(iter(notices(anna))).message_id
    assert row.sent_at == office.clock.now()
    assert row.leased_until is None
    assert row.sent_after is None
    assert probes(office) == 0


async def test_a_key_gives_one_message(office: Office) -> None:
    (anna,) = await office.join()
    assert await office.post(anna, "a1") == 1
    assert await office.post(anna, "a1") == 0
    await office.drain()
    assert await office.post(anna, "a1") == 0
    await office.drain()
    assert keys(anna) == ["a1"]


async def test_one_persons_rows_go_out_in_order_a_second_apart(office: Office) -> None:
    anna, boris = await office.join(2)
    await office.post(anna, "a1", "a2", "a3")
    await office.post(boris, "b1")
    await office.drain()
    assert keys(anna) == ["a1", "a2", "a3"]
    assert office.log_of_sends()[1] == (boris.id, "b1")
    assert office.time.now == pytest.approx(2)


async def test_a_row_waits_for_its_time(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1", not_before=office.clock.now() + timedelta(hours=1))
    assert await office.drain() == 0
    office.clock.shift(timedelta(hours=1))
    assert await office.drain() == 1


async def test_what_is_no_longer_true_is_dropped(office: Office) -> None:
    (anna,) = await office.join()
    office.words.untrue.add("a1")
    await office.post(anna, "a1", "a2")
    assert await office.drain() == 2
    assert keys(anna) == ["a2"]
    row = (await office.rows())["a1"]
    assert (row.state, row.reason) == (State.DROPPED, "уже не нужно")


async def test_a_row_that_cannot_be_composed_holds_up_nobody(office: Office) -> None:
    anna, boris = await office.join(2)
    office.words.broken.add("a1")
    await office.post(anna, "a1")
    await office.post(boris, "b1")
    await office.drain()
    assert keys(boris) == ["b1"]
    row = (await office.rows())["a1"]
    assert row.state == State.WAITING
    assert row.not_before == office.clock.now() + timedelta(seconds=2)
    office.words.broken.clear()
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1"]


async def test_the_service_sends_when_it_is_woken(office: Office) -> None:
    (anna,) = await office.join()
    group = Group()
    group.keep("sender", office.sender.run)
    for key in ("a1", "a2"):
        await office.post(anna, key)
        office.clock.shift(timedelta(seconds=1))
        office.sender.wake()
        while (await office.rows())[key].state != State.SENT:  # written down without a close
            office.time.pass_on()
            await asyncio.sleep(0)
    assert keys(anna) == ["a1", "a2"]
    await group.close()


# --- refusals ----------------------------------------------------------------------------------


async def test_a_429_moves_everything(office: Office) -> None:
    everybody = await office.join(40)
    for number, person in enumerate(everybody):
        await office.post(person, f"r{number}")
    office.telegram.faults.add(Fault("sendMessage", retry_after=30))
    await office.drain()
    assert [keys(person) for person in everybody] == [[f"r{number}"] for number in range(40)]
    assert [call.status for call in office.telegram.calls_of("sendMessage")].count(429) == 1
    moments = session_of(office).sends
    told = next(call for call in office.telegram.calls_of("sendMessage") if call.status == 429)
    begin = moments[office.telegram.calls_of("sendMessage").index(told)]
    assert sum(moment <= begin for moment in moments) <= BURST  # on their way already
    again = begin + 30 - 1e-6
    assert not any(begin < moment < again for moment in moments)
    assert sum(again <= moment < again + 0.03 for moment in moments) <= BURST
    assert set(await office.states()) == {State.SENT}
    assert probes(office) == 0


async def test_the_courier_waits_for_the_senders_429_too(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", retry_after=9))
    await office.drain()
    assert office.line.resume_at == 9
    assert office.time.now == pytest.approx(9)


async def test_who_blocked_the_bot_is_marked_once(office: Office) -> None:
    anna, boris = await office.join(2)
    await office.post(anna, "a1", "a2")
    await office.post(boris, "b1")
    anna.block()
    await office.drain()
    rows = await office.rows()
    assert [rows[key].state for key in ("a1", "a2")] == [State.FAILED] * 2
    assert rows["a1"].reason == "заблокировал бота"
    assert not await office.reachable(anna)
    assert await office.reachable(boris)
    assert office.unreachable == [office.account(anna)]
    assert keys(boris) == ["b1"]


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Forbidden: user is deactivated", "учётная запись удалена"),
        ("Forbidden: bot can't initiate conversation with a user", "не начинал разговор с ботом"),
        ("Forbidden: something new", "Telegram не пускает в чат: Forbidden: something new"),
    ],
)
async def test_other_closed_doors(office: Office, description: str, reason: str) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", code=403, description=description))
    await office.drain()
    row = (await office.rows())["a1"]
    assert row.state == State.FAILED
    assert row.reason.endswith(reason)
    assert office.unreachable == [office.account(anna)]


async def test_a_chat_that_is_not_there_is_a_closed_door(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    fault = Fault("sendMessage", code=400, description="Bad Request: chat not found")
    office.telegram.faults.add(fault)
    await office.drain()
    row = (await office.rows())["a1"]
    assert (row.state, row.reason) == (State.FAILED, "чат не найден")
    assert not await office.reachable(anna)


async def test_a_message_that_telegram_refuses_fails_alone(office: Office) -> None:
    anna, boris = await office.join(2)
    office.words.addition = " <i>и так далее"
    await office.post(anna, "a1")
    await office.drain()
    office.words.addition = ""
    await office.post(boris, "b1")
    await office.drain()
    row = (await office.rows())["a1"]
    assert row.state == State.FAILED
    assert "can't parse entities" in row.reason
    assert await office.reachable(anna)
    assert office.unreachable == []
    assert keys(boris) == ["b1"]


# --- silence -----------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOST, ids=LOST_IDS)
async def test_lost_before_the_effect_it_is_sent_once(office: Office, loss: dict[str, Any]) -> None:
    anna, _ = await office.join(2)
    await office.post(anna, "a1", "a2")
    office.telegram.faults.add(Fault("sendMessage", **loss))
    await office.drain()
    assert keys(anna) == []  # the second does not overtake the first
    row = (await office.rows())["a1"]
    assert (row.state, row.attempts) == (State.WAITING, 1)
    assert row.not_before == office.clock.now() + timedelta(seconds=2)
    assert row.sent_after is not None
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1", "a2"]
    assert probes(office) <= REACH


@pytest.mark.parametrize("loss", LOST, ids=LOST_IDS)
async def test_lost_after_the_effect_it_is_found(office: Office, loss: dict[str, Any]) -> None:
    anna, boris = await office.join(2)
    await office.post(anna, "a1", "a2")
    office.telegram.faults.add(Fault("sendMessage", after_effect=True, **loss))
    await office.drain()
    boris.send("что-то")
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1", "a2"]
    assert sends(office) == 2
    row = (await office.rows())["a1"]
    assert row.state == State.SENT
    assert row.message_id == next(iter(notices(anna))).message_id


async def test_the_pauses_double_and_have_an_end(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("*", drop_connection=True, times=None))
    pauses = []
    for _ in range(10):
        await office.drain()
        row = (await office.rows())["a1"]
        pauses.append((row.not_before - office.clock.now()).total_seconds())
        office.clock.move_to(row.not_before)
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    office.telegram.faults.clear()
    await office.drain()
    assert keys(anna) == ["a1"]


async def test_in_an_outage_few_sends_become_unclear(office: Office) -> None:
    everybody = await office.join(50)
    for number, person in enumerate(everybody):
        await office.post(person, f"r{number}")
    outage = office.telegram.faults.add(Fault("*", drop_connection=True, times=None))
    group = Group()
    group.keep("sender", office.sender.run)
    await session_of(office).counted(BURST)
    for _ in range(TOGETHER - BURST):  # the turns of the others come
        office.time.pass_on()
        await office.time.settle()
    assert session_of(office).begun <= BURST  # but it is silent now, and pauses
    await group.close()
    assert sum(row.sent_after is not None for row in (await office.rows()).values()) <= BURST
    office.telegram.faults.remove(outage)
    office.clock.shift(timedelta(seconds=10))
    office.open()
    await office.drain()
    assert [keys(person) for person in everybody] == [[f"r{number}"] for number in range(50)]


async def test_a_silent_probe_leaves_it_unclear(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True, after_effect=True))
    office.telegram.faults.add(Fault("editMessageReplyMarkup", drop_connection=True, times=2))
    await office.drain()
    before = (await office.rows())["a1"].sent_after
    for pause in (2, 4):
        office.clock.shift(timedelta(seconds=pause))
        await office.drain()
        row = (await office.rows())["a1"]
        assert (row.state, row.sent_after) == (State.WAITING, before)
    office.clock.shift(timedelta(seconds=8))
    await office.drain()
    assert (await office.rows())["a1"].state == State.SENT
    assert keys(anna) == ["a1"]


async def test_drawn_otherwise_the_second_time_it_is_still_found(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True, after_effect=True))
    await office.drain()
    office.words.button, office.words.addition = "Открыть", " Остался 1 день"
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1"]
    assert anna.screen is not None
    assert anna.screen.labels == ["Открыть"]
    assert (await office.rows())["a1"].state == State.SENT


async def test_a_long_one_is_cut_and_found_again(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.words.addition = "\nШкола № 24" * 500
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True, after_effect=True))
    await office.drain()
    office.words.button = "Открыть"  # only the words tell that it is ours
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    (one,) = notices(anna)
    assert "\n… и ещё " in one.text
    assert anna.screen is not None
    assert anna.screen.labels == ["Открыть"]
    assert (await office.rows())["a1"].state == State.SENT


async def test_an_answer_of_before_the_crash_is_not_taken_for_it(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True))
    await office.drain()
    markup = {"inline_keyboard": [[{"text": "Дальше", "callback_data": "x1"}]]}
    params = {"chat_id": anna.id, "text": "Сколько учеников?", "reply_markup": markup}
    await office.telegram.call(office.telegram.token, "sendMessage", params)
    answer = anna.last
    await office.restart()
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1"]
    assert answer is not None
    assert answer.labels == []  # it must not offer what belongs to the notice


async def test_the_screen_is_not_touched(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True))
    await office.drain()
    markup = {"inline_keyboard": [[{"text": "Дальше", "callback_data": "x1"}]]}
    params = {"chat_id": anna.id, "text": "Сколько учеников?", "reply_markup": markup}
    await office.telegram.call(office.telegram.token, "sendMessage", params)
    screen = anna.last
    assert screen is not None
    async with office.database.write() as tx:
        values = {"chat_id": anna.id, "message_id": screen.message_id}
        await tx.connection.execute(live_messages.insert().values(values))
    await office.restart()
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1"]
    assert screen.labels == ["Дальше"]


async def test_messages_that_are_accounted_for_are_not_touched(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True))
    await office.drain()
    for number in range(100):
        office.line.account_for(anna.send(str(number)).message_id)
    office.clock.shift(timedelta(seconds=2))
    await office.drain()
    assert keys(anna) == ["a1"]
    assert probes(office) == 1  # Start, of which nobody told the line


async def test_a_channel_counts_for_itself(office: Office) -> None:
    (anna,) = await office.join()
    channel = office.telegram.channel(title="Отчёты")
    channel.admit(by=anna.id)
    office.words.elsewhere = channel.chat.id
    await office.post(anna, "a1", "a2")
    await office.drain()
    assert [key_of(message.text) for message in channel.messages] == ["a1", "a2"]
    assert [row.message_id for row in (await office.rows()).values()] == [1, 2]  # its own counter
    assert office.time.now == pytest.approx(3)


async def test_a_new_process_knows_how_far_the_messages_got(office: Office) -> None:
    anna, boris = await office.join(2)
    await office.post(anna, "a1")
    await office.drain()
    newest = (await office.rows())["a1"].message_id
    assert newest is not None
    await office.restart()
    await office.post(boris, "b1")
    office.telegram.faults.add(Fault("sendMessage", drop_connection=True))
    await office.drain()
    assert (await office.rows())["b1"].sent_after == newest


# --- stops and starts --------------------------------------------------------------------------


async def test_a_stop_finishes_what_has_begun_and_begins_nothing(office: Office) -> None:
    everybody = await office.join(30)
    for number, person in enumerate(everybody):
        await office.post(person, f"r{number}")
    session = session_of(office)
    session.open.clear()
    group = Group()
    group.keep("sender", office.sender.run)
    await session.counted(BURST)
    closing = asyncio.ensure_future(group.close())
    await office.time.settle()
    assert not closing.done()
    session.open.set()
    await asyncio.wait_for(closing, LATE)
    states = await office.states()
    assert states.count(State.SENT) == sends(office) == BURST
    assert all(row.sent_after is None for row in (await office.rows()).values())
    await office.restart()
    await office.drain()
    assert [keys(person) for person in everybody] == [[f"r{number}"] for number in range(30)]
    assert sends(office) == 30
    assert probes(office) == 0


@pytest.mark.parametrize("told", ["before it stops", "while it stops"])
async def test_a_stop_does_not_wait_for_the_end_of_a_429(office: Office, told: str) -> None:
    everybody = await office.join(5)
    for number, person in enumerate(everybody):
        await office.post(person, f"r{number}")
    office.telegram.faults.add(Fault("sendMessage", retry_after=600, times=5))
    session = session_of(office)
    if told == "while it stops":
        session.open.clear()
    group = Group()
    group.keep("sender", office.sender.run)
    await session.counted(5)
    closing = asyncio.ensure_future(group.close())
    await office.time.settle()
    session.open.set()
    await asyncio.wait_for(closing, LATE)
    assert office.time.now == 0
    await office.restart()
    await office.drain()
    assert sends(office) == 10
    assert [keys(person) for person in everybody] == [[f"r{number}"] for number in range(5)]


async def test_a_clock_that_is_set_back_holds_no_row(office: Office) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1", not_before=office.clock.now() - timedelta(days=2))
    session_of(office).open.clear()
    dying = asyncio.ensure_future(office.sender.once())
    await session_of(office).counted(1)
    leased = (await office.rows())["a1"].leased_until
    assert leased == office.clock.now() + LEASE
    office.clock.shift(timedelta(days=-1))
    office.open()  # the first process never came to write anything down
    session_of(office).open.set()
    await office.drain()
    assert (await office.rows())["a1"].state == State.SENT
    await asyncio.wait_for(dying, LATE)


async def test_a_busy_database_loses_no_outcome(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (anna,) = await office.join()
    await office.post(anna, "a1")
    await office.database.close()
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 1)
    office.open()
    assert await office.time.through(office.sender.once()) == 1
    other = sqlite3.connect(tmp_path / "bot.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for attempt in (office.sender.once, office.sender.flush):
        with pytest.raises(database_module.DatabaseBusyError):
            await attempt()
    await office.sender.close()  # says so in the log, and keeps it
    other.execute("ROLLBACK")
    other.close()
    assert await office.states() == [State.WAITING]
    await office.sender.flush()
    assert await office.states() == [State.SENT]


async def test_a_notice_that_was_pressed_is_known_to_be_sent(world: World) -> None:
    """A crash, and the person presses before anybody looks: the notice becomes the screen."""
    await world.restart()
    anna = await world.coordinator()
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, anna.id)
        assert account is not None
        notice = Notice("a1", "reminder", account.id, "s24", "2026-2027", "II", "nudge")
        await outbox.post(tx, [notice])
    world.telegram.faults.add(Fault("sendMessage", drop_connection=True, after_effect=True))
    await world.app.sender.once()
    await world.app.sender.flush()
    anna.click("Заполнить", anna.last)
    await world.restart()
    await world.pump()
    world.clock.shift(timedelta(minutes=2))
    while await world.app.sender.once():
        pass
    told = [call for call in world.telegram.calls if "🔔" in str(call.params.get("text"))]
    assert len(told) == 1


async def test_what_people_write_and_what_they_are_answered_is_accounted_for(world: World) -> None:
    anna = await world.coordinator()
    written = await world.say(anna, "/help")
    line = world.app.line
    assert line.accounts_for(written.message_id)
    assert anna.last is not None
    assert line.accounts_for(anna.last.message_id)
    assert line.highest == anna.last.message_id
