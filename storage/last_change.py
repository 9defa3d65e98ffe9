"""When something of a school year was last changed."""

from datetime import datetime

from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import answer_log, audit, indicator_values, reports, submissions


async def of_year(tx: Transaction, year: str) -> datetime | None:
    """In its reports or its official values (UTC); None while nothing was ever written."""
    of_reports = select(reports.c.id).where(reports.c.year == year)
    queries = (
        select(func.max(answer_log.c.at)).where(answer_log.c.report_id.in_(of_reports)),
        select(func.max(submissions.c.at)).where(submissions.c.report_id.in_(of_reports)),
        select(func.max(audit.c.at)).where(audit.c.year == year),
        select(func.max(indicator_values.c.at)).where(indicator_values.c.year == year),
    )
    found = [(await tx.connection.execute(query)).scalar() for query in queries]
    return max((moment for moment in found if moment is not None), default=None)
