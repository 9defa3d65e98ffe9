"""The command `import`: a mailed form or a history, shown first, written when it is confirmed."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.offline import NO_DATABASE, complain, opened
from bot.settings import SettingsError, load_settings
from exports.reading.door import LARGEST, Refused, too_large
from exports.reading.form_file import Problem, ReadForm
from exports.reading.history_file import ReadHistory
from exports.reading.upload import Reading, Upload, read_upload
from handlers.importing import history
from handlers.importing.applying import Plan, Source, apply, forms_read, plan
from passport.form import PERIODS, PeriodKey
from passport.loader import Passport, PassportError
from storage import audit, imports, indicator_values, reports, schools
from storage.database import Database, DatabaseBusyError, Transaction
from storage.schools import School

UNDO = "Отменить загрузку может методист в боте: /import"
Confirm = Callable[[str], bool]


async def import_file(path: Path, confirm: Confirm) -> int:
    """The exit code: 0 when it was written, 1 when it was refused or not confirmed."""
    try:
        content = await asyncio.to_thread(_content, path)
    except OSError:
        return complain(
            f"Файла {path} нет или его не прочитать. Нужно, например: import forma.xlsx"
        )
    if len(content) > LARGEST:
        return complain(too_large(len(content)))
    reading: Reading = await asyncio.to_thread(read_upload, Upload(path.name, content))
    if isinstance(reading, Refused):
        return complain(reading.text)
    try:
        settings = load_settings()
        async with opened(settings) as (database, passport):
            if isinstance(reading, ReadForm):
                return await _form(database, passport, reading, confirm)
            return await _history(database, passport, reading, confirm)
    except (SettingsError, PassportError) as error:
        return complain(str(error))
    except (SQLAlchemyError, DatabaseBusyError, OSError):
        return complain(NO_DATABASE)


def _content(path: Path) -> bytes:
    """No more of it than is needed to see that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


async def _form(database: Database, passport: Passport, read: ReadForm, confirm: Confirm) -> int:
    if read.school is None or read.year is None:
        return complain("В файле не видно школы или учебного года над таблицей. Впишите их.")
    async with database.read() as tx:
        school = await _school(tx, read.school)
        if school is None:
            return complain(f"Школы № {read.school} в списке нет. Проверьте номер над таблицей.")
        if read.year not in {one.key for one in passport.calendar.years}:
            return complain(f"Учебного года {read.year} в календаре нет.")
        source = await _source(tx, passport, school, read.year, read)
        what = await plan(tx, passport, source)
    typer.echo(f"{school.name}, {read.year}")
    _say(passport, what)
    if not what.open:
        typer.echo("Записывать нечего.")
        return 0
    if not confirm("Записать?"):
        typer.echo("Ничего не записано.")
        return 1
    async with database.write() as tx:
        source = await _source(tx, passport, school, read.year, read)
        again = await plan(tx, passport, source)
        if again.mark != what.mark:  # the bot was at it meanwhile
            return complain("Пока вы смотрели, отчёт изменился. Запустите import снова.")
        edits = await apply(tx, source, again.open, None, on_behalf=True)
        number = await imports.add(
            tx,
            "form",
            forms_read.dump_json(read).decode(),
            None,
            school=school.slug,
            year=read.year,
        )
        await imports.mark_applied(tx, number, edits)
        await audit.add(tx, "import", None, school=school.slug, year=read.year, detail="форма")
    typer.echo(f"Записано. Отчёты не отправлены: это делает школа или методист в боте. {UNDO}")
    return 0


async def _school(tx: Transaction, number: int) -> School | None:
    return next((one for one in await schools.every(tx) if one.number == number), None)


async def _source(
    tx: Transaction, passport: Passport, school: School, year: str, read: ReadForm
) -> Source:
    return Source(school.slug, year, read, await _closed(tx, passport, school, year))


async def _closed(
    tx: Transaction, passport: Passport, school: School, year: str
) -> dict[PeriodKey, str]:
    """What even the operator does not write: accepted reports, and those still to open."""
    known = {
        one.period: one for one in await reports.of_school(tx, school.slug) if one.year == year
    }
    found: dict[PeriodKey, str] = {}
    for period in PERIODS:
        report = known.get(period)
        if report is not None and report.status == "accepted":
            found[period] = "отчёт принят, сначала откройте его снова в боте"
        elif passport.calendar.state(year, period, tx.now) == "future":
            found[period] = "отчёт ещё не открыт"
    return found


def _say(passport: Passport, what: Plan) -> None:
    for one in what.periods:
        name = passport.forms.period(one.period).name
        if one.closed and one.edits:
            typer.echo(f"  {name}: отличается, но не меняется ({one.closed})")
        else:
            typer.echo(f"  {name}: изменится ответов – {len(one.edits)}")
    for problem in what.problems:
        typer.echo(f"  ! {_problem(problem)}", err=True)


def _problem(one: Problem) -> str:
    where = f"строка {one.row}, {one.column}" if one.row else one.column
    return f"{where} «{one.was}»: {one.text}" if one.was else f"{where}: {one.text}"


async def _history(
    database: Database, passport: Passport, read: ReadHistory, confirm: Confirm
) -> int:
    for problem in read.problems:
        typer.echo(f"  ! {_problem(problem)}", err=True)
    if not read.values:
        return complain("В файле нет ни одного значения. Впишите их в столбец «Значение».")
    async with database.read() as tx:
        made = await history.changes(tx, passport, read)
    for fixing, old in made:
        was = "нет" if old is None else old.shown
        typer.echo(f"  {fixing.year} {fixing.key}: {was} → {fixing.value.shown}")
    if not made:
        typer.echo("Записывать нечего: всё уже так и записано.")
        return 0
    if not confirm(f"Записать значений: {len(made)}?"):
        typer.echo("Ничего не записано.")
        return 1
    async with database.write() as tx:
        if await history.changes(tx, passport, read) != made:
            return complain("Пока вы смотрели, значения изменились. Запустите import снова.")
        said = history.histories.dump_json(read).decode()
        number = await imports.add(tx, "history", said, None, school=None, year=None)
        for fixing, _ in made:
            await indicator_values.fix(tx, fixing, None, number)
        await imports.mark_applied(tx, number, "")
        await audit.add(tx, "import", None, detail=f"история, значений: {len(made)}")
    typer.echo(f"Записано. {UNDO}")
    return 0
