"""The screen of one question: wording, hint, what is known, and one-tap answers."""

from collections.abc import Sequence

from handlers.form.callbacks import card_tap, tap
from handlers.form.progress import left_text
from handlers.screen import Button, Row, Screen
from handlers.words import capital, listed, q, value_text
from passport.form import Question
from passport.numbers import plain, plural
from passport.sheet import Sheet
from passport.values import Chosen, Named, Nothing, Number, Slot, Text
from storage.reports import Filling

LINES_A_PAGE = 90  # Telegram takes a hundred buttons


def wording(sheet: Sheet, slot: Slot, template: str) -> str:
    """A template of the form's data with class, subject and period filled in; not quoted."""
    period = sheet.form.period(sheet.period)
    one = sheet.profile_class(slot.class_id)
    subjects = {subject.id: subject.name for subject in one.subjects} if one else {}
    words = {
        "class": one.name if one else "",
        "track": f" ({one.track})" if one and one.track else "",
        "subject": subjects.get(slot.subject_id, ""),
        "moment": period.moment,
        "span": period.span,
    }
    return template.format_map(words)


def short(sheet: Sheet, slot: Slot) -> str:
    """What a slot is called in one line; not quoted."""
    return wording(sheet, slot, sheet.form.question(slot.question).short)


def question_screen(
    filling: Filling,
    slot: Slot,
    notice: str = "",
    extra: tuple[Row, ...] = (),
    told: Sequence[str] = (),
) -> Screen:
    """``notice`` is already HTML: what was just recorded, or why a text was not an answer.

    ``told`` are lines that the question is about, HTML too.
    """
    sheet = filling.sheet
    question = sheet.form.question(slot.question)
    section = sheet.form.section(question.section)
    period = sheet.form.period(sheet.period)
    head = f"<b>{section.key}. {q(section.title)}</b> · {q(period.name)}"
    if sheet.gaps:
        head += f" · {left_text(sheet)}"
    parts = [notice, "", head] if notice else [head]
    if slot in filling.to_mend and filling.returned is not None:
        count = len(filling.to_mend)
        noun = plural(count, "ответ", "ответа", "ответов")
        parts.append(f"↩️ Методист: «{q(filling.returned.comment)}» (проверить {count} {noun})")
    parts.append(q(wording(sheet, slot, question.ask)))
    if question.hint:
        parts.append(f"<i>{q(question.hint)}</i>")
    if question.kind not in ("choice", "checklist", "confirm"):
        parts.append(_example(question))
    parts += told
    parts += _known(sheet, slot, question)
    return Screen("\n".join(parts), extra + _keyboard(filling, slot, question))


def recorded(sheet: Sheet, slot: Slot) -> str:
    """The quiet line that a question turns into: what was understood, row by row."""
    question = sheet.form.question(slot.question)
    value = sheet.answers.get(slot)
    label = q(short(sheet, slot))
    if isinstance(value, Named) and len(value.items) > 1:
        return f"✅ {label}:\n{listed(value.items)}"
    return f"✅ {label}: {value_text(value, question.unit)}"


def _example(question: Question) -> str:
    lines = question.example.split("\n")
    if len(lines) == 1:
        return f"Например: <code>{q(lines[0])}</code>"
    return "Например:\n" + "\n".join(f"<code>{q(line)}</code>" for line in lines)


def _known(sheet: Sheet, slot: Slot, question: Question) -> list[str]:
    lines: list[str] = []
    value = sheet.answers.get(slot)
    if isinstance(value, Named):
        if value.items:
            lines += ["", "<b>Записано:</b>", listed(value.items)]
        if value.pending:
            lines += ["", f"<b>Не записано ({len(value.pending)}):</b>"]
            lines += [f"❓ {q(one.line[:120])}\n   {q(one.why)}" for one in value.pending[:5]]
            if any(not one.person for one in value.pending):
                lines.append("Пришлите эти строки ещё раз – остальное сохранено.")
        elif value.items:
            lines.append("Чтобы добавить или исправить, пришлите строку «Название – число».")
    elif value is not None:
        lines += ["", f"Сейчас записано: <b>{value_text(value, question.unit)}</b>"]
    lines += _band(sheet, question)
    before = sheet.previous(slot)
    if before is not None and (question.stock or question.kind == "average"):
        lines.append(f"В прошлый раз: {value_text(before, question.unit)}")
    return lines


def _band(sheet: Sheet, question: Question) -> list[str]:
    """Between what a total of named items lies (§1.4)."""
    if question.offer is None or question.offer.rule != "items_sum":
        return []
    items = sheet.answers.get(Slot(question.offer.of[0]))
    if not isinstance(items, Named) or items.largest == items.total:
        return []
    return [f"По названиям: от {items.largest} до {items.total}"]


def _keyboard(filling: Filling, slot: Slot, question: Question) -> tuple[Row, ...]:
    sheet, report = filling.sheet, filling.report.id
    revision = filling.revision(slot)

    def button(text: str, act: str, at: Slot = slot, version: int = revision) -> Button:
        return Button(text, tap(act, report, at, version))

    rows: list[Row] = []
    value = sheet.answers.get(slot)
    if slot in filling.to_mend and value is not None:
        rows.append((button("Верно, оставить", "stay"),))
    elif sheet.has(slot) and value is not None:
        rows.append((button("Дальше →", "next"),))
    if isinstance(value, Named) and value.pending:
        if any(one.person for one in value.pending):
            rows.append((button("Это название, не человек", "title"),))
        rows.append((button("Обойтись без этих строк", "drop"),))
    before = sheet.previous(slot)
    if question.stock and isinstance(before, Number):
        rows.append((button(f"Как в прошлый раз: {plain(before.value)}", "same"),))
    offered = sheet.offered(slot)
    if question.offer and offered is not None:
        word = "Сумма" if question.offer.rule != "distinct_names" else "По названиям"
        rows.append((button(f"{word}: {plain(offered)}", "sum"),))
    if question.skippable and not isinstance(value, Nothing):
        rows.append((button("Не было", "none"),))
    section = sheet.form.section(question.section)
    head = Slot(section.head) if section.head else None
    if head and head != slot and section.nothing and not _begun(sheet, section.key):
        rows.append((button(section.nothing, "row", head, filling.revision(head)),))
    rows += [(button(text, f"opt{n}"),) for n, text in enumerate(_options(question, value))]
    for number, reason in enumerate(question.reasons):
        text = capital(reason)
        rows.append((button(text, f"na{number}"),))
    if isinstance(value, Named) and value.items:
        rows.append((button("Удалить строку", "pick"),))
    if question.per == "subject":
        rows.append(
            (Button("Изменить предметы", card_tap("subjects", report, f"{slot.class_id}")),)
        )
    rows.append(
        (
            button("← Назад", "back"),
            button("Позже →", "later"),
            Button("☰ Отчёт", card_tap("card", report)),
        )
    )
    return tuple(rows)


def _options(question: Question, value: object) -> list[str]:
    """The words on the buttons of what is chosen from a list; ticked ones are marked."""
    match question.kind:
        case "choice":
            chosen = value.text if isinstance(value, Text) else ""
            return [f"● {one}" if one == chosen else capital(one) for one in question.options]
        case "checklist":
            ticked = value.options if isinstance(value, Chosen) else ()
            boxes = [f"{'☑' if one in ticked else '☐'} {one}" for one in question.options]
            return boxes if ticked else [*boxes, "Ничего из этого"]
    return []


def removal_screen(filling: Filling, slot: Slot, value: Named, page: int = 0) -> Screen:
    """Which named line to take out; one button a line, so many lines a page."""
    report, revision = filling.report.id, filling.revision(slot)
    first = page * LINES_A_PAGE
    shown = value.items[first : first + LINES_A_PAGE]
    rows: list[Row] = [
        (Button(f"✖ {item.name[:40]} – {item.persons}", tap(f"del{n}", report, slot, revision)),)
        for n, item in enumerate(shown, start=first)
    ]
    if len(value.items) > first + LINES_A_PAGE:
        rows.append((Button("Дальше →", tap(f"pick{page + 1}", report, slot, revision)),))
    if page:
        rows.append((Button("← Раньше", tap(f"pick{page - 1}", report, slot, revision)),))
    rows.append((Button("Ничего не удалять", tap("ask", report, slot, revision)),))
    return Screen(f"<b>{q(short(filling.sheet, slot))}</b>\nКакую строку удалить?", tuple(rows))


def conflict_screen(filling: Filling, slot: Slot, typed: str, notice: str = "") -> Screen:
    """A colleague answered while this person was typing: whose answer stays is asked."""
    sheet, report = filling.sheet, filling.report.id
    unit = sheet.form.question(slot.question).unit
    now = value_text(sheet.answers.get(slot), unit)
    revision = filling.revision(slot)
    return Screen(
        f"{notice}\n\n".lstrip() + f"<b>{q(short(sheet, slot))}</b>\n"
        f"Пока вы отвечали, здесь записали: <b>{now}</b>.\n"
        f"Ваш ответ: <b>{q(typed[:500])}</b>. Что оставить?",
        (
            (Button("Записать мой ответ", tap("mine", report, slot, revision)),),
            (Button("Оставить как есть", tap("keep", report, slot, revision)),),
        ),
    )


def clearing_screen(filling: Filling, slot: Slot, text: str) -> Screen:
    """«Не было» where people are already named: meant or slipped?"""
    report, revision = filling.report.id, filling.revision(slot)
    return Screen(
        q(text),
        (
            (Button("Очистить", tap("clear", report, slot, revision), style="danger"),),
            (Button("Оставить как есть", tap("keep", report, slot, revision)),),
        ),
    )


def _begun(sheet: Sheet, section: str) -> bool:
    return any(sheet.form.question(slot.question).section == section for slot in sheet.answers)
