"""The text of a post, as it would stand in the channel now.

Composed anew each time from the cards of classes, so that an edited post and a fresh one agree.
Within Telegram's limit for any number of classes: lines of schools give way to sums of tracks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from handlers.parents.scope import called, number
from handlers.screen import TEXT_LIMIT, Button, Screen
from handlers.visit import Visit
from handlers.words import capital, classes_words, day_words, q, school_year, seats_words
from passport.campaign import NAMELESS, Campaign
from passport.numbers import plural
from passport.register import ClassCard
from passport.season import Season
from storage import campaigns, showcase
from storage.posts import Post
from storage.showcase import Wanted

ROOM = TEXT_LIMIT - 200  # for what a messenger counts otherwise than we do
HOW = "Заявления принимает школа. Правила приёма и телефон – в карточке класса в боте."


@dataclass(frozen=True, slots=True)
class Words:
    """``title`` and ``lead`` as plain text; whoever shows them quotes them."""

    title: str
    lead: str


def words_of(visit: Visit, post: Post, campaign: Campaign) -> Words:
    """A manager's own words, first line as the title; else those of the occasion.

    A plain name where the occasion is gone.
    """
    if post.words:
        title, _, lead = post.words.strip().partition("\n")
        return Words(title.strip(), lead.strip())
    plan = visit.passport.campaigns
    if not plan.knows(post.occasion):
        return Words(NAMELESS, "")
    occasion = plan.occasion(post.occasion)
    dates = {
        "starts": day_words(campaign.starts),
        "opens": day_words(campaign.opens),
        "closes": day_words(campaign.closes),
        "ends": day_words(campaign.ends),
        "grade_year": school_year(campaign.year),
    }
    return Words(occasion.title.format(**dates), occasion.lead.format(**dates))


async def compose(visit: Visit, post: Post, frame: int = 0) -> Screen:
    """The whole post with its buttons; ``frame`` signs are left free for what is put around it."""
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, post.year)
    words = words_of(visit, post, campaign)
    # One line of a manager's own is all of it, and no title.
    title = f"<b>{q(words.title)}</b>" if words.lead else q(words.title)
    head = [title, "", q(words.lead)] if words.lead else [title]
    if not visit.passport.campaigns.knows(post.occasion):  # an announcement has none
        return Screen("\n".join(head), await _buttons(visit, post))
    cards = await showcase.cards(visit.tx, Wanted(post.year))
    occasion = visit.passport.campaigns.occasion(post.occasion)
    tail = ["", HOW, f"Портал: {q(visit.passport.campaigns.portal_url)}"]
    stamp = _stamp(cards, visit)
    if stamp:
        tail.append(f"<i>{stamp}</i>")
    room = ROOM - frame - _length([*head, *tail])
    if occasion.lists == "tracks":
        body = _tracks(cards, room)
    else:
        today = visit.passport.calendar.today(visit.now)
        now = await campaigns.season(visit.tx, visit.passport.campaigns, today)
        body = _seats(cards, visit, now, room)
    return Screen("\n".join([*head, "", *body, *tail]), await _buttons(visit, post))


async def plain(visit: Visit, post: Post) -> str:
    """The same words without tags and buttons, to be copied into another messenger."""
    screen = await compose(visit, post)
    text = screen.text
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        text = text.replace(tag, "")
    links = [f"{one.text}: {one.url}" for row in screen.keyboard for one in row if one.url]
    return "\n".join([unescape(text), *links])


async def _buttons(visit: Visit, post: Post) -> tuple[tuple[Button, ...], ...]:
    if not visit.username:
        return ()
    link = f"https://t.me/{visit.username}?start="
    if post.school:
        label = f"Классы: {await called(visit, post.school)}"
        return ((Button(label, url=f"{link}school_{post.school}"),),)
    return ((Button("Открытые классы", url=f"{link}classes"),),)


def _stamp(cards: Sequence[ClassCard], visit: Visit) -> str:
    """How fresh the freshest card is; older ones say their own date."""
    seen = [card.confirmed_at for card in cards if card.confirmed_at is not None]
    return f"Актуально на {max(seen).astimezone(visit.zone):%d.%m.%Y}" if seen else ""


def _by_track(cards: Iterable[ClassCard]) -> list[tuple[str, list[ClassCard]]]:
    ordered = sorted(cards, key=lambda card: (card.track.casefold(), int(number(card.school))))
    return [(track, list(group)) for track, group in groupby(ordered, key=lambda card: card.track)]


def _tracks(cards: Sequence[ClassCard], room: int) -> list[str]:
    if not cards:
        return ["Школы ещё готовят списки классов."]
    lines = []
    for track, group in _by_track(cards):
        numbers = ", ".join(dict.fromkeys(number(card.school) for card in group))
        lines.append(f"• {q(capital(track))}: № {numbers}")
    if _length(lines) > room:
        lines = [
            f"• {q(capital(track))}: {classes_words(len(group))}"
            for track, group in _by_track(cards)
        ]
    return _cut(lines, room)


def _seats(cards: Sequence[ClassCard], visit: Visit, now: Season, room: int) -> list[str]:
    if not cards:
        return ["Школы ещё готовят списки классов."]
    lines = []
    for track, group in _by_track(cards):
        free = [
            f"№ {number(card.school)} – {card.vacancies}{_date_if_old(card, visit, now)}"
            for card in group
            if card.vacancies
        ]
        seats = sum(card.vacancies or 0 for card in group)
        head = f"<b>{q(capital(track))}</b> – "
        parts = ["; ".join(free)] if free else []
        full = [card for card in group if card.vacancies == 0]
        for words, numbers in (
            (
                "мест нет",
                [f"{number(card.school)}{_date_if_old(card, visit, now)}" for card in full],
            ),
            (
                "школа ещё не сообщила",
                [number(card.school) for card in group if card.vacancies is None],
            ),
        ):
            if numbers:
                parts.append(f"{words}: № {', '.join(dict.fromkeys(numbers))}")
        lines.append(head + (f"{_places(seats)}\n" if seats else "") + "; ".join(parts))
    if _length(lines) > room:
        lines = []
        for track, group in _by_track(cards):
            open_ = [card for card in group if card.vacancies]
            seats = sum(card.vacancies or 0 for card in open_)
            silent = all(card.vacancies is None for card in group)
            noun = plural(len(open_), "классе", "классах", "классах")
            where = f" в {len(open_)} {noun}" if open_ else ""
            said = "школы ещё не сообщили" if silent else f"{_places(seats)}{where}"
            lines.append(f"• {q(capital(track))}: {said}")
    return _cut(lines, room)


def _cut(lines: list[str], room: int) -> list[str]:
    """As many lines as fit; what is left out is said."""
    kept = list(lines)
    while kept and _length(kept) > room:
        kept.pop()
        hidden = len(lines) - len(kept)
        noun = plural(hidden, "направленность", "направленности", "направленностей")
        more = f"и ещё {hidden} {noun} – в боте"
        if _length([*kept, more]) <= room:
            return [*kept, more]
    return kept


def _length(lines: Sequence[str]) -> int:
    """As Telegram's clients count: UTF-16 units, «&lt;» as one sign, tags included to be safe."""
    return len(unescape("\n".join(lines)).encode("utf-16-le")) // 2


def _places(seats: int) -> str:
    return seats_words(seats) if seats else "мест нет"


def _date_if_old(card: ClassCard, visit: Visit, now: Season) -> str:
    if now.is_old(card.confirmed_at, visit.now):
        seen = card.confirmed_at
        return f" (на {seen.astimezone(visit.zone):%d.%m})" if seen else ""
    return ""
