"""A new contract, step by step: partner, its type, number, signed, until when.

What was said so far lies in the prompt: a restart loses nothing of a step. A new partner is written
together with its contract: what is left half-way leaves nothing in the city's list.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from json import dumps, loads
from typing import Literal

from handlers.errors import Outdated
from handlers.registers import contract_card, wording
from handlers.registers.callbacks import ContractTap, cards_tap, contract_tap
from handlers.registers.lookup import names_of, school_of, today
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q
from passport.answering import parse_date, parse_text
from passport.cards import TYPES, wrong_dates
from passport.contract_number import parse_number
from passport.parsing.options import parse_option
from passport.partners import alike
from passport.register import PARTNER_TYPES, Partner, PartnerType
from passport.values import Refusal, Slot, Text
from storage import contracts, partners, prompts
from storage.contracts import ContractDraft
from storage.prompts import Prompt

DATE = "15.09.2026"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far.

    ``step``: partner, alike, type, number, signed_on, valid_until, same. ``partner`` is that of a
    known one, ``name`` and ``kind`` are of a new one.
    """

    school: str
    step: str = "partner"
    name: str = ""
    partner: int = 0
    kind: PartnerType | Literal[""] = ""
    number: str = ""
    signed_on: str = ""
    valid_until: str = ""


def load(prompt: Prompt | None) -> Draft:
    if prompt is None or prompt.purpose != "new_contract" or not prompt.draft:
        raise Outdated("Этот договор уже записан или оставлен. Вот что сейчас.")
    return Draft(**loads(prompt.draft))


async def begin(visit: Visit, slug: str) -> Screen:
    await school_of(visit, slug)
    return await show(visit, Draft(slug))


async def show(visit: Visit, draft: Draft, notice: str = "") -> Screen:
    """The question of the present step; a typed text answers it."""
    school = await school_of(visit, draft.school)
    text = dumps(asdict(draft), ensure_ascii=False)
    await prompts.wait(visit.tx, visit.chat_id, Prompt("new_contract", 0, Slot(""), draft=text))
    lines = [notice, ""] if notice else []
    lines += [f"<b>Новый договор, {q(school.short_name)}</b>"]
    if draft.partner or draft.kind:
        partner = await _partner(visit, draft)
        lines.append(f"Партнёр: {q(partner.name)} ({PARTNER_TYPES[partner.type]})")
    if draft.number:
        lines.append(f"Номер: {q(draft.number)}")
    if draft.signed_on:
        lines.append(f"Подписан: {wording.day(date.fromisoformat(draft.signed_on))}")
    rows: list[Row] = []
    match draft.step:
        case "partner":
            lines += ["", "С кем договор? Напишите название организации."]
            lines.append("Например: <code>Камчатский медицинский колледж</code>")
        case "alike":
            lines += ["", f"«{q(draft.name)}» – это одна из этих организаций?"]
            for one in alike(draft.name, await partners.every(visit.tx)):
                label = f"{one.name} ({PARTNER_TYPES[one.type]})"
                rows.append((Button(label[:60], contract_tap("partner", arg=str(one.id))),))
            rows.append((Button("Нет, это другая организация", contract_tap("other")),))
        case "type":
            lines += ["", f"«{q(draft.name)}» – что это за организация?"]
            rows += [
                (Button(capital(name), contract_tap("type", arg=key)),)
                for key, name in PARTNER_TYPES.items()
            ]
        case "number":
            lines += ["", "Какой номер договора? Например: <code>17-С</code>"]
            rows.append((Button("Без номера", contract_tap("skip", field="number")),))
        case "signed_on":
            lines += ["", f"Когда подписан? Например: <code>{DATE}</code>"]
        case "valid_until":
            lines += ["", "До какого дня действует? Например: <code>31.08.2028</code>"]
            rows.append((Button("Бессрочный", contract_tap("skip", field="valid_until")),))
        case "same":
            lines += await _twin(visit, draft)
            rows.append((Button("Да, тот же договор", contract_tap("same", arg="yes")),))
            rows.append((Button("Нет, другой", contract_tap("same", arg="no")),))
    rows.append((Button("← Не записывать", cards_tap("contracts", draft.school)),))
    return Screen("\n".join(lines), tuple(rows))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    draft = load(prompt)
    match draft.step:
        case "type" if isinstance(kind := parse_option(text, tuple(TYPES)), Text):
            return await show(visit, replace(draft, kind=TYPES[kind.text], step="number"))
        case "partner" | "alike" | "type":
            said = parse_text(text, "Камчатский медицинский колледж")
            if isinstance(said, Refusal):
                return await show(visit, draft, f"⚠️ {q(said.text)}")
            return await _named(visit, draft, said.text)
        case "number":
            found = parse_number(text)
            if isinstance(found, Refusal):
                return await show(visit, draft, f"⚠️ {q(found.text)}")
            number = found.text if found else ""
            return await show(visit, replace(draft, number=number, step="signed_on"))
        case "signed_on" | "valid_until":
            day = parse_date(text, DATE, today(visit))
            if isinstance(day, Refusal):
                return await show(visit, draft, f"⚠️ {q(day.text)}")
            return await _dated(visit, draft, day.text)
    return await show(visit, draft)


async def _named(visit: Visit, draft: Draft, name: str) -> Screen:
    """Known by this name: taken; alike ones are offered; a new one is asked its type."""
    known = await partners.find(visit.tx, name)
    if known is not None:
        return await show(visit, replace(draft, partner=known.id, step="number"))
    close = alike(name, await partners.every(visit.tx))
    return await show(visit, Draft(draft.school, step="alike" if close else "type", name=name))


async def _dated(visit: Visit, draft: Draft, day: str) -> Screen:
    if draft.step == "signed_on":
        return await show(visit, replace(draft, signed_on=day, step="valid_until"))
    wrong = wrong_dates(date.fromisoformat(draft.signed_on), date.fromisoformat(day))
    if wrong is not None:
        return await show(visit, draft, f"⚠️ {q(wrong.text)}")
    return await finish(visit, replace(draft, valid_until=day))


async def finish(visit: Visit, draft: Draft, *, other: bool = False) -> Screen:
    """Writes the contract, unless the very same one stands there for another school."""
    assert visit.person is not None
    made = _contract(draft, await _partner(visit, draft))
    same = await contracts.same(visit.tx, made)
    if same is not None and not other:
        if draft.school in same.schools:
            return await contract_card.show_card(visit, same.id, "Этот договор уже записан.")
        return await show(visit, replace(draft, step="same"))
    if not made.partner.id:
        new = made.partner
        partner = await partners.add(visit.tx, new.name, new.type, visit.person.id)
        made = replace(made, partner=partner)
    added = await contracts.add(visit.tx, made, [draft.school], visit.person.id)
    notice = "✅ Договор записан."
    if made.signed_on > today(visit):
        notice += "\n⚠️ Он подписан будущим днём: до этого дня в показатели не войдёт."
    return await contract_card.show_card(visit, added.id, notice)


def _contract(draft: Draft, partner: Partner) -> ContractDraft:
    until = date.fromisoformat(draft.valid_until) if draft.valid_until else None
    return ContractDraft(partner, draft.number, date.fromisoformat(draft.signed_on), until)


async def _partner(visit: Visit, draft: Draft) -> Partner:
    """The known partner, or the new one as it will be written (its id is 0); a colleague may have
    written it meanwhile."""
    if not draft.partner:
        known = await partners.find(visit.tx, draft.name)
        return known or Partner(0, draft.name, draft.kind or "industry")
    partner = await partners.get(visit.tx, draft.partner)
    if partner is None:
        raise Outdated("Этого партнёра объединили с другим. Начните договор заново.")
    return partner


async def _twin(visit: Visit, draft: Draft) -> list[str]:
    """The contract that this one may be: whose it is, so that people can tell."""
    found = await contracts.same(visit.tx, _contract(draft, await _partner(visit, draft)))
    if found is None:
        return ["", "Это тот же договор?"]
    schools = names_of(visit, found.schools)
    line = wording.contract_line(found, today(visit))
    return ["", f"Такой договор уже есть: {line}. {q(schools)}", "Это тот же договор, общий?"]


async def route(visit: Visit, data: ContractTap) -> Screen:
    """A button of a step; raises Outdated when the contract is no longer being entered."""
    assert visit.person is not None
    draft = load(await prompts.get(visit.tx, visit.chat_id))
    match data.act:
        case "partner" if draft.step == "alike" and data.arg.isdecimal():
            partner = await partners.get(visit.tx, min(int(data.arg), 2**62))
            if partner is None:
                raise Outdated
            return await show(visit, replace(draft, partner=partner.id, step="number"))
        case "other" if draft.step == "alike":
            return await show(visit, replace(draft, step="type"))
        case "type" if draft.step == "type" and data.arg in PARTNER_TYPES:
            kind = next(key for key in PARTNER_TYPES if key == data.arg)
            return await show(visit, replace(draft, kind=kind, step="number"))
        case "skip" if data.field == draft.step == "number":
            return await show(visit, replace(draft, number="", step="signed_on"))
        case "skip" if data.field == draft.step == "valid_until":
            return await finish(visit, draft)
        case "same" if draft.step == "same":
            return await _same(visit, draft, yes=data.arg == "yes")
    raise Outdated


async def _same(visit: Visit, draft: Draft, *, yes: bool) -> Screen:
    assert visit.person is not None
    if not yes:
        return await finish(visit, draft, other=True)
    found = await contracts.same(visit.tx, _contract(draft, await _partner(visit, draft)))
    if found is None:
        raise Outdated
    await contracts.add_school(visit.tx, found.id, draft.school, visit.person.id)
    notice = "✅ Школа добавлена к договору: в показателях он считается один раз."
    return await contract_card.show_card(visit, found.id, notice)
