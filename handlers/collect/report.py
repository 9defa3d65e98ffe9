"""One school's report as staff see it: what was sent, its doubts, and what has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.collect.callbacks import AnswerTimeTap, DateTap, board_tap, report_tap, school_tap
from handlers.errors import Outdated
from handlers.form.card import section_lines, section_mark, shown_slots
from handlers.form.question import short
from handlers.form.review import change_lines
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import answers_left, date_words, q, school_year, shorten, value_text, when
from passport.change import difference
from passport.deadlines import is_late
from passport.doubts import doubts
from passport.numbers import plural
from passport.sheet import Sheet
from passport.values import Slot, Value
from storage import answers, deadlines, known, prompts, reports, returns
from storage import doubts as doubt_answers
from storage.deadlines import TimeRequest
from storage.reports import Filling, Submission

SHOWN_DOUBTS = 8
SHOWN_NAMES = 6
LONGEST_COMMENT = 160


@dataclass(frozen=True)
class Looked:
    """What staff look at: the last submission, or the draft as far as it has come.

    ``filling`` is the working copy, ``seen`` the same with the answers that were sent.
    """

    filling: Filling
    seen: Filling
    sent: Submission | None
    before: dict[Slot, Value] | None  # the submission before the last one

    @property
    def number(self) -> int:
        return self.sent.number if self.sent else 0


async def look(visit: Visit, report_id: int) -> Looked:
    """Raises Outdated when there is no such report."""
    filling = await reports.filling_by_id(visit.tx, visit.passport.forms, report_id)
    if filling is None:
        raise Outdated("Такого отчёта больше нет. Вот что сейчас.")
    last = await reports.submission(visit.tx, report_id)
    if last is None:
        return Looked(filling, filling, None, None)
    sent, given = last
    earlier = await reports.submission(visit.tx, report_id, sent.number - 1)
    seen = replace(filling, sheet=_narrowed(filling.sheet, given))
    return Looked(filling, seen, sent, earlier[1] if earlier else None)


def _narrowed(sheet: Sheet, given: Mapping[Slot, Value]) -> Sheet:
    """The sheet as it was sent: with the classes and subjects that the answers speak of."""
    classes = {slot.class_id for slot in given}
    subjects = {slot.subject_id for slot in given}
    return replace(
        sheet,
        answers=given,
        classes=tuple(
            replace(one, subjects=tuple(known for known in one.subjects if known.id in subjects))
            for one in sheet.classes
            if one.id in classes
        ),
    )


async def show_report(visit: Visit, report_id: int, notice: str = "") -> Screen:
    """Everything that is needed to accept or to return."""
    await prompts.put(visit.tx, visit.chat_id, None)
    looked = await look(visit, report_id)
    lines = [notice, ""] if notice else []
    lines += [title(visit, looked.filling), *await _state(visit, looked), ""]
    lines += section_lines(looked.seen.sheet)
    lines += await _doubts(visit, looked)
    if looked.before is not None:
        edits = difference(looked.before, dict(looked.seen.sheet.answers))
        lines += ["", *change_lines(looked.seen.sheet, edits)]
    return Screen("\n".join(lines), _keyboard(looked, await _request(visit, looked)))


def title(visit: Visit, filling: Filling) -> str:
    report = filling.report
    name = filling.sheet.form.period(report.period).name
    school = visit.school_name(report.school)
    return f"<b>{q(school)}: {q(name)}, {school_year(report.year)} уч. год</b>"


async def _state(visit: Visit, looked: Looked) -> list[str]:
    report = looked.filling.report
    window = visit.deadlines.window(report.school, report.year, report.period)
    due = f"Срок: {when(window.due_at, visit.zone)}"
    if visit.deadlines.has_own(report.school, report.year, report.period):
        due += " (для этой школы)"
    lines = [due]
    if looked.sent is None:
        left = len(looked.filling.sheet.gaps)
        lines.append(f"Заполняют, {answers_left(left)}" if left else "Заполнен, не отправлен")
    else:
        late = is_late(report.first_submitted_at, report.late, window)
        number = f", отправка № {looked.number}" if looked.number > 1 else ""
        times = "позже срока" if late else "в срок"
        lines.append(f"Отправлен {when(looked.sent.at, visit.zone)}, {times}{number}")
    match report.status:
        case "submitted":
            lines.append("📨 На проверке")
        case "accepted" if report.accepted_at is not None:
            lines.append(f"✅ Принят {when(report.accepted_at, visit.zone)}")
        case "returned" if looked.filling.returned is not None:
            back = looked.filling.returned
            lines.append(f"↩️ Возвращён {when(back.at, visit.zone)}: «{q(back.comment)}»")
            sheet, slots = looked.filling.sheet, [*back.slots][:SHOWN_NAMES]
            names = ", ".join(q(short(sheet, slot)) for slot in slots)
            if len(back.slots) > SHOWN_NAMES:
                names += f" и ещё {len(back.slots) - SHOWN_NAMES}"
            if names:
                lines.append(f"Исправить: {names}")
    if report.status in ("submitted", "returned") and report.has_unsent_changes:
        lines.append("✏️ После отправки ответы изменили, но отчёт снова ещё не отправили")
    entered = await answers.entered_by_staff(visit.tx, report.id)
    if entered:
        noun = plural(entered, "ответ", "ответа", "ответов")
        lines.append(f"✍️ Внесено за школу: {entered} {noun}")
    request = await _request(visit, looked)
    if request is not None:
        lines.append(f"🙏 Просит срок до {date_words(request.due)}: {q(request.reason)}")
    count = await returns.count(visit.tx, report.id)
    if count > 1:
        lines.append(f"Возвращали {count} {plural(count, 'раз', 'раза', 'раз')}")
    return lines


async def _doubts(visit: Visit, looked: Looked) -> list[str]:
    """Doubts of what was sent, each with what the school said to it."""
    if looked.sent is None:
        return []
    facts = await known.facts(visit.tx, looked.filling.report)
    found = [one for one in doubts(looked.seen.sheet, facts) if one.severity != "info"]
    if not found:
        return ["", "Сомнений нет."]
    said = await doubt_answers.settled(visit.tx, looked.filling.report.id)
    lines = ["", f"<b>Сомнения: {len(found)}</b>"]
    for number, one in enumerate(found[:SHOWN_DOUBTS], start=1):
        lines.append(f"{number}. {q(shorten(one.text, LONGEST_COMMENT))}")
        comment = said.get((one.key, one.text))
        if comment:
            lines.append(f"   💬 {q(shorten(comment, LONGEST_COMMENT))}")
        elif comment == "":
            lines.append("   Школа подтвердила: верно")
    if len(found) > SHOWN_DOUBTS:
        lines.append(f"…и ещё {len(found) - SHOWN_DOUBTS}")
    return lines


async def _request(visit: Visit, looked: Looked) -> TimeRequest | None:
    """What the school asks for and nobody has answered."""
    report = looked.filling.report
    return await deadlines.waiting_request(visit.tx, report.school, report.year, report.period)


def _keyboard(looked: Looked, request: TimeRequest | None) -> tuple[Row, ...]:
    report = looked.filling.report
    number = looked.number
    rows: list[Row] = []
    if request is not None:
        grant, refuse = (
            AnswerTimeTap(act=act, request=request.id).pack() for act in ("grant", "refuse")
        )
        rows.append((Button("Продлить срок", grant), Button("Отказать", refuse)))
    if report.status == "submitted":
        rows.append(
            (
                Button("Принять", report_tap("accept", report.id, number), style="success"),
                Button("Вернуть", report_tap("return", report.id, number)),
            )
        )
    sheet = looked.seen.sheet
    marks = [
        Button(
            f"{section.key} {section_mark(sheet, section)}",
            report_tap("part", report.id, number, section.key),
        )
        for section in sheet.form.sections
    ]
    rows += [row for row in (tuple(marks[:4]), tuple(marks[4:])) if row]
    if report.status == "accepted":
        rows.append((Button("Открыть снова", report_tap("reopen", report.id, number)),))
    else:
        rows.append((Button("Внести за школу", report_tap("fill", report.id)),))
    tools = [Button("Форма в Excel", report_tap("excel", report.id))]
    if report.status in ("draft", "returned"):
        tools.append(Button("Напомнить", report_tap("nudge", report.id)))
    if report.first_submitted_at is None:
        move = DateTap(act="pick", year=report.year, period=report.period, school=report.school)
        tools.append(Button("Перенести срок", move.pack()))
    rows.append(tuple(tools))
    rows.append(
        (
            Button("Школа", school_tap("show", report.school)),
            Button("← Кто сдал", board_tap("show", report.year, report.period)),
        )
    )
    return tuple(rows)


def unsent_screen(visit: Visit, looked: Looked) -> Screen:
    """Accepting while the school is changing answers: what was sent is what counts."""
    report = looked.filling.report.id
    return Screen(
        f"{title(visit, looked.filling)}\n"
        "Школа изменила ответы после отправки, но отчёт снова не отправила. "
        "Принять то, что было отправлено? Неотправленные изменения не войдут.",
        (
            (Button("Принять отправленное", report_tap("accept_sent", report, looked.number)),),
            (Button("← Подождать", report_tap("show", report)),),
        ),
    )


async def show_part(visit: Visit, report_id: int, key: str) -> Screen:
    """The answers of one row of the form, as they were sent."""
    looked = await look(visit, report_id)
    sheet = looked.seen.sheet
    section = next((one for one in sheet.form.sections if one.key == key), None)
    if section is None:
        raise Outdated
    lines = [title(visit, looked.filling), f"<b>{section.key}. {q(section.title)}</b>", ""]
    for slot in shown_slots(sheet, section):
        unit = sheet.form.question(slot.question).unit
        value = value_text(sheet.effective(slot), unit)
        lines.append(f"{q(short(sheet, slot))}: {value}")
    back = Button("← Отчёт школы", report_tap("show", report_id))
    return Screen("\n".join(lines), ((back,),))
