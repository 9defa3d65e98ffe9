"""Accounts: a Telegram id, a role, a school and a post. No names, no phones."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.tables import live_messages, people, prompts, schools, typed_answers

Role = Literal["coordinator", "methodist", "manager"]


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote. ``school_name`` is the short one («Школа № 24»), None for staff."""

    id: int
    telegram_id: int
    role: Role
    school: str | None
    school_name: str | None
    post: str
    reachable: bool = True


_person = (
    select(
        people.c.id,
        people.c.telegram_id,
        people.c.role,
        people.c.school,
        schools.c.short_name.label("school_name"),
        people.c.post,
        people.c.reachable,
    )
    .select_from(people.outerjoin(schools, schools.c.slug == people.c.school))
    .where(people.c.telegram_id == bindparam("telegram"))
)


async def by_telegram_id(tx: Transaction, telegram_id: int) -> Person | None:
    row = (await tx.connection.execute(_person, {"telegram": telegram_id})).first()
    return None if row is None else Person(**row._mapping)


async def add(
    tx: Transaction, telegram_id: int, role: Role, school: str | None, post: str
) -> Person:
    await tx.connection.execute(
        people.insert().values(
            telegram_id=telegram_id, role=role, school=school, post=post, joined_at=tx.now
        )
    )
    added = await by_telegram_id(tx, telegram_id)
    assert added is not None
    return added


async def move(tx: Transaction, person_id: int, role: Role, school: str | None, post: str) -> None:
    """A new invite opened by somebody known: the account changes, its history stays."""
    await tx.connection.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(role=role, school=school, post=post, reachable=True)
    )


async def forget(tx: Transaction, person: Person) -> None:
    """/stop: nothing is left that leads from an answer to a Telegram account."""
    await tx.connection.execute(
        update(people)
        .where(people.c.id == person.id)
        .values(telegram_id=None, post="", left_at=tx.now)
    )
    for table in (prompts, typed_answers, live_messages):
        await tx.connection.execute(table.delete().where(table.c.chat_id == person.telegram_id))


async def set_reachable(tx: Transaction, telegram_id: int, reachable: bool) -> bool:
    """Whether that is news."""
    changed = await tx.connection.execute(
        update(people)
        .where(people.c.telegram_id == telegram_id, people.c.reachable.is_not(reachable))
        .values(reachable=reachable)
    )
    return changed.rowcount > 0
