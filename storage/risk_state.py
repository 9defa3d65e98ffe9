"""The eight risks as of now: the one reading behind chat, Excel, the digest and the brief."""

from passport.loader import Passport
from passport.risk_judging import judge
from passport.risks import RiskState
from storage import risk_evidence, risk_thresholds
from storage.database import Transaction


async def of_day(tx: Transaction, passport: Passport) -> tuple[RiskState, ...]:
    """In the passport's order, by the thresholds of staff where they have set any."""
    evidence = await risk_evidence.read(tx, passport)
    return judge(passport.risks, evidence, await risk_thresholds.every(tx))
