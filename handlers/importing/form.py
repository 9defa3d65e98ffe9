"""A form that came as a file: preview with problems and differences, confirm, undo."""

from exports.reading.form_file import Problem, ReadForm
from handlers.collect import board
from handlers.collect.callbacks import board_tap, school_tap
from handlers.errors import ForPerson, Outdated
from handlers.form.callbacks import GoTap
from handlers.form.card import period_button
from handlers.form.locks import lock_reason
from handlers.form.question import short
from handlers.importing import latest
from handlers.importing.applying import PeriodPlan, Plan, Source, apply, forms_read, plan, undo
from handlers.importing.callbacks import import_tap
from handlers.importing.fitting import fitted
from handlers.registers.lookup import school_of
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q, school_year, value_text
from passport.form import PERIODS, PeriodKey
from passport.numbers import plural
from storage import audit, imports, prompts, reports
from storage import schools as school_rows
from storage.imports import Import
from storage.reports import Report


async def received(visit: Visit, read: ReadForm) -> Screen:
    """Whose form it is, and what it says; kept until it is confirmed or dropped."""
    assert visit.person is not None
    slug = await _school(visit, read)
    current = visit.calendar_of(None).current(visit.now)[0]
    year = read.year or current
    if year not in {one.key for one in visit.passport.calendar.years}:
        raise ForPerson(
            f"В файле {school_year(year)} учебный год, такого в календаре бота нет. Исправьте год "
            f"над таблицей, например: {current.replace('-', '–')}"
        )
    number = await imports.add(
        visit.tx,
        "form",
        forms_read.dump_json(read).decode(),
        visit.person.id,
        school=slug,
        year=year,
    )
    return await show(visit, number)


async def _school(visit: Visit, read: ReadForm) -> str:
    """The slug of the file's school; a coordinator may bring only the own one's form."""
    mine = visit.person.school if visit.person and not visit.is_staff else None
    if read.school is None:
        if mine:
            return mine
        raise ForPerson(
            "В файле не видно школы. Впишите над таблицей строку «Образовательная организация: "
            "Школа № 24» и пришлите снова."
        )
    for one in await school_rows.every(visit.tx):
        if one.number == read.school:
            if mine and one.slug != mine:
                raise ForPerson(
                    f"Это форма другой школы: № {one.number}. Пришлите форму своей школы."
                )
            return one.slug
    raise ForPerson(f"Школы № {read.school} в списке нет. Проверьте номер над таблицей.")


async def load(visit: Visit, import_id: int) -> Import:
    """Raises Outdated for one that is gone, Forbidden for another school's."""
    found = await imports.get(visit.tx, import_id)
    if found is None or found.kind != "form" or found.school is None or found.year is None:
        raise Outdated
    await school_of(visit, found.school)
    return found


async def source_of(visit: Visit, found: Import) -> Source:
    assert found.school is not None
    assert found.year is not None
    closed = await _closed(visit, found.school, found.year)
    return Source(found.school, found.year, forms_read.validate_json(found.read), closed)


async def planned(visit: Visit, found: Import) -> Plan:
    return await plan(visit.tx, visit.passport, await source_of(visit, found))


def way_on(visit: Visit) -> tuple[Row, ...]:
    """No screen is a dead end."""
    if visit.is_staff:
        return ((Button("Кто сдал, кто не сдал", school_tap("board")),),)
    return ((Button("Заполнить отчёт", GoTap(to="form").pack()),),)


async def _closed(visit: Visit, school: str, year: str) -> dict[PeriodKey, str]:
    """Columns that cannot be written now, and why."""
    known = {
        one.period: one for one in await reports.of_school(visit.tx, school) if one.year == year
    }
    found: dict[PeriodKey, str] = {}
    for period in PERIODS:
        report = known.get(period)
        if report is None:
            report = Report(0, school, year, period, "draft", visit.now, None, None, False)
        reason = lock_reason(visit, report)
        if reason is not None:
            found[period] = reason
    return found


async def show(visit: Visit, import_id: int, notice: str = "") -> Screen:
    """What was understood, what would change, what could not be read."""
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await load(visit, import_id)
    if found.undone_at is not None:
        text = "Эта загрузка отменена. Чтобы загрузить снова, пришлите файл ещё раз."
        return Screen(text, way_on(visit))
    if found.applied_at is not None:
        said = f"Эта загрузка уже записана: {q(latest.what(visit, found))}."
        return applied_screen(visit, found, said)
    what = await planned(visit, found)
    assert found.school is not None
    lines = [notice, ""] if notice else []
    year = school_year(found.year or "")
    lines += [f"<b>Форма из файла: {q(visit.school_name(found.school))}, {year}</b>"]
    lines += ["Пока ничего не записано.", ""]
    lines += [_period(visit, one) for one in what.periods] or ["Чисел в форме нет."]
    if what.problems:
        count = len(what.problems)
        noun = plural(count, "место", "места", "мест")
        lines += ["", f"⚠️ Не прочитано {count} {noun}:"]
        lines += [f"• {_problem(one)}" for one in what.problems[:5]]
        if count > 5:
            lines.append(f"и ещё {count - 5} – под кнопкой «Что не прочитано»")
    rows: list[Row] = []
    changed = sum(len(one.edits) for one in what.open)
    if changed:
        label = f"Записать: {changed} {plural(changed, 'ответ', 'ответа', 'ответов')}"
        rows.append((Button(label, import_tap("apply", found.id, what.mark), style="success"),))
        rows.append((Button("Что изменится", import_tap("changes", found.id)),))
    if len(what.problems) > 5:
        rows.append((Button("Что не прочитано", import_tap("problems", found.id)),))
    word = "Не записывать" if changed else "Закрыть"
    rows.append((Button(word, import_tap("drop", found.id)),))
    return Screen("\n".join(lines), tuple(rows))


def _period(visit: Visit, one: PeriodPlan) -> str:
    name = capital(visit.passport.forms.period(one.period).name)
    if one.closed and one.edits:
        return f"🔒 {q(name)}: отличается, но не меняется. {q(one.closed)}"
    if not one.edits:
        return f"✅ {q(name)}: всё уже так и записано"
    count = len(one.edits)
    replaced = sum(edit.old is not None for edit in one.edits)
    text = f"✏️ {q(name)}: запишется {count} {plural(count, 'ответ', 'ответа', 'ответов')}"
    return f"{text}, из них взамен прежних {replaced}" if replaced else text


def _problem(one: Problem) -> str:
    where = f"строка {one.row}, {one.column}" if one.row else one.column
    was = f" «{q(one.was)}»:" if one.was else ":"
    return f"{q(where)}{was} {q(one.text)}"


async def show_changes(visit: Visit, import_id: int) -> Screen:
    """The difference to what is stored, number by number."""
    found = await load(visit, import_id)
    what = await planned(visit, found)
    lines = [line for one in what.open for line in _edits(visit, one)]
    back = Button("← К загрузке", import_tap("show", import_id))
    return Screen("\n".join(["<b>Что изменится</b>", "", *fitted(lines, 45)]), ((back,),))


def _edits(visit: Visit, one: PeriodPlan) -> list[str]:
    lines = [f"<b>{q(visit.passport.forms.period(one.period).name)}</b>"]
    for edit in one.edits:
        unit = one.sheet.form.question(edit.slot.question).unit
        name = q(short(one.sheet, edit.slot))
        lines.append(f"{name}: {value_text(edit.old, unit)} → {value_text(edit.new, unit)}")
    return lines


async def show_problems(visit: Visit, import_id: int) -> Screen:
    what = await planned(visit, await load(visit, import_id))
    lines = [
        "<b>Что не прочитано</b>",
        "Исправьте это в файле и пришлите его снова – или внесите в боте.",
        "",
    ]
    lines += fitted([f"• {_problem(one)}" for one in what.problems], 30)
    back = Button("← К загрузке", import_tap("show", import_id))
    return Screen("\n".join(lines), ((back,),))


async def confirm(visit: Visit, import_id: int, mark: int) -> Screen:
    """Writes what was shown; what has changed since is shown first."""
    assert visit.person is not None
    found = await load(visit, import_id)
    if found.applied_at is not None or found.undone_at is not None:
        return await show(visit, import_id)
    what = await planned(visit, found)
    if what.mark != mark:
        return await show(visit, import_id, "Пока вы смотрели, ответы изменились. Проверьте снова.")
    source = await source_of(visit, found)
    edits = await apply(visit.tx, source, what.open, visit.person.id, on_behalf=visit.is_staff)
    await imports.mark_applied(visit.tx, import_id, edits)
    await audit.add(
        visit.tx,
        "import",
        visit.person.id,
        school=found.school,
        year=found.year,
        detail=f"форма, ответов: {sum(len(one.edits) for one in what.open)}",
    )
    count = sum(len(one.edits) for one in what.open)
    noun = plural(count, "ответ", "ответа", "ответов")
    return applied_screen(visit, found, f"✅ Записано: {count} {noun}.", what)


def applied_screen(visit: Visit, found: Import, notice: str, what: Plan | None = None) -> Screen:
    """What next: the reports are filled, not sent."""
    rows: list[Row] = []
    assert found.year is not None
    periods = [one.period for one in what.open] if what else []
    for period in periods:
        name = visit.passport.forms.period(period).name
        if visit.is_staff:
            data = board_tap("fill", found.year, period, found.school or "")
            rows.append((Button(f"Отчёт: {name}", data),))
        else:
            rows.append((period_button(f"Отчёт: {name}", found.year, period),))
    rows.append((Button("Отменить загрузку", import_tap("undo", found.id)),))
    if not periods:
        rows += way_on(visit)
    text = f"{notice}\nОтчёт сам не отправляется: проверьте его и отправьте."
    return Screen(text, tuple(rows))


async def take_back(visit: Visit, import_id: int) -> Screen:
    assert visit.person is not None
    found = await load(visit, import_id)
    if found.applied_at is None or found.undone_at is not None:
        raise Outdated("Отменять нечего. Вот что сейчас.")
    outcome = await undo(
        visit.tx,
        visit.passport,
        found.edits,
        visit.person.id,
        lambda report: lock_reason(visit, report) is None,
        on_behalf=visit.is_staff,
    )
    await imports.mark_undone(visit.tx, import_id)
    await audit.add(visit.tx, "undo_import", visit.person.id, school=found.school, year=found.year)
    noun = plural(outcome.count, "ответ", "ответа", "ответов")
    verb = plural(outcome.count, "возвращён", "возвращено", "возвращено")
    text = f"↩️ Загрузка отменена: {verb} {outcome.count} {noun}."
    if outcome.kept:
        text += f" Осталось как есть: {outcome.kept} (изменили позже или отчёт закрыт)."
    if visit.is_staff:
        return await board.show_board(visit, *board.period_at_hand(visit), notice=text)
    return Screen(text, way_on(visit))
