"""Brings a database up to date. Migrations go forward only and are never edited after landing."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def versions() -> set[str]:
    """All there are, read from the file names: alembic itself is slow to import."""
    return {path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")}


def latest() -> str:
    """The newest version."""
    return max(versions())


async def version(database: Database) -> str | None:
    """The version the database is at; None for an empty one."""

    def read(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
        return found

    async with database.read() as tx:
        return await tx.connection.run_sync(read)


async def migrate(database: Database, target: str = "head") -> None:
    """Runs what is missing; does nothing, and imports nothing, when the database is current."""
    if target == "head" and await version(database) == latest():
        return
    from alembic import command  # noqa: PLC0415  # half a second nobody needs on a usual start

    def upgrade(connection: Connection) -> None:
        command.upgrade(config(connection), target)

    async with database.engine.connect() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()


def config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # as above

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made
