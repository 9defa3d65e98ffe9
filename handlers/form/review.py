"""All doubts on one screen, then sending, then the receipt."""

from zlib import crc32

from aiogram.filters.callback_data import CallbackData

from handlers.form.callbacks import card_tap, tap
from handlers.form.card import section_lines, title
from handlers.form.files import file_of
from handlers.form.question import short
from handlers.ids import RowId
from handlers.screen import Button, Note, Row, Screen
from handlers.tell import About, tell
from handlers.visit import Visit
from handlers.words import q, value_text, when
from passport.change import Edit, difference
from passport.deadlines import is_late
from passport.doubts import Doubt, doubts
from passport.sheet import Sheet
from passport.values import Slot
from storage import audit, deadlines, known, people, prompts, reports
from storage import doubts as doubt_answers
from storage.prompts import Prompt
from storage.reports import Filling, Sending, Submission

SHOWN_CHANGES = 10
SHOWN = 6  # more doubts than this at once is a wall; the rest come as these are settled


class DoubtTap(CallbackData, prefix="d1"):
    """A button of the review; ``mark`` is of the doubt's text: it confirms what was seen."""

    act: str
    report: RowId
    doubt: str
    mark: RowId


def mark(*found: Doubt) -> int:
    return crc32("\n".join(doubt.key + doubt.text for doubt in found).encode())


def whole_mark(filling: Filling, waiting: list[Doubt]) -> int:
    """Of the whole report as it was shown: what is sent is what was seen."""
    seen = f"{max(filling.revisions.values(), default=0)} {len(filling.revisions)}"
    return crc32(f"{mark(*waiting)} {seen}".encode())


async def open_doubts(visit: Visit, filling: Filling) -> tuple[list[Doubt], list[Doubt]]:
    """(to be settled, settled or only worth knowing) in the order of the form."""
    settled = await doubt_answers.settled(visit.tx, filling.report.id)
    waiting: list[Doubt] = []
    quiet: list[Doubt] = []
    for doubt in doubts(filling.sheet, await known.facts(visit.tx, filling.report)):
        passed = doubt.severity == "info" or (doubt.key, doubt.text) in settled
        (quiet if passed else waiting).append(doubt)
    return waiting, quiet


async def show_review(visit: Visit, filling: Filling, notice: str = "") -> Screen:
    """The last look before sending."""
    look = Prompt("look", filling.report.id, Slot(""))
    await prompts.put(visit.tx, visit.chat_id, look)
    waiting, quiet = await open_doubts(visit, filling)
    report = filling.report.id
    lines = [notice, ""] if notice else []
    lines += [title(filling), "Все ответы есть.", "", *section_lines(filling.sheet), ""]
    rows: list[Row] = []
    if waiting:
        lines.append(f"<b>Проверьте перед отправкой: {len(waiting)}</b>")
    for number, doubt in enumerate(waiting[:SHOWN], start=1):
        wants = " (нужно пояснение)" if doubt.severity == "comment" else ""
        lines.append(f"{number}. {q(doubt.text)}{wants}")
        rows.append(_doubt_row(filling, number, doubt))
    if len(waiting) > SHOWN:
        lines.append(f"…и ещё {len(waiting) - SHOWN} – после этих.")
    if any(doubt.severity == "comment" for doubt in waiting):
        lines.append("Где нужно пояснение, исправьте ответ или нажмите 💬. Потом можно отправить.")
    lines += [f"ℹ️ {q(doubt.text)}" for doubt in quiet[:SHOWN] if doubt.severity == "info"]
    if all(doubt.severity == "soft" for doubt in waiting) and len(waiting) <= SHOWN:
        text = "Всё верно, отправить" if waiting else "Отправить отчёт"
        data = DoubtTap(
            act="send", report=report, doubt="", mark=whole_mark(filling, waiting)
        ).pack()
        rows.append((Button(text, data, style="success"),))
    rows.append((Button("☰ Отчёт", card_tap("card", report)),))
    return Screen("\n".join(lines), tuple(rows))


async def ask_comment(visit: Visit, filling: Filling, doubt: str, notice: str = "") -> Screen:
    """Asks for a sentence about one doubt; the next typed message is it."""
    report = filling.report.id
    waiting, quiet = await open_doubts(visit, filling)
    text = next((one.text for one in [*waiting, *quiet] if one.key == doubt), None)
    if text is None:
        return await show_review(visit, filling, "Этого вопроса уже нет: числа изменились.")
    await prompts.put(visit.tx, visit.chat_id, Prompt("comment", report, Slot(""), draft=doubt))
    lines = [notice, ""] if notice else []
    lines += [q(text), "", "Напишите одну фразу для методиста – без фамилий и телефонов."]
    return Screen("\n".join(lines), ((Button("← К проверке", card_tap("review", report)),),))


def _doubt_row(filling: Filling, number: int, doubt: Doubt) -> Row:
    report = filling.report.id

    def button(text: str, act: str) -> Button:
        packed = DoubtTap(act=act, report=report, doubt=doubt.key, mark=mark(doubt)).pack()
        return Button(text, packed)

    row = [] if doubt.severity == "comment" else [button(f"{number} ✔ Да, верно", "yes")]
    slot = doubt.slot
    fix = tap("ask", report, slot, filling.revision(slot))
    return (*row, Button(f"{number} ✏️ Исправить", fix), button(f"{number} 💬 Пояснить", "say"))


async def send(visit: Visit, filling: Filling) -> tuple[Note, ...]:
    """Sends the report; the receipt and the filled form, to stay in the chat."""
    assert visit.person is not None
    before = await reports.submission(visit.tx, filling.report.id)
    report = filling.report
    window = visit.calendar_of(report.school).window(report.year, report.period)
    # A report that was in time stays in time, however often it is corrected.
    late = report.late if report.first_submitted_at else window.state(visit.now) != "open"
    facts = await known.facts(visit.tx, filling.report)
    count = sum(doubt.severity != "info" for doubt in doubts(filling.sheet, facts))
    how = Sending(visit.person.id, late, count, visit.is_staff)
    sent = await reports.submit(visit.tx, filling, how)
    await _tell_others(visit, filling, sent)
    late = is_late(report.first_submitted_at or visit.now, late, window)
    number = f"{report.school.removeprefix('s')}-{report.year[2:4]}{report.year[-2:]}"
    lines = [
        f"✅ <b>Отчёт отправлен</b>, {when(sent.at, visit.zone)}",
        f"Номер: {number}-{report.period}-{sent.number}",
        title(filling),
        "После срока: отмечено опоздание." if late else "В срок.",
        "",
        *section_lines(filling.sheet),
    ]
    if before is not None:
        edits = difference(before[1], dict(filling.sheet.answers))
        lines += ["", *change_lines(filling.sheet, edits)]
    lines += ["", "Если нужно исправить ответ, откройте отчёт ниже и отправьте его снова."]
    file = file_of(report)
    return (Note("\n".join(lines)), Note("Заполненная форма: можно распечатать и подписать.", file))


async def _tell_others(visit: Visit, filling: Filling, sent: Submission) -> None:
    """Methodists have something to look at; a school for which staff entered learns of it."""
    assert visit.person is not None
    report = filling.report
    about = About(report.school, report.year, report.period, ref=report.id)
    act: audit.Act = "submit"
    detail = f"№ {sent.number}" + (", внесено за школу" if sent.on_behalf else "")
    await audit.add(visit.tx, act, visit.person.id, **about.place, detail=detail)
    request = await deadlines.waiting_request(visit.tx, **about.place)
    if request is not None:
        await deadlines.decide(visit.tx, request.id, granted=None, by=None)
    key = f"{report.id}/{sent.number}"
    await tell(visit, "submitted", await people.staff(visit.tx, "methodist"), key, about)
    if sent.on_behalf:
        colleagues = await people.coordinators(visit.tx, report.school)
        await tell(visit, "submitted", colleagues, key, about)


def change_lines(sheet: Sheet, edits: tuple[Edit, ...]) -> list[str]:
    """What has changed between two submissions, number by number."""
    form = sheet.form
    lines = [f"<b>Изменено с прошлой отправки: {len(edits)}</b>"]
    for edit in edits[:SHOWN_CHANGES]:
        unit = form.question(edit.slot.question).unit
        name = q(short(sheet, edit.slot))
        lines.append(f"{name}: {value_text(edit.old, unit)} → {value_text(edit.new, unit)}")
    if len(edits) > SHOWN_CHANGES:
        lines.append(f"и ещё {len(edits) - SHOWN_CHANGES}")
    return lines
