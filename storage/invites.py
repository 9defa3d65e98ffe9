"""Invite links: one-time, expiring, known only by their hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
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


Unusable = Literal["unknown", "used", "expired"]


def _hash(token: str) -> str:
    # The token itself has 160 random bits: a plain hash is enough, nothing can be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()


async def create(tx: Transaction, role: Role, school: str | None, post: str = "") -> str:
    """A new invite; the returned token is told once and stored nowhere."""
    token = PREFIX + secrets.token_urlsafe(20)
    await tx.connection.execute(
        invites.insert().values(
            token_hash=_hash(token),
            role=role,
            school=school,
            post=post,
            created_at=tx.now,
            expires_at=tx.now + LIFETIME,
        )
    )
    return token


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
    if row.expires_at <= tx.now:
        return "expired"
    return Invite(row.id, row.role, row.school, row.post)


async def use(tx: Transaction, invite: Invite, person_id: int) -> None:
    await tx.connection.execute(
        update(invites).where(invites.c.id == invite.id).values(used_at=tx.now, used_by=person_id)
    )
