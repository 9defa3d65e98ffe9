"""A school's classes and their subjects: shown, and correctable ever after."""

from aiogram.filters.callback_data import CallbackData

from handlers.errors import Forbidden, Outdated
from handlers.form.callbacks import card_tap
from handlers.form.locks import may_fill
from handlers.ids import RowId
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.calendar import previous_year
from passport.register import ClassDraft, ProfileClass
from passport.values import Slot
from storage import classes, prompts
from storage.prompts import Prompt
from storage.reports import Filling

LONGEST_LIST = 80  # Telegram takes a hundred buttons


class ClassTap(CallbackData, prefix="k1"):
    """A button about one class (0: about the list), within a report's card."""

    act: str
    report: RowId
    class_id: RowId = 0
    subject_id: RowId = 0


def class_tap(act: str, report: int, class_id: int = 0, subject_id: int = 0) -> str:
    return ClassTap(act=act, report=report, class_id=class_id, subject_id=subject_id).pack()


def grown(classes_before: tuple[ProfileClass, ...]) -> list[ClassDraft]:
    """Last year's tenth grades as this year's eleventh."""
    return [
        ClassDraft(one.grade + 1, one.letter, one.kind, one.track)
        for one in classes_before
        if one.grade == 10
    ]


async def last_year(visit: Visit, filling: Filling) -> tuple[ProfileClass, ...]:
    before = previous_year(filling.report.year)
    return (await classes.register(visit.tx, filling.report.school, before)).open


async def last_year_row(visit: Visit, filling: Filling) -> tuple[Row, ...]:
    """One tap instead of typing: the classes that moved up."""
    drafts = grown(await last_year(visit, filling))
    if not drafts:
        return ()
    names = ", ".join(f"{one.grade} «{one.letter}»" for one in drafts)
    text = f"Как в прошлом году: {names}"[:60]
    return ((Button(text, class_tap("grow", filling.report.id)),),)


async def show_classes(visit: Visit, filling: Filling, notice: str = "") -> Screen:
    """The list; a typed message answers nothing while it is shown."""
    report = filling.report
    await prompts.put(visit.tx, visit.chat_id, Prompt("look", report.id, Slot("")))
    known = await classes.register(visit.tx, report.school, report.year)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Классы и группы, {school_year(report.year)}</b>"]
    rows: list[Row] = []
    for one in known.asked_with(()):
        subjects = ", ".join(subject.name for subject in one.subjects) or "предметы не указаны"
        lines.append(f"• {q(one.full_name)}: {q(subjects)}")
        rows.append((Button(f"✏️ {one.full_name}"[:60], class_tap("show", report.id, one.id)),))
    if not rows:
        lines.append("Пока нет ни одного класса.")
    rows.append((Button("＋ Добавить класс", class_tap("add", report.id)),))
    rows.append((Button("☰ Отчёт", card_tap("card", report.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def show_class(visit: Visit, filling: Filling, class_id: int, notice: str = "") -> Screen:
    """One class: typed lines add subjects to it while it is shown."""
    report = filling.report
    one = await own_class(visit, filling, class_id)
    prompt = Prompt("add_subjects", report.id, Slot("", class_id))
    await prompts.put(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.full_name)}</b>", "", "Профильные предметы:"]
    lines += [f"• {q(subject.name)}" for subject in one.subjects] or ["пока не указаны"]
    lines += ["", "Чтобы добавить предмет, напишите его, например: <code>Химия</code>"]
    rows: list[Row] = [
        (Button(f"✖ {subject.name}"[:60], class_tap("drop", report.id, class_id, subject.id)),)
        for subject in one.subjects[:LONGEST_LIST]
    ]
    rows.append((Button("Исправить класс", class_tap("mend", report.id, class_id)),))
    rows.append((Button("Закрыть класс", class_tap("close", report.id, class_id)),))
    rows.append(
        (
            Button("← Классы", class_tap("list", report.id)),
            Button("☰ Отчёт", card_tap("card", report.id)),
        )
    )
    return Screen("\n".join(lines), tuple(rows))


async def ask_for_class(
    visit: Visit, filling: Filling, class_id: int = 0, notice: str = ""
) -> Screen:
    """Asks for a line about a class: a new one, or the mended name of a known one."""
    report = filling.report
    purpose: prompts.Purpose = "mend_class" if class_id else "add_classes"
    await prompts.put(visit.tx, visit.chat_id, Prompt(purpose, report.id, Slot("", class_id)))
    lines = [notice, ""] if notice else []
    if class_id:
        one = await own_class(visit, filling, class_id)
        lines.append(f"<b>{q(one.full_name)}</b>\nКак записать этот класс? Ответы останутся.")
    else:
        lines.append("<b>Новый класс</b>\nНапишите номер, букву и направленность.")
    lines.append("Например: <code>10 А медицинская</code> или <code>11 Б группа инженерная</code>")
    back = class_tap("show", report.id, class_id) if class_id else class_tap("list", report.id)
    rows: list[Row] = [(Button("← Назад", back),)]
    if not class_id and filling.sheet.classes:
        rows.insert(0, (Button("Дальше →", card_tap("next", report.id)),))
    return Screen("\n".join(lines), tuple(rows))


def closing_screen(filling: Filling, one: ProfileClass, *, answered: bool) -> Screen:
    text = f"Закрыть {q(one.full_name)}? Спрашивать об этом классе больше не буду."
    if answered:
        text += " Записанные ответы останутся в отчётах."
    report = filling.report.id
    return Screen(
        text,
        (
            (Button("Да, закрыть", class_tap("closed", report, one.id), style="danger"),),
            (Button("← Не закрывать", class_tap("show", report, one.id)),),
        ),
    )


async def own_class(visit: Visit, filling: Filling, class_id: int) -> ProfileClass:
    """The class, if it is of this report's school and year; raises Outdated or Forbidden."""
    report = filling.report
    if not may_fill(visit, report.school):
        raise Forbidden
    known = await classes.register(visit.tx, report.school, report.year)
    for one in known.open:
        if one.id == class_id:
            return one
    raise Outdated("Этот класс уже закрыт. Вот что сейчас.")
