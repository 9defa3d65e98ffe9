"""Facts are read again after each change of what they are made of, and after no other."""

from datetime import date

import pytest
from sqlalchemy import text

from passport.register import ClassDraft
from storage import class_cards, contracts, partners, people, reports
from storage.contracts import ContractDraft
from storage.database import Database, Transaction

YEAR = "2026-2027"
INTO_SCHOOLS = "INSERT INTO schools (slug, number, name, short_name) VALUES ('x', 99, 'Ш', 'Ш')"
INTO_PARTICIPATION = (
    "INSERT INTO participation (school, year, takes_part, at) "
    "SELECT school, '2030-2031', 1, at FROM participation LIMIT 1"
)
INTO_CLASSES = (
    "INSERT INTO classes (school, year, grade, letter, kind, track) "
    "VALUES ('s33', '2026-2027', 11, 'Б', 'class', '')"
)
INTO_PARTNERS = (
    "INSERT INTO partners (name, name_key, type, added_at) "
    "SELECT 'Порт', 'порт', 'industry', added_at FROM partners LIMIT 1"
)
INTO_CONTRACTS = (
    "INSERT INTO contracts (partner, number, signed_on, confirmed_at, added_at) "
    "SELECT partner, '2', signed_on, confirmed_at, added_at FROM contracts LIMIT 1"
)
INTO_REPORTS = (
    "INSERT INTO reports (school, year, period, status, unsent, created_at) "
    "SELECT 's33', year, period, status, 0, created_at FROM reports LIMIT 1"
)
CHANGES = {
    "a report is begun": INTO_REPORTS,
    "a report is accepted": "UPDATE reports SET status = 'accepted'",
    "a report is gone": "DELETE FROM reports",
    "a school takes part": INTO_PARTICIPATION,
    "a school leaves": "UPDATE participation SET left_on = '2027-01-15'",
    "a year is forgotten": "DELETE FROM participation",
    "a school is new": INTO_SCHOOLS,
    "a school is gone": "DELETE FROM schools WHERE slug = 's39'",
    "a class is opened": INTO_CLASSES,
    "a class is closed": "UPDATE classes SET closed_at = '2027-01-15 00:00:00'",
    "a class is gone": "DELETE FROM classes",
    "a contract is signed": INTO_CONTRACTS,
    "a contract is ended": "UPDATE contracts SET ended_on = '2027-01-15'",
    "a contract is gone": "DELETE FROM contracts",
    "a partner is new": INTO_PARTNERS,
    "a partner is another kind": "UPDATE partners SET type = 'vet'",
    "a partner is gone": "DELETE FROM partners",
}
NO_CHANGES = {
    "a report is touched": "UPDATE reports SET period = period",
    "a class has another track": "UPDATE classes SET track = 'морская'",
    "a partner is renamed": "UPDATE partners SET name = 'Порт'",
}


class UndoneError(Exception):
    """Rolls a transaction back."""


async def version(tx: Transaction) -> int:
    found = await tx.connection.execute(text("SELECT version FROM facts_version"))
    return int(found.scalar_one())


async def settle(database: Database) -> None:
    """A row in each table."""
    async with database.write() as tx:
        await people.add(tx, 1, "coordinator", "s24", "")
        await reports.open_report(tx, "s24", YEAR, "II")
        draft = ClassDraft(10, "А", "class", "медицинская")
        await class_cards.add(tx, "s24", YEAR, [draft], None)
        one = await partners.add(tx, "Медколледж", "he", None)
        await contracts.add(tx, ContractDraft(one, "1", date(2026, 9, 1), None), [], None)


async def around(database: Database, sql: str) -> tuple[int, int]:
    """The version before a change and after it."""
    await settle(database)
    async with database.read() as tx:
        before = await version(tx)
    try:
        async with database.write() as tx:
            await tx.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            changed = await tx.connection.execute(text(sql))
            assert changed.rowcount > 0
            seen = await version(tx)
            raise UndoneError
    except UndoneError:
        pass
    async with database.read() as tx:
        assert await version(tx) == before  # what was rolled back leaves the old one
    return before, seen


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
async def test_a_change_gives_another_version_and_its_rollback_the_old(
    database: Database, sql: str
) -> None:
    before, seen = await around(database, sql)
    assert seen != before


@pytest.mark.parametrize("sql", NO_CHANGES.values(), ids=NO_CHANGES)
async def test_what_no_fact_is_made_of_changes_no_version(database: Database, sql: str) -> None:
    before, seen = await around(database, sql)
    assert seen == before
