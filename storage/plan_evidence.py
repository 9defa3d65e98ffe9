"""Reads what the bot's data say of a measure in a window: registers, reports, questionnaires.

One ``Reader`` a transaction; what several measures ask for is read once.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from passport import plan_evidence as says
from passport import plan_reports as of_reports
from passport.calendar import next_year, school_year_of
from passport.campaign import FRESH, campaign_year
from passport.loader import Passport
from passport.plan import Measure
from passport.plan_evidence import Asked, Evidence, Seats
from passport.plan_states import SOON
from passport.plan_windows import Window, campaign_of
from passport.register import PARTNER_TYPES, ClassCard
from passport.season import RUNNING
from storage import (
    audit,
    campaigns,
    city_facts,
    class_cards,
    contracts,
    partners,
    plan_reports,
    plan_terms,
    schools,
)
from storage.database import Transaction
from storage.plan_reports import Counted

MONTHLY = timedelta(days=30)  # plan 2.4: how old a card may be outside of a campaign


@dataclass(frozen=True)
class Reader:
    """``today`` is the local day of now: what is counted is counted as of it."""

    tx: Transaction
    passport: Passport
    _asked: dict[str, Asked] = field(default_factory=dict)
    _counted: dict[str, Counted] = field(default_factory=dict)
    _cards: dict[str, list[ClassCard]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.passport.calendar.today(self.tx.now)

    async def of(self, measure: Measure, window: Window) -> Evidence | None:
        """None for a measure of which the bot holds nothing, and for a window of 2022."""
        if not measure.evidence or (window.recurrence == "once"):
            return None
        match measure.evidence:
            case "contracts" | "partners" | "fresh_cards" | "full_cards":
                return await self._standing(measure.evidence)
            case "tracks" | "participants" | "enrolment" | "local_acts":
                return await self._summer(measure, window)
            case "joint_events" | "pupils_events" | "training" | "teachers_events":
                return await self._quarters(measure.evidence, window.year)
            case "year_report":
                return await self._year_report(window)
            case "campaign":
                return await self._campaign(window.year)
        return await self._may(measure.evidence, window.year)

    async def concerned(self, measure: Measure, window: Window) -> frozenset[str]:
        """Schools for which a window of a measure is meant at all."""
        if measure.evidence == "local_acts":
            joined = await plan_terms.entrants(self.tx)
            asked = await self.asked(campaign_of(window))
            return frozenset(one for one in asked.schools if joined.get(one) == window.start.year)
        if measure.evidence in ("tracks", "participants", "enrolment"):
            return frozenset((await self.asked(campaign_of(window))).schools)
        day = min(self.today, self.passport.calendar.project_end - timedelta(days=1))
        year = school_year_of(day) if window.recurrence == "continuous" else window.year
        return frozenset((await self.asked(year)).schools)

    # --- reports -----------------------------------------------------------------------------

    async def _may(self, about: str, year: str) -> Evidence:
        asked, found = await self.asked(year), await self.counted(year)
        match about:
            case "parents_meetings":
                return of_reports.parents_meetings(asked, found.of("may"))
            case "parents_as_speakers":
                return of_reports.parents_as_speakers(asked, found.of("may"))
            case "staff":
                return of_reports.staff(asked, found.of("may"))
        return of_reports.equipment(asked, found.of("may"), found.equipped)

    async def _quarters(self, about: str, year: str) -> Evidence:
        asked, found = await self.asked(year), await self.counted(year)
        match about:
            case "pupils_events":
                return of_reports.pupils_events(asked, found.year)
            case "training":
                return of_reports.training(asked, found.year)
            case "teachers_events":
                return of_reports.teachers_events(asked, found.year)
        satisfied = None
        if found.satisfied:
            mean = sum(found.satisfied.values(), Decimal(0)) / len(found.satisfied)
            satisfied = (round(mean, 1), len(found.satisfied))
        return of_reports.joint_events(asked, found.year, satisfied)

    async def _campaign(self, year: str) -> Evidence:
        asked, found = await self.asked(year), await self.counted(year)
        wishing = city_facts.held(await city_facts.every(self.tx), "schools_wishing", year)
        return of_reports.campaign(
            asked, found.of("campaign"), None if wishing is None else int(wishing)
        )

    async def _year_report(self, window: Window) -> Evidence:
        at = await audit.last(self.tx, "make_report", window.year)
        day = None if at is None else self.passport.calendar.today(at)
        counts = day is not None and day >= window.end - SOON
        return says.year_report(self.today, day, counts=counts)

    # --- registers ---------------------------------------------------------------------------

    async def _summer(self, measure: Measure, window: Window) -> Evidence:
        """Of the classes that a summer's window prepares."""
        about = measure.evidence
        if about == "local_acts":
            return await self._local_acts(measure, window)
        year = campaign_of(window)
        asked, of = await self.asked(year), _by_school(await self.cards(year))
        of = {school: cards for school, cards in of.items() if school in asked.schools}
        every = [card for cards in of.values() for card in cards]
        if about == "tracks":
            named = {school for school, cards in of.items() if all(one.track for one in cards)}
            return says.tracks(asked, named, len({one.track for one in every} - {""}), len(every))
        if about == "participants":
            return says.participants(asked, of)
        since = window.end - SOON
        told = {one.id for one in every if one.enrolled is not None and self._seen(one, since)}
        whole = {school for school, cards in of.items() if all(one.id in told for one in cards)}
        enrolled = [one.enrolled for one in every if one.enrolled is not None]
        capacity = [one.capacity for one in every if one.capacity is not None]
        seats = Seats(
            len(every),
            len(told),
            sum(enrolled) if enrolled else None,
            sum(capacity) if len(capacity) == len(every) else None,
        )
        return says.enrolment(asked, whole, seats)

    async def _local_acts(self, measure: Measure, window: Window) -> Evidence:
        year = campaign_of(window)
        numbers = (await self.asked(year)).schools
        found = await self.concerned(measure, window)
        asked = Asked({one: numbers[one] for one in found}, self.today)
        having = {one.school for one in await self.cards(year) if one.local_act_url}
        return says.local_acts(asked, having & set(asked.schools))

    async def _standing(self, about: str) -> Evidence:
        """Of registers that are kept all the time, as of today."""
        if about == "partners":
            found = await partners.every(self.tx)
            return says.partners(
                self.today,
                {
                    name: sum(one.type == key for one in found)
                    for key, name in PARTNER_TYPES.items()
                },
            )
        day = min(self.today, self.passport.calendar.project_end - timedelta(days=1))
        asked = await self.asked(school_year_of(day))
        if about == "contracts":
            held = [one for one in await contracts.every(self.tx) if one.in_force(self.today)]
            having = {school for one in held for school in one.schools}
            return says.contracts(asked, having & set(asked.schools), len(held))
        year, age = await self._looked_through()
        asked = await self.asked(year)
        every = [one for one in await self.cards(year) if one.school in asked.schools]
        if about == "fresh_cards":
            since = self.today - age
            good = {one.id for one in every if self._seen(one, since)}
        else:
            good = {one.id for one in every if _is_full(one)}
        of = _by_school(every)
        having = {school for school, cards in of.items() if all(one.id in good for one in cards)}
        if about == "fresh_cards":
            return says.fresh_cards(asked, having, len(every), len(good), age.days)
        return says.full_cards(asked, having, len(every), len(good))

    async def _looked_through(self) -> tuple[str, timedelta]:
        """Whose cards parents look at now, and how old they may be: weekly in a campaign."""
        plan = self.passport.campaigns
        campaign = await campaigns.of_year(self.tx, plan, campaign_year(self.today))
        if campaign.stage(self.today) in RUNNING:
            return campaign.year, FRESH
        return school_year_of(self.today), MONTHLY

    def _seen(self, card: ClassCard, since: date) -> bool:
        if card.confirmed_at is None:
            return False
        return self.passport.calendar.today(card.confirmed_at) >= since

    # --- read once ---------------------------------------------------------------------------

    async def asked(self, year: str) -> Asked:
        """Schools that are expected in a school year: of a year that is over, on its last day."""
        if year not in self._asked:
            candidates = self.passport.schools.candidates
            last = date(int(next_year(year)[:4]), 8, 31)
            day = min(self.today, last)
            found = await schools.participants(self.tx, year, candidates, day)
            self._asked[year] = Asked({one.slug: one.number for one in found}, self.today)
        return self._asked[year]

    async def counted(self, year: str) -> Counted:
        if year not in self._counted:
            expected = (await self.asked(year)).schools
            self._counted[year] = await plan_reports.read(self.tx, year, expected)
        return self._counted[year]

    async def cards(self, year: str) -> list[ClassCard]:
        """Of open classes."""
        if year not in self._cards:
            found = await class_cards.of_year(self.tx, year)
            self._cards[year] = [one for one in found if one.closed_at is None]
        return self._cards[year]


def _by_school(cards: list[ClassCard]) -> Mapping[str, list[ClassCard]]:
    found: dict[str, list[ClassCard]] = defaultdict(list)
    for one in cards:
        found[one.school].append(one)
    return found


def _is_full(card: ClassCard) -> bool:
    """What 2.5 lists: local acts, partners, the form of lessons, vacant seats."""
    return bool(card.local_act_url and card.partners and card.mode and card.vacancies is not None)
