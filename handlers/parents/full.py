"""«Мест нет»: what is left for whoever has heard that, as the card of a full class has it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.parents import wording
from handlers.parents.callbacks import parent_tap
from handlers.parents.card import show_class
from handlers.parents.lists import ALL_SEATS, HOME, PAGE, SEATS, bell, head, show_classes
from handlers.parents.scope import Meant, Scope, latin, meant, spellings, title
from handlers.parents.season import season, whose
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from passport.register import ClassCard
from passport.season import Season
from storage import showcase
from storage.showcase import Wanted

ALTERNATIVES = 5
ELSEWHERE = "Мест нет в одном классе – они могут быть в другом."
NO_OTHERS = "Других классов этой направленности с местами нет."
RING = "Нажмите 🔔 – сообщу, если место появится."


async def show_full(visit: Visit, scope: Scope) -> Screen | None:
    """Classes of the scope that have seats after all; else others of its tracks, and the bell.

    None where the scope has no classes at all.
    """
    if scope.whole:
        return await show_classes(visit, scope, only=SEATS, notice=ELSEWHERE)
    now = await season(visit)
    what = await meant(visit, now, scope)
    own = await showcase.cards(visit.tx, what.wanted)
    if not own:
        return None
    if len(own) == 1 and own[0].vacancies == 0:
        return await show_class(visit, own[0].id)
    free = [card for card in own if card.vacancies]
    others = [] if free else await _others(visit, now, own)
    text = [f"<b>{title(what)}</b>", *head(now), f"{whose(now)}:"]
    if free:
        text.append("Места ещё есть:")
    text += [_line(visit, now, what, card) for card in (free or own)[:PAGE]]
    if others:
        text += ["", "<b>Та же направленность в других классах:</b>"]
        text += [wording.line(visit, now, card) for card in others]
    elif not free:
        text += ["", NO_OTHERS]
    shown = [*(free or own)[:PAGE], *others]
    if wording.has_stale(visit, now, shown):
        text += ["", wording.warning(now)]
    text += ["", RING]
    return Screen("\n".join(text), (*_rows(free[:PAGE] or others), *_around(what)))


def _line(visit: Visit, now: Season, what: Meant, card: ClassCard) -> str:
    return wording.line(visit, now, card, track=not what.track)


async def _others(visit: Visit, now: Season, own: Sequence[ClassCard]) -> list[ClassCard]:
    """Of the same tracks, with seats or with none named yet: those with seats first."""
    tracks: set[str] = set()
    for card in own:
        tracks.update(await spellings(visit, now, latin(card.track)))
    found = await showcase.cards(visit.tx, Wanted(now.year, tracks=tuple(sorted(tracks))))
    mine = {card.id for card in own}
    fitting = [card for card in found if card.id not in mine and card.vacancies != 0]
    fitting.sort(key=lambda card: not card.vacancies)
    return fitting[:ALTERNATIVES]


def _rows(cards: Sequence[ClassCard]) -> tuple[Row, ...]:
    return tuple(
        (Button(wording.label(card), parent_tap("class", str(card.id))),) for card in cards
    )


def _around(what: Meant) -> tuple[Row, ...]:
    ring = replace(bell(what), text="🔔 Сообщить, если место появится")
    everything = Button("Все классы отсюда", parent_tap("list", what.scope.key))
    return ((ring,), (everything, ALL_SEATS), (HOME,))
