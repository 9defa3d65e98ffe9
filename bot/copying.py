"""The commands `backup` and `restore`: a copy of the running bot's database, and the way back.

``-`` stands for standard output and input, so that a copy can be encrypted on its way and lies in
the open nowhere but beside the database, for a moment.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.offline import complain, opened
from bot.settings import Settings, SettingsError, load_settings
from passport.clock import SystemClock
from passport.loader import PassportError
from passport.numbers import plural
from reminders.recovery import Recovered, recover
from storage import copies
from storage.copies import Contents, InUseError, NoCopyError, TooNewError
from storage.database import DatabaseBusyError

Confirm = Callable[[str], bool]
PIPE = Path("-")
NO_ROOM = "Не записать сюда: {}. Проверьте папку, права и место на диске."
NO_ACCESS = "Не открыть {}. Проверьте имя, права и от чьего имени запускаете."
TOO_NEW = "{} версии {} новее программы. Обновите программу."


class NotDoneError(Exception):
    """One sentence for the operator."""


def backup(target: Path) -> int:
    """The exit code. ``target`` is a folder, a new file, or ``-``."""
    try:
        _end_tidily()
        settings = load_settings()
        source = _file_of(settings)
        if not source.is_file():
            raise NotDoneError(f"Базы {source} нет. Проверьте DATABASE_URL.")
        if not os.access(source, os.R_OK | os.W_OK):
            raise NotDoneError(
                f"В базу {source} нельзя писать. Проверьте права и от чьего имени запускаете."
            )
        if target == PIPE:
            _pour(source)
            return 0
        now = SystemClock().now()
        if target.is_dir():
            local = now.astimezone(ZoneInfo(settings.time_zone))
            target /= f"traektoria-{local:%Y-%m-%d-%H%M%S}.sqlite"
        elif not target.suffix:  # tomorrow's copy would find a file where a folder is meant
            raise NotDoneError(f"Папки {target} нет. Создайте её или укажите файл, copy.sqlite")
        with _writing_to(target.parent):
            copies.copy(source, target, now)
            size = target.stat().st_size / 1024**2
    except FileExistsError:
        return complain(f"Файл {target} уже есть. Укажите другое имя или папку.")
    except NoCopyError:
        return complain(
            f"База {source} повреждена или чужая: копии не сделано. Верните прежнюю: restore."
        )
    except TooNewError as error:
        return complain(TOO_NEW.format("База", error))
    except (SettingsError, NotDoneError) as error:
        return complain(str(error))
    except OSError as error:
        return complain(NO_ACCESS.format(error.filename))
    except KeyboardInterrupt:
        return complain("Прервано: копии нет.")
    shown = f"{size:.1f}".replace(".", ",")
    typer.echo(f"Копия готова и проверена: {target} ({shown} МБ)")
    typer.echo("Храните её зашифрованной и не на том же диске.", err=True)
    return 0


def restore(copied: Path, confirm: Confirm | None) -> int:
    """The exit code. ``copied`` is a file or ``-``; without ``confirm`` nothing is asked."""
    try:
        _end_tidily()
        settings = load_settings()
        database = _file_of(settings)
        if copied == PIPE and confirm is not None:
            raise NotDoneError("Из потока спросить нельзя. Добавьте --yes.")
        given = _given(copied, database)
        with _writing_to(database.parent), copies.staged(given, database) as stage:
            return _restore(settings, stage, database, confirm)
    except NoCopyError:
        return complain(
            "Это не копия базы бота, или она повреждена. Зашифрованную сначала расшифруйте."
        )
    except TooNewError as error:
        return complain(TOO_NEW.format("Копия", error))
    except InUseError:
        return complain("База занята: бот работает. Остановите его и повторите.")
    except (SettingsError, PassportError, NotDoneError) as error:
        return complain(str(error))
    except (SQLAlchemyError, DatabaseBusyError):
        return complain("Копия не открывается, база прежняя. Проверьте место или возьмите другую.")
    except FileExistsError as error:
        return complain(f"Файл {error.filename or error} мешает. Проверьте имя и повторите.")
    except BrokenPipeError:
        raise  # nobody reads what we say
    except OSError as error:
        return complain(NO_ACCESS.format(error.filename))
    except typer.Abort:
        typer.echo()
        return complain("Ответа нет, база прежняя. Чтобы не спрашивать, добавьте --yes.")
    except KeyboardInterrupt:
        return complain("Прервано: база прежняя.")


def _restore(settings: Settings, stage: Path, database: Path, confirm: Confirm | None) -> int:
    zone = ZoneInfo(settings.time_zone)
    found = copies.contents(stage)
    typer.echo(f"В копии{_made(found, zone)}: {_holds(found, zone)}.")
    stamp = SystemClock().now().astimezone(zone)
    aside = database.with_name(f"{database.stem}.before-{stamp:%Y-%m-%d-%H%M%S}.sqlite")
    if database.exists():
        typer.echo(f"Сейчас в базе: {_present(database, zone)}.")
        typer.echo(f"Нынешняя база останется рядом: {aside.name}.")
    if confirm is not None and not confirm("Заменить базу копией?"):
        typer.echo("Ничего не изменено.")
        return 1
    # Before it is put there: a bot must never start with it as it was.
    done = asyncio.run(_recover(settings, stage, f"копия{_made(found, zone)}"))
    copies.put(stage, database, aside)
    typer.echo("✅ База восстановлена.")
    for line in _to_do(done):
        typer.echo(line)
    return 0


async def _recover(settings: Settings, stage: Path, detail: str) -> Recovered:
    url = make_url(settings.database_url).set(database=str(stage))
    there = settings.model_copy(update={"database_url": str(url)})
    async with opened(there) as (database, passport):
        return await recover(database, passport, detail)


def _to_do(done: Recovered) -> Iterator[str]:
    if done.links:
        yield f"• Отозваны приглашения: {done.links}. Пригласите заново."
    if done.posts:
        noun = plural(done.posts, "посте", "постах", "постах")
        yield f"• О {done.posts} {noun} бот спросит руководителей: вышел ли он в канал."
    yield "• Проверьте /staff: вошедшие после копии пропали, ушедшие и отстранённые вернулись."
    yield "• Запустите бота: python main.py check, затем run."


def _made(found: Contents, zone: ZoneInfo) -> str:
    return f" от {_moment(found.copied_at, zone)}" if found.copied_at else ""


def _holds(found: Contents, zone: ZoneInfo) -> str:
    people = f"{found.people} {plural(found.people, 'человек', 'человека', 'человек')}"
    sent = plural(found.submissions, "отправка отчёта", "отправки отчётов", "отправок отчётов")
    last = f", последнее действие {_moment(found.last_act, zone)}" if found.last_act else ""
    return f"{people}, {found.submissions} {sent}{last}"


def _present(database: Path, zone: ZoneInfo) -> str:
    try:
        return _holds(copies.contents(database), zone)
    except NoCopyError:
        return "не читается"
    except TooNewError as error:
        return f"данные более новой версии программы ({error})"


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}"


def _file_of(settings: Settings) -> Path:
    """Past links: journals lie beside the file itself, and it is the file that is replaced."""
    named = make_url(settings.database_url).database
    if not named or named == ":memory:":
        raise NotDoneError("В DATABASE_URL нет файла базы. Укажите полный путь к нему.")
    try:
        path = Path(named).resolve()
    except RuntimeError as error:  # links in a circle
        raise NotDoneError(
            f"Адрес базы {named} никуда не ведёт. Проверьте DATABASE_URL."
        ) from error
    if path.is_dir():
        raise NotDoneError(f"Вместо базы {path} – папка. Проверьте DATABASE_URL.")
    return path


def _pour(source: Path) -> None:
    """The copy to standard output. It lies in a folder of its own meanwhile."""
    if sys.stdout is None or sys.stdout.isatty():
        raise NotDoneError("Копия – не текст. Направьте её в файл или программу: backup - | gpg …")
    with (
        _writing_to(source.parent),
        TemporaryDirectory(dir=source.parent, prefix=".copy-") as place,
    ):
        made = Path(place) / source.name
        copies.copy(source, made, SystemClock().now())
        try:
            # Not through sys.stdout, which would try what is left once more when we end.
            with (
                made.open("rb") as file,
                os.fdopen(sys.stdout.fileno(), "wb", closefd=False) as out,
            ):
                shutil.copyfileobj(file, out)
        except OSError as error:
            raise NotDoneError(
                "Поток не принял копию: её нет. Проверьте, куда она идёт."
            ) from error


def _given(copied: Path, database: Path) -> Path | BinaryIO:
    """A file that can be read, and is not the database itself."""
    if copied == PIPE:
        if sys.stdin is None or sys.stdin.isatty():
            raise NotDoneError("Поток пуст. Направьте в него копию: gpg -d … | restore - --yes")
        return sys.stdin.buffer
    try:
        if not copied.is_file():
            raise NotDoneError(f"Файла {copied} нет. Нужна копия, например: traektoria.sqlite")
        with copied.open("rb"):
            pass
    except OSError as error:
        raise NotDoneError(f"Файл {copied} не читается. Проверьте имя и права.") from error
    if database.exists() and copied.samefile(database):
        raise NotDoneError("Это сама база, а не копия. Укажите копию, сделанную backup.")
    return copied


def _end_tidily() -> None:
    """Whoever kills us, or closes the terminal, stops us as Ctrl+C does: nothing is left behind."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) == signal.SIG_DFL:  # nohup has its own
            signal.signal(name, signal.default_int_handler)


@contextmanager
def _writing_to(place: Path) -> Iterator[None]:
    """What the disk refuses, in one sentence."""
    try:
        yield
    except (FileExistsError, BrokenPipeError):
        raise
    except (OSError, sqlite3.OperationalError) as error:
        raise NotDoneError(NO_ROOM.format(place)) from error
