"""Commands that talk to Telegram: run, check."""

import asyncio
import contextlib
import signal
from collections.abc import Callable

import structlog
import typer
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.app import App, create_session
from bot.offline import NO_DATABASE, complain, webhook_complaint
from bot.patience import UNANSWERED
from bot.settings import Settings, SettingsError, load_settings
from passport.clock import SystemClock
from passport.loader import PassportError, load_passport, localised
from storage.database import Database, DatabaseBusyError
from storage.schema import latest, version

log = structlog.get_logger(__name__)

Say = Callable[[bool, str], None]
NO_TOKEN = "Нет токена. Получите его у @BotFather и запишите в .env: BOT_TOKEN=123456:ABC-DEF"  # noqa: S105
WRONG_TOKEN = "Telegram не знает этот токен. Проверьте BOT_TOKEN у @BotFather."  # noqa: S105


def secrets_of(settings: Settings) -> tuple[str, ...]:
    return (settings.bot_token.get_secret_value(), settings.webhook_secret.get_secret_value())


async def run() -> int:
    """Runs until SIGINT or SIGTERM; the exit code."""
    try:
        settings = load_settings()
        if not settings.bot_token.get_secret_value():
            return complain(NO_TOKEN)
        wrong = webhook_complaint(settings)
        if wrong:
            return complain(wrong)
        logs.configure(settings.log_level, settings.log_format, secrets_of(settings))
        async with App(settings) as app:
            serving = asyncio.ensure_future(app.serve())
            loop = asyncio.get_running_loop()
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(name, serving.cancel)
            with contextlib.suppress(asyncio.CancelledError):
                await serving
    except (SettingsError, PassportError) as error:
        return complain(str(error))
    except (TelegramUnauthorizedError, TelegramNotFound):
        return complain(WRONG_TOKEN)
    except (SQLAlchemyError, DatabaseBusyError):
        return complain(NO_DATABASE)
    except OSError as error:
        log.error("cannot start", error=str(error))
        return complain(f"{NO_DATABASE} Если занят порт, смените HTTP_PORT.")
    except Exception:
        log.exception("the bot stopped")  # through the log, which cuts out secrets
        return complain("Бот остановился из-за ошибки, она записана в журнал.")
    return 0


async def check() -> int:
    """Says line by line what is right and what to do about the rest; the exit code."""
    failures = 0

    def say(good: bool, text: str) -> None:
        nonlocal failures
        failures += not good
        typer.secho(("✅ " if good else "❌ ") + text, fg=None if good else typer.colors.RED)

    try:
        settings = load_settings()
        passport = localised(load_passport(), settings.time_zone)
    except (SettingsError, PassportError) as error:
        return complain(str(error))
    wrong = webhook_complaint(settings)
    say(not wrong, wrong or "Настройки и данные паспорта читаются.")
    now = SystemClock().now()
    year, period = passport.calendar.current(now)
    name = passport.forms.period(period).name
    say(True, f"Часы: {now.astimezone(passport.calendar.zone):%d.%m.%Y %H:%M}, {name} {year}.")
    await _check_database(settings, say)
    if not settings.bot_token.get_secret_value():
        say(False, NO_TOKEN)
    else:
        await _check_telegram(settings, say)
    return 1 if failures else 0


async def _check_database(settings: Settings, say: Say) -> None:
    try:
        database = Database(settings.database_url, SystemClock())
        try:
            found = await version(database)
        finally:
            await database.close()
    except (SQLAlchemyError, OSError):
        say(False, NO_DATABASE)
        return
    if found is None:
        say(False, "База пуста. Выполните: python main.py migrate")
    elif found > latest():
        say(False, f"База версии {found} новее программы. Обновите программу.")
    elif found != latest():
        say(False, f"База версии {found}, нужна {latest()}. Выполните: python main.py migrate")
    else:
        say(True, f"База готова, версия {found}.")


async def _check_telegram(settings: Settings, say: Say) -> None:
    bot = Bot(settings.bot_token.get_secret_value(), session=create_session(settings))
    try:
        me = await bot.me()
        say(True, f"Telegram отвечает, бот @{me.username}.")
        if settings.channel_id:
            await _check_channel(bot, settings.channel_id, say)
    except (TelegramUnauthorizedError, TelegramNotFound):
        say(False, WRONG_TOKEN)
    except UNANSWERED:
        say(False, "Telegram недоступен. Задайте BOT_PROXY или BOT_API_URL.")
    finally:
        await bot.session.close()


async def _check_channel(bot: Bot, channel: str, say: Say) -> None:
    try:
        member = await bot.get_chat_member(channel, (await bot.me()).id)
    except TelegramAPIError:
        say(False, f"Канал {channel} не виден. Добавьте бота в канал администратором.")
        return
    allowed = member.status == "administrator" and getattr(member, "can_post_messages", False)
    if allowed:
        say(True, f"Канал {channel}: бот может публиковать.")
    else:
        say(False, f"Канал {channel}: дайте боту право публиковать сообщения.")
