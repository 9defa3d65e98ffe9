"""Choosing the numbers to return, and the sentence that goes with them.

What is chosen so far stands in the chat's prompt; the report is touched only by «Вернуть школе».
"""

import json
from dataclasses import dataclass
from html import unescape

from handlers.collect import decisions
from handlers.collect.callbacks import PickTap, report_tap
from handlers.collect.report import Looked, show_report, title
from handlers.errors import ForPerson, Outdated
from handlers.form.entries import wrong_comment
from handlers.form.question import short
from handlers.screen import Button, Reply, Row, Screen
from handlers.tell import told
from handlers.visit import Visit
from handlers.words import q, shorten, value_text
from passport.parsing import clean_line
from passport.values import Slot
from storage import prompts
from storage.prompts import Prompt

MOST_BUTTONS = 80  # Telegram takes a hundred


@dataclass(frozen=True)
class Choice:
    """``number``: of the submission that is looked at."""

    number: int
    slots: tuple[Slot, ...] = ()
    sentence: str = ""

    def dump(self) -> str:
        slots = [[one.question, one.class_id, one.subject_id] for one in self.slots]
        return json.dumps([self.number, slots, self.sentence], ensure_ascii=False)

    @classmethod
    def load(cls, draft: str | None) -> "Choice":
        number, slots, sentence = json.loads(draft or '[0, [], ""]')
        return cls(number, tuple(Slot(*one) for one in slots), sentence)


async def show_choice(visit: Visit, looked: Looked, choice: Choice, notice: str = "") -> Screen:
    """The numbers to tick; from now on a typed message is the sentence."""
    report = looked.filling.report
    await prompts.put(
        visit.tx, visit.chat_id, Prompt("return", report.id, Slot(""), draft=choice.dump())
    )
    lines = [notice, ""] if notice else []
    lines += [title(visit, looked.filling), "<b>Что вернуть?</b>"]
    lines.append("Отметьте числа, напишите одной фразой, что исправить, и нажмите «Вернуть школе».")
    lines.append("Например: <code>Сверьте число учеников с приказом о зачислении</code>")
    lines += ["", f"Отмечено: {len(choice.slots) or 'ничего – вернётся весь отчёт'}"]
    if choice.sentence:
        lines.append(f"Фраза: «{q(choice.sentence)}». Чтобы изменить, напишите другую.")
    rows: list[Row] = [(_tick(looked, slot, choice),) for slot in pickable(looked)]
    if choice.sentence:
        send = report_tap("send_back", report.id, choice.number)
        rows.append((Button("Вернуть школе", send, style="danger"),))
    rows.append((Button("← Не возвращать", report_tap("show", report.id)),))
    return Screen("\n".join(lines), tuple(rows))


def pickable(looked: Looked) -> tuple[Slot, ...]:
    """Numbers that were sent and can be corrected, in the order of the form."""
    sheet = looked.seen.sheet
    return tuple(slot for slot in sheet.slots if sheet.has(slot))[:MOST_BUTTONS]


def _tick(looked: Looked, slot: Slot, choice: Choice) -> Button:
    sheet = looked.seen.sheet
    unit = sheet.form.question(slot.question).unit
    # A button's label is no HTML.
    mark = "☑" if slot in choice.slots else "☐"
    text = f"{mark} {short(sheet, slot)}: {unescape(value_text(sheet.effective(slot), unit))}"
    data = PickTap(
        report=looked.filling.report.id,
        number=choice.number,
        question=slot.question,
        class_id=slot.class_id,
        subject_id=slot.subject_id,
    )
    return Button(shorten(text, 60), data.pack())


async def current(visit: Visit, report_id: int, number: int) -> Choice:
    """What is chosen in this chat for this submission; nothing yet, when another thing is open."""
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is not None and prompt.purpose == "return" and prompt.report_id == report_id:
        choice = Choice.load(prompt.draft)
        if choice.number == number:
            return choice
    return Choice(number)


async def pick(visit: Visit, data: PickTap) -> Screen:
    looked = await decisions.decidable(visit, data.report, data.number)
    if data.slot not in pickable(looked):
        raise Outdated
    choice = await current(visit, data.report, data.number)
    chosen = set(choice.slots) ^ {data.slot}
    slots = tuple(slot for slot in pickable(looked) if slot in chosen)
    return await show_choice(visit, looked, Choice(data.number, slots, choice.sentence))


async def sentence(visit: Visit, prompt: Prompt, text: str) -> Reply:
    """A typed message while numbers are chosen: the sentence for the school."""
    choice = Choice.load(prompt.draft)
    try:
        looked = await decisions.decidable(visit, prompt.report_id, choice.number)
    except ForPerson as refusal:
        return Reply(await show_report(visit, prompt.report_id, f"⚠️ {q(refusal.text)}"))
    said = " ".join(clean_line(text).split())
    wrong = wrong_comment(said)
    if wrong:
        return Reply(await show_choice(visit, looked, choice, f"⚠️ {wrong}"))
    return Reply(await show_choice(visit, looked, Choice(choice.number, choice.slots, said)))


async def send_back(visit: Visit, report_id: int, number: int) -> Screen:
    looked = await decisions.decidable(visit, report_id, number)
    choice = await current(visit, report_id, number)
    if not choice.sentence:
        return await show_choice(visit, looked, choice, "⚠️ Напишите одной фразой, что исправить.")
    count = await decisions.give_back(visit, looked, choice.sentence, choice.slots)
    return await show_report(visit, report_id, f"↩️ Отчёт возвращён. {told(visit, count)}")
