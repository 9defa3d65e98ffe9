"""The history of indicators out of a file: what would become official, confirm, undo."""

from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter

from exports.reading.history_file import ReadHistory, fixing_of
from handlers.errors import Outdated
from handlers.importing.callbacks import import_tap
from handlers.importing.fitting import fitted
from handlers.indicators.callbacks import indicator_tap
from handlers.indicators.year import year_at_hand
from handlers.marks import mark
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport import indicator_words as wording
from passport.indicators import Value
from passport.loader import Passport
from passport.numbers import plural
from storage import audit, imports, indicator_values, prompts
from storage.database import Transaction
from storage.imports import Import
from storage.indicator_values import Fixing

SHOWN = 30  # with the problems above, on one screen
histories = TypeAdapter(ReadHistory)


async def received(visit: Visit, read: ReadHistory) -> Screen:
    assert visit.person is not None
    text = histories.dump_json(read).decode()
    number = await imports.add(visit.tx, "history", text, visit.person.id, school=None, year=None)
    return await show(visit, number)


async def load(visit: Visit, import_id: int) -> Import:
    found = await imports.get(visit.tx, import_id)
    if found is None or found.kind != "history" or not visit.is_staff:
        raise Outdated
    return found


async def changes(
    tx: Transaction, passport: Passport, read: ReadHistory
) -> list[tuple[Fixing, Value | None]]:
    """What differs from the official values that are stored: (new, old)."""
    official = await indicator_values.official(tx)
    made = []
    for one in read.values:
        fixing = fixing_of(passport.indicators, one)
        old = official.get(one.year, {}).get((fixing.key, fixing.point))
        if old is None or _said(old) != _said(fixing.value):
            made.append((fixing, old))
    return made


def _said(value: Value) -> tuple[Decimal, Decimal | None, date, str]:
    return value.given or value.numerator, value.denominator, value.on, value.source


def mark_of(made: list[tuple[Fixing, Value | None]]) -> int:
    return mark(made)


async def show(visit: Visit, import_id: int, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await load(visit, import_id)
    if found.undone_at is not None:
        text = "Эта загрузка отменена. Чтобы загрузить снова, пришлите файл ещё раз."
        return Screen(
            text, ((Button("← Показатели", indicator_tap("year", year_at_hand(visit))),),)
        )
    back: Row = (Button("← Показатели", indicator_tap("year", year_at_hand(visit))),)
    if found.applied_at is not None:
        undo: Row = (Button("Отменить загрузку", import_tap("undo", found.id)),)
        return Screen("✅ История записана.", (undo, back))
    read = histories.validate_json(found.read)
    made = await changes(visit.tx, visit.passport, read)
    count = len(made)
    lines = [notice, ""] if notice else []
    lines += [
        "<b>История показателей из файла</b>",
        f"Прочитано значений: {len(read.values)}, изменится: {count}. Пока ничего не записано.",
        "",
    ]
    if read.problems:
        problems = [
            f"• строка {one.row}, {q(one.column)} «{q(one.was)}»: {q(one.text)}"
            for one in read.problems
        ]
        lines += [f"⚠️ Не прочитано: {len(problems)}", *fitted(problems, 8), ""]
    lines += fitted([_change(visit, fixing, old) for fixing, old in made], SHOWN)
    rows: list[Row] = []
    if made:
        label = f"Записать: {count} {plural(count, 'значение', 'значения', 'значений')}"
        rows.append((Button(label, import_tap("apply", found.id, mark_of(made)), style="success"),))
    word = "Не записывать" if made else "Закрыть"
    rows.append((Button(word, import_tap("drop", found.id)),))
    return Screen("\n".join(lines), tuple(rows))


def _change(visit: Visit, fixing: Fixing, old: Value | None) -> str:
    indicator = visit.passport.indicators.get(fixing.key)
    end = ", на конец года" if fixing.key == "pupils" and fixing.point == "end" else ""
    name = f"{school_year(fixing.year)} {q(indicator.short)}{end}"
    was = "нет" if old is None else wording.amount(indicator, old)
    return f"{name}: {was} → {wording.amount(indicator, fixing.value)}"


async def confirm(visit: Visit, import_id: int, mark: int) -> Screen:
    assert visit.person is not None
    found = await load(visit, import_id)
    if found.applied_at is not None or found.undone_at is not None:
        return await show(visit, import_id)
    made = await changes(visit.tx, visit.passport, histories.validate_json(found.read))
    if mark_of(made) != mark:
        notice = "Пока вы смотрели, значения изменились. Проверьте снова."
        return await show(visit, import_id, notice)
    for fixing, _ in made:
        await indicator_values.fix(visit.tx, fixing, visit.person.id, import_id)
    await imports.mark_applied(visit.tx, import_id, "")
    detail = f"история, значений: {len(made)}"
    await audit.add(visit.tx, "import", visit.person.id, detail=detail)
    return await show(visit, import_id)


async def take_back(visit: Visit, import_id: int) -> Screen:
    assert visit.person is not None
    found = await load(visit, import_id)
    if found.applied_at is None or found.undone_at is not None:
        raise Outdated("Отменять нечего. Вот что сейчас.")
    count = await indicator_values.withdraw(visit.tx, import_id)
    await imports.mark_undone(visit.tx, import_id)
    await audit.add(visit.tx, "undo_import", visit.person.id)
    noun = plural(count, "значение", "значения", "значений")
    back = Button("← Показатели", indicator_tap("year", year_at_hand(visit)))
    return Screen(
        f"↩️ Загрузка отменена: снято {count} {noun}, прежние снова действуют.", ((back,),)
    )
