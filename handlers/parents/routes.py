"""Routes of parents: for everybody, with an account or without one."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from handlers.errors import Outdated
from handlers.filters import PlainText
from handlers.parents import alerts, topics
from handlers.parents.callbacks import ParentTap, SubscribeTap
from handlers.parents.card import show_class
from handlers.parents.lists import SEATS, show_classes, show_modes, show_schools, show_tracks
from handlers.parents.scope import Scope
from handlers.parents.talk import answer
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.welcome import home
from storage import prompts

router = Router(name=__name__)

LAST_PAGE = 10_000
NOT_UNDERSTOOD = (
    "Не понял вопрос. Напишите иначе, например: <code>медицинский</code>, <code>33 школа</code>, "
    "<code>где есть места</code>, <code>что сдавать</code>. Чего бот не знает, скажут в приёмной: "
    "<code>телефон 33 школы</code>."
)


class OwnCard(Filter):
    """A card that the bot itself has offered inline, sent in the chat with the bot."""

    async def __call__(self, message: Message, visit: Visit) -> bool:
        return message.via_bot is not None and message.via_bot.username == visit.username


class Stranger(Filter):
    """Somebody without an account: what they type is a question about classes."""

    async def __call__(self, _message: Message, visit: Visit) -> bool:
        return visit.person is None


@router.message(Command("classes"))
async def classes_command(_: Message, command: CommandObject, visit: Visit) -> Reply:
    await _leave_question(visit)
    found = await answer(visit, command.args) if command.args else None
    return Reply(found or await show_tracks(visit))


@router.message(OwnCard(), Stranger())
async def own_card(_: Message) -> Reply:
    """The card is an answer, and no question."""
    return Reply()


@router.message(PlainText(), Stranger())
async def typed_question(_: Message, visit: Visit, text: str) -> Reply:
    found = await answer(visit, text)
    if found is not None:
        return Reply(found)
    start = home(None)
    return Reply(Screen(NOT_UNDERSTOOD, start.keyboard), burst=True)


@router.callback_query(ParentTap.filter())
async def parent_tap(_: CallbackQuery, callback_data: ParentTap, visit: Visit) -> Reply:
    await _leave_question(visit)
    return Reply(await _shown(visit, callback_data))


@router.callback_query(SubscribeTap.filter())
async def subscribe_tap(_: CallbackQuery, callback_data: SubscribeTap, visit: Visit) -> Reply:
    await _leave_question(visit)
    return Reply(await alerts.route(visit, callback_data))


async def _leave_question(visit: Visit) -> None:
    """A number typed below a list of classes is no answer to a report that is not on the screen."""
    if visit.person is not None:
        await prompts.rest(visit.tx, visit.chat_id)


async def _shown(visit: Visit, tap: ParentTap) -> Screen:
    page = min(tap.page, LAST_PAGE)
    if tap.only not in ("", SEATS):
        raise Outdated
    match tap.act:
        case "tracks":
            return await show_tracks(visit, page)
        case "schools":
            return await show_schools(visit, page)
        case "modes":
            return await show_modes(visit)
        case "seats":
            return await show_classes(visit, Scope(), page, SEATS)
        case "track" | "list":
            return await show_classes(visit, Scope.of_key(tap.key), page, tap.only)
        case "school":
            return await show_classes(visit, Scope(school=tap.key), page, tap.only)
        case "mode":
            return await show_classes(visit, Scope.of_key(f"..{tap.key}"), page, tap.only)
        case "class" if tap.key.isascii() and tap.key.isdecimal():
            return await show_class(visit, int(tap.key[:9]))
        case "topic" if tap.key:
            return await topics.show_topic(visit, tap.key, Scope.of_key(tap.within), page)
        case "topic":
            return await topics.show_topics(visit, Scope.of_key(tap.within))
    raise Outdated
