"""The card of one class: everything that plan 2.3–2.5 and admission pages tell, with its date."""

from collections.abc import Sequence

from handlers.parents import wording
from handlers.parents.callbacks import parent_tap, subscribe_tap
from handlers.parents.lists import HOME, show_tracks
from handlers.parents.scope import Scope, called, latin, number, spellings
from handlers.parents.season import season, sentence
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q, school_year, shorten
from passport.register import ClassCard, Partner
from passport.season import Season
from storage import class_cards, partners, showcase
from storage.showcase import Wanted

TEXT = 300  # signs of one field: as long as a card's text, so that no link is cut
SHOWN_PARTNERS = 6
ALTERNATIVES = 3
NO_PROMISE = "Это слова партнёра, а не обещание: условия уточняйте у него."
# What a school may leave unsaid, in the words of the question to ask it.
UNSAID = {
    "profile": "профиль",
    "subjects": "предметы углублённо",
    "exams": "предметы ОГЭ",
    "mode": "форма занятий",
    "local_act_url": "положение",
    "admission": "правила приёма",
    "outsiders": "приём из других школ",
    "open_days": "день открытых дверей",
    "partners": "партнёры",
}


async def find(visit: Visit, now: Season, class_id: int) -> ClassCard | None:
    """A class that parents may see now; None for any other."""
    card = await class_cards.get(visit.tx, class_id)
    if card is None or card.closed_at is not None or not card.track:
        return None
    return card if card.year in now.years else None


async def show_class(visit: Visit, class_id: int, notice: str = "") -> Screen:
    now = await season(visit)
    card = await find(visit, now, class_id)
    if card is None:
        gone = await class_cards.get(visit.tx, class_id)
        said = "Этот класс больше не показан: школа закрыла его или год прошёл. Вот что открыто."
        if gone is not None and gone.track and await spellings(visit, now, latin(gone.track)):
            return await _instead(visit, now, gone, said)
        return await show_tracks(visit, notice=said)
    text = await card_text(visit, now, card)
    others = await _alternatives(visit, now, card) if card.vacancies == 0 else []
    if card.vacancies == 0:
        text += _said_of(visit, now, others)
    parts = [notice, "", text] if notice else [text]
    return Screen("\n".join(parts), (*_class_rows(others), *_around(card)))


async def _instead(visit: Visit, now: Season, gone: ClassCard, said: str) -> Screen:
    """Other classes of the track in the place of one that is gone."""
    others = await _alternatives(visit, now, gone)
    text = f"{said}\n{_said_of(visit, now, others)}"
    track = Button("🔔 Сообщить о местах", subscribe_tap("on", "track", latin(gone.track)))
    return Screen(text, (*_class_rows(others), (track, HOME)))


def _class_rows(cards: Sequence[ClassCard]) -> tuple[Row, ...]:
    return tuple(
        (Button(wording.label(card, track=False), parent_tap("class", str(card.id))),)
        for card in cards
    )


def _said_of(visit: Visit, now: Season, others: Sequence[ClassCard]) -> str:
    if not others:
        return "\n\nДругих классов этой направленности с местами нет."
    lines = "\n".join(wording.line(visit, now, one, track=False) for one in others)
    return f"\n\n<b>Та же направленность в других классах:</b>\n{lines}"


async def _alternatives(visit: Visit, now: Season, card: ClassCard) -> list[ClassCard]:
    """Classes of the same track that have seats, or have not said: own school first."""
    names = await spellings(visit, now, latin(card.track)) or (card.track,)
    year = card.year if card.year in now.years else now.year
    found = await showcase.cards(visit.tx, Wanted(year, tracks=names))
    fitting = [one for one in found if one.id != card.id and one.vacancies != 0]
    fitting.sort(key=lambda one: (not one.vacancies, one.school != card.school))
    return fitting[:ALTERNATIVES]


def _around(card: ClassCard) -> tuple[Row, ...]:
    track = latin(card.track)
    words = "🔔 Сообщить о местах" if card.vacancies else "🔔 Сообщить, если место появится"
    return (
        (Button(words, subscribe_tap("on", "track", track)),),
        (
            Button("Та же направленность", parent_tap("track", Scope(track=track).key)),
            Button(f"Вся школа № {number(card.school)}", parent_tap("school", card.school)),
        ),
        (HOME,),
    )


async def card_text(visit: Visit, now: Season, card: ClassCard) -> str:
    """The card as text, quoted: for its screen, and for sharing in other chats."""
    name = await called(visit, card.school)
    lines = [
        f"<b>{q(shorten(name))}, {q(shorten(card.name, 40))}</b>",
        f"<i>Класс {school_year(card.year)} учебного года</i>",
        f"• Направленность: {q(card.track)}",
    ]
    lines += [f"• {title}: {q(shorten(text, TEXT))}" for title, text in _told(card) if text]
    lines += await _partner_lines(visit, card)
    lines.append(f"• Места: {_seats(card)}")
    if card.admission:
        lines.append(f"• Как поступить: {q(shorten(card.admission, TEXT))}")
    if card.contact:
        lines.append(f"• Телефон приёмной: {q(card.contact)}")
    unsaid = [words for field, words in UNSAID.items() if not getattr(card, field)]
    if unsaid:
        ask = f"Спросите по телефону {q(card.contact)}." if card.contact else "Спросите в школе."
        lines.append(f"Школа пока не сообщила: {', '.join(unsaid)}. {ask}")
    elif not card.contact:
        lines.append("Телефон приёмной школа не сообщила.")
    lines += ["", _dated(visit, now, card), "Заявления принимает школа, бот их не берёт."]
    if not now.running:
        lines += ["", sentence(now)]
    return "\n".join(lines)


def _told(card: ClassCard) -> tuple[tuple[str, str], ...]:
    return (
        ("Профиль", card.profile),
        ("Углублённо", ", ".join(card.subjects)),
        ("Предметы ОГЭ", card.exams),
        ("Форма занятий", card.mode),
        ("Из других школ", card.outsiders),
        ("День открытых дверей", card.open_days),
        ("Положение (ЛНА)", card.local_act_url),
    )


async def _partner_lines(visit: Visit, card: ClassCard) -> list[str]:
    if not card.partners:
        return []
    lines = [f"• Партнёры: {q(shorten(', '.join(card.partners), TEXT))}"]
    offers = [one for one in await partners.every(visit.tx) if one.name in card.partners]
    offers = [one for one in offers if one.benefit]
    if offers:
        lines.append("• Что даёт при поступлении:")
        lines += [f"  {offer(one)}" for one in offers[:SHOWN_PARTNERS]]
        lines.append(f"  {NO_PROMISE}")
    return lines


def offer(partner: Partner) -> str:
    """«Морской колледж – 5 дополнительных баллов», quoted."""
    return f"{q(shorten(partner.name))} – {q(shorten(partner.benefit, 200))}"


def _seats(card: ClassCard) -> str:
    if card.vacancies is None:
        return "школа ещё не сообщила"
    free = f"свободно {card.vacancies}" if card.vacancies else "мест нет"
    return f"{free} (всего {card.capacity})"


def _dated(visit: Visit, now: Season, card: ClassCard) -> str:
    if card.confirmed_at is None:
        return f"{wording.STALE} Школа ещё не подтвердила эти данные: уточните их в школе."
    day = f"{card.confirmed_at.astimezone(visit.zone):%d.%m.%Y}"
    if now.is_old(card.confirmed_at, visit.now):
        age = "недели" if now.running else "месяца"
        return f"{wording.STALE} Данные на {day}: им больше {age}, уточните в школе."
    return f"<i>Данные на {day}</i>"


def short_title(card: ClassCard) -> str:
    """«Медицинская · школа № 33, 10 «А»», plain."""
    return f"{shorten(capital(card.track), 60)} · школа № {number(card.school)}, {card.name}"
