"""Contracts by type of partner, and apart those that end."""

from datetime import timedelta

from exports.books.desk import Desk
from exports.books.registers import contract_table, write_partners
from exports.books.table import Binder
from passport.register import PARTNER_TYPES
from storage import contracts, schools

SOON = timedelta(days=180)


async def write(binder: Binder, desk: Desk) -> None:
    found = await contracts.every(desk.tx)
    names = {one.slug: one.short_name for one in await schools.every(desk.tx)}
    held = [one for one in found if one.in_force(desk.today)]
    for key, name in PARTNER_TYPES.items():
        own = [one for one in held if one.partner.type == key]
        contract_table(binder, desk, name[0].upper() + name[1:], own, names)
    soon = [one for one in held if one.last_day is not None and one.last_day - desk.today <= SOON]
    soon.sort(key=lambda one: (one.last_day, one.id))
    contract_table(binder, desk, "Кончаются за 180 дней", soon, names)
    over = [one for one in found if not one.in_force(desk.today)]
    contract_table(binder, desk, "Не действуют", over, names)
    await write_partners(binder, desk)
