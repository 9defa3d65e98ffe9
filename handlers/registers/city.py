"""Of the whole city, for staff: contracts by type, those that end, partners."""

from handlers.collect.callbacks import school_tap
from handlers.errors import Outdated
from handlers.marks import mark
from handlers.registers import wording
from handlers.registers.callbacks import PartnerTap, contract_tap, partner_tap
from handlers.registers.lookup import today
from handlers.screen import Button, Row, Screen, turns
from handlers.visit import Visit
from handlers.words import q
from passport.answering import parse_text, read
from passport.cards import TYPES
from passport.numbers import plural
from passport.partners import alike
from passport.register import ENDS_SOON, PARTNER_TYPES, Partner
from passport.values import Refusal, Slot, Text
from storage import contracts, partners, prompts
from storage.partners import KnownPartnerError
from storage.prompts import Prompt

PAGE = 25


async def show_contracts(visit: Visit, notice: str = "", page: int = 0) -> Screen:
    """By type, those that end within 60 days first."""
    await prompts.rest(visit.tx, visit.chat_id)
    day = today(visit)
    held = [one for one in await contracts.every(visit.tx) if one.in_force(day)]
    soon = [one for one in held if one.ends_soon(day)]
    lines = [notice, ""] if notice else []
    lines += [f"<b>Договоры города на {wording.day(day)}: {len(held)}</b>"]
    for key, name in PARTNER_TYPES.items():
        lines.append(f"{name}: {sum(one.partner.type == key for one in held)}")
    lines.append(f"Разных партнёров: {len({one.partner.id for one in held})}")
    if soon:
        lines += ["", f"<b>Кончаются в ближайшие {ENDS_SOON.days} дней</b>"]
        lines += [f"• {wording.contract_line(one, day)}" for one in soon[:10]]
    ordered = [*soon, *(one for one in held if one not in soon)]
    page = min(page, max(len(ordered) - 1, 0) // PAGE)
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    rows: list[Row] = [
        (Button(wording.contract_button(one), contract_tap("show", one.id)),) for one in shown
    ]
    turning = turns(
        page, len(ordered) > (page + 1) * PAGE, lambda to: contract_tap("city", arg=str(to))
    )
    rows.append(turning)
    if held:
        lines += ["", "Нажмите договор, чтобы открыть его. Новый вносят в карточке школы."]
    rows.append((Button("Партнёры", partner_tap("list")), Button("← Школы", school_tap("list"))))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


async def show_partners(visit: Visit, notice: str = "", page: int = 0) -> Screen:
    await prompts.rest(visit.tx, visit.chat_id)
    every = await partners.every(visit.tx)
    page = min(page, max(len(every) - 1, 0) // PAGE)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Партнёры: {len(every)}</b>"]
    lines.append(
        "Нажмите партнёра, чтобы исправить название или вид, объединить двойников."
        if every
        else "Новый партнёр записывается вместе с договором школы."
    )
    rows: list[Row] = [
        (Button(f"{one.name} ({PARTNER_TYPES[one.type]})"[:60], partner_tap("show", one.id)),)
        for one in every[page * PAGE : (page + 1) * PAGE]
    ]
    turning = turns(page, len(every) > (page + 1) * PAGE, lambda to: partner_tap("list", page=to))
    rows += [turning, (Button("← Договоры города", contract_tap("city")),)]
    return Screen("\n".join(lines), tuple(row for row in rows if row))


async def partner_of(visit: Visit, partner_id: int) -> Partner:
    found = await partners.get(visit.tx, partner_id)
    if found is None:
        raise Outdated("Такого партнёра больше нет. Вот что сейчас.")
    return found


async def show_partner(visit: Visit, partner_id: int, notice: str = "") -> Screen:
    await prompts.rest(visit.tx, visit.chat_id)
    one = await partner_of(visit, partner_id)
    held = [two for two in await contracts.every(visit.tx) if two.partner.id == one.id]
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.name)}</b>", f"Вид: {PARTNER_TYPES[one.type]}"]
    lines += [f"Что даёт при поступлении: {q(one.benefit) or '–'}", "", "Договоры:"]
    lines += [f"• {wording.contract_line(two, today(visit))}" for two in held[:15]] or ["нет"]
    rows: tuple[Row, ...] = (
        (
            Button("Переименовать", partner_tap("rename", one.id)),
            Button("Что даёт", partner_tap("benefit", one.id)),
        ),
        tuple(
            Button(f"Это – {name}", partner_tap("type", one.id, list(PARTNER_TYPES).index(key)))
            for key, name in PARTNER_TYPES.items()
            if key != one.type
        ),
        (Button("Объединить с другим", partner_tap("merge", one.id)),),
        (Button("← Партнёры", partner_tap("list")),),
    )
    return Screen("\n".join(lines), rows)


async def ask_name(visit: Visit, partner_id: int, notice: str = "") -> Screen:
    one = await partner_of(visit, partner_id)
    await prompts.wait(visit.tx, visit.chat_id, Prompt("partner_name", 0, Slot("", one.id)))
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.name)}</b>", "Как записать эту организацию?"]
    lines.append("Например: <code>Камчатский медицинский колледж</code>")
    return Screen("\n".join(lines), ((Button("← Партнёр", partner_tap("show", one.id)),),))


async def typed_name(visit: Visit, prompt: Prompt, text: str) -> Screen:
    assert visit.person is not None
    one = await partner_of(visit, prompt.slot.class_id)
    said = parse_text(text, "Камчатский медицинский колледж")
    if isinstance(said, Refusal):
        return await ask_name(visit, one.id, f"⚠️ {q(said.text)}")
    try:
        await partners.rename(visit.tx, one, said.text, visit.person.id)
    except KnownPartnerError as known:
        words = f"⚠️ Так уже называется другой партнёр: {q(known.partner.name)}. "
        words += "Если это он же, нажмите «Объединить с другим»."
        return await show_partner(visit, one.id, words)
    return await show_partner(visit, one.id, "✅ Переименовано.")


async def ask_benefit(visit: Visit, partner_id: int, notice: str = "") -> Screen:
    one = await partner_of(visit, partner_id)
    question = visit.passport.cards["partner"].question("benefit")
    prompt = Prompt("partner_benefit", 0, Slot("", one.id), revision=mark(one.benefit))
    await prompts.put(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.name)}</b>", q(question.ask), f"<i>{q(question.hint)}</i>"]
    lines.append(f"Например: <code>{q(question.example)}</code>")
    rows: list[Row] = []
    if one.benefit:
        lines += ["", f"Сейчас: <b>{q(one.benefit)}</b>"]
        rows.append((Button("Очистить", partner_tap("no_benefit", one.id)),))
    rows.append((Button("← Партнёр", partner_tap("show", one.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def typed_benefit(visit: Visit, prompt: Prompt, text: str) -> Screen:
    assert visit.person is not None
    one = await partner_of(visit, prompt.slot.class_id)
    said = read(visit.passport.cards["partner"].question("benefit"), text)
    if not isinstance(said, Text):
        why = said.text if isinstance(said, Refusal) else "Напишите одним предложением"
        return await ask_benefit(visit, one.id, f"⚠️ {q(why)}")
    if mark(one.benefit) != prompt.revision and one.benefit != said.text:
        notice = (
            "⚠️ Пока вы писали, коллега записал другое, оно ниже. Если верно ваше, пришлите его "
            f"ещё раз: <code>{q(said.text)}</code>"
        )
        return await ask_benefit(visit, one.id, notice)
    await partners.set_benefit(visit.tx, one, said.text, visit.person.id)
    return await show_partner(visit, one.id, "✅ Записано.")


async def route(visit: Visit, data: PartnerTap) -> Screen:
    assert visit.person is not None
    match data.act:
        case "list":
            return await show_partners(visit, page=min(data.page, 10_000))
        case "show":
            return await show_partner(visit, data.id)
        case "rename":
            return await ask_name(visit, data.id)
        case "type" if data.other < len(TYPES):
            one = await partner_of(visit, data.id)
            await partners.set_type(visit.tx, one, list(PARTNER_TYPES)[data.other], visit.person.id)
            return await show_partner(visit, one.id, "✅ Записано.")
        case "benefit":
            return await ask_benefit(visit, data.id)
        case "no_benefit":
            one = await partner_of(visit, data.id)
            await partners.set_benefit(visit.tx, one, "", visit.person.id)
            return await show_partner(visit, one.id, "✅ Очищено.")
        case "merge":
            return await _merging(visit, await partner_of(visit, data.id), data.page)
        case "into":
            gone, kept = await partner_of(visit, data.id), await partner_of(visit, data.other)
            return _sure(gone, kept)
        case "merged":
            gone, kept = await partner_of(visit, data.id), await partner_of(visit, data.other)
            if gone.id == kept.id:
                raise Outdated
            count = await partners.merge(visit.tx, gone, kept, visit.person.id)
            noun = plural(count, "договор", "договора", "договоров")
            verb = plural(count, "перешёл", "перешло", "перешло")
            return await show_partner(visit, kept.id, f"✅ Объединено, {verb} {count} {noun}.")
    raise Outdated


async def _merging(visit: Visit, one: Partner, page: int) -> Screen:
    others = [two for two in await partners.every(visit.tx) if two.id != one.id]
    twins = alike(one.name, others)
    others = [*twins, *(two for two in others if two not in twins)]
    page = min(page, max(len(others) - 1, 0) // PAGE)
    rows: list[Row] = [
        (Button(two.name[:60], partner_tap("into", one.id, two.id)),)
        for two in others[page * PAGE : (page + 1) * PAGE]
    ]
    turning = turns(
        page, len(others) > (page + 1) * PAGE, lambda to: partner_tap("merge", one.id, page=to)
    )
    rows += [turning, (Button("← Партнёр", partner_tap("show", one.id)),)]
    ask = (
        "С каким партнёром это одна и та же организация?"
        if others
        else "Других партнёров в списке нет."
    )
    return Screen(f"<b>{q(one.name)}</b>\n{ask}", tuple(row for row in rows if row))


def _sure(gone: Partner, kept: Partner) -> Screen:
    """Both are shown, and what moves: nothing is merged by itself."""
    return Screen(
        f"Останется: <b>{q(kept.name)}</b> ({PARTNER_TYPES[kept.type]}).\n"
        f"Исчезнет: <b>{q(gone.name)}</b> ({PARTNER_TYPES[gone.type]}), его договоры перейдут.\n"
        "Отменить это нельзя. Объединить?",
        (
            (Button("Да, объединить", partner_tap("merged", gone.id, kept.id), style="danger"),),
            (Button("← Нет", partner_tap("show", gone.id)),),
        ),
    )
