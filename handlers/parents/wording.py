"""One class as parents read it: its seats with their date, its line in a list."""

from datetime import datetime

from handlers.parents.scope import number
from handlers.visit import Visit
from handlers.words import capital, classes_words, q, seats_words, shorten
from passport.register import ClassCard
from passport.season import Season
from storage.showcase import Shelf

STALE = "⚠️"


def free(card: ClassCard) -> str:
    """Without the date: for a button."""
    if card.vacancies is None:
        return "места?"
    return seats_words(card.vacancies) if card.vacancies else "мест нет"


def seats(visit: Visit, now: Season, card: ClassCard) -> str:
    """«3 места (на 12.07)»; a number too old is marked."""
    if card.vacancies is None:
        return "о местах школа ещё не сообщила"
    return f"{free(card)} {as_of(visit, now, card.confirmed_at)}"


def as_of(visit: Visit, now: Season, moment: datetime | None) -> str:
    """«(на 12.07)», with its year when that is another one; marked when it is long ago."""
    mark = f" {STALE}" if now.is_old(moment, visit.now) else ""
    if moment is None:
        return f"(дата не указана){mark}"
    day = moment.astimezone(visit.zone).date()
    return f"(на {day:%d.%m}){mark}" if day.year == now.today.year else f"(на {day:%d.%m.%Y}){mark}"


def place(card: ClassCard) -> str:
    """«№ 33, 10 «А»»."""
    return f"№ {number(card.school)}, {shorten(card.name, 40)}"


def line(visit: Visit, now: Season, card: ClassCard, *, track: bool = True) -> str:
    """«• № 33, 10 «А», медицинская – 3 места (на 12.07)», quoted."""
    named = f", {shorten(card.track, 60)}" if track else ""
    return f"• {q(place(card) + named)} – {seats(visit, now, card)}"


def label(card: ClassCard, *, track: bool = True) -> str:
    """On a button."""
    named = f" {shorten(card.track, 20)}" if track else ""
    return f"№ {number(card.school)} · {shorten(card.name, 16)}{named} · {free(card)}"


def shelf_line(visit: Visit, now: Season, shelf: Shelf) -> str:
    """«• Медицинская: 2 класса, 3 места (на 12.07)», quoted; the date of the oldest card."""
    dated = f" {as_of(visit, now, shelf.oldest)}" if shelf.seats or not shelf.silent else ""
    return (
        f"• {q(shorten(capital(shelf.name)))}: {classes_words(shelf.classes)}, {on(shelf)}{dated}"
    )


def on(shelf: Shelf) -> str:
    """What is known of the seats of a track or a school."""
    if shelf.seats:
        return seats_words(shelf.seats)
    return "о местах не сообщили" if shelf.silent else "мест нет"


def has_stale(visit: Visit, now: Season, cards: list[ClassCard]) -> bool:
    return any(
        card.vacancies is not None and now.is_old(card.confirmed_at, visit.now) for card in cards
    )


def warning(now: Season) -> str:
    age = "недели" if now.running else "месяца"
    return f"{STALE} Данные старше {age}: уточните в школе."
