"""The card of one contract: what is said, what can be corrected, how it ends."""

from handlers.errors import Outdated
from handlers.marks import mark
from handlers.registers import city, conflict, school, wording
from handlers.registers.callbacks import ContractTap, cards_tap, contract_tap
from handlers.registers.lookup import contract_of, names_of, today
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q
from passport.answering import read
from passport.cards import of_contract, refused
from passport.contract_number import parse_number
from passport.form import Question
from passport.register import PARTNER_TYPES, Contract
from passport.values import Refusal, Slot, Text, Value
from storage import contracts, prompts, schools
from storage.prompts import Prompt

# What is asked of a contract after it was made; ``ended_on`` is a day that the card lacks.
FIELDS = ("number", "signed_on", "valid_until", "ended_on", "load", "last_event_on")
NEEDED = "signed_on"  # the one field that cannot be emptied
ENDED = Question(
    key="ended_on",
    section="1",
    kind="date",
    ask="С какого дня договор расторгнут?",
    short="Расторгнут с",
    example="15.09.2026",
)


def question_of(visit: Visit, field: str) -> Question:
    if field == "ended_on":
        return ENDED
    if field not in FIELDS:
        raise Outdated
    return visit.passport.cards["contract"].question(field)


async def show_card(visit: Visit, contract_id: int, notice: str = "") -> Screen:
    await prompts.rest(visit.tx, visit.chat_id)
    one = await contract_of(visit, contract_id)
    names = names_of(visit, one.schools) or "не указаны"
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{q(wording.contract_name(one))}</b>",
        "",
        f"Партнёр: {q(one.partner.name)} ({PARTNER_TYPES[one.partner.type]})",
        f"Номер: {q(one.number) or 'без номера'}",
        f"Подписан: {wording.day(one.signed_on)}",
        f"Действует: {wording.term(one, today(visit))}",
        f"Школы: {q(names)}",
        f"Как справляется партнёр: {q(one.load) or 'не отмечено'}",
        f"Последнее совместное мероприятие: {_event(one)}",
        "",
        wording.checked(one.confirmed_at, visit.zone).capitalize() + ". Что изменить?",
    ]
    rows: list[Row] = [
        (
            Button("Номер", contract_tap("ask", one.id, "number")),
            Button("Подписан", contract_tap("ask", one.id, "signed_on")),
            Button("Действует до", contract_tap("ask", one.id, "valid_until")),
        ),
        (
            Button("Как справляется", contract_tap("ask", one.id, "load")),
            Button("Последнее мероприятие", contract_tap("ask", one.id, "last_event_on")),
        ),
        (
            Button("Расторгнут", contract_tap("ask", one.id, "ended_on")),
            Button("Внесён по ошибке", contract_tap("remove", one.id)),
        ),
    ]
    if visit.is_staff:
        rows.append((Button("Школы договора", contract_tap("schools", one.id)),))
    fine = contract_tap("fine", one.id, seen=mark(of_contract(one)))
    rows.append((Button("✅ Всё верно", fine, style="success"),))
    rows.append(_back(visit, one))
    return Screen("\n".join(lines), tuple(rows))


def _event(one: Contract) -> str:
    return "не указано" if one.last_event_on is None else wording.day(one.last_event_on)


def _back(visit: Visit, one: Contract) -> Row:
    if not visit.is_staff and visit.person is not None and visit.person.school is not None:
        return (Button("← Договоры", cards_tap("contracts", visit.person.school)),)
    city = Button("← Договоры города", contract_tap("city"))
    if not one.schools:
        return (city,)
    return (Button("← Договоры школы", cards_tap("contracts", one.schools[0])), city)


async def ask(visit: Visit, contract_id: int, field: str, notice: str = "") -> Screen:
    one = await contract_of(visit, contract_id)
    question, value = question_of(visit, field), of_contract(one).get(field)
    prompt = Prompt("contract_field", 0, Slot(field, one.id), revision=mark(value))
    await prompts.wait(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{q(wording.contract_name(one))}</b>",
        q(question.ask),
        f"Например: <code>{q(question.example)}</code>",
    ]
    if value is not None:
        lines += ["", f"Сейчас: <b>{wording.field_text(question, value)}</b>"]
    words = {
        "number": "Без номера",
        "valid_until": "Бессрочный",
        "ended_on": "Не расторгнут" if one.ended_on else "Расторгнут сегодня",
    }
    if value is not None:  # what was said by mistake is taken back
        words |= {"load": "Не отмечать", "last_event_on": "Не указывать"}
    rows: list[Row] = [
        (Button(capital(option), contract_tap("pick", one.id, field, str(place), mark(value))),)
        for place, option in enumerate(question.options)
    ]
    if field in words:
        day = "today" if field == "ended_on" and not one.ended_on else ""
        clear = contract_tap("clear", one.id, field, arg=day, seen=mark(value))
        rows.append((Button(words[field], clear),))
    rows.append((Button("← Договор", contract_tap("show", one.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    one = await contract_of(visit, prompt.slot.class_id)
    field = prompt.slot.question
    question = question_of(visit, field)
    value: Value | Refusal | None
    value = parse_number(text) if field == "number" else read(question, text, today(visit))
    if isinstance(value, Refusal):
        return await ask(visit, one.id, field, f"⚠️ {q(value.text)}")
    return await _answered(visit, one, field, value, prompt.revision)


async def _answered(
    visit: Visit, one: Contract, field: str, value: Value | None, seen: int
) -> Screen:
    """``seen`` is a mark of what the person had before their eyes; the same answer given twice is
    no quarrel."""
    question, now = question_of(visit, field), of_contract(one).get(field)
    if mark(now) != seen and now != value:
        return await conflict.of_contract(visit, one, question, value)
    return await save(visit, one, field, value)


async def save(visit: Visit, one: Contract, field: str, value: Value | None) -> Screen:
    assert visit.person is not None
    by = visit.person.id
    if value is not None and field in ("signed_on", "valid_until"):
        wrong = refused(visit.passport.cards["contract"], of_contract(one), field, value)
        if wrong is not None:
            return await ask(visit, one.id, field, f"⚠️ {q(wrong.text)}")
    signed = conflict.local(value) if field == "signed_on" else None
    if signed is not None and one.ended_on is not None and signed >= one.ended_on:
        why = f"Договор расторгнут с {wording.day(one.ended_on)}: подписан он раньше."
        return await ask(visit, one.id, field, f"⚠️ {why} Например: {wording.day(one.signed_on)}")
    event = conflict.local(value) if field == "last_event_on" else None
    if event is not None and event > today(visit):
        why = f"{wording.day(event)} ещё не наступило: нужен день, когда мероприятие уже прошло."
        return await ask(visit, one.id, field, f"⚠️ {why} Например: {wording.day(today(visit))}")
    if field == "ended_on":
        ended = conflict.local(value)
        if ended is not None and ended <= one.signed_on:
            why = (
                f"Договор подписан {wording.day(one.signed_on)}, а расторгнут может быть только "
                f"позже. Например: {wording.day(today(visit))}"
            )
            return await ask(visit, one.id, field, f"⚠️ {why}")
        await contracts.change(visit.tx, one, field, ended, by)
    elif field in ("number", "load"):
        await contracts.change(
            visit.tx, one, field, value.text if isinstance(value, Text) else "", by
        )
    else:
        await contracts.change(visit.tx, one, field, conflict.local(value), by)
    question = question_of(visit, field)
    said = wording.field_text(question, value)
    return await show_card(visit, one.id, f"✅ {q(question.short)}: {said}")


async def route(visit: Visit, data: ContractTap) -> Screen:
    """A button of a contract that is there."""
    assert visit.person is not None
    match data.act:
        case "show":
            return await show_card(visit, data.id)
        case "ask":
            return await ask(visit, data.id, data.field)
    one = await contract_of(visit, data.id)
    match data.act:
        case "fine" if mark(of_contract(one)) != data.seen:
            notice = "⚠️ Договор с тех пор изменили. Посмотрите его ещё раз."
            return await show_card(visit, one.id, notice)
        case "fine":
            await contracts.confirm(visit.tx, one.id)
            return await show_card(visit, one.id, "✅ Спасибо, отмечено: договор верен.")
        case "pick":
            options = question_of(visit, data.field).options
            if not data.arg.isdecimal() or int(data.arg) >= len(options):
                raise Outdated
            picked = Text(options[int(data.arg)])
            return await _answered(visit, one, data.field, picked, data.seen)
        case "clear" if data.field in FIELDS and data.field != NEEDED:
            day = Text(today(visit).isoformat()) if data.arg == "today" else None
            ended = day if data.field == "ended_on" else None
            return await _answered(visit, one, data.field, ended, data.seen)
        case "remove":
            return removing(visit, one)
        case "removed":
            return await _removed(visit, one)
        case "schools" if visit.is_staff:
            return await show_schools(visit, one)
        case "school" if visit.is_staff:
            return await _turn(visit, one, data.arg, ticked=not data.seen)
        case "mine":
            field, value = await conflict.waiting(visit, data.field, one.id)
            return await save(visit, one, field, value)
    raise Outdated


def _others(visit: Visit, one: Contract) -> tuple[str, ...]:
    """Schools that keep a contract which a coordinator takes away from the own one."""
    return () if visit.is_staff else tuple(one.schools[1:])


def removing(visit: Visit, one: Contract) -> Screen:
    name = q(wording.contract_name(one))
    if _others(visit, one):
        text = f"Убрать «{name}» из договоров вашей школы? У других школ он останется. "
    else:
        text = (
            f"Убрать договор «{name}»? Так делают, если его внесли по ошибке: "
            "в показатели он больше не войдёт. "
        )
    return Screen(
        text + "Если он кончился раньше срока, нажмите «Расторгнут».",
        (
            (Button("Да, внесён по ошибке", contract_tap("removed", one.id), style="danger"),),
            (Button("Расторгнут", contract_tap("ask", one.id, "ended_on")),),
            (Button("← Не убирать", contract_tap("show", one.id)),),
        ),
    )


async def _removed(visit: Visit, one: Contract) -> Screen:
    """A school alone removes its contract; one of several only leaves it."""
    assert visit.person is not None
    if _others(visit, one) and visit.person.school:
        await contracts.drop_school(visit.tx, one.id, visit.person.school, visit.person.id)
    else:
        await contracts.remove(visit.tx, one, visit.person.id)
    return await after_removal(visit, one)


async def after_removal(visit: Visit, one: Contract) -> Screen:
    notice = f"Убран: {q(wording.contract_name(one))}."
    if visit.is_staff or visit.person is None or visit.person.school is None:
        return await city.show_contracts(visit, notice=notice)
    return await school.show_contracts(visit, visit.person.school, notice)


async def show_schools(visit: Visit, one: Contract, notice: str = "") -> Screen:
    """Which schools are parties: it counts once all the same."""
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(wording.contract_name(one))}</b>", "Отметьте школы этого договора."]
    buttons = [
        Button(
            f"{'☑' if known.slug in one.schools else '☐'} {known.number}",
            contract_tap("school", one.id, arg=known.slug, seen=int(known.slug in one.schools)),
        )
        for known in (await schools.every(visit.tx))[:90]
    ]
    rows: list[Row] = [tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)]
    rows.append((Button("← Договор", contract_tap("show", one.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def _turn(visit: Visit, one: Contract, slug: str, *, ticked: bool) -> Screen:
    assert visit.person is not None
    if await schools.get(visit.tx, slug) is None:
        raise Outdated
    if not ticked and one.schools == (slug,):
        why = "У договора должна быть школа. Если он лишний, нажмите на нём «Внесён по ошибке»."
        return await show_schools(visit, one, f"⚠️ {why}")
    if not ticked and slug in one.schools:
        await contracts.drop_school(visit.tx, one.id, slug, visit.person.id)
    elif ticked and slug not in one.schools:
        await contracts.add_school(visit.tx, one.id, slug, visit.person.id)
    return await show_schools(visit, await contract_of(visit, one.id))
