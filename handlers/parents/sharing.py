"""Cards of classes to be shared in any chat: «@бот медицинский». No account is looked at."""

from dataclasses import dataclass

from handlers.errors import ForPerson
from handlers.parents import wording
from handlers.parents.card import card_text, short_title
from handlers.parents.scope import Scope, meant, scope_of
from handlers.parents.season import season
from handlers.parents.talk import understand
from handlers.visit import Visit
from passport.register import ClassCard
from storage import showcase

MOST = 20  # results at once; a phone shows five


@dataclass(frozen=True, slots=True)
class Shared:
    """``text`` is Telegram HTML; the rest is plain. ``payload`` opens the bot at this class."""

    id: str
    title: str
    description: str
    text: str
    payload: str


async def found(visit: Visit, text: str, offset: int = 0) -> list[Shared]:
    """Cards that a query means, those with seats first; all of the city's when it is empty.

    Nothing when the query is not understood: a wrong card would be worse.
    """
    now = await season(visit)
    scope = Scope()
    with_seats = False
    if text.strip():
        asked = await understand(visit, text)
        if asked.empty:
            return []
        with_seats = asked.topic == "seats"
        scope = await scope_of(visit, asked)
    try:
        what = await meant(visit, now, scope)
    except ForPerson:  # a school that the city does not have
        return []
    wanted = what.with_seats() if with_seats else what.wanted
    cards = await showcase.cards(visit.tx, wanted, MOST, offset)
    return [
        Shared(
            f"class_{card.id}",
            short_title(card),
            _description(card, wording.seats(visit, now, card)),
            await card_text(visit, now, card),
            f"class_{card.id}",
        )
        for card in cards
    ]


def _description(card: ClassCard, seats: str) -> str:
    """What tells two cards of a track apart."""
    return f"{seats}; {', '.join(card.subjects)}" if card.subjects else seats
