"""The commands `backup` and `restore`: a copy of the running bot's database, and the way back.

``-`` stands for standard output and input, so that a copy can be encrypted without ever lying on
the disk in the open.
"""

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
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


class NotDoneError(Exception):
    """One sentence for the operator."""


def backup(target: Path) -> int:
    """The exit code. ``target`` is a folder, a new file, or ``-``."""
    try:
        settings = load_settings()
        source = _file_of(settings)
        if not source.is_file():
            raise NotDoneError(f"Базы {source} нет. Проверьте DATABASE_URL.")
        if target == PIPE:
            _pour(source)
            return 0
        now = SystemClock().now()
        if target.is_dir():
            local = now.astimezone(ZoneInfo(settings.time_zone))
            target /= f"traektoria-{local:%Y-%m-%d-%H%M%S}.sqlite"
        with _said(target.parent):
            copies.copy(source, target, now)
    except (SettingsError, NotDoneError) as error:
        return complain(str(error))
    except FileExistsError:
        return complain(f"Файл {target} уже есть. Укажите другое имя или папку.")
    except NoCopyError:
        return complain(f"База {source} повреждена: копии не сделано. Верните прежнюю: restore.")
    size = target.stat().st_size / 1024**2
    shown = f"{size:.1f}".replace(".", ",")
    typer.echo(f"Копия готова и проверена: {target} ({shown} МБ)")
    typer.echo("Храните её зашифрованной и не на том же диске.", err=True)
    return 0


def restore(copied: Path, confirm: Confirm | None) -> int:
    """The exit code. ``copied`` is a file or ``-``; without ``confirm`` nothing is asked."""
    try:
        settings = load_settings()
        database = _file_of(settings)
        if copied == PIPE and confirm is not None:
            raise NotDoneError("Из потока спросить нельзя. Добавьте --yes.")
        if copied != PIPE and not copied.is_file():
            raise NotDoneError(f"Файла {copied} нет. Нужна копия, например: traektoria.sqlite")
        with (
            _said(database.parent),
            _given(copied) as given,
            copies.staged(given, database) as stage,
        ):
            return _restore(settings, stage, database, confirm)
    except NoCopyError:
        return complain(
            "Это не копия базы бота, или она повреждена. Зашифрованную сначала расшифруйте."
        )
    except TooNewError as error:
        return complain(f"Копия версии {error} новее программы. Обновите программу.")
    except InUseError:
        return complain("База занята: бот работает. Остановите его и повторите.")
    except (SettingsError, PassportError, NotDoneError) as error:
        return complain(str(error))
    except (SQLAlchemyError, DatabaseBusyError):
        return complain("Копия на месте, но база не открывается. Выполните: python main.py check")


def _restore(settings: Settings, stage: Path, database: Path, confirm: Confirm | None) -> int:
    zone = ZoneInfo(settings.time_zone)
    found = copies.contents(stage)
    typer.echo(f"В копии{_made(found, zone)}: {_holds(found, zone)}.")
    aside = None
    if database.exists():
        typer.echo(f"Сейчас в базе: {_present(database, zone)}.")
        stamp = SystemClock().now().astimezone(zone)
        aside = database.with_name(f"{database.stem}.before-{stamp:%Y-%m-%d-%H%M%S}.sqlite")
        typer.echo(f"Нынешняя база останется рядом: {aside.name}.")
    if confirm is not None and not confirm("Заменить базу копией?"):
        typer.echo("Ничего не изменено.")
        return 1
    copies.put(stage, database, aside)
    done = asyncio.run(_recover(settings, f"копия{_made(found, zone)}"))
    typer.echo("✅ База восстановлена.")
    for line in _to_do(done):
        typer.echo(line)
    return 0


async def _recover(settings: Settings, detail: str) -> Recovered:
    async with opened(settings) as (database, passport):
        return await recover(database, passport, detail)


def _to_do(done: Recovered) -> Iterator[str]:
    if done.links:
        noun = plural(done.links, "ссылка", "ссылки", "ссылок")
        yield f"• Не открываются {done.links} {noun} с приглашениями: пригласите заново."
    if done.posts:
        noun = plural(done.posts, "посте", "постах", "постах")
        yield f"• О {done.posts} {noun} бот спросит руководителей: вышел ли он в канал."
    yield "• Проверьте /staff: кто ушёл или потерял доступ после копии, снова в списке."
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
    return Path(make_url(settings.database_url).database or "")


def _pour(source: Path) -> None:
    """The copy to standard output. It lies in a folder of its own meanwhile."""
    if sys.stdout.isatty():
        raise NotDoneError("Копия – не текст. Направьте её в файл или программу: backup - | gpg …")
    with TemporaryDirectory(dir=source.parent, prefix=".copy-") as place, _said(source.parent):
        made = Path(place) / "copy.sqlite"
        copies.copy(source, made, SystemClock().now())
        with made.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


@contextmanager
def _given(copied: Path) -> Iterator[Path]:
    """The copy as a file."""
    if copied != PIPE:
        yield copied
        return
    with TemporaryDirectory(prefix="restore-") as place:
        made = Path(place) / "copy.sqlite"
        with made.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield made


@contextmanager
def _said(place: Path) -> Iterator[None]:
    """What the disk refuses, in one sentence."""
    try:
        yield
    except FileExistsError:
        raise
    except (OSError, sqlite3.OperationalError) as error:
        raise NotDoneError(NO_ROOM.format(place)) from error
