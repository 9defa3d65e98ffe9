"""Coming and going: /start with and without an invite, help, privacy, /stop."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers import welcome
from handlers.access import menu
from handlers.collect.schools import someone_joined
from handlers.parents.talk import follow
from handlers.screen import Reply
from handlers.tell import About, tell, tell_unreachable
from handlers.visit import Visit
from handlers.welcome import StayTap
from storage import audit, invites, people, prompts, schools, subscriptions
from storage.invites import Invite
from storage.people import Person

router = Router(name=__name__)


@router.message(CommandStart(deep_link=True))
async def start_with_payload(_: Message, command: CommandObject, visit: Visit) -> Reply:
    payload = command.args or ""
    if not payload.startswith(invites.PREFIX):
        return await _linked(visit, payload)
    found = await invites.find(visit.tx, payload)
    if not isinstance(found, Invite):
        person = visit.person
        if person is not None and await invites.was_used_by(visit.tx, payload, person.id):
            return await _home(visit)  # one's own link opened again: nothing is wrong
        return Reply(welcome.unusable_invite(found, person))
    person = visit.person
    if person is not None and not _opens_for(found, person):
        return Reply(welcome.unusable_invite("revoked", person))
    if person is not None and _is_already(found, person):
        return Reply(welcome.for_a_colleague(person))
    if person is None:
        person = await people.add(visit.tx, visit.chat_id, found.role, found.school, found.post)
    else:
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
    return await _joined(visit, found, person)


async def _linked(visit: Visit, payload: str) -> Reply:
    """A link to open classes; any other is answered with the first screen."""
    found = await follow(visit, payload)
    if found is None:
        return await _home(visit)
    await prompts.rest(visit.tx, visit.chat_id)
    return Reply(found)


def _opens_for(invite: Invite, person: Person) -> bool:
    """A link from before the suspension gives nobody their access back."""
    return person.suspended_at is None or invite.created_at > person.suspended_at


def _is_already(invite: Invite, person: Person) -> bool:
    """Whoever tries a colleague's link must not use it up."""
    return not person.suspended and (person.role, person.school) == (invite.role, invite.school)


async def _joined(visit: Visit, invite: Invite, person: Person) -> Reply:
    """The link is used up; colleagues and whoever made it are told, a replaced one is let go."""
    await invites.use(visit.tx, invite, person.id)
    await prompts.put(visit.tx, visit.chat_id, None)
    await audit.add(visit.tx, "join", person.id, school=person.school, person=person.id)
    replaced = await people.get(visit.tx, invite.replaces) if invite.replaces else None
    if replaced is not None and replaced.id != person.id and replaced.school == person.school:
        await people.suspend(visit.tx, replaced.id, suspended=True)
        about = About(person.school, ref=person.id)
        await tell(visit, "handed_over", [replaced], str(invite.id), about)
        await audit.add(
            visit.tx, "hand_over", invite.created_by, school=person.school, person=replaced.id
        )
    await someone_joined(visit, person, invite)
    return Reply(welcome.joined(person), menu=menu(replace(visit, person=person).actor))


@router.message(CommandStart())
async def start(_: Message, visit: Visit) -> Reply:
    return await _home(visit)


async def _home(visit: Visit) -> Reply:
    """The first screen of a role; an open question is left as it is stored, not lost."""
    if visit.person is None and visit.chat_id in visit.owners:
        owner = await people.add(visit.tx, visit.chat_id, "manager", None, "")
        return Reply(welcome.joined(owner), menu=menu("owner"))
    await prompts.rest(visit.tx, visit.chat_id)
    # Whoever joined before a command was there gets it now.
    commands = menu(visit.actor) if visit.person is not None else ()
    return Reply(welcome.home(visit.person), menu=commands)


@router.message(Command("help"))
async def help_command(_: Message, visit: Visit) -> Reply:
    return Reply(welcome.help_screen(visit.person))


@router.message(Command("privacy"))
async def privacy_command(_: Message, visit: Visit) -> Reply:
    return Reply(welcome.privacy(visit.person))


@router.message(Command("stop"))
async def stop_command(_: Message, visit: Visit) -> Reply:
    return await _ask_to_forget(visit)


async def _ask_to_forget(visit: Visit) -> Reply:
    if visit.person is None:
        forgot = await subscriptions.forget(visit.tx, visit.chat_id)
        return Reply(welcome.subscriptions_forgotten() if forgot else welcome.nothing_to_forget())
    await prompts.rest(visit.tx, visit.chat_id)
    yes, no = StayTap(act="forget").pack(), StayTap(act="home").pack()
    return Reply(welcome.really_forget(visit.person, yes, no))


@router.callback_query(StayTap.filter())
async def stay_tap(_: CallbackQuery, callback_data: StayTap, visit: Visit) -> Reply:
    if callback_data.act == "forget" and visit.person is not None:
        person = visit.person
        await audit.add(visit.tx, "leave", person.id, school=person.school, person=person.id)
        await people.forget(visit.tx, person)
        await subscriptions.forget(visit.tx, visit.chat_id)
        return Reply(notes=(welcome.forgotten(),), menu=menu(None))
    if callback_data.act == "move" and visit.person is not None:
        found = await invites.by_proof(visit.tx, callback_data.proof)
        if not isinstance(found, Invite):
            return Reply(welcome.unusable_invite(found, visit.person))
        if not _opens_for(found, visit.person):
            return Reply(welcome.unusable_invite("revoked", visit.person))
        await people.move(visit.tx, visit.person.id, found.role, found.school, found.post)
        moved = await people.by_telegram_id(visit.tx, visit.chat_id)
        assert moved is not None
        return await _joined(visit, found, moved)
    if callback_data.act == "ask":
        return await _ask_to_forget(visit)
    return await _home(visit)


@router.my_chat_member()
async def membership(event: ChatMemberUpdated, visit: Visit) -> Reply:
    """Blocked or unblocked by the person: nothing to say to them, but staff must know."""
    reachable = event.new_chat_member.status == "member"
    await people.set_reachable(visit.tx, visit.chat_id, reachable)
    if not reachable:
        await subscriptions.forget(visit.tx, visit.chat_id)
    if not reachable and visit.person is not None and visit.person.reachable:
        await tell_unreachable(visit.tx, visit.passport.calendar, visit.person.id)
    return Reply()
