"""How often parents asked the bot something, by local day: a number, and nobody's name.

Written by the nightly job alone, in the transaction that erases the updates it has counted, so a
job that runs twice counts nothing twice. The days that are not erased yet are counted on the spot.
"""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from passport.calendar import Calendar
from storage.database import Transaction
from storage.tables import inbox, parent_asks

# In place of the chat in a finished update: whose it was is forgotten, that it was of somebody
# without an account is not.
STRANGER = -1


async def keep(tx: Transaction, calendar: Calendar, before: datetime) -> None:
    """Takes down what is about to be erased: strangers' finished updates older than a moment.

    Yesterday is taken down too, as a day on which the bot was there to be asked.
    """
    yesterday = calendar.today(tx.now) - timedelta(days=1)
    statement = insert(parent_asks)
    await tx.connection.execute(statement.on_conflict_do_nothing(), [{"day": yesterday, "asks": 0}])
    counted = await _counted(tx, calendar, before)
    if not counted:
        return
    added = statement.on_conflict_do_update(
        index_elements=["day"], set_={"asks": parent_asks.c.asks + statement.excluded.asks}
    )
    rows = [{"day": day, "asks": asks} for day, asks in counted.items()]
    await tx.connection.execute(added, rows)


async def since(tx: Transaction, calendar: Calendar, first: date) -> dict[date, int]:
    """From a local day on, today included; a day that is not there was not counted."""
    rows = await tx.connection.execute(
        select(parent_asks.c.day, parent_asks.c.asks).where(parent_asks.c.day >= first)
    )
    found: dict[date, int] = {row.day: row.asks for row in rows}
    for day, asks in (await _counted(tx, calendar, None)).items():
        if day >= first:
            found[day] = found.get(day, 0) + asks
    return found


async def _counted(tx: Transaction, calendar: Calendar, before: datetime | None) -> Counter[date]:
    """What lies in the inbox, by minutes from the database and by local days from here."""
    minute = func.substr(inbox.c.received_at, 1, 16)
    query = select(func.min(inbox.c.received_at), func.count()).where(inbox.c.lane == STRANGER)
    if before is not None:
        query = query.where(inbox.c.received_at < before)
    found: Counter[date] = Counter()
    for at, count in await tx.connection.execute(query.group_by(minute)):
        found[calendar.today(at)] += count
    return found
