"""Migrations: from empty, from every earlier version with rows in it, and equal to the models."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from storage.database import Database
from storage.schema import FOLDER, latest, migrate, version
from storage.tables import metadata
from tests.clock import StillClock, local

VERSIONS = sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def opened(folder: Path) -> Database:
    return Database(f"sqlite+aiosqlite:///{folder}/bot.sqlite", StillClock(local(2027, 1, 12)))


async def test_an_empty_database_has_no_version(tmp_path: Path) -> None:
    database = opened(tmp_path)
    try:
        assert await version(database) is None
        await migrate(database)
        assert await version(database) == latest()
        await migrate(database)  # once more is nothing
    finally:
        await database.close()


async def test_migrations_give_what_the_models_say(tmp_path: Path) -> None:
    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    database = opened(tmp_path)
    try:
        await migrate(database)
        async with database.read() as tx:
            assert await tx.connection.run_sync(compare) == []
    finally:
        await database.close()


@pytest.mark.parametrize("start", VERSIONS)
async def test_rows_of_an_earlier_version_survive(tmp_path: Path, start: str) -> None:
    database = opened(tmp_path)
    try:
        await migrate(database, start)
        with sqlite3.connect(tmp_path / "bot.sqlite") as raw:
            raw.execute("INSERT INTO schools VALUES ('s24', 24, 'Школа', 'Школа № 24')")
            raw.execute(
                "INSERT INTO reports (school, year, period, status, created_at, unsent) "
                "VALUES ('s24', '2026-2027', 'II', 'draft', '2027-01-12 00:00:00', 1)"
            )
            raw.execute(
                "INSERT INTO answers (report_id, question, class_id, subject_id, row, kind, "
                "number, revision) VALUES (1, 'r6', 0, 0, 0, 'number', '3', 1)"
            )
        raw.close()
        await migrate(database)
        assert await version(database) == latest()
        async with database.read() as tx:
            row = (await tx.connection.exec_driver_sql("SELECT number FROM answers")).scalar()
        assert row == "3"
    finally:
        await database.close()
