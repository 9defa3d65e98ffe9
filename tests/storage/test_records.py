"""What is stored comes back the same: answers of every kind, their log, invites, the inbox."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.change import Edit
from passport.loader import Passport
from passport.register import ClassDraft
from passport.values import (
    Item,
    Named,
    NotApplicable,
    Nothing,
    Number,
    Pending,
    Slot,
    Value,
)
from storage import answers, classes, codec, inbox, invites, people, reports, schools
from storage.database import Database
from storage.inbox import Arrived, Done, State
from storage.invites import LIFETIME, Invite
from storage.reports import Sending
from tests.clock import StillClock

EVERY_KIND: list[Value] = [
    Number(Decimal("4.35")),
    Number(Decimal(0)),
    Nothing(),
    NotApplicable("предмет не вёлся"),
    Named((Item("Ярмарка <b>", 24), Item("=СУММ(А1)", 2))),
    Named((Item("Ярмарка", 24),), (Pending("Экскурсия", "Не вижу числа"), Pending("И", "?", True))),
    Named(()),
]


async def a_report(database: Database, passport: Passport) -> reports.Filling:
    async with database.write() as tx:
        await people.add(tx, 1, "coordinator", "s24", "")
        report = await reports.open_report(tx, "s24", "2026-2027", "II")
        return await reports.filling(tx, passport.forms, report)


@pytest.mark.parametrize("value", EVERY_KIND, ids=lambda value: type(value).__name__)
async def test_a_value_comes_back_as_it_was(
    database: Database, passport: Passport, value: Value
) -> None:
    filling = await a_report(database, passport)
    slot = Slot("r3.municipal")
    async with database.write() as tx:
        fresh = await answers.save(tx, filling.report.id, [Edit(slot, None, value)], 1)
    async with database.read() as tx:
        found = await reports.filling(tx, passport.forms, filling.report)
    assert found.sheet.answers == {slot: value}
    assert found.revisions == fresh


async def test_the_log_keeps_who_when_old_and_new(database: Database, passport: Passport) -> None:
    filling = await a_report(database, passport)
    slot = Slot("r6")
    one, two = Number(Decimal(1)), Number(Decimal(2))
    async with database.write() as tx:
        first = await answers.save(tx, filling.report.id, [Edit(slot, None, one)], 1)
        second = await answers.save(tx, filling.report.id, [Edit(slot, one, two)], 1)
        await answers.save(tx, filling.report.id, [Edit(slot, two, None)], 1)
        log = await answers.history(tx, filling.report.id, slot)
        found = await reports.filling(tx, passport.forms, filling.report)
    steps = [(codec.load(line.old), codec.load(line.new), line.by) for line in log]
    assert steps == [(None, one, 1), (one, two, 1), (two, None, 1)]
    assert second[slot] > first[slot]
    assert found.sheet.answers == {}


async def test_a_closed_class_keeps_its_answers_and_asks_no_more(
    database: Database, passport: Passport
) -> None:
    async with database.write() as tx:
        await people.add(tx, 1, "coordinator", "s24", "")
        drafts = [ClassDraft(10, "А", "class", ""), ClassDraft(10, "Б", "class", "")]
        assert await classes.add(tx, "s24", "2026-2027", [*drafts, drafts[0]]) == 2
        first, second = (await classes.register(tx, "s24", "2026-2027")).open
        old = await reports.open_report(tx, "s24", "2026-2027", "I")
        edit = Edit(Slot("r1", first.id), None, Number(Decimal(24)))
        await answers.save(tx, old.id, [edit], 1)
        await classes.close(tx, first.id)
        await reports.open_report(tx, "s24", "2026-2027", "II")
        year = await reports.form_year(tx, passport.forms, "s24", "2026-2027")
    assert [one.id for one in year.fillings["I"].sheet.classes] == [first.id, second.id]
    assert [one.id for one in year.fillings["II"].sheet.classes] == [second.id]
    assert len(year.classes) == 2


async def test_a_class_added_again_is_the_same_class_open_again(database: Database) -> None:
    draft = ClassDraft(10, "А", "class", "медицинская")
    async with database.write() as tx:
        await classes.add(tx, "s24", "2026-2027", [draft])
        one = (await classes.register(tx, "s24", "2026-2027")).open[0]
        await classes.close(tx, one.id)
        assert (await classes.register(tx, "s24", "2026-2027")).open == ()
        await classes.add(tx, "s24", "2026-2027", [draft])
        assert [again.id for again in (await classes.register(tx, "s24", "2026-2027")).open] == [
            one.id
        ]


async def test_a_dropped_subject_comes_back_under_its_old_id(database: Database) -> None:
    async with database.write() as tx:
        await classes.add(tx, "s24", "2026-2027", [ClassDraft(10, "А", "class", "")])
        one = (await classes.register(tx, "s24", "2026-2027")).open[0]
        ids = await classes.add_subjects(tx, one.id, ["Химия", "Физика"])
        await classes.drop_subject(tx, ids["Химия"])
        after = (await classes.register(tx, "s24", "2026-2027")).open[0]
        assert [subject.name for subject in after.subjects] == ["Физика"]
        assert await classes.add_subjects(tx, one.id, ["химия"]) == {"химия": ids["Химия"]}


async def test_a_submission_keeps_the_answers_as_they_were(
    database: Database, passport: Passport
) -> None:
    filling = await a_report(database, passport)
    sheet = replace(filling.sheet, answers={Slot("r6"): Number(Decimal(1))})
    async with database.write() as tx:
        sent = await reports.submit(tx, replace(filling, sheet=sheet), Sending(1, late=False))
        after = await reports.filling(
            tx, passport.forms, await reports.open_report(tx, "s24", "2026-2027", "II")
        )
        again = await reports.submit(tx, after, Sending(1, late=True))
        assert (sent.number, again.number, again.late) == (1, 2, True)
        first = await reports.submission(tx, filling.report.id, 1)
        last = await reports.submission(tx, filling.report.id)
    assert first is not None
    assert last is not None
    assert first[1] == {Slot("r6"): Number(Decimal(1))}
    assert last[1] == {}


async def test_an_invite_opens_once_and_not_for_ever(database: Database, clock: StillClock) -> None:
    async with database.write() as tx:
        token = await invites.create(tx, "coordinator", "s24", "замдиректора")
        other = await invites.create(tx, "methodist", None)
        person = await people.add(tx, 1, "coordinator", "s24", "")
        found = await invites.find(tx, token)
        assert isinstance(found, Invite)
        await invites.use(tx, found, person.id)
        assert await invites.find(tx, token) == "used"
        assert await invites.by_proof(tx, invites.proof(token)) == "used"
        assert await invites.find(tx, token + "x") == "unknown"
    clock.shift(LIFETIME - timedelta(seconds=1))
    async with database.read() as tx:
        assert isinstance(await invites.find(tx, other), Invite)
    clock.shift(timedelta(seconds=1))
    async with database.read() as tx:
        assert await invites.find(tx, other) == "expired"


async def test_no_token_stands_in_the_database(database: Database) -> None:
    async with database.write() as tx:
        token = await invites.create(tx, "methodist", None)
    content = b"".join(path.read_bytes() for path in database_files(database) if path.exists())
    assert token.encode() not in content


def database_files(database: Database):  # type: ignore[no-untyped-def]
    from pathlib import Path

    name = database.url.database or ""
    return [Path(name), Path(name + "-wal")]


async def test_leaving_cuts_the_thread_from_answers_to_the_account(
    database: Database, passport: Passport
) -> None:
    filling = await a_report(database, passport)
    async with database.write() as tx:
        person = await people.by_telegram_id(tx, 1)
        assert person is not None
        await answers.save(tx, filling.report.id, [Edit(Slot("r6"), None, Nothing())], person.id)
        await people.forget(tx, person)
        assert await people.by_telegram_id(tx, 1) is None
        log = await answers.history(tx, filling.report.id, Slot("r6"))
    assert [line.by for line in log] == [person.id]


async def test_an_update_is_stored_once_whatever_its_order(database: Database) -> None:
    async with database.write() as tx:
        first = await inbox.store(tx, [Arrived(7, 1, "a"), Arrived(5, 2, "b"), Arrived(7, 1, "a")])
        again = await inbox.store(tx, [Arrived(5, 2, "b"), Arrived(6, 1, "c")])
    assert [row.payload for row in first] == ["a", "b"]
    assert [row.payload for row in again] == ["c"]


async def test_what_was_written_is_forgotten_when_it_is_answered(
    database: Database, clock: StillClock, passport: Passport
) -> None:
    async with database.write() as tx:
        (row,) = await inbox.store(tx, [Arrived(7, 1, "secret")])
        await inbox.applied(tx, row.id, "reply")
        (waiting,) = await inbox.unfinished(tx)
        assert (waiting.state, waiting.payload, waiting.reply) == (State.APPLIED, None, "reply")
        await inbox.done(tx, [Done(row.id, 1, 33)])
        assert await inbox.unfinished(tx) == []
        assert await inbox.trim(tx, passport.calendar) == 0
    clock.shift(timedelta(days=4))
    async with database.write() as tx:
        assert await inbox.trim(tx, passport.calendar) == 1


numbers = st.decimals(0, 9999, places=2).map(Number)
lists = st.lists(
    st.builds(Item, st.text(min_size=1, max_size=20), st.integers(1, 9999)), max_size=4
)
values = st.one_of(
    numbers,
    st.just(Nothing()),
    st.text().map(NotApplicable),
    lists.map(lambda items: Named(tuple(items))),
)


@given(st.dictionaries(st.builds(Slot, st.sampled_from(["r1", "r2"]), st.integers(0, 9)), values))
def test_a_snapshot_reads_back_and_is_the_same_text_again(stored: dict[Slot, Value]) -> None:
    text = codec.dump_answers(stored)
    assert codec.load_answers(text) == stored
    assert codec.dump_answers(codec.load_answers(text)) == text


async def test_a_city_without_candidates_has_schools_too(
    database: Database, passport: Passport
) -> None:
    potential = next(one for one in passport.schools.schools if one.list == "potential")
    one = potential.model_copy(update={"slug": "s901", "number": 901})
    async with database.write() as tx:
        await schools.add_missing(tx, [one])
        assert (await schools.get(tx, "s901")) is not None
