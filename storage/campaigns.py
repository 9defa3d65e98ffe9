"""Dates of campaigns that staff have moved; those of the plan hold for every other year."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from passport.campaign import Campaign, CampaignPlan
from passport.season import Season, season_of
from storage.database import Transaction
from storage.tables import campaigns

_MOVED = select(
    campaigns.c.year,
    campaigns.c.starts,
    campaigns.c.opens,
    campaigns.c.closes,
    campaigns.c.ends,
)


async def moved(tx: Transaction) -> Mapping[str, Campaign]:
    """By school year."""
    rows = await tx.connection.execute(_MOVED)
    return {row.year: Campaign(*row) for row in rows}


async def season(tx: Transaction, plan: CampaignPlan, today: date) -> Season:
    """Which campaign it is, and whose classes parents are shown."""
    return season_of(plan, await moved(tx), today)


async def of_year(tx: Transaction, plan: CampaignPlan, year: str) -> Campaign:
    return (await moved(tx)).get(year) or plan.usual(year)


async def moved_at(tx: Transaction, year: str) -> datetime | None:
    """When its dates were last moved; None while those of the plan hold."""
    found = await tx.connection.execute(select(campaigns.c.at).where(campaigns.c.year == year))
    return found.scalar_one_or_none()


async def move(tx: Transaction, campaign: Campaign, by: int | None) -> None:
    """From now on these dates hold."""
    values = {
        "starts": campaign.starts,
        "opens": campaign.opens,
        "closes": campaign.closes,
        "ends": campaign.ends,
        "at": tx.now,
        "by": by,
    }
    await tx.connection.execute(
        insert(campaigns)
        .values(year=campaign.year, **values)
        .on_conflict_do_update(index_elements=["year"], set_=values)
    )
