"""Making one-time links: for whom, for which school, with which post."""

from handlers.collect import board
from handlers.collect import schools as school_views
from handlers.collect.callbacks import InviteTap, StaffTap, school_tap
from handlers.errors import Forbidden, Outdated
from handlers.screen import Button, InvitePass, Note, Reply, Row, Screen
from handlers.visit import Visit
from handlers.welcome import ROLE_NAMES
from handlers.words import q
from passport.parsing import clean_line, has_contact, looks_like_person
from passport.values import Slot
from storage import audit, invites, people, prompts, schools
from storage.invites import Draft
from storage.people import Role
from storage.prompts import Prompt

POSTS = ("замдиректора", "директор", "методист школы", "педагог-организатор", "")
WIDTH = 5
MOST = 90
LONGEST_POST = 60
STAFF_ROLES: tuple[Role, ...] = ("methodist", "manager")


async def show_start(visit: Visit, notice: str = "") -> Screen:
    """``/invite``: whom?"""
    await prompts.put(visit.tx, visit.chat_id, None)
    lines = [notice, ""] if notice else []
    lines += ["<b>Пригласить</b>", "Ссылка одноразовая и действует 14 дней.", ""]
    lines.append("Координатора какой школы? Нажмите номер.")
    year = visit.calendar.current(visit.now)[0]
    listed = await schools.participants(
        visit.tx, year, board.candidates(visit), visit.calendar.today(visit.now)
    )
    buttons = [
        Button(f"№ {one.number}", InviteTap(act="post", role="coordinator", school=one.slug).pack())
        for one in listed[:MOST]
    ]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    rows.append((Button("Школа не из списка", school_tap("others")),))
    if visit.actor in ("manager", "owner"):
        rows += _invite_staff()
    return Screen("\n".join(lines), tuple(rows))


async def show_posts(visit: Visit, data: InviteTap, notice: str = "") -> Screen:
    """The post in the invite, without a name; typed or tapped."""
    one = await school_views.known_school(visit, data.school)
    await prompts.put(
        visit.tx, visit.chat_id, Prompt("invite_post", 0, Slot(""), draft=data.pack())
    )
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.short_name)}: новый координатор</b>"]
    if data.replaces:
        person = await school_views.coordinator(visit, data.school, data.replaces)
        lines.append(f"Заменит прежнего координатора ({school_views.person_line(person)}).")
    lines.append("Какая у него должность? Нажмите или напишите, без имени.")
    rows: list[Row] = [
        (
            Button(
                post or "Без должности",
                data.model_copy(update={"act": "make", "post": number}).pack(),
            ),
        )
        for number, post in enumerate(POSTS)
    ]
    rows.append((Button("← Школа", school_tap("show", data.school)),))
    return Screen("\n".join(lines), tuple(rows))


async def typed_post(visit: Visit, prompt: Prompt, text: str) -> Reply:
    data = InviteTap.unpack(prompt.draft or "")
    post = " ".join(clean_line(text).split())
    if has_contact(post) or looks_like_person(post) or not 2 <= len(post) <= LONGEST_POST:
        notice = "⚠️ Нужна должность без имени и телефона, например: замдиректора"
        return Reply(await show_posts(visit, data, notice))
    return await make(visit, data, post)


def chosen_post(data: InviteTap) -> str:
    if data.post >= len(POSTS):
        raise Outdated
    return POSTS[data.post]


async def make(visit: Visit, data: InviteTap, post: str) -> Reply:
    """Prepares the link; it is made, and told, when the message goes out."""
    assert visit.person is not None
    if data.role != "coordinator":
        raise Outdated
    await school_views.known_school(visit, data.school)
    if data.replaces:
        await school_views.coordinator(visit, data.school, data.replaces)
    draft = Draft("coordinator", data.school, post, visit.person.id, data.replaces or None)
    number = await invites.prepare(visit.tx, draft)
    detail = post + (", вместо прежнего" if data.replaces else "")
    await audit.add(visit.tx, "invite", visit.person.id, school=data.school, detail=detail)
    await school_views.set_participation(visit, data.school, takes_part=True)
    text = f"{visit.school_name(data.school)}" + (f", {post}" if post else "")
    note = Note(f"Ссылка для координатора ({q(text)})", InvitePass(number))
    return Reply(await school_views.show_school(visit, data.school), notes=(note,))


async def make_for_staff(visit: Visit, role: Role) -> Reply:
    assert visit.person is not None
    number = await invites.prepare(visit.tx, Draft(role, by=visit.person.id))
    await audit.add(visit.tx, "invite", visit.person.id, detail=ROLE_NAMES[role])
    note = Note(f"Ссылка для роли «{ROLE_NAMES[role]}»", InvitePass(number))
    return Reply(await show_staff(visit), notes=(note,))


def _invite_staff() -> list[Row]:
    return [
        (Button(f"Пригласить: {ROLE_NAMES[role]}", StaffTap(act=f"invite_{role}").pack()),)
        for role in STAFF_ROLES
    ]


# --- staff ---------------------------------------------------------------------------------------


async def show_staff(visit: Visit, notice: str = "") -> Screen:
    """``/staff``: methodists and managers."""
    await prompts.put(visit.tx, visit.chat_id, None)
    lines = [notice, ""] if notice else []
    lines += ["<b>Методисты и руководители</b>", ""]
    rows: list[Row] = []
    for number, one in enumerate(await people.staff(visit.tx), start=1):
        me = " – это вы" if one.telegram_id == visit.chat_id else ""
        state = " – доступ приостановлен" if one.suspended else ""
        unreachable = "" if one.reachable else " – ⚠️ бот не может написать"
        post = f" ({q(one.post)})" if one.post else ""
        lines.append(f"{number}. {ROLE_NAMES[one.role]}{post}{me}{state}{unreachable}")
        if not me:
            act = "restore" if one.suspended else "suspend"
            word = "вернуть доступ" if one.suspended else "приостановить доступ"
            tap = StaffTap(act=act, person=one.id).pack()
            rows.append((Button(f"{number}: {word}", tap),))
    rows += _invite_staff()
    out = await invites.open_invites(visit.tx, None)
    if out:
        lines += ["", f"Ссылок, которые ещё не открыли: {len(out)}"]
        rows.append((Button("Отозвать неоткрытые ссылки", StaffTap(act="revoke").pack()),))
    return Screen("\n".join(lines), tuple(rows))


async def suspend_staff(visit: Visit, person_id: int, *, suspended: bool) -> Screen:
    """Nobody suspends themselves, and nobody an owner."""
    assert visit.person is not None
    person = await people.get(visit.tx, person_id)
    if person is None or person.role == "coordinator":
        raise Outdated
    if person.id == visit.person.id or person.telegram_id in visit.owners:
        raise Forbidden("Этот доступ приостановить нельзя: он ваш или задан в настройках бота.")
    if person.suspended != suspended:
        await people.suspend(visit.tx, person_id, suspended=suspended)
        await invites.revoke_all_of(visit.tx, person_id)
        act: audit.Act = "suspend" if suspended else "restore"
        await audit.add(visit.tx, act, visit.person.id, person=person_id)
    notice = "Доступ приостановлен." if suspended else "Доступ возвращён."
    return await show_staff(visit, notice)


async def revoke_staff_links(visit: Visit) -> Screen:
    assert visit.person is not None
    for one in await invites.open_invites(visit.tx, None):
        await invites.revoke(visit.tx, one.id)
        await audit.add(visit.tx, "revoke_invite", visit.person.id, detail=ROLE_NAMES[one.role])
    return await show_staff(visit, "Неоткрытые ссылки больше не действуют.")
