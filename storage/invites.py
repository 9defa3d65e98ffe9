"""Invite links: one-time, expiring, known only by their hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, select, update

from storage.database import Transaction
from storage.people import Role
from storage.tables import invites

LIFETIME = timedelta(days=14)
PREFIX = "i_"  # tells an invite from the other deep links (?start=classes)


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    role: Role
    school: str | None
    post: str
    created_at: datetime
    expires_at: datetime
    created_by: int | None = None
    replaces: int | None = None  # the account whose place the guest takes


@dataclass(frozen=True, slots=True)
class OpenInvite:
    """A link that is out and not used yet."""

    id: int
    role: Role
    school: str | None
    post: str
    expires_at: datetime


Unusable = Literal["unknown", "used", "expired", "revoked"]


def _hash(token: str) -> str:
    # The token itself has 160 random bits: a plain hash is enough, nothing can be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()


async def create(tx: Transaction, role: Role, school: str | None, post: str = "") -> str:
    """A new invite; the returned token is told once and stored nowhere."""
    return await issue(tx, await prepare(tx, Draft(role, school, post)))


@dataclass(frozen=True, slots=True)
class Draft:
    """Whom to invite; ``by`` is the inviting account (None: the operator)."""

    role: Role
    school: str | None = None
    post: str = ""
    by: int | None = None
    replaces: int | None = None


async def prepare(tx: Transaction, draft: Draft) -> int:
    """An invite that has no link yet: no token is made before it can be handed over."""
    added = await tx.connection.execute(
        invites.insert()
        .values(
            role=draft.role,
            school=draft.school,
            post=draft.post,
            created_at=tx.now,
            expires_at=tx.now + LIFETIME,
            created_by=draft.by,
            replaces=draft.replaces,
        )
        .returning(invites.c.id)
    )
    return int(added.scalar_one())


async def issue(tx: Transaction, invite_id: int) -> str:
    """The token of a prepared invite; asked again, another one, and the first opens nothing."""
    token = PREFIX + secrets.token_urlsafe(20)
    await tx.connection.execute(
        update(invites).where(invites.c.id == invite_id).values(token_hash=_hash(token))
    )
    return token


async def get(tx: Transaction, invite_id: int) -> Invite | Unusable:
    return await _usable(tx, invites.c.id == invite_id)


async def open_invites(tx: Transaction, school: str | None) -> list[OpenInvite]:
    """Links of a school (None: of staff) that can still be opened, newest first."""
    rows = await tx.connection.execute(
        select(invites.c.id, invites.c.role, invites.c.school, invites.c.post, invites.c.expires_at)
        .where(
            invites.c.school.is_(None) if school is None else invites.c.school == school,
            invites.c.used_at.is_(None),
            invites.c.revoked_at.is_(None),
            invites.c.expires_at > tx.now,
        )
        .order_by(invites.c.id.desc())
    )
    return [OpenInvite(**row._mapping) for row in rows]


async def revoke_all_of(tx: Transaction, person_id: int) -> None:
    """Whoever loses access leaves no open doors behind."""
    await tx.connection.execute(
        update(invites)
        .where(
            invites.c.created_by == person_id,
            invites.c.used_at.is_(None),
            invites.c.revoked_at.is_(None),
        )
        .values(revoked_at=tx.now)
    )


async def revoke_all(tx: Transaction) -> int:
    """No link that is out opens anything; how many could still be opened."""
    gone = await tx.connection.execute(
        update(invites)
        .where(
            invites.c.used_at.is_(None),
            invites.c.revoked_at.is_(None),
            invites.c.expires_at > tx.now,
        )
        .values(revoked_at=tx.now)
    )
    return gone.rowcount


async def revoke(tx: Transaction, invite_id: int) -> None:
    await tx.connection.execute(
        update(invites).where(invites.c.id == invite_id).values(revoked_at=tx.now)
    )


async def find(tx: Transaction, token: str) -> Invite | Unusable:
    return await _usable(tx, invites.c.token_hash == _hash(token))


def proof(token: str) -> str:
    """Shows that somebody had the link, without being it: 80 bits of its hash."""
    return _hash(token)[:20]


async def by_proof(tx: Transaction, shown: str) -> Invite | Unusable:
    """An invite whose link the person has shown a moment ago, still usable or not."""
    if len(shown) != len(proof("")) or not shown.isalnum():
        return "unknown"
    return await _usable(tx, invites.c.token_hash.startswith(shown, autoescape=True))


async def was_used_by(tx: Transaction, token: str, person_id: int) -> bool:
    """Whether this very person came by the link."""
    found = await tx.connection.execute(
        select(invites.c.used_by).where(invites.c.token_hash == _hash(token))
    )
    return found.scalar() == person_id


async def _usable(tx: Transaction, which: ColumnElement[bool]) -> Invite | Unusable:
    row = (await tx.connection.execute(select(invites).where(which))).first()
    if row is None:
        return "unknown"
    if row.used_at is not None:
        return "used"
    if row.revoked_at is not None:
        return "revoked"
    if row.expires_at <= tx.now:
        return "expired"
    return Invite(
        row.id,
        row.role,
        row.school,
        row.post,
        row.created_at,
        row.expires_at,
        row.created_by,
        row.replaces,
    )


async def use(tx: Transaction, invite: Invite, person_id: int) -> None:
    await tx.connection.execute(
        update(invites).where(invites.c.id == invite.id).values(used_at=tx.now, used_by=person_id)
    )
