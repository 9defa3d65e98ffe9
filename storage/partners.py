"""Network and industrial partners: one organisation, one row."""

from sqlalchemy import select, update

from passport.partners import partner_key
from passport.register import Partner, PartnerType
from storage import card_log
from storage.card_log import CardEdit
from storage.database import Transaction
from storage.tables import class_partners, contracts, partners

_COLUMNS = (partners.c.id, partners.c.name, partners.c.type, partners.c.benefit)


class KnownPartnerError(Exception):
    """An organisation of this name stands in the register already."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(partner.name)
        self.partner = partner


async def every(tx: Transaction) -> list[Partner]:
    """By name."""
    rows = await tx.connection.execute(select(*_COLUMNS).order_by(partners.c.name))
    return [Partner(*row) for row in rows]


async def get(tx: Transaction, partner_id: int) -> Partner | None:
    row = (
        await tx.connection.execute(select(*_COLUMNS).where(partners.c.id == partner_id))
    ).first()
    return None if row is None else Partner(*row)


async def find(tx: Transaction, name: str) -> Partner | None:
    """The partner of this name, however its case, quotes and legal form are written."""
    row = (
        await tx.connection.execute(
            select(*_COLUMNS).where(partners.c.name_key == partner_key(name))
        )
    ).first()
    return None if row is None else Partner(*row)


async def add(tx: Transaction, name: str, type_: PartnerType, by: int | None) -> Partner:
    """Raises KnownPartnerError when there is one of this name."""
    known = await find(tx, name)
    if known is not None:
        raise KnownPartnerError(known)
    added = await tx.connection.execute(
        partners.insert()
        .values(name=name, name_key=partner_key(name), type=type_, added_at=tx.now, by=by)
        .returning(partners.c.id)
    )
    partner = Partner(added.scalar_one(), name, type_)
    await card_log.add(tx, CardEdit("partner", partner.id, "name", "", name), by)
    return partner


async def rename(tx: Transaction, partner: Partner, name: str, by: int | None) -> None:
    """Raises KnownPartnerError when another one has this name."""
    known = await find(tx, name)
    if known is not None and known.id != partner.id:
        raise KnownPartnerError(known)
    await tx.connection.execute(
        update(partners)
        .where(partners.c.id == partner.id)
        .values(name=name, name_key=partner_key(name))
    )
    await card_log.add(tx, CardEdit("partner", partner.id, "name", partner.name, name), by)


async def set_type(tx: Transaction, partner: Partner, type_: PartnerType, by: int | None) -> None:
    await tx.connection.execute(
        update(partners).where(partners.c.id == partner.id).values(type=type_)
    )
    await card_log.add(tx, CardEdit("partner", partner.id, "type", partner.type, type_), by)


async def set_benefit(tx: Transaction, partner: Partner, benefit: str, by: int | None) -> None:
    await tx.connection.execute(
        update(partners).where(partners.c.id == partner.id).values(benefit=benefit)
    )
    edit = CardEdit("partner", partner.id, "benefit", partner.benefit, benefit)
    await card_log.add(tx, edit, by)


async def merge(tx: Transaction, gone: Partner, kept: Partner, by: int | None) -> int:
    """Gives the contracts and classes of one partner to another; how many contracts moved."""
    moved = await tx.connection.execute(
        update(contracts).where(contracts.c.partner == gone.id).values(partner=kept.id)
    )
    both = (
        select(class_partners.c.class_id)
        .where(class_partners.c.partner == kept.id)
        .scalar_subquery()
    )
    await tx.connection.execute(
        class_partners.delete().where(
            class_partners.c.partner == gone.id, class_partners.c.class_id.in_(both)
        )
    )
    await tx.connection.execute(
        update(class_partners).where(class_partners.c.partner == gone.id).values(partner=kept.id)
    )
    await tx.connection.execute(partners.delete().where(partners.c.id == gone.id))
    await card_log.add(tx, CardEdit("partner", kept.id, "merged", gone.name, kept.name), by)
    return moved.rowcount
