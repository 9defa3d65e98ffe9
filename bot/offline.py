"""Commands that need no Telegram: they never import aiogram."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError, load_settings
from passport.clock import Clock, SystemClock
from passport.loader import Passport, PassportError, load_passport, localised
from storage import invites, people, schools
from storage.database import Database, DatabaseBusyError
from storage.schema import latest, version
from storage.schema import migrate as bring_up

NO_DATABASE = "База не открывается. Проверьте DATABASE_URL и права на папку."
YEAR = re.compile(r"\d{4}-\d{4}")


def complain(text: str) -> int:
    """One plain sentence on stderr; the exit code."""
    typer.secho(text, err=True, fg=typer.colors.RED)
    return 1


def webhook_complaint(settings: Settings) -> str:
    """What a webhook still lacks; empty when nothing does."""
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        return "Для WEBHOOK_URL нужен WEBHOOK_SECRET, например k3-Vd9_x"
    if settings.webhook_url and not settings.http_port:
        return "Для WEBHOOK_URL нужен HTTP_PORT, например HTTP_PORT=8080"
    return ""


@asynccontextmanager
async def opened(
    settings: Settings, clock: Clock | None = None
) -> AsyncIterator[tuple[Database, Passport]]:
    """A database brought up to date, and the passport in the operator's time zone."""
    passport = localised(load_passport(), settings.time_zone)
    database = Database(settings.database_url, clock or SystemClock())
    try:
        await bring_up(database)
        async with database.write() as tx:
            await schools.add_missing(tx, passport.schools.schools)
        yield database, passport
    finally:
        await database.close()


async def migrate() -> int:
    try:
        settings = load_settings()
        database = Database(settings.database_url, SystemClock())
        try:
            before = await version(database)
            await bring_up(database)
        finally:
            await database.close()
    except SettingsError as error:
        return complain(str(error))
    except (SQLAlchemyError, OSError):
        return complain(NO_DATABASE)
    done = "уже обновлена" if before == latest() else "готова"
    typer.echo(f"База {done}, версия {latest()}.")
    return 0


async def invite(role: people.Role, school: str, post: str, bot: str) -> int:
    if (role == "coordinator") != bool(school):
        if school:
            return complain("Школа указывается только координатору: уберите --school.")
        return complain("Укажите школу координатора, например: --school s24")
    try:
        settings = load_settings()
        async with opened(settings) as (database, _), database.write() as tx:
            if school and await schools.get(tx, school) is None:
                return complain(f"Школы {school} нет. Нужна метка школы, например s24.")
            token = await invites.create(tx, role, school or None, post)
    except (SettingsError, PassportError) as error:
        return complain(str(error))
    except (SQLAlchemyError, DatabaseBusyError, OSError):
        return complain(NO_DATABASE)
    if bot:
        typer.echo(f"https://t.me/{bot.removeprefix('@')}?start={token}")
    else:
        typer.echo(f"/start {token}")
        typer.echo("Чтобы получить ссылку, добавьте --bot имя_бота.", err=True)
    typer.echo("Действует 14 дней, открывается один раз.", err=True)
    return 0
