"""Contracts with partners: of one school or of several, each counted once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.sqlite import insert

from passport.contract_number import number_key
from passport.register import Contract, Partner
from storage import card_log
from storage.card_log import CardEdit
from storage.database import Transaction
from storage.tables import contract_schools, contracts, partners, schools


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """A contract before it has a number of ours; local dates."""

    partner: Partner
    number: str
    signed_on: date
    valid_until: date | None


def _select() -> Select[tuple[object, ...]]:
    return (
        select(
            contracts.c.id,
            contracts.c.partner,
            partners.c.name,
            partners.c.type,
            contracts.c.number,
            contracts.c.signed_on,
            contracts.c.valid_until,
            contracts.c.ended_on,
            contracts.c.confirmed_at,
            contracts.c.load,
            contracts.c.last_event_on,
            contract_schools.c.school,
        )
        .join(partners, partners.c.id == contracts.c.partner)
        .outerjoin(contract_schools, contract_schools.c.contract == contracts.c.id)
        .outerjoin(schools, schools.c.slug == contract_schools.c.school)
        .where(contracts.c.removed_at.is_(None))
        .order_by(partners.c.type, partners.c.name, contracts.c.id, schools.c.number)
    )


async def _found(tx: Transaction, query: Select[tuple[object, ...]]) -> list[Contract]:
    made: dict[int, Contract] = {}
    of: dict[int, list[str]] = {}
    for row in await tx.connection.execute(query):
        if row.id not in made:
            partner = Partner(row.partner, row.name, row.type)
            made[row.id] = Contract(
                row.id,
                partner,
                row.number,
                row.signed_on,
                row.valid_until,
                row.ended_on,
                (),
                row.confirmed_at,
                row.load,
                row.last_event_on,
            )
        if row.school is not None:
            of.setdefault(row.id, []).append(row.school)
    return [replace(one, schools=tuple(of.get(one.id, ()))) for one in made.values()]


async def every(tx: Transaction) -> list[Contract]:
    """All that were not entered by mistake, by type and partner; ended ones too."""
    return await _found(tx, _select())


async def of_school(tx: Transaction, school: str) -> list[Contract]:
    mine = (
        select(contract_schools.c.contract)
        .where(contract_schools.c.school == school)
        .scalar_subquery()
    )
    return await _found(tx, _select().where(contracts.c.id.in_(mine)))


async def get(tx: Transaction, contract_id: int) -> Contract | None:
    """None for one that was never there, or was entered by mistake."""
    found = await _found(tx, _select().where(contracts.c.id == contract_id))
    return found[0] if found else None


async def same(tx: Transaction, draft: ContractDraft) -> Contract | None:
    """The contract with the same partner, number and date: of another school, most likely."""
    of_that_day = await _found(
        tx,
        _select().where(
            contracts.c.partner == draft.partner.id, contracts.c.signed_on == draft.signed_on
        ),
    )
    wanted = number_key(draft.number)
    return next((one for one in of_that_day if number_key(one.number) == wanted), None)


async def ending(tx: Transaction, first: date, last: date) -> list[Contract]:
    """Contracts whose last day lies between two local days, both included."""
    found = await _found(tx, _select().where(contracts.c.valid_until.between(first, last)))
    return [one for one in found if one.last_day is not None and first <= one.last_day <= last]


async def add(tx: Transaction, draft: ContractDraft, of: Sequence[str], by: int | None) -> Contract:
    added = await tx.connection.execute(
        contracts.insert()
        .values(
            partner=draft.partner.id,
            number=draft.number,
            signed_on=draft.signed_on,
            valid_until=draft.valid_until,
            confirmed_at=tx.now,
            added_at=tx.now,
            by=by,
        )
        .returning(contracts.c.id)
    )
    number = added.scalar_one()
    for school in of:
        await add_school(tx, number, school, by)
    made = await get(tx, number)
    assert made is not None
    await card_log.add(tx, CardEdit("contract", number, "partner", "", draft.partner.name), by)
    return made


async def add_school(tx: Transaction, contract_id: int, school: str, by: int | None) -> None:
    await tx.connection.execute(
        insert(contract_schools)
        .values(contract=contract_id, school=school)
        .on_conflict_do_nothing()
    )
    await card_log.add(
        tx, CardEdit("contract", contract_id, "school", "", school, school=school), by
    )


async def drop_school(tx: Transaction, contract_id: int, school: str, by: int | None) -> None:
    await tx.connection.execute(
        contract_schools.delete().where(
            contract_schools.c.contract == contract_id, contract_schools.c.school == school
        )
    )
    await card_log.add(
        tx, CardEdit("contract", contract_id, "school", school, "", school=school), by
    )


async def change(
    tx: Transaction, contract: Contract, field: str, value: str | date | None, by: int | None
) -> None:
    """Corrects one field; it counts as looked at."""
    old = getattr(contract, field)
    await tx.connection.execute(
        update(contracts)
        .where(contracts.c.id == contract.id)
        .values({field: value, "confirmed_at": tx.now})
    )
    await card_log.add(tx, CardEdit("contract", contract.id, field, _said(old), _said(value)), by)


async def confirm(tx: Transaction, contract_id: int) -> None:
    """«Всё верно»: looked at now, nothing changed."""
    await tx.connection.execute(
        update(contracts).where(contracts.c.id == contract_id).values(confirmed_at=tx.now)
    )


async def remove(tx: Transaction, contract: Contract, by: int | None) -> None:
    """Entered by mistake: it counts nowhere from now on, and stays in the log."""
    await tx.connection.execute(
        update(contracts).where(contracts.c.id == contract.id).values(removed_at=tx.now)
    )
    await card_log.add(
        tx, CardEdit("contract", contract.id, "removed", contract.partner.name, ""), by
    )


def _said(value: object) -> str:
    return "" if value is None else str(value)
