"""What schools do with the cards of next year's classes while the clock of the demo goes on.

Each deed has its moment; whoever moves the clock lets the deeds up to there happen first, so that
the bot finds the city as it would be by then. Cards of schools that are played on the page are
left to their players.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from demo.next_year import (
    BENEFITS,
    COUNTED,
    GRADE,
    NEXT_YEAR,
    OFFERS,
    TOLD_BENEFITS,
    TRACKS,
    Offer,
)
from demo.quarter import KAMCHATKA
from passport.register import ClassCard, ClassDraft
from storage import class_cards, classes, partners, people
from storage.database import Database, Transaction

LONG_AGO = datetime(2026, 9, 1, tzinfo=UTC)
SEATS_TOLD = date(2027, 4, 19)  # schools that were early say now how many seats there are
COUNTING = time(9, 30)  # half an hour before posts go out
DESK = time(15)
LAST_LOOK = date(2027, 8, 30)

Said = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Deed:
    """A school writes a card, says more of it, or, saying nothing, finds everything right."""

    at: datetime
    offer: Offer
    enters: bool = False
    says: Said = field(default_factory=dict)


async def live(database: Database, since: datetime, until: datetime) -> None:
    """Everything that happens after one moment and not after another; the bot may write between
    two days."""
    moments = sorted({deed.at for deed in deeds()} | {_at(TOLD_BENEFITS, DESK)})
    days = sorted({at.date() for at in moments if since < at <= until})
    for day in days:
        end = min(until, _at(day + timedelta(days=1), time()))
        async with database.write() as tx:
            await live_in(tx, since, end)
        since = end


async def live_in(tx: Transaction, since: datetime, until: datetime) -> None:
    hands = {one.school: one.id for one in await people.coordinators(tx) if one.school}
    told = _at(TOLD_BENEFITS, DESK)
    if since < told <= until:
        await _tell_benefits(replace(tx, now=told))
    for deed in deeds():
        if since < deed.at <= until:
            then = replace(tx, now=deed.at.astimezone(UTC))
            await _happen(then, deed, hands.get(deed.offer.school))


def deeds() -> list[Deed]:
    """Of all schools, in the order of their moments."""
    found = [deed for offer in OFFERS for deed in _of(offer)]
    return sorted(found, key=lambda one: one.at)


def _of(offer: Offer) -> Iterator[Deed]:
    minute = timedelta(minutes=int(offer.school[1:]) % 20)  # not all at once
    early = offer.entered < SEATS_TOLD
    numbers: Said = {}
    if offer.seats is not None:
        numbers = {"capacity": offer.seats, "enrolled": offer.at_once}
    first = _first_words(offer)
    yield Deed(_at(offer.entered, DESK) + minute, offer, True, first if early else first | numbers)
    if early and numbers:
        yield Deed(_at(SEATS_TOLD, DESK) + minute, offer, says=numbers)
    for day, enrolled in zip(COUNTED, offer.filled, strict=False):
        said: Said = {"enrolled": enrolled, "applications": enrolled + 2 + enrolled // 4}
        yield Deed(_at(day, COUNTING) + minute, offer, says=said)
    if offer.looks:
        day = COUNTED[0]
        while day <= LAST_LOOK:
            if day not in COUNTED[: len(offer.filled)]:
                yield Deed(_at(day, COUNTING) + minute, offer)
            day += timedelta(days=7)


def _first_words(offer: Offer) -> Said:
    number = int(offer.school[1:])
    site = f"https://school{number}.example"
    said: Said = {
        "profile": TRACKS[offer.track][0],
        "mode": offer.mode,
        "exams": offer.exams,
        "local_act_url": f"{site}/polozhenie.pdf",
        "admission": f"Заявления с 1 июня по 20 августа: {site}/priem",
        "outsiders": offer.outsiders,
        "open_days": offer.open_days,
        "contact": f"8 (4152) 4{number % 10}-{10 + number}-{20 + number}",
    }
    return {key: value for key, value in said.items() if value}


async def _tell_benefits(tx: Transaction) -> None:
    for name, benefit in BENEFITS.items():
        partner = await partners.find(tx, name)
        if partner is not None and not partner.benefit:
            await partners.set_benefit(tx, partner, benefit, None)


async def _happen(tx: Transaction, deed: Deed, by: int | None) -> None:
    offer = deed.offer
    if deed.enters:
        draft = ClassDraft(GRADE, offer.letter, offer.kind, offer.track)
        await classes.add(tx, offer.school, NEXT_YEAR, [draft])
    card = await _card(tx, offer)
    if card is None:  # somebody has closed it or called it otherwise: it is theirs now
        return
    if deed.enters:
        await classes.add_subjects(tx, card.id, TRACKS[offer.track][1])
        found = [await partners.find(tx, name) for name in offer.partners]
        await class_cards.set_partners(tx, card, {one.id for one in found if one}, by)
    if not deed.says:
        await class_cards.confirm(tx, [card.id])
    for name, value in deed.says.items():
        now = cast("ClassCard", await class_cards.get(tx, card.id))
        if getattr(now, name) == value:
            await class_cards.confirm(tx, [card.id])
        else:
            await class_cards.change(tx, now, name, value, by)


async def _card(tx: Transaction, offer: Offer) -> ClassCard | None:
    for card in await class_cards.of_school(tx, offer.school, NEXT_YEAR):
        if (card.grade, card.letter, card.kind) == (GRADE, offer.letter, offer.kind):
            return card
    return None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, KAMCHATKA)
