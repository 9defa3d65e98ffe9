"""Accounts: a Telegram id, a role, a school and a post. No names, no phones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.tables import live_messages, people, prompts, schools, snoozes, typed_answers

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
    suspended_at: datetime | None = None  # keeps the account, may do nothing
    digest: bool = True  # of staff: gets the morning digest

    @property
    def suspended(self) -> bool:
        return self.suspended_at is not None


_PERSON = select(
    people.c.id,
    people.c.telegram_id,
    people.c.role,
    people.c.school,
    schools.c.short_name.label("school_name"),
    people.c.post,
    people.c.reachable,
    people.c.suspended_at,
    people.c.digest,
).select_from(people.outerjoin(schools, schools.c.slug == people.c.school))
_person = _PERSON.where(people.c.telegram_id == bindparam("telegram"))
# Whoever left has no Telegram id any more, and nobody to write to.
_HERE = _PERSON.where(people.c.telegram_id.is_not(None)).order_by(people.c.id)


async def by_telegram_id(tx: Transaction, telegram_id: int) -> Person | None:
    row = (await tx.connection.execute(_person, {"telegram": telegram_id})).first()
    return None if row is None else Person(**row._mapping)


async def get(tx: Transaction, person_id: int) -> Person | None:
    """The account with this number, if its owner has not left."""
    row = (await tx.connection.execute(_HERE.where(people.c.id == person_id))).first()
    return None if row is None else Person(**row._mapping)


async def coordinators(tx: Transaction, school: str | None = None) -> list[Person]:
    """Coordinators of a school, or of all, suspended ones included."""
    query = _HERE.where(people.c.role == "coordinator")
    if school is not None:
        query = query.where(people.c.school == school)
    return [Person(**row._mapping) for row in await tx.connection.execute(query)]


async def staff(tx: Transaction, *roles: Role) -> list[Person]:
    """Methodists and managers, or only one kind of them, suspended ones included."""
    wanted = roles or ("methodist", "manager")
    rows = await tx.connection.execute(_HERE.where(people.c.role.in_(wanted)))
    return [Person(**row._mapping) for row in rows]


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
        .values(role=role, school=school, post=post, reachable=True, suspended_at=None)
    )


async def suspend(tx: Transaction, person_id: int, *, suspended: bool) -> None:
    """Takes an account's rights away, or gives them back."""
    await tx.connection.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(suspended_at=tx.now if suspended else None)
    )


async def set_digest(tx: Transaction, person_id: int, *, wanted: bool) -> None:
    await tx.connection.execute(
        update(people).where(people.c.id == person_id).values(digest=wanted)
    )


async def forget(tx: Transaction, person: Person) -> None:
    """/stop: nothing is left that leads from an answer to a Telegram account."""
    await tx.connection.execute(
        update(people)
        .where(people.c.id == person.id)
        .values(telegram_id=None, post="", left_at=tx.now)
    )
    await tx.connection.execute(snoozes.delete().where(snoozes.c.person == person.id))
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


async def posts(tx: Transaction) -> dict[int, str]:
    """What each account is called in lists: its post, else its role."""
    rows = await tx.connection.execute(select(people.c.id, people.c.role, people.c.post))
    return {row.id: row.post or ROLE_WORDS[row.role] for row in rows}


ROLE_WORDS: dict[Role, str] = {
    "coordinator": "координатор",
    "methodist": "методист ИМЦ",
    "manager": "руководитель УО",
}
