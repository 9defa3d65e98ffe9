"""Looking through a school's class cards: all in one screen, «всё верно» or the numbers anew."""

from decimal import Decimal

from handlers.errors import Outdated
from handlers.marks import mark
from handlers.registers import wording
from handlers.registers.callbacks import CheckTap, cards_tap, check_tap, class_card_tap
from handlers.registers.lookup import class_of, school_of, today
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.cards import missing, of_class, refused
from passport.numbers import plain, plural
from passport.parsing.seats import EXAMPLE, SeatNumbers, parse_seats
from passport.register import ClassCard
from passport.values import Number, Refusal, Slot, Value
from reminders import freshness
from reminders.campaigning import campaign_now
from storage import class_cards, prompts
from storage.prompts import Prompt

MOST = 30
USUAL_DAYS = 28


async def show(visit: Visit, slug: str, year: str, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    return await listed(visit, slug, year, notice)


async def listed(visit: Visit, slug: str, year: str, notice: str = "") -> Screen:
    """Every class in a line. What the chat waits for stays: this may be a message of its own."""
    school = await school_of(visit, slug)
    cards = await class_cards.of_school(visit.tx, slug, year)
    waiting = await left(visit, cards)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Проверьте карточки классов, {school_year(year)}</b>", q(school.short_name), ""]
    lines += [f"• {_line(visit, card)}" for card in cards[:MOST]] or ["Классов в списке нет."]
    if len(cards) > MOST:
        lines.append(f"и ещё {len(cards) - MOST} – под кнопкой «Классы и договоры»")
    lines += ["", _ending(cards, waiting)]
    whole = [card for card in cards if not missing(card)]
    rows: list[Row] = []
    if whole:
        fine = check_tap("fine", slug, year, seen=_mark(whole))
        rows.append((Button("✅ Всё верно", fine, style="success"),))
    ordered = sorted(cards, key=lambda card: card.id not in {one.id for one in waiting})
    rows += [
        (
            Button(
                f"Места и заявления: {wording.class_name(card)}"[:60],
                check_tap("seats", slug, year, card.id),
            ),
        )
        for card in ordered[:MOST]
    ]
    rows.append((Button("Классы и договоры", cards_tap("school", slug, year)),))
    return Screen("\n".join(lines), tuple(rows))


def _line(visit: Visit, card: ClassCard) -> str:
    name = q(wording.class_name(card))
    return f"{name}: {_numbers(card)}, {wording.checked(card.confirmed_at, visit.zone)}"


def _numbers(card: ClassCard | SeatNumbers) -> str:
    """«мест 25, зачислено 21, заявлений 14»; what was not said is a dash."""
    said = (("мест", card.capacity), ("зачислено", card.enrolled), ("заявлений", card.applications))
    return ", ".join(f"{word} {'–' if number is None else number}" for word, number in said)


def _ending(cards: list[ClassCard], left: list[ClassCard]) -> str:
    if not cards:
        return "Проверять нечего."
    if not left:
        return "Все карточки проверены."
    count = len(left)
    text = f"Осталось проверить {count} {plural(count, 'карточку', 'карточки', 'карточек')}"
    if any(missing(card) for card in left):
        text += ": впишите места, где их нет"
    return f"{text}."


def _mark(cards: list[ClassCard]) -> int:
    return mark([(card.id, card.capacity, card.enrolled, card.applications) for card in cards])


async def left(visit: Visit, cards: list[ClassCard]) -> list[ClassCard]:
    """Cards that are still to be looked at: too old, or not whole."""
    held = freshness.rhythm(await campaign_now(visit.tx, visit.passport), today(visit))
    days = held.days if held is not None else USUAL_DAYS
    before = freshness.stale_before(visit.passport.calendar, visit.now, days)
    return [
        card
        for card in cards
        if card.confirmed_at is None or card.confirmed_at < before or missing(card)
    ]


# --- all at once ---------------------------------------------------------------------------------


async def fine(visit: Visit, slug: str, year: str, seen: int) -> Screen:
    """Confirms just what was on the screen; a card without its numbers is not right yet."""
    await school_of(visit, slug)
    whole = [
        card for card in await class_cards.of_school(visit.tx, slug, year) if not missing(card)
    ]
    if _mark(whole) != seen:
        notice = "⚠️ Пока вы смотрели, числа изменились. Проверьте их и нажмите ещё раз."
        return await show(visit, slug, year, notice)
    await class_cards.confirm(visit.tx, [card.id for card in whole])
    return await show(visit, slug, year, "✅ Спасибо, отмечено: карточки верны.")


# --- one class -----------------------------------------------------------------------------------


def _now(card: ClassCard) -> int:
    return mark((card.capacity, card.enrolled, card.applications))


async def ask(visit: Visit, class_id: int, notice: str = "") -> Screen:
    """Two numbers or three in one message."""
    card = await class_of(visit, class_id)
    prompt = Prompt("class_seats", 0, Slot("", card.id), revision=_now(card))
    await prompts.put(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{q(wording.class_name(card))}</b>",
        f"Сейчас: {_numbers(card)}",
        "",
        "Напишите числа через пробел: мест всего, зачислено, заявлений подано.",
        f"Например: <code>{EXAMPLE}</code>. Заявлений можно не писать: <code>25 21</code>",
    ]
    return Screen(
        "\n".join(lines),
        (
            (Button("Карточка целиком", class_card_tap("show", card.id)),),
            (Button("← К списку", check_tap("show", card.school, card.year)),),
        ),
    )


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    card = await class_of(visit, prompt.slot.class_id)
    said = parse_seats(text)
    if isinstance(said, Refusal):
        return await ask(visit, card.id, f"⚠️ {q(said.text)}")
    if prompt.revision != _now(card):
        draft = " ".join("-" if one is None else str(one) for one in _three(said))
        waiting = Prompt("class_seats", 0, Slot("", card.id), revision=_now(card), draft=draft)
        await prompts.put(visit.tx, visit.chat_id, waiting)
        return _conflict(card, said)
    return await _save(visit, card, said)


def _three(said: SeatNumbers) -> tuple[int | None, int | None, int | None]:
    return said.capacity, said.enrolled, said.applications


def _conflict(card: ClassCard, mine: SeatNumbers) -> Screen:
    """Two people at one card: both are shown, whoever came second chooses."""
    return Screen(
        f"<b>{q(wording.class_name(card))}</b>\n"
        f"Пока вы отвечали, здесь записали: <b>{_numbers(card)}</b>.\n"
        f"Ваш ответ: <b>{_numbers(mine)}</b>. Что оставить?",
        (
            (Button("Записать мой ответ", check_tap("mine", id_=card.id, seen=_now(card))),),
            (Button("Оставить как есть", check_tap("show", card.school, card.year)),),
        ),
    )


async def mine(visit: Visit, class_id: int, seen: int) -> Screen:
    """The answer that waits for a decision, over what a colleague wrote."""
    card = await class_of(visit, class_id)
    prompt = await prompts.get(visit.tx, visit.chat_id)
    waits = prompt is not None and prompt.purpose == "class_seats"
    if prompt is None or not waits or not prompt.draft or prompt.slot.class_id != card.id:
        raise Outdated
    numbers = [None if one == "-" else int(one) for one in prompt.draft.split()]
    said = SeatNumbers(*numbers)
    if seen != _now(card):
        return _conflict(card, said)
    return await _save(visit, card, said)


async def _save(visit: Visit, card: ClassCard, said: SeatNumbers) -> Screen:
    assert visit.person is not None
    names = ("capacity", "enrolled", "applications")
    given = {
        name: number for name, number in zip(names, _three(said), strict=True) if number is not None
    }
    numbers = {name: Number(Decimal(number)) for name, number in given.items()}
    known: dict[str, Value] = {**of_class(card), **numbers}
    enrolled, capacity = known.get("enrolled"), given.get("capacity", card.capacity)
    form = visit.passport.cards["class"]
    if isinstance(enrolled, Number) and refused(form, known, "enrolled", enrolled) is not None:
        why = (
            f"Зачислено ({plain(enrolled.value)}) больше, чем мест ({capacity}). Первым пишите "
            f"число мест, вторым – зачисленных, например: {EXAMPLE}"
        )
        return await ask(visit, card.id, f"⚠️ {why}")
    await class_cards.change_all(visit.tx, card, dict(given), visit.person.id)
    after = await class_of(visit, card.id)
    notice = f"✅ {q(wording.class_name(after))}: {_numbers(after)}"
    return await show(visit, card.school, card.year, notice)


async def route(visit: Visit, data: CheckTap) -> Screen:
    match data.act:
        case "show":
            return await show(visit, data.school, data.year)
        case "fine":
            return await fine(visit, data.school, data.year, data.seen)
        case "seats":
            return await ask(visit, data.id)
        case "mine":
            return await mine(visit, data.id, data.seen)
    raise Outdated
