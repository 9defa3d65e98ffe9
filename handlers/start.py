"""Coming and going: /start with and without an invite, help, privacy, /stop."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers import welcome
from handlers.access import menu
from handlers.screen import Reply
from handlers.visit import Visit
from storage import invites, people, prompts, schools
from storage.invites import Invite

router = Router(name=__name__)


class StayTap(CallbackData, prefix="s1"):
    """The buttons under /stop and under an invite that changes an account."""

    act: str
    proof: str = ""  # that this chat had the link: a number alone could be guessed


@router.message(CommandStart(deep_link=True))
async def start_with_payload(_: Message, command: CommandObject, visit: Visit) -> Reply:
    payload = command.args or ""
    if not payload.startswith(invites.PREFIX):
        return await _home(visit)
    found = await invites.find(visit.tx, payload)
    if not isinstance(found, Invite):
        person = visit.person
        if person is not None and await invites.was_used_by(visit.tx, payload, person.id):
            return await _home(visit)  # one's own link opened again: nothing is wrong
        return Reply(welcome.unusable_invite(found, person))
    person = visit.person
    if person is None:
        person = await people.add(visit.tx, visit.chat_id, found.role, found.school, found.post)
    elif (person.role, person.school) != (found.role, found.school):
        school = await schools.get(visit.tx, found.school) if found.school else None
        return Reply(
            welcome.change_account(
                person,
                found.role,
                school.short_name if school else None,
                StayTap(act="move", proof=invites.proof(payload)).pack(),
                StayTap(act="home").pack(),
            )
        )
    await invites.use(visit.tx, found, person.id)
    await prompts.put(visit.tx, visit.chat_id, None)
    return Reply(welcome.joined(person), menu=menu(person.role))


@router.message(CommandStart())
async def start(_: Message, visit: Visit) -> Reply:
    return await _home(visit)


async def _home(visit: Visit) -> Reply:
    """The first screen of a role; an open question is left as it is stored, not lost."""
    await prompts.rest(visit.tx, visit.chat_id)
    return Reply(welcome.home(visit.person))


@router.message(Command("help"))
async def help_command(_: Message, visit: Visit) -> Reply:
    return Reply(welcome.help_screen(visit.person))


@router.message(Command("privacy"))
async def privacy_command(_: Message, visit: Visit) -> Reply:
    return Reply(welcome.privacy(visit.person))


@router.message(Command("stop"))
async def stop_command(_: Message, visit: Visit) -> Reply:
    if visit.person is None:
        return Reply(welcome.nothing_to_forget())
    await prompts.rest(visit.tx, visit.chat_id)
    yes, no = StayTap(act="forget").pack(), StayTap(act="home").pack()
    return Reply(welcome.really_forget(visit.person, yes, no))


@router.callback_query(StayTap.filter())
async def stay_tap(_: CallbackQuery, callback_data: StayTap, visit: Visit) -> Reply:
    if callback_data.act == "forget" and visit.person is not None:
        await people.forget(visit.tx, visit.person)
        return Reply(notes=(welcome.forgotten(),), menu=menu(None))
    if callback_data.act == "move" and visit.person is not None:
        found = await invites.by_proof(visit.tx, callback_data.proof)
        if not isinstance(found, Invite):
            return Reply(welcome.unusable_invite(found, visit.person))
        await prompts.put(visit.tx, visit.chat_id, None)  # it was about the other school
        await people.move(visit.tx, visit.person.id, found.role, found.school, found.post)
        await invites.use(visit.tx, found, visit.person.id)
        moved = await people.by_telegram_id(visit.tx, visit.chat_id)
        assert moved is not None
        return Reply(welcome.joined(moved), menu=menu(moved.role))
    return await _home(visit)


@router.my_chat_member()
async def membership(event: ChatMemberUpdated, visit: Visit) -> Reply:
    """Blocked or unblocked by the person: nothing to say, but staff will want to know."""
    reachable = event.new_chat_member.status == "member"
    await people.set_reachable(visit.tx, visit.chat_id, reachable)
    return Reply()
