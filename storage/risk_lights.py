"""How the lights of the risks have changed: the last row of a risk is what stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from passport.risks import Light, RiskState, is_worse
from storage.database import Transaction
from storage.tables import risk_lights


@dataclass(frozen=True, slots=True)
class Turned:
    """A risk by its number whose light was another at a moment than it is now."""

    risk: str
    was: Light
    now: Light

    @property
    def is_worse(self) -> bool:
        return is_worse(self.now, self.was)


async def standing(tx: Transaction, until: datetime | None = None) -> dict[str, Light]:
    """By number of the risk: as stored last, or last up to a moment; nothing of those unseen."""
    latest = select(func.max(risk_lights.c.id)).group_by(risk_lights.c.risk)
    if until is not None:
        latest = latest.where(risk_lights.c.at <= until)
    rows = await tx.connection.execute(
        select(risk_lights.c.risk, risk_lights.c.light).where(
            risk_lights.c.id.in_(latest.scalar_subquery())
        )
    )
    return {row.risk: row.light for row in rows}


async def changed_at(tx: Transaction) -> datetime | None:
    """When a light was last another than before; None before the first look."""
    at: datetime | None = (await tx.connection.execute(select(func.max(risk_lights.c.at)))).scalar()
    return at


async def fresh(tx: Transaction, states: Sequence[RiskState]) -> list[RiskState]:
    """Those whose light is not what stands; all of them the first time."""
    known = await standing(tx)
    return [one for one in states if known.get(one.risk.no) != one.light]


async def note(tx: Transaction, states: Sequence[RiskState]) -> int:
    """Writes what has changed, once; how many lights."""
    changed = await fresh(tx, states)
    rows = [{"risk": one.risk.no, "light": one.light, "at": tx.now} for one in changed]
    if rows:
        await tx.connection.execute(risk_lights.insert(), rows)
    return len(rows)


async def turned_since(tx: Transaction, moment: datetime) -> list[Turned]:
    """Lights that are another now than they were up to a moment, by number of the risk.

    One that was never seen before has not turned; one that went there and back has not, either.
    """
    then, now = await standing(tx, moment), await standing(tx)
    return [
        Turned(risk, then[risk], light)
        for risk, light in sorted(now.items())
        if risk in then and then[risk] != light
    ]
