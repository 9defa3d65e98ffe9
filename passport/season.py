"""Which campaign it is on a day, and whose classes parents are shown then. Days are local."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from passport.calendar import next_year, previous_year
from passport.campaign import FRESH, Campaign, CampaignPlan, Stage, campaign_year

# Parents look for seats in all of it: also after enrolment, while informing goes on.
RUNNING: frozenset[Stage] = frozenset({"informing", "open", "closed"})
FRESH_OUTSIDE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Season:
    """``year`` is that of the classes shown; ``coming`` is the campaign that begins next, or the
    one that runs."""

    campaign: Campaign
    coming: Campaign
    stage: Stage
    year: str
    today: date

    @property
    def running(self) -> bool:
        return self.stage in RUNNING

    @property
    def fresh(self) -> timedelta:
        """How old a card may be and be shown to everybody without a word of warning."""
        return FRESH if self.running else FRESH_OUTSIDE

    def is_old(self, seen: datetime | None, moment: datetime) -> bool:
        """Whether data looked at then are too old at a moment: in chat, posts and on the portal."""
        return seen is None or moment - seen > self.fresh

    @property
    def years(self) -> frozenset[str]:
        """Of the classes that may be looked at."""
        return frozenset({self.year, self.campaign.year})


def season_of(plan: CampaignPlan, moved: Mapping[str, Campaign], today: date) -> Season:
    """``moved`` are campaigns whose dates are not the plan's, by school year."""

    def of(year: str) -> Campaign:
        return moved.get(year) or plan.usual(year)

    now = of(campaign_year(today))
    before = of(previous_year(now.year))
    if before.stage(today) in RUNNING:  # its end was moved into September
        now = before
    stage = now.stage(today)
    if stage == "before":
        # For orientation: the classes that learn now.
        return Season(now, now, stage, previous_year(now.year), today)
    coming = of(next_year(now.year)) if stage == "over" else now
    return Season(now, coming, stage, now.year, today)
