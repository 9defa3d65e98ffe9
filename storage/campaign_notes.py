"""Reads what the note on a campaign is made of: questionnaires, cards, posts, the city's number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from passport.calendar import previous_year
from passport.campaign_note import CampaignNote, ClassCount
from passport.loader import Passport
from passport.register import ClassCard
from storage import city_facts, class_cards, posts, schools
from storage.database import Transaction
from storage.schools import School
from storage.tables import answers, reports


@dataclass(frozen=True, slots=True)
class Said:
    """A questionnaire that was sent: its numbers, by question and class."""

    at: datetime | None
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)


async def read(
    tx: Transaction, passport: Passport, year: str, *, accepted_only: bool = False
) -> CampaignNote:
    """Of the campaign that fills the classes of ``year``, as of now.

    The note itself counts what schools have sent; what is measured counts ``accepted_only``.
    """
    asked_in = previous_year(year)  # the school year whose summer it is
    candidates = [one.slug for one in passport.schools.schools if one.list == "candidate"]
    names = {one.slug: one for one in await schools.every(tx)}
    statuses = ("accepted",) if accepted_only else ("submitted", "accepted")
    said = await _questionnaires(tx, asked_in, statuses)
    cards = [one for one in await class_cards.of_year(tx, year) if one.closed_at is None]
    facts = await city_facts.every(tx)
    wishing = city_facts.held(facts, "schools_wishing", asked_in)
    today = passport.calendar.today(tx.now)
    expected = await schools.participants(tx, asked_in, candidates, today)
    return CampaignNote(
        year=year,
        on=today,
        schools=tuple(one.slug for one in expected),
        announced={
            school: one.numbers["announcements", 0]
            for school, one in said.items()
            if ("announcements", 0) in one.numbers
        },
        own_posts=await posts.count_published(tx, year),
        wishing=int(wishing) if wishing is not None else None,
        wishing_at=await city_facts.said_at(tx, "schools_wishing", asked_in),
        classes=tuple(_counted(card, names[card.school], said) for card in cards),
    )


async def _questionnaires(tx: Transaction, year: str, statuses: Sequence[str]) -> dict[str, Said]:
    """Those that stand so, by school; one that was sent is there even without numbers."""
    rows = await tx.connection.execute(
        select(
            reports.c.school,
            reports.c.submitted_at,
            answers.c.question,
            answers.c.class_id,
            answers.c.kind,
            answers.c.number,
        )
        .select_from(reports.outerjoin(answers, answers.c.report_id == reports.c.id))
        .where(
            reports.c.year == year,
            reports.c.period == "campaign",
            reports.c.status.in_(statuses),
        )
    )
    found: dict[str, Said] = {}
    for row in rows:
        numbers = found.setdefault(row.school, Said(row.submitted_at)).numbers
        if row.kind == "number":
            numbers[row.question, row.class_id] = int(row.number)
        elif row.kind == "none":
            numbers[row.question, row.class_id] = 0  # «не было» is an answer
    return found


def _counted(card: ClassCard, school: School, said: Mapping[str, Said]) -> ClassCount:
    """By the school's questionnaire where it speaks of this class, else by the class's card."""
    sent = said.get(card.school)
    numbers = sent.numbers if sent is not None else {}
    enrolled_by_note = ("enrolled", card.id) in numbers
    by_note = ("applications", card.id) in numbers
    return ClassCount(
        school=card.school,
        number=school.number,
        school_name=school.short_name,
        name=card.name,
        track=card.track,
        applications=numbers.get(("applications", card.id), card.applications),
        enrolled=numbers.get(("enrolled", card.id), card.enrolled),
        capacity=card.capacity,
        source="questionnaire" if by_note else "card",
        seen=None if by_note else card.confirmed_at,
        enrolled_source="questionnaire" if enrolled_by_note else "card",
        enrolled_at=sent.at if sent is not None and enrolled_by_note else card.confirmed_at,
    )
