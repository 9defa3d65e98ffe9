"""The sample city: every state of a quarter, and nothing that the bot itself would not let in."""

import asyncio
import contextlib
import socket
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import select

from bot.app import App
from bot.settings import Settings
from demo import city
from demo.plan import MARKED
from demo.quarter import BEFORE, COLLECTED, EARLIER, FIRST_MOMENT, QUESTIONNAIRES, YEAR
from demo.residents import BLOCKED_SCHOOL, METHODIST, NEWCOMER_SCHOOL, SHOWN, residents
from demo.stage import CHANNEL, TOKEN, Stage
from demo.telegram.clock import MovableClock
from handlers.form.entries import wrong_comment
from handlers.notices.compose import Composer
from handlers.notices.letter import Letter
from passport.deadlines import Deadlines
from passport.doubts import doubts
from passport.form import PeriodKey
from passport.loader import Passport
from reminders.planner import due_notices
from storage import answers, audit, board, deadlines, outbox, people, reports, schools, tables
from storage import doubts as doubt_answers
from storage.database import Database
from storage.reports import Filling
from tests import ground
from tests.clock import StillClock, local

PERIODS = (*EARLIER, (YEAR, COLLECTED))


def _database(folder: Path) -> Database:
    return Database(f"sqlite+aiosqlite:///{folder}/city.sqlite", StillClock(FIRST_MOMENT))


@pytest.fixture(scope="module")
def passport() -> Passport:
    return ground.passport()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, passport: Passport) -> Path:
    """The folder of a city that was settled once for all tests here."""
    folder = tmp_path_factory.mktemp("city")

    async def settle() -> None:
        database = _database(folder)
        await _empty(database, passport)
        await city.settle(database, passport)
        await database.close()

    asyncio.run(settle())
    return folder


async def _empty(database: Database, passport: Passport) -> None:
    await ground.lay(database)
    async with database.write() as tx:
        await schools.add_missing(tx, passport.schools.schools)


@pytest.fixture
async def database(settled: Path) -> AsyncIterator[Database]:
    opened = _database(settled)
    yield opened
    await opened.close()


def _candidates(passport: Passport) -> list[str]:
    return [one.slug for one in passport.schools.schools if one.list == "candidate"]


async def _fillings(database: Database, passport: Passport) -> list[Filling]:
    found: list[Filling] = []
    async with database.read() as tx:
        for year in (BEFORE, YEAR):
            years = await reports.form_years(tx, passport.forms, _candidates(passport), year)
            found += [one for form in years.values() for one in form.fillings.values()]
    return found


async def _states(
    database: Database, passport: Passport, year: str, period: PeriodKey
) -> Counter[str]:
    async with database.read() as tx:
        lines = await board.lines(tx, year, period, _candidates(passport), FIRST_MOMENT.date())
    return Counter(line.status or "not begun" for line in lines)


async def test_every_state_of_the_quarter(database: Database, passport: Passport) -> None:
    states = await _states(database, passport, YEAR, COLLECTED)
    assert states == {"accepted": 2, "submitted": 5, "returned": 1, "draft": 5, "not begun": 4}
    async with database.read() as tx:
        lines = await board.lines(tx, YEAR, COLLECTED, _candidates(passport), FIRST_MOMENT.date())
    waiting = [line.doubts for line in lines if line.status == "submitted"]
    assert Counter(waiting) == {0: 3, 1: 1, 2: 1}
    by_school = {line.school.slug: line.status for line in lines}
    assert (by_school["s24"], by_school["s33"], by_school["s39"]) == ("draft", None, "returned")


async def test_what_came_before_is_accepted(database: Database, passport: Passport) -> None:
    whole = {"accepted": 16, "not begun": 1}
    for year, period in EARLIER:
        expected = whole
        if (year, period) == (YEAR, "I"):
            expected = {"accepted": 14, "submitted": 2, "not begun": 1}
        assert await _states(database, passport, year, period) == expected, (year, period)


async def test_only_two_schools_are_ever_late(database: Database, passport: Passport) -> None:
    late = set()
    for one in await _fillings(database, passport):
        report = one.report
        window = passport.calendar.window(report.year, report.period)
        if report.first_submitted_at is not None:
            assert report.late == (report.first_submitted_at > window.due_at)
            assert window.opens_at < report.first_submitted_at < FIRST_MOMENT
        if report.late:
            late.add((report.school, report.period))
    assert late == {(school, period) for school in ("s31", "s46") for period in ("I", "III")}


async def test_what_is_sent_is_whole_and_its_doubts_are_answered(
    database: Database, passport: Passport
) -> None:
    fillings = await _fillings(database, passport)
    assert len(fillings) == 16 * (len(EARLIER) + len(QUESTIONNAIRES)) + 13
    comments = 0
    async with database.read() as tx:
        for one in fillings:
            if one.report.submitted_at is None:
                continue
            assert one.sheet.gaps == ()
            found = [doubt for doubt in doubts(one.sheet) if doubt.severity != "info"]
            assert one.report.doubts == len(found)
            said = await doubt_answers.settled(tx, one.report.id)
            assert said.keys() == {(doubt.key, doubt.text) for doubt in found}
            for doubt in found:
                comment = said[doubt.key, doubt.text]
                assert comment or doubt.severity == "soft"
                assert not comment or not wrong_comment(comment)
                comments += bool(comment)
            sent = await reports.submission(tx, one.report.id)
            assert sent is not None
            assert sent[1] == one.sheet.answers
            assert not one.report.has_unsent_changes
    assert comments == 3


async def test_drafts_are_left_in_the_middle(database: Database, passport: Passport) -> None:
    drafts = {
        one.report.school: one
        for one in await _fillings(database, passport)
        if one.report.status == "draft"
    }
    assert {school: len(one.sheet.answers) for school, one in drafts.items() if one.sheet.gaps} == {
        "s24": 7,
        "s31": 3,
        "s35": 12,
        "s46": 20,
    }
    assert drafts["s27"].sheet.gaps == ()
    async with database.read() as tx:
        # A report in which somebody is just answering is not reminded of.
        since = local(2027, 1, 12, 9, 0)
        assert await answers.recently_changed(tx, YEAR, COLLECTED, since) == set()


async def test_each_report_is_its_own_schools(database: Database) -> None:
    log, sent = tables.answer_log, tables.submissions
    async with database.read() as tx:
        for acts in (log, sent):
            rows = await tx.connection.execute(
                select(tables.reports.c.school, tables.people.c.school.label("of"))
                .distinct()
                .join(acts, acts.c.report_id == tables.reports.c.id)
                .outerjoin(tables.people, tables.people.c.id == acts.c.by)
            )
            found = {(row.school, row.of) for row in rows}
            assert len(found) == 16
            assert all(school == of for school, of in found)


async def test_the_log_tells_all_of_it_in_order(database: Database) -> None:
    async with database.read() as tx:
        entries = await audit.page(tx, 1000)
    assert [one.at for one in entries] == sorted((one.at for one in entries), reverse=True)
    assert Counter((one.act, one.role) for one in entries) == {
        ("submit", "coordinator"): 16 * (len(EARLIER) + len(QUESTIONNAIRES)) + 8,
        ("accept", "methodist"): 16 * (len(EARLIER) + len(QUESTIONNAIRES)) - 2 + 2,
        ("return", "methodist"): 1,
        ("mark_plan", "manager"): len(MARKED),
        ("grant_time", "methodist"): 1,
        ("move_deadline", "methodist"): 1,
    }


async def test_everybody_has_a_coordinator_but_the_newcomer(
    database: Database, passport: Passport
) -> None:
    async with database.read() as tx:
        hands = await board.hands(tx)
    assert sorted(hands) == sorted(set(_candidates(passport)) - {NEWCOMER_SCHOOL})
    assert {one.accounts for school, one in hands.items() if school != "s24"} == {1}
    assert hands["s24"].accounts == 2
    assert [school for school, one in hands.items() if not one.reachable] == [BLOCKED_SCHOOL]


async def test_one_deadline_is_moved_and_one_school_asks(
    database: Database, passport: Passport
) -> None:
    async with database.read() as tx:
        dates = Deadlines(passport.calendar, await deadlines.moves(tx))
        asked = await deadlines.waiting_requests(tx)
    own = [one for one in _candidates(passport) if dates.has_own(one, YEAR, COLLECTED)]
    assert own == ["s46"]
    assert dates.window("s46", YEAR, COLLECTED).due_at == local(2027, 1, 18, 17)
    assert [(one.school, f"{one.due:%d.%m}") for one in asked] == [("s35", "19.01")]


async def test_what_is_on_its_way_can_be_told(database: Database, passport: Passport) -> None:
    async with database.read() as tx:
        waiting = sorted(await outbox.take(tx, 10), key=lambda one: one.kind)
        told = [await Composer(passport)(tx, one) for one in waiting]
        returned = await people.by_telegram_id(tx, 1008)
    assert [one.kind for one in waiting] == ["returned", "time_asked"]
    assert returned is not None
    assert waiting[0].person == returned.id
    back, asked = told
    assert isinstance(back, Letter)
    assert (back.chat_id, back.screen.text.count("\n• ")) == (1008, 2)
    assert isinstance(asked, Letter)
    assert (asked.chat_id, "Школа № 35" in asked.screen.text) == (METHODIST, True)


async def test_the_first_morning_reminds_of_the_deadline_alone(
    database: Database, passport: Passport
) -> None:
    async with database.read() as tx:
        notices = await due_notices(tx, passport)
    reminders = [(one.school, one.why) for one in notices if one.kind == "reminder"]
    # № 46 has more time, № 39 has just got its report back, № 10 and 40 cannot be written to.
    owing = ("s24", "s24", "s27", "s31", "s33", "s35", "s42")
    assert sorted(reminders) == [(school, "before") for school in owing]


async def test_the_real_bot_in_the_city(tmp_path: Path, passport: Passport) -> None:
    """`make demo` as it stands: the bot polls over HTTP, the page shows who is there."""
    clock = MovableClock(FIRST_MOMENT, frozen=True)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/demo.sqlite", clock)
    await _empty(database, passport)

    @contextlib.asynccontextmanager
    async def open_bot(address: str, clock: MovableClock) -> AsyncIterator[None]:
        settings = Settings(
            _env_file=None,
            bot_token=TOKEN,
            bot_api_url=address,
            database_url=f"sqlite+aiosqlite:///{tmp_path}/demo.sqlite",
        )
        async with App(settings, clock=clock) as bot:
            bot.group.keep("serve", bot.serve)
            yield

    stage = Stage(passport, open_bot, clock)
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    playing = asyncio.create_task(stage.play(database, _free_port(), ready.set_result))
    try:
        either: set[asyncio.Future[Any]] = {ready, playing}
        await asyncio.wait(either, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        assert ready.done(), playing
        telegram = stage.telegram
        known = [telegram.person(id=one.telegram_id) for one in SHOWN if one.role is not None]
        assert await telegram.changes.wait_until(lambda: all(one.screen for one in known), 30)
        async with (
            ClientSession() as session,
            session.get(f"{ready.result()}/sim/state") as response,
        ):
            state = await response.json()
        listed = [one["id"] for one in state["persons"]]
        assert listed == [*(one.telegram_id for one in SHOWN), CHANNEL]
        assert all(one["note"] for one in state["persons"][:-1])
        groups = Counter(jump["group"] for jump in state["jumps"])
        assert groups == {"": 24, "campaign": 10}
        for one in residents(passport):
            chat = telegram.world.chats[one.telegram_id]
            assert (chat.started, chat.blocked) == (one.role is not None, one.blocked)
        assert telegram.strict_violations == []
    finally:
        playing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await playing
        await database.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
