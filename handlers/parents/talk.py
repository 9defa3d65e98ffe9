"""A typed question → its screen; and what a link that opens the bot leads to."""

from collections.abc import Awaitable, Callable

from handlers.errors import ForPerson
from handlers.parents import alerts, topics
from handlers.parents.card import show_class
from handlers.parents.full import show_full
from handlers.parents.lists import SEATS, show_classes, show_schools, show_tracks
from handlers.parents.scope import Meant, Scope, city_tracks, meant, scope_of
from handlers.parents.season import season
from handlers.screen import Screen
from handlers.visit import Visit
from handlers.words import q
from passport.parsing.question import Asked, read_question
from storage import schools, showcase

THANKS = "Пожалуйста! Если появятся вопросы – пишите."
SHORT = 60  # signs of an account's question
# Topics that an account's words can mean nothing else by.
OF_CLASSES = frozenset(
    {
        "seats",
        "full",
        "classes",
        "open_days",
        "exams",
        "outsiders",
        "local_act",
        "partners",
        "benefit",
    }
)


async def understand(visit: Visit, text: str) -> Asked:
    """What is asked, with the city's own tracks in mind."""
    tracks = await city_tracks(visit, await season(visit))
    return read_question(text, visit.passport.questions, tracks)


async def answer(visit: Visit, text: str) -> Screen | None:
    """The answer to a typed question; None when nothing of it is understood."""
    asked = await understand(visit, text)
    if asked.empty:
        return None
    if asked.school is not None and not await _is_school(visit, asked.school):
        notice = f"Школы № {asked.school} в списке города нет."
        return await show_schools(visit, notice=notice)
    scope = await scope_of(visit, asked)
    match asked.topic:
        case "subscribe":
            return await _subscribe(visit, scope)
        case "unsubscribe":
            return await alerts.show_list(visit)
        case "hello" if scope.whole:
            return await show_tracks(visit)
        case "thanks" if scope.whole:
            return await show_tracks(visit, notice=THANKS)
        case "questions":
            return await topics.show_topics(visit, scope)
        case "full":
            return await show_full(visit, scope) or await _classes(visit, scope)
        case "seats":
            return await show_classes(visit, scope, only=SEATS)
        case "schools" if scope.whole:
            return await show_schools(visit)
    if asked.topic in topics.TOPICS:
        return await topics.show_topic(visit, asked.topic, scope)
    return await show_tracks(visit) if scope.whole else await _classes(visit, scope)


async def answer_account(visit: Visit, text: str) -> Screen | None:
    """The same for people with an account, and only for what can mean nothing else: their numbers
    and lists are answers that came too late, and «сроки» are those of reports."""
    if len(text) > SHORT or "\n" in text:
        return None
    asked = await understand(visit, text)
    about = asked.track or asked.profile or asked.school or asked.topic in OF_CLASSES
    return await answer(visit, text) if about and not asked.bare else None


async def _is_school(visit: Visit, number: int) -> bool:
    return await schools.get(visit.tx, f"s{number:02d}") is not None


async def _classes(visit: Visit, scope: Scope) -> Screen:
    """The only class of a scope is shown at once."""
    what = await meant(visit, await season(visit), scope)
    found = await showcase.cards(visit.tx, what.wanted, 2)
    if len(found) == 1:
        return await show_class(visit, found[0].id)
    if not found and scope.track and scope.school:
        return await _elsewhere(visit, what)
    return await show_classes(visit, scope)


async def _elsewhere(visit: Visit, what: Meant) -> Screen:
    """The school has no such class: who else has one."""
    name = q(what.school)
    only_track = Scope(track=what.scope.track)
    notice = f"{name}: такого класса там не заявили."
    known = await meant(visit, await season(visit), only_track)
    if await showcase.count(visit.tx, known.wanted):
        notice += " Вот где он есть:"
    return await show_classes(visit, only_track, notice=notice)


async def _subscribe(visit: Visit, scope: Scope) -> Screen:
    """What to be told of is named in the question, or chosen on the screen."""
    if scope.whole:
        return await alerts.show_list(visit)
    notice = "Нажмите 🔔 – и сообщу об этих классах."
    return await show_classes(visit, scope, notice=notice)


# --- links ---------------------------------------------------------------------------------------


async def follow(visit: Visit, payload: str) -> Screen | None:
    """What ``?start=…`` opens; None for a payload that is not one of parents'."""
    kind, _, key = payload.partition("_")
    kinds: dict[str, Callable[[], Awaitable[Screen]]] = {
        "classes": lambda: show_tracks(visit),
        "track": lambda: show_classes(visit, Scope(track=key)),
        "school": lambda: show_classes(visit, Scope(school=key)),
        "class": lambda: show_class(visit, _row(key)),
    }
    if kind not in kinds or bool(key) == (kind == "classes"):
        return None
    try:
        return await kinds[kind]()
    except ForPerson:
        return await show_tracks(visit, notice="Такой страницы больше нет. Вот что открыто.")


def _row(key: str) -> int:
    """0 is no row: what is no number leads to nothing."""
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= 9 else 0
