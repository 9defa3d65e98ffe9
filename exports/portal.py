"""The section of the education portal (plan 2.5) as data: open classes, what parents ask of them.

Plan 2.5 wants it «на одной площадке»: the local acts of the track, partners, the form of lessons,
vacant seats of each class of each school. The page and the JSON are made of the same value.
"""

from datetime import date
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from passport.loader import Passport
from passport.register import PARTNER_TYPES, PARTNER_TYPES_SPELT, ClassCard, Partner
from storage import campaigns, partners, schools, showcase
from storage.database import Transaction
from storage.showcase import Wanted


class PortalPartner(BaseModel):
    """``benefit`` is what the partner itself has stated, never our promise."""

    name: str
    type: str
    benefit: str


class PortalClass(BaseModel):
    """Empty strings and null are «the school has not said»: never 0."""

    school: str
    class_name: str
    track: str
    profile: str
    advanced_subjects: tuple[str, ...]
    exams: str
    partners: tuple[PortalPartner, ...]
    mode: str
    local_act_url: str
    capacity: int | None
    enrolled: int | None
    vacancies: int | None
    admission: str
    outsiders: str
    open_days: str
    contact: str
    data_of: date | None
    is_stale: bool


class Portal(BaseModel):
    """Classes stand by track, then by the school's number; days are local."""

    title: str
    school_year: str
    enrolment_opens: date
    enrolment_closes: date
    as_of: date
    classes: tuple[PortalClass, ...]

    @property
    def tracks(self) -> dict[str, tuple[PortalClass, ...]]:
        found: dict[str, list[PortalClass]] = {}
        for one in self.classes:
            found.setdefault(one.track, []).append(one)
        return {track: tuple(group) for track, group in found.items()}

    @property
    def partner_types(self) -> dict[str, str]:
        """What the short names of partners' types mean, of those that stand on the page."""
        named = {partner.type for one in self.classes for partner in one.partners}
        return {
            name: PARTNER_TYPES_SPELT[key] for key, name in PARTNER_TYPES.items() if name in named
        }

    @property
    def seats(self) -> int:
        return sum(one.vacancies or 0 for one in self.classes)

    @property
    def silent(self) -> int:
        """Classes whose school has not said how many seats there are."""
        return sum(one.vacancies is None for one in self.classes)


async def stored_portal(tx: Transaction, passport: Passport, year: str) -> Portal:
    """What is known of the classes of a school year now."""
    zone = passport.calendar.zone
    campaign = await campaigns.of_year(tx, passport.campaigns, year)
    known = {one.name: one for one in await partners.every(tx)}
    names = {one.slug: one.short_name for one in await schools.every(tx)}
    today = passport.calendar.today(tx.now)
    now = await campaigns.season(tx, passport.campaigns, today)
    cards = await showcase.cards(tx, Wanted(year))
    cards.sort(key=_place)
    return Portal(
        title="Предпрофессиональные классы школ Петропавловска-Камчатского",
        school_year=year,
        enrolment_opens=campaign.opens,
        enrolment_closes=campaign.closes,
        as_of=today,
        classes=tuple(
            _class(card, names, known, zone, is_stale=now.is_old(card.confirmed_at, tx.now))
            for card in cards
        ),
    )


def _place(card: ClassCard) -> tuple[str, int, int, str, int]:
    number = int(card.school.removeprefix("s"))
    return card.track.casefold(), number, card.grade, card.letter, card.id


def _class(
    card: ClassCard,
    names: dict[str, str],
    known: dict[str, Partner],
    zone: ZoneInfo,
    *,
    is_stale: bool,
) -> PortalClass:
    seen = card.confirmed_at
    return PortalClass(
        school=names[card.school],
        class_name=card.name,
        track=card.track,
        profile=card.profile,
        advanced_subjects=card.subjects,
        exams=card.exams,
        partners=tuple(_partner(known[name]) for name in card.partners),
        mode=card.mode,
        local_act_url=card.local_act_url,
        capacity=card.capacity,
        enrolled=card.enrolled,
        vacancies=card.vacancies,
        admission=card.admission,
        outsiders=card.outsiders,
        open_days=card.open_days,
        contact=card.contact,
        data_of=seen.astimezone(zone).date() if seen else None,
        is_stale=is_stale,
    )


def _partner(partner: Partner) -> PortalPartner:
    return PortalPartner(
        name=partner.name, type=PARTNER_TYPES[partner.type], benefit=partner.benefit
    )


def portal_json(portal: Portal) -> bytes:
    return portal.model_dump_json(indent=1).encode()
