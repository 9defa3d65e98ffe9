"""Lists of open classes: by track, by school, by form of lessons; a page at a time."""

from collections.abc import Callable
from dataclasses import replace

from handlers.parents import wording
from handlers.parents.callbacks import parent_tap, subscribe_tap
from handlers.parents.scope import Meant, Scope, latin, meant, number, options, title, track_label
from handlers.parents.season import season, sentence, whose
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, classes_words
from passport.numbers import plural
from passport.season import Season
from storage import showcase
from storage.showcase import Shelf, Wanted, oldest

PAGE = 8  # classes
TRACKS = 8
SCHOOLS = 24
IN_ROW = 3
SEATS = "s"
HINT = (
    "Можно написать: <code>медицинский</code>, <code>33 школа</code>, "
    "<code>до какого числа подавать</code>"
)
SOON = "Школы ещё готовят списки классов. Нажмите 🔔 – сообщу, когда начнётся набор."

HOME = Button("← Открытые классы", parent_tap("tracks"))
QUESTIONS = Button("❓ Все вопросы", parent_tap("topic"))
SUBSCRIPTIONS = Button("🔔 Мои уведомления", subscribe_tap("list"))
ALL_SEATS = Button("Где есть места", parent_tap("seats"))
BY_SCHOOL = Button("По школам", parent_tap("schools"))
BY_MODE = Button("Очно, дистанционно", parent_tap("modes"))
WHEN = Button("Сроки и как подать", parent_tap("topic", "apply"))
WAYS: tuple[Row, ...] = ((ALL_SEATS, BY_SCHOOL), (BY_MODE, WHEN), (QUESTIONS, SUBSCRIPTIONS))


def head(now: Season, notice: str = "") -> list[str]:
    return [*([notice, ""] if notice else []), sentence(now), ""]


async def show_tracks(visit: Visit, page: int = 0, notice: str = "") -> Screen:
    """The first screen of parents: every track with its seats, and all other ways in."""
    now = await season(visit)
    shelves = _merged(await showcase.tracks(visit.tx, Wanted(now.year)))
    text = ["<b>Предпрофессиональные классы</b>", *head(now, notice)]
    if not shelves:
        return Screen("\n".join([*text, SOON, "", HINT]), WAYS)
    shown = shelves[page * TRACKS : (page + 1) * TRACKS] or shelves[:TRACKS]
    text += [f"<b>{whose(now)}:</b>"]
    text += [wording.shelf_line(visit, now, one) for one in shown]
    if any(now.is_old(one.oldest, visit.now) for one in shown if one.seats):
        text += ["", wording.warning(now)]
    buttons = tuple(
        (
            Button(
                f"{track_label(one.name)} · {wording.on(one)}", parent_tap("track", latin(one.name))
            ),
        )
        for one in shown
    )
    text += ["", HINT]
    turning = pages(page, len(shelves), TRACKS, lambda to: parent_tap("tracks", page=to))
    return Screen("\n".join(text), (*buttons, *turning, *WAYS))


def _merged(shelves: list[Shelf]) -> list[Shelf]:
    """Spellings of one track are one shelf."""
    found: dict[str, Shelf] = {}
    for one in shelves:
        key = latin(one.name)
        known = found.get(key)
        found[key] = (
            one
            if known is None
            else replace(
                known,
                classes=known.classes + one.classes,
                seats=known.seats + one.seats,
                with_seats=known.with_seats + one.with_seats,
                silent=known.silent + one.silent,
                oldest=oldest((known, one)),
            )
        )
    return list(found.values())


async def show_schools(visit: Visit, page: int = 0, notice: str = "") -> Screen:
    """Schools that have open classes; the number on a button is that of seats."""
    now = await season(visit)
    shelves = await showcase.by_school(visit.tx, Wanted(now.year))
    text = ["<b>По школам</b>", *head(now, notice)]
    if not shelves:
        return Screen("\n".join([*text, SOON]), ((HOME,), (SUBSCRIPTIONS,)))
    text += [
        f"{whose(now)} есть здесь. Рядом с номером – сколько свободных мест (– значит, школа не "
        "сообщила).",
        "Номер школы можно написать, например: <code>33 школа</code>",
    ]
    shown = shelves[page * SCHOOLS : (page + 1) * SCHOOLS] or shelves[:SCHOOLS]
    buttons = [
        Button(f"№ {number(one.key)} · {_count(one)}", parent_tap("school", one.key))
        for one in shown
    ]
    rows = tuple(tuple(buttons[at : at + IN_ROW]) for at in range(0, len(buttons), IN_ROW))
    turning = pages(page, len(shelves), SCHOOLS, lambda to: parent_tap("schools", page=to))
    return Screen("\n".join(text), (*rows, *turning, (HOME,)))


def _count(shelf: Shelf) -> str:
    return "–" if not shelf.seats and shelf.silent else str(shelf.seats)


async def show_modes(visit: Visit) -> Screen:
    """How lessons go: each form with the number of its classes."""
    now = await season(visit)
    rows: list[Row] = []
    for at, mode in enumerate(options(visit, "mode"), start=1):
        count = await showcase.count(visit.tx, Wanted(now.year, mode=mode))
        words = classes_words(count) if count else "нет"
        rows.append((Button(f"{capital(mode)} · {words}", parent_tap("mode", str(at))),))
    text = [
        "<b>Очно или дистанционно</b>",
        *head(now),
        "Форма занятий стоит в карточке каждого класса; если школа её не сообщила, спросите по "
        "телефону из карточки.",
    ]
    return Screen("\n".join(text), (*rows, (HOME,)))


async def show_classes(
    visit: Visit, scope: Scope, page: int = 0, only: str = "", notice: str = ""
) -> Screen:
    """The classes of a scope, those with seats first."""
    now = await season(visit)
    what = await meant(visit, now, scope)
    wanted = what.with_seats() if only == SEATS else what.wanted
    count = await showcase.count(visit.tx, wanted)
    last = max(0, (count - 1) // PAGE)
    page = min(page, last)
    cards = await showcase.cards(visit.tx, wanted, PAGE, page * PAGE)
    name = title(what)
    heading = name or ("Где есть места" if only == SEATS else "Все классы города")
    text = [f"<b>{heading}</b>", *head(now, notice)]
    if cards:
        several = not what.track
        text.append(_how_many(now, count, only))
        text += [wording.line(visit, now, card, track=several) for card in cards]
        if wording.has_stale(visit, now, cards):
            text += ["", wording.warning(now)]
    else:
        text.append(await _nothing(visit, now, what, only))
    buttons = tuple(
        (Button(wording.label(card, track=not what.track), parent_tap("class", str(card.id))),)
        for card in cards
    )
    turning = pages(page, count, PAGE, lambda to: parent_tap("list", what.scope.key, to, only))
    around = _around(what, only) if cards or only else ((BY_SCHOOL, QUESTIONS), (bell(what), HOME))
    return Screen("\n".join(text), (*buttons, *turning, *around))


def _how_many(now: Season, count: int, only: str) -> str:
    """Of which year they are is said even where all have seats: last year's are for orientation."""
    if only != SEATS:
        return f"{whose(now)}, всего {count}:"
    return f"{whose(now)}. Места есть в {count} {plural(count, 'классе', 'классах', 'классах')}:"


async def _nothing(visit: Visit, now: Season, what: Meant, only: str) -> str:
    everything = await showcase.count(visit.tx, what.wanted)
    if only == SEATS and everything:
        full = await showcase.cards(visit.tx, what.wanted)
        if any(card.vacancies is None for card in full):
            return "Свободных мест школы не называют. Уточните по телефону из карточки класса."
        return "Свободных мест сейчас нет. Нажмите 🔔 – сообщу, если место появится."
    if await showcase.count(visit.tx, Wanted(now.year)) == 0:
        return SOON
    if what.scope.whole:
        return SOON
    return "Таких классов школы не заявили. Нажмите 🔔 – сообщу, если это изменится."


def _around(what: Meant, only: str) -> tuple[Row, ...]:
    """What can be done from a list of classes."""
    scope = what.scope
    rows: list[Row] = []
    if not scope.whole or only != SEATS:
        other = "" if only == SEATS else SEATS
        words = "Показать все" if only == SEATS else "Только с местами"
        rows.append(
            (
                Button(words, parent_tap("list", scope.key, 0, other)),
                Button("Вопросы об этом", parent_tap("topic", within=scope.key)),
            )
        )
    rows.append((bell(what), HOME))
    return tuple(rows)


def bell(what: Meant) -> Button:
    """The subscription that fits a scope best."""
    if what.track:
        return Button("🔔 Сообщить о местах", subscribe_tap("on", "track", what.scope.track))
    if what.scope.school:
        return Button("🔔 Сообщить о местах", subscribe_tap("on", "school", what.scope.school))
    return Button("🔔 Сообщать обо всех", subscribe_tap("on", "all"))


def pages(page: int, count: int, size: int, tap: Callable[[int], str]) -> tuple[Row, ...]:
    """Arrows, where there is more than one page."""
    last = max(0, (count - 1) // size)
    if not last:
        return ()
    row: Row = ()
    if 0 < page <= last:
        row += (Button("◀️", tap(page - 1)),)
    here = page if page <= last else 0
    row += (Button(f"{here + 1} из {last + 1}", tap(here)),)
    if here < last:
        row += (Button("▶️", tap(here + 1)),)
    return (row,)
