"""A contract that ends: sixty and thirty days before, to the school and to methodists."""

from handlers.notices.letter import Later, Pointless
from handlers.registers import wording
from handlers.registers.callbacks import contract_tap
from handlers.registers.lookup import names_of
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.numbers import plural
from storage import contracts
from storage.outbox import Posted


async def contract_ends(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """None when it no longer ends so: prolonged, ended or removed meanwhile, or already over."""
    one = await contracts.get(visit.tx, posted.ref or 0)
    today = visit.calendar_of(None).today(visit.now)
    if one is None or one.last_day is None or not one.in_force(today):
        return None
    left = (one.last_day - today).days
    if left > int(posted.why or 0):
        return None
    if not visit.is_staff and (visit.person is None or visit.person.school not in one.schools):
        return Pointless("отвечает за другую школу")
    names = names_of(visit, one.schools)
    return Screen(
        f"⏳ <b>Договор кончается {wording.day(one.last_day)}</b> ({_left(left)})\n"
        f"{q(wording.contract_name(one))}\n{q(names)}\n\n"
        "Если его продлили, нажмите «Продлить» и впишите новую дату: договор останется в "
        "показателях.",
        (
            (Button("Продлить", contract_tap("ask", one.id, "valid_until"), style="primary"),),
            (Button("Договор", contract_tap("show", one.id)),),
        ),
    )


def _left(days: int) -> str:
    if not days:
        return "сегодня последний день"
    verb = plural(days, "остался", "осталось", "осталось")
    return f"{verb} {days} {plural(days, 'день', 'дня', 'дней')}"
