"""The card of one class: what is said, one button a field, one question at a time."""

from handlers.errors import ForPerson, Outdated
from handlers.marks import mark
from handlers.registers import conflict, school, wording
from handlers.registers.callbacks import ClassCardTap, cards_tap, class_card_tap
from handlers.registers.lookup import class_of, names_of, today
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.answering import read
from passport.cards import KINDS, missing, of_class, refused
from passport.form import Question
from passport.parsing import parse_letter, parse_subjects, parse_track
from passport.register import ClassCard, ClassDraft
from passport.values import Number, Refusal, Slot, Text, Value
from storage import class_cards, classes, contracts, partners, prompts
from storage.prompts import Prompt

IDENTITY = ("grade", "letter", "kind", "track")


def question_of(visit: Visit, field: str) -> Question:
    """Raises Outdated for a field that the card lacks."""
    try:
        return visit.passport.cards["class"].question(field)
    except KeyError:
        raise Outdated from None


async def show_card(visit: Visit, class_id: int, notice: str = "") -> Screen:
    await prompts.rest(visit.tx, visit.chat_id)
    card = await class_of(visit, class_id)
    form, said = visit.passport.cards["class"], of_class(card)
    lines = [notice, ""] if notice else []
    name = q(names_of(visit, [card.school]))
    lines += [f"<b>{q(wording.class_name(card))}</b>", f"{name}, {school_year(card.year)}", ""]
    for one in form.questions:
        lines.append(f"{q(one.short)}: {wording.field_text(one, said.get(one.key))}")
    free = card.vacancies
    lines.append(f"Свободно: {'–' if free is None else free}")
    lines += ["", _what_next(visit, card)]
    buttons = [Button(one.short, class_card_tap("ask", card.id, one.key)) for one in form.questions]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if not missing(card):
        fine = class_card_tap("fine", card.id, seen=mark(said))
        rows.append((Button("✅ Всё верно", fine, style="success"),))
    rows.append((Button("Закрыть класс", class_card_tap("close", card.id)),))
    rows.append((Button("← Классы и договоры", cards_tap("school", card.school, card.year)),))
    return Screen("\n".join(lines), tuple(rows))


def _what_next(visit: Visit, card: ClassCard) -> str:
    """The fields that the card is not whole without, while there are any."""
    if not (lacking := missing(card)):
        return wording.checked(card.confirmed_at, visit.zone).capitalize() + ". Что изменить?"
    names = ", ".join(f"«{question_of(visit, field).short}»" for field in lacking)
    return f"⚠️ Не хватает: {q(names)}. Нажмите поле, чтобы заполнить или исправить его."


async def ask(visit: Visit, class_id: int, field: str, notice: str = "") -> Screen:
    """One field: what is said now, an example, options as buttons."""
    card = await class_of(visit, class_id)
    question, value = question_of(visit, field), of_class(card).get(field)
    prompt = Prompt("class_field", 0, Slot(field, card.id), revision=mark(value))
    await prompts.wait(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(wording.class_name(card))}</b>", q(question.ask)]
    if question.hint:
        lines.append(f"<i>{q(question.hint)}</i>")
    if question.kind in ("text", "link", "phone", "count"):
        lines.append(f"Например: <code>{q(question.example)}</code>")
    if value is not None:
        lines += ["", f"Сейчас: <b>{wording.field_text(question, value)}</b>"]
    rows: list[Row] = []
    seen = mark(value)
    match field:
        case "partners":
            lines += ["", "Отметьте тех, с кем у школы есть договор."]
            rows += await _partner_rows(visit, card)
        case "advanced_subjects":
            lines += ["", "Чтобы добавить предмет, напишите его, например: <code>Химия</code>"]
            known = await _subjects(visit, card)
            rows += [
                (Button(f"✖ {name}"[:60], class_card_tap("drop", card.id, field, number)),)
                for number, name in known.items()
            ]
        case _:
            rows += [
                (Button(option, class_card_tap("pick", card.id, field, place, seen)),)
                for place, option in enumerate(question.options)
            ]
    optional = field not in ("grade", "kind", "track", "partners", "advanced_subjects")
    if optional and value is not None:
        rows.append((Button("Очистить", class_card_tap("clear", card.id, field, 0, seen)),))
    rows.append((Button("← Карточка", class_card_tap("show", card.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def _subjects(visit: Visit, card: ClassCard) -> dict[int, str]:
    known = await classes.register(visit.tx, card.school, card.year)
    for one in known.open:
        if one.id == card.id:
            return {subject.id: subject.name for subject in one.subjects[:60]}
    return {}


async def _partner_rows(visit: Visit, card: ClassCard) -> list[Row]:
    """Partners of the school's contracts, ticked or not; a ticked one can always be unticked."""
    found = {
        one.partner.id: one.partner.name
        for one in await contracts.of_school(visit.tx, card.school)
        if one.in_force(today(visit))
    }
    every = await partners.every(visit.tx)
    found |= {one.id: one.name for one in every if one.name in card.partners}
    rows: list[Row] = [
        (
            Button(
                f"{'☑' if name in card.partners else '☐'} {name}"[:60],
                class_card_tap("tick", card.id, "partners", number, int(name in card.partners)),
            ),
        )
        for number, name in sorted(found.items(), key=lambda pair: pair[1])[:60]
    ]
    rows.append((Button("＋ Договор с партнёром", cards_tap("add_contract", card.school)),))
    return rows


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    """The text as the answer to the field that is open."""
    card = await class_of(visit, prompt.slot.class_id)
    field = prompt.slot.question
    question = question_of(visit, field)
    if field == "advanced_subjects":
        return await _add_subjects(visit, card, text)
    if field == "partners":
        return await ask(visit, card.id, field, "Отметьте партнёров кнопками.")
    value = _read(visit, question, text)
    if not isinstance(value, Number | Text):
        why = value.text if isinstance(value, Refusal) else f"Например: {question.example}"
        return await ask(visit, card.id, field, f"⚠️ {q(why)}")
    return await _answered(visit, card, field, value, prompt.revision)


def _read(visit: Visit, question: Question, text: str) -> Value | Refusal:
    """What makes a class another one is read as in a typed list of classes."""
    match question.key:
        case "letter":
            return parse_letter(text)
        case "track":
            return parse_track(text)
    return read(question, text, today(visit))


async def _answered(
    visit: Visit, card: ClassCard, field: str, value: Value | None, seen: int
) -> Screen:
    """``seen`` is a mark of what the person had before their eyes; the same answer given twice is
    no quarrel."""
    question, now = question_of(visit, field), of_class(card).get(field)
    if mark(now) != seen and now != value:
        return await conflict.of_class(visit, card, question, value)
    return await save(visit, card, field, value)


async def _add_subjects(visit: Visit, card: ClassCard, text: str) -> Screen:
    parsed = parse_subjects(text)
    if isinstance(parsed, Refusal):
        return await ask(visit, card.id, "advanced_subjects", f"⚠️ {q(parsed.text)}")
    problems = "\n".join(f"⚠️ {q(one.line[:80])}: {q(one.why)}" for one in parsed.problems[:5])
    assert visit.person is not None
    names = [line.name for line in parsed.lines]
    await class_cards.add_subjects(visit.tx, card, names, visit.person.id)
    notice = "✅ Записано." if parsed.lines else ""
    return await ask(visit, card.id, "advanced_subjects", f"{notice}\n{problems}".strip())


async def save(visit: Visit, card: ClassCard, field: str, value: Value | None) -> Screen:
    """Checks one field against the card, and writes it."""
    assert visit.person is not None
    form = visit.passport.cards["class"]
    if value is not None:
        refusal = refused(form, of_class(card), field, value)
        if refusal is not None:
            return await ask(visit, card.id, field, f"⚠️ {q(refusal.text)}")
    if field in IDENTITY:
        await _check_identity(visit, card, field, value)
    await class_cards.change(visit.tx, card, field, _stored(field, value), visit.person.id)
    question = question_of(visit, field)
    said = wording.field_text(question, value)
    return await show_card(visit, card.id, f"✅ {q(question.short)}: {said}")


def _stored(field: str, value: Value | None) -> str | int | None:
    match value:
        case Number(number):
            return int(number)
        case Text(text) if field == "grade":
            return int(text)
        case Text(text) if field == "kind":
            return next(key for key, name in KINDS.items() if name == text)
        case Text(text):
            return text
    return None


async def _check_identity(visit: Visit, card: ClassCard, field: str, value: Value | None) -> None:
    """Two classes of one name are one; an accepted report speaks of the class as it is."""
    now = {name: getattr(card, name) for name in IDENTITY} | {field: _stored(field, value) or ""}
    draft = ClassDraft(int(now["grade"]), str(now["letter"]), now["kind"], str(now["track"]))
    for one in (await classes.register(visit.tx, card.school, card.year)).open:
        if one.id != card.id and classes.class_key(one) == classes.class_key(draft):
            raise ForPerson("Такой класс уже есть в списке. Напишите другую букву, например: Б")
    if await classes.is_accepted(visit.tx, card.id):
        raise ForPerson(
            "Этот класс стоит в принятом отчёте, его название уже не меняется. Если в нём ошибка, "
            "попросите методиста ИМЦ открыть отчёт."
        )


async def route(visit: Visit, data: ClassCardTap) -> Screen:
    """A button of the card."""
    assert visit.person is not None
    match data.act:
        case "show":
            return await show_card(visit, data.id)
        case "ask":
            question_of(visit, data.field)
            return await ask(visit, data.id, data.field)
    card = await class_of(visit, data.id)
    match data.act:
        case "fine" if missing(card):
            return await show_card(visit, card.id)
        case "fine" if mark(of_class(card)) != data.seen:
            notice = "⚠️ Карточку с тех пор изменили. Посмотрите её ещё раз."
            return await show_card(visit, card.id, notice)
        case "fine":
            await class_cards.confirm(visit.tx, [card.id])
            return await show_card(visit, card.id, "✅ Спасибо, отмечено: карточка верна.")
        case "pick" | "clear":
            question = question_of(visit, data.field)  # Outdated for a field that is not there
            value: Value | None = None
            if data.act == "pick":
                if data.arg >= len(question.options):
                    raise Outdated
                value = Text(question.options[data.arg])
            if data.act == "clear" and data.field in ("grade", "kind", "track"):
                raise Outdated
            return await _answered(visit, card, data.field, value, data.seen)
        case "tick":
            return await _tick(visit, card, data.arg, ticked=not data.seen)
        case "drop":
            if data.arg not in await _subjects(visit, card):
                raise Outdated
            await class_cards.drop_subject(visit.tx, card, data.arg, visit.person.id)
            return await ask(visit, card.id, "advanced_subjects", "Предмет убран.")
        case "close":
            return closing(card)
        case "closed":
            await class_cards.close(visit.tx, card, visit.person.id)
            return await school.show_school(visit, card.school, card.year, "Класс закрыт.")
        case "mine":
            waiting, value = await conflict.waiting(visit, data.field, card.id)
            return await save(visit, card, waiting, value)
    raise Outdated


async def _tick(visit: Visit, card: ClassCard, partner_id: int, *, ticked: bool) -> Screen:
    assert visit.person is not None
    known = {one.partner.id for one in await contracts.of_school(visit.tx, card.school)}
    before = {one.id for one in await partners.every(visit.tx) if one.name in card.partners}
    if partner_id not in known | before:
        raise Outdated
    after = before | {partner_id} if ticked else before - {partner_id}
    if after != before:
        await class_cards.set_partners(visit.tx, card, after, visit.person.id)
    return await ask(visit, card.id, "partners")


def closing(card: ClassCard) -> Screen:
    return Screen(
        f"Закрыть {q(wording.class_name(card))}? Спрашивать об этом классе больше не буду, "
        "записанные ответы останутся.",
        (
            (Button("Да, закрыть", class_card_tap("closed", card.id), style="danger"),),
            (Button("← Не закрывать", class_card_tap("show", card.id)),),
        ),
    )
