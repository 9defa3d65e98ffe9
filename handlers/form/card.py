"""The living card of a report: eight groups, what is left, when it is due."""

from decimal import Decimal

from handlers.collect.callbacks import report_tap
from handlers.form.callbacks import PeriodTap, card_tap, tap, time_tap
from handlers.form.locks import lock_reason
from handlers.form.progress import left_text
from handlers.form.question import short
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import answers_left, capital, q, school_year, shorten, value_text, when
from passport.form import PeriodKey, Section
from passport.numbers import plural
from passport.sheet import Sheet
from passport.values import Named, Number, Slot
from storage.reports import Filling

DONE, PART, EMPTY, OPTIONAL = "✅", "◐", "○", "·"


def title(filling: Filling) -> str:
    period = filling.sheet.form.period(filling.report.period)
    return f"<b>Отчёт: {q(period.name)}, {school_year(filling.report.year)} уч. год</b>"


def deadline(visit: Visit, filling: Filling) -> str:
    """The due date with weekday and hour, and the rule that goes with the state."""
    report = filling.report
    window = visit.calendar_of(report.school).window(report.year, report.period)
    state = visit.calendar_of(report.school).state(report.year, report.period, visit.now)
    due = when(window.due_at, visit.zone)
    if state == "late" and report.submitted_at is not None:
        return f"Срок был {due}"
    if state == "late":
        until = when(window.closes_at, visit.zone)
        return f"Срок был {due}. Отчёт ещё принимаем – до {until}"
    if state == "closed" and report.status == "returned":
        return f"Срок был {due}. Исправленный отчёт примем"
    if state == "closed" and visit.is_staff:
        return f"Срок был {due}. Приём закрыт: внести ответы можете только вы"
    if state == "closed":
        return f"Срок был {due}. Приём закрыт: об изменениях напишите методисту ИМЦ"
    return f"Срок: {due}"


def status_line(visit: Visit, filling: Filling) -> str:
    report, left = filling.report, len(filling.sheet.gaps)
    if filling.returned is not None:
        return _returned_line(visit, filling)
    sent = when(report.submitted_at, visit.zone) if report.submitted_at else ""
    if report.status == "accepted" and report.accepted_at:
        return f"Принят {when(report.accepted_at, visit.zone)}. Спасибо!"
    if report.status == "submitted" and left:
        return f"Отправлен {sent}. С тех пор появились пропуски: {answers_left(left)}"
    if report.status == "submitted" and report.has_unsent_changes:
        return f"Отправлен {sent}. Потом ответы изменились – отправьте отчёт снова"
    if report.status == "submitted":
        return f"Отправлен {sent}. Ответ ещё можно изменить"
    if left:
        return capital(left_text(filling.sheet))
    return "Все ответы есть. Осталось проверить и отправить"


def _returned_line(visit: Visit, filling: Filling) -> str:
    assert filling.returned is not None
    line = f"↩️ Возвращён {when(filling.returned.at, visit.zone)}: «{q(filling.returned.comment)}»\n"
    count = len(filling.to_mend)
    if count:
        noun = plural(count, "ответ", "ответа", "ответов")
        return line + f"Проверьте {count} {noun} и отправьте отчёт снова"
    if filling.sheet.gaps:
        return line + capital(left_text(filling.sheet))
    return line + "Всё проверено. Осталось отправить отчёт снова"


def card_screen(visit: Visit, filling: Filling, notice: str = "") -> Screen:
    sheet = filling.sheet
    lines = [notice, ""] if notice else []
    lines += [title(filling), q(visit.school_name(filling.report.school))]
    if visit.is_staff:
        lines.append("✍️ Вы вносите ответы за школу, это будет отмечено")
    lines += [deadline(visit, filling), status_line(visit, filling), ""]
    lines += section_lines(sheet)
    return Screen("\n".join(lines), _keyboard(visit, filling))


def section_screen(filling: Filling, section: Section, *, locked: bool) -> Screen:
    """The answers of one group, each with a button to change it."""
    sheet, report = filling.sheet, filling.report.id
    lines = [title(filling), f"<b>{section.key}. {q(section.title)}</b>", ""]
    rows: list[Row] = []
    for slot in shown_slots(sheet, section):
        unit = sheet.form.question(slot.question).unit
        name = short(sheet, slot)
        lines.append(f"{q(name)}: {value_text(sheet.effective(slot), unit)}")
        if not locked:
            revision = filling.revision(slot)
            rows.append((Button(f"✏️ {shorten(name, 50)}", tap("ask", report, slot, revision)),))
    if not locked:
        lines += ["", "Что изменить?"]
        if sheet.form.is_quarterly and section.key in ("1", "2"):
            rows.append((Button("Классы и предметы", card_tap("classes", report)),))
    rows.append((Button("☰ Отчёт", card_tap("card", report)),))
    return Screen("\n".join(lines), tuple(rows))


def section_mark(sheet: Sheet, section: Section) -> str:
    slots = sheet.section_slots(section.key)
    required = [slot for slot in slots if sheet.is_required(slot)]
    answered = [slot for slot in slots if sheet.has(slot)]
    if not slots and _lacks_classes(sheet, section):
        return OPTIONAL
    if not required and not answered:
        asked = [one for one in sheet.form.questions if one.section == section.key]
        later = any(sheet.period in question.required for question in asked)
        return EMPTY if later else OPTIONAL
    if all(sheet.has(slot) for slot in required):
        return DONE
    return PART if answered else EMPTY


def shown_slots(sheet: Sheet, section: Section) -> list[Slot]:
    """What is worth a line: every place that can be filled, and the head that is worked out."""
    slots = list(sheet.section_slots(section.key))
    if section.head and Slot(section.head) not in slots:
        slots.append(Slot(section.head))
    return slots


def section_lines(sheet: Sheet) -> list[str]:
    """Eight lines: each group with its mark and what it comes to."""
    return [_section_line(sheet, section) for section in sheet.form.sections]


def _section_line(sheet: Sheet, section: Section) -> str:
    mark = section_mark(sheet, section)
    required = [slot for slot in sheet.section_slots(section.key) if sheet.is_required(slot)]
    missing = sum(1 for slot in required if not sheet.has(slot))
    line = f"{mark} {section.key}. {q(section.title)}"
    match mark:
        case "◐":
            return f"{line} – {answers_left(missing)}"
        case "✅":
            return f"{line} – {_summary(sheet, section)}"
        case "·" if _lacks_classes(sheet, section):
            return f"{line} – классов пока нет, добавьте: /school"
        case "·":
            return f"{line} – по желанию"
        case _:
            return line


def _lacks_classes(sheet: Sheet, section: Section) -> bool:
    """A questionnaire asks about classes that nobody has entered yet."""
    asked = [one for one in sheet.form.questions if one.section == section.key]
    by_class = all(one.per == "class" for one in asked)
    return by_class and not sheet.classes and not sheet.form.is_quarterly


def _summary(sheet: Sheet, section: Section) -> str:
    """What a finished group comes to, in a few words."""
    if not sheet.form.is_quarterly:
        return _short_summary(sheet, section)
    if section.key == "1":
        pupils = sheet.pupils()
        return value_text(Number(pupils), "чел.") if pupils is not None else "заполнено"
    if section.head:
        head = sheet.effective(Slot(section.head))
        return value_text(head, sheet.form.question(section.head).unit)
    slots = sheet.section_slots(section.key)
    if section.key == "2":
        return f"{len(slots)} {plural(len(slots), 'предмет', 'предмета', 'предметов')}"
    value = sheet.effective(slots[0])
    if isinstance(value, Named):
        value = sheet.effective(Slot(f"{slots[0].question}.total")) or Number(Decimal(value.total))
    return value_text(value, sheet.form.question(slots[0].question).unit)


def _short_summary(sheet: Sheet, section: Section) -> str:
    """Of a questionnaire: its one answer, or how many there are."""
    answered = [slot for slot in sheet.section_slots(section.key) if sheet.has(slot)]
    if len(answered) == 1:
        unit = sheet.form.question(answered[0].question).unit
        return value_text(sheet.effective(answered[0]), unit)
    count = len(answered)
    return f"{count} {plural(count, 'ответ', 'ответа', 'ответов')}"


def _keyboard(visit: Visit, filling: Filling) -> tuple[Row, ...]:
    sheet, report = filling.sheet, filling.report.id
    locked = lock_reason(visit, filling.report) is not None
    rows: list[Row] = []
    if not locked and filling.to_mend:
        rows.append((Button("▶ Исправить", card_tap("next", report), style="primary"),))
    elif not locked and sheet.gaps:
        rows.append((Button("▶ Продолжить", card_tap("next", report), style="primary"),))
    elif not locked and (filling.report.status != "submitted" or filling.report.has_unsent_changes):
        text = "Проверить и отправить"
        rows.append((Button(text, card_tap("review", report), style="primary"),))
    marks = [
        Button(
            f"{section.key} {section_mark(sheet, section)}", card_tap("part", report, section.key)
        )
        for section in sheet.form.sections
    ]
    rows += [row for row in (tuple(marks[:4]), tuple(marks[4:])) if row]
    if filling.report.status == "submitted":
        rows.append((Button("Форма в Excel", card_tap("excel", report)),))
    if not visit.is_staff and may_ask_for_time(visit, filling):
        rows.append((Button("Попросить ещё времени", time_tap("ask", report)),))
    back = Button("Все отчёты", card_tap("list", report))
    if visit.is_staff:
        back = Button("← Отчёт школы", report_tap("show", report))
    if sheet.form.is_quarterly:
        rows.append((Button("Классы", card_tap("classes", report)), back))
    else:
        rows.append((back,))
    return tuple(rows)


def may_ask_for_time(visit: Visit, filling: Filling) -> bool:
    report = filling.report
    state = visit.calendar_of(report.school).state(report.year, report.period, visit.now)
    return report.status == "draft" and state in ("open", "late")


def period_button(text: str, year: str, period: PeriodKey) -> Button:
    return Button(text, PeriodTap(year=year, period=period).pack())
