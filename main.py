"""The command line. Heavy imports wait inside the commands that need them.

A worker process imports this module again, and `--help` must be quick: nothing here may import
aiogram at the top.
"""

import asyncio
import contextlib
import io
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from passport.clock import Clock

app = typer.Typer(
    help="Бот проекта «Траектория будущего»: отчёты школ в Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class RoleName(StrEnum):
    coordinator = "coordinator"
    methodist = "methodist"
    manager = "manager"


class ExportKind(StrEnum):
    form = "form"
    city = "city"
    report = "report"
    contracts = "contracts"
    tracks = "tracks"
    note = "note"
    risks = "risks"
    plan = "plan"
    questionnaire = "questionnaire"
    indicators = "indicators"
    chart = "chart"
    brief = "brief"
    history = "history"
    portal = "portal"


@app.command()
def run() -> None:
    """Запустить бота."""
    from bot.commands import run as command

    sys.exit(asyncio.run(command()))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Порт страницы с чатами.")] = 8010,
    folder: Annotated[Path, typer.Option(help="Где хранить данные.")] = Path("var/demo"),
) -> None:
    """Показать бота без токена и без сети: Telegram внутри процесса, выдуманный город."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_demo(port, folder))


@app.command()
def check() -> None:
    """Проверить настройки, базу, часы и связь с Telegram."""
    from bot.commands import check as command

    sys.exit(asyncio.run(command()))


@app.command("migrate")
def migrate_command() -> None:
    """Создать базу или довести её до нужной версии."""
    from bot.offline import migrate

    sys.exit(asyncio.run(migrate()))


@app.command()
def invite(
    role: Annotated[RoleName, typer.Argument(help="Кого приглашаем.")],
    school: Annotated[str, typer.Option(help="Метка школы, например s24.")] = "",
    post: Annotated[str, typer.Option(help="Должность, без имени: «замдиректора».")] = "",
    bot: Annotated[str, typer.Option(help="Имя бота без @, чтобы получить ссылку.")] = "",
) -> None:
    """Выдать одноразовую ссылку-приглашение (действует 14 дней)."""
    from bot.offline import invite as command

    sys.exit(asyncio.run(command(role.value, school, post, bot)))


@app.command()
def export(  # noqa: PLR0917  # the command line's own names
    kind: Annotated[ExportKind, typer.Argument(help="Что выгрузить.")],
    out: Annotated[
        Path,
        typer.Option(help="Куда записать: .xlsx, .docx, .csv, .png, .html или .json, см. выше."),
    ],
    year: Annotated[str, typer.Option(help="Учебный год, например 2026-2027; иначе текущий.")] = "",
    school: Annotated[str, typer.Option(help="Метка школы, например s24.")] = "",
    period: Annotated[str, typer.Option(help="Анкета: may, campaign или sept.")] = "",
    indicator: Annotated[str, typer.Option(help="Показатель графика, например pupils.")] = "",
) -> None:
    """Выгрузить данные в файл, без Telegram.

    form – форма школы, city – сводная книга, report – отчёт по п. 1.8, contracts – договоры,
    tracks – классы по направленностям, note – справка о кампании (п. 2.1), plan – план
    мероприятий, risks – риски с признаками и строками, questionnaire – анкета школы, indicators –
    показатели таблицей (.csv), chart – график показателя (.png), brief – состояние Проекта сегодня
    или справка о школе (.xlsx или .docx), history – шаблон истории показателей, portal – раздел
    образовательного портала (.html или .json).
    """
    from bot import exporting

    wanted = exporting.Wanted(kind.value, year, out, school, period, indicator)
    sys.exit(asyncio.run(exporting.export(wanted)))


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="Форма школы или история показателей (.xlsx).")],
    yes: Annotated[bool, typer.Option("--yes", help="Записать, не спрашивая.")] = False,
) -> None:
    """Прочитать заполненную форму или историю показателей, показать и записать."""
    from bot.importing import import_file

    sys.exit(asyncio.run(import_file(file, lambda text: yes or typer.confirm(text))))


@app.command()
def backup(
    dest: Annotated[
        Path, typer.Argument(readable=False, help="Папка, новый файл или «-» (в поток).")
    ],
) -> None:
    """Сделать копию базы; бота останавливать не нужно."""
    from bot.copying import backup as command

    sys.exit(command(dest))


@app.command()
def restore(
    file: Annotated[
        Path,
        typer.Argument(readable=False, help="Копия, сделанная backup, или «-» (из потока)."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Заменить, не спрашивая.")] = False,
) -> None:
    """Вернуть базу из копии; нынешняя останется рядом. Бот должен быть остановлен."""
    from bot.copying import restore as command

    sys.exit(command(file, None if yes else typer.confirm))


async def _demo(port: int, folder: Path) -> None:
    """The only place where the bot and the demo meet."""
    from bot import logs
    from bot.app import App
    from bot.offline import opened
    from bot.settings import Settings
    from demo.stage import CHANNEL, TOKEN, Stage, first_moment

    base = Settings(_env_file=None, bot_token=TOKEN, channel_id=str(CHANNEL))
    database_url = f"sqlite+aiosqlite:///{folder / 'demo.sqlite'}"

    @contextlib.asynccontextmanager
    async def open_bot(address: str, clock: Clock) -> AsyncIterator[None]:
        settings = base.model_copy(update={"bot_api_url": address, "database_url": database_url})
        async with App(settings, clock=clock, tick=timedelta(seconds=1)) as bot:
            bot.group.keep("serve", bot.serve)
            yield

    logs.configure("WARNING", "text")
    for suffix in ("", "-wal", "-shm"):  # a new city each time; only the demo's own files go
        (folder / f"demo.sqlite{suffix}").unlink(missing_ok=True)
    settings = base.model_copy(update={"database_url": database_url})
    clock = first_moment()
    async with opened(settings, clock) as (data, passport):
        stage = Stage(passport, open_bot, clock)
        await stage.play(data, port, lambda address: typer.echo(f"Откройте в браузере: {address}"))


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without «✅» must not stop a command
    app()
