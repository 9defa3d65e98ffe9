"""Contracts that end: sixty and thirty days before, to their schools and to methodists.

A city's contracts tend to end on one day, the last of August: what was written to a person at one
moment goes out as one letter.
"""

from collections.abc import Sequence

from handlers.notices.letter import Later, Pointless
from handlers.registers import wording
from handlers.registers.callbacks import cards_tap, contract_tap
from handlers.registers.lookup import names_of, today
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, shorten
from passport.numbers import plural
from passport.register import Contract
from storage import contracts, said
from storage.outbox import Posted, State

SHOWN = 10


async def contract_ends(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """None when none of them ends so any more: prolonged, ended or removed meanwhile, or over.

    The first row speaks for all, even when its own contract no longer ends: a try of it whose end
    is unknown must be looked for, or the next row would say the same again.
    """
    together = await said.written_together(visit.tx, posted)
    if any(one.state == State.SENT for one in together):
        return Pointless("сказано вместе с другим договором")
    waiting = [await _ending(visit, one) for one in together if one.state == State.WAITING]
    ending = [one for one in waiting if one is not None]
    found = [one for one in ending if _concerns(visit, one)]
    if not found:
        return Pointless("отвечает за другую школу") if ending else None
    return _one(visit, found[0]) if len(found) == 1 else _many(visit, found)


async def _ending(visit: Visit, posted: Posted) -> Contract | None:
    one = await contracts.get(visit.tx, posted.ref or 0)
    day = today(visit)
    if one is None or one.last_day is None or not one.in_force(day):
        return None
    return one if (one.last_day - day).days <= int(posted.why or 0) else None


def _concerns(visit: Visit, one: Contract) -> bool:
    return visit.is_staff or (visit.person is not None and visit.person.school in one.schools)


def _one(visit: Visit, one: Contract) -> Screen:
    return Screen(
        f"⏳ <b>Договор кончается {_until(visit, one)}\n"
        f"{q(wording.contract_name(one))}\n{q(names_of(visit, one.schools))}\n\n"
        "Если его продлили, нажмите «Продлить» и впишите новую дату: договор останется в "
        "показателях.",
        (
            (Button("Продлить", contract_tap("ask", one.id, "valid_until"), style="primary"),),
            (Button("Договор", contract_tap("show", one.id)),),
        ),
    )


def _many(visit: Visit, found: Sequence[Contract]) -> Screen:
    ordered = sorted(found, key=lambda one: (one.last_day, one.id))
    lines = [f"⏳ <b>Кончаются договоры: {len(ordered)}</b>"]
    last_day = None
    for one in ordered[:SHOWN]:
        if one.last_day != last_day:
            last_day = one.last_day
            lines += ["", f"<b>{_until(visit, one)}"]
        lines.append(f"• {_line(visit, one)}")
    if len(ordered) > SHOWN:
        lines += ["", f"И ещё {len(ordered) - SHOWN}: они первыми в списке договоров."]
    lines += [
        "",
        "Если договор продлили, откройте его и впишите новую дату: он останется в показателях.",
    ]
    rows: list[Row] = [
        (Button(wording.contract_button(one), contract_tap("show", one.id)),)
        for one in ordered[:SHOWN]
    ]
    return Screen("\n".join(lines), (*rows, (_register(visit),)))


def _line(visit: Visit, one: Contract) -> str:
    """Short: ten of the longest names must leave room for the way to prolong."""
    name = wording.listed_name(one)
    schools = shorten(names_of(visit, one.schools))
    return q(f"{name} – {schools}" if schools else name)


def _register(visit: Visit) -> Button:
    if visit.is_staff or visit.person is None or visit.person.school is None:
        return Button("Договоры города", contract_tap("city"))
    return Button("Договоры школы", cards_tap("contracts", visit.person.school))


def _until(visit: Visit, one: Contract) -> str:
    """«31.08.2027</b> (осталось 60 дней)»."""
    assert one.last_day is not None
    return f"{wording.day(one.last_day)}</b> ({_left((one.last_day - today(visit)).days)})"


def _left(days: int) -> str:
    if not days:
        return "сегодня последний день"
    verb = plural(days, "остался", "осталось", "осталось")
    return f"{verb} {days} {plural(days, 'день', 'дня', 'дней')}"
