"""Schools and who answers for them: participation, coordinators, links that are out."""

from handlers.collect import board
from handlers.collect.callbacks import DateTap, InviteTap, JournalTap, report_tap, school_tap
from handlers.errors import Outdated
from handlers.registers import stale
from handlers.registers.callbacks import cards_tap, contract_tap
from handlers.screen import Button, Row, Screen
from handlers.tell import About, tell
from handlers.visit import Visit
from handlers.words import day, q, school_year
from passport.form import EVERY_PERIOD
from passport.numbers import plural
from storage import audit, invites, people, prompts, reports, schools
from storage import board as board_rows
from storage.invites import Invite
from storage.people import Person
from storage.schools import School

WIDTH = 5
NOBODY = "⚠️ никого нет, напоминать некому: нажмите «Пригласить координатора»."
NOBODY_OUTSIDE = "никого нет. Приглашение координатора само добавит школу в Проект."
MOST = 90  # Telegram takes a hundred buttons


async def show_schools(visit: Visit, notice: str = "", *, outside: bool = False) -> Screen:
    """The schools of this year, each with how many answer for it; the others behind a button."""
    await prompts.put(visit.tx, visit.chat_id, None)
    year = visit.calendar.current(visit.now)[0]
    known = await board_rows.hands(visit.tx)
    today = visit.calendar.today(visit.now)
    taking_part = await schools.participants(visit.tx, year, board.candidates(visit), today)
    slugs = {one.slug for one in taking_part}
    listed = taking_part
    if outside:
        listed = [one for one in await schools.every(visit.tx) if one.slug not in slugs]
    lines = [notice, ""] if notice else []
    head = "Не участвуют" if outside else "Школы Проекта"
    lines += [f"<b>{head}, {school_year(year)} уч. год: {len(listed)}</b>", ""]
    if not outside:
        for one in listed[:MOST]:
            lines.append(f"№ {one.number} – {_hands(known.get(one.slug))}")
    old = "" if outside else (await stale.read(visit)).line
    if old:
        lines += ["", f"🗂 {old}"]
    lines += ["", "Нажмите номер школы или напишите его."]
    buttons = [Button(f"№ {one.number}", school_tap("show", one.slug)) for one in listed[:MOST]]
    rows: list[Row] = [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    other = ("Школы Проекта", "list") if outside else ("Другие школы", "others")
    rows.append((Button(other[0], school_tap(other[1])),))
    if outside:
        rows.append((Button("＋ Школа", school_tap("new")),))
    if old:
        rows.append((stale.button(),))
    rows.append((Button("Договоры города", contract_tap("city")),))
    return Screen("\n".join(lines), tuple(rows))


def _hands(found: board_rows.Hands | None) -> str:
    if found is None:
        return "⚠️ нет координатора"
    count = found.accounts
    text = f"{count} {plural(count, 'координатор', 'координатора', 'координаторов')}"
    return text if found.reachable else f"{text}, ⚠️ бот не может написать"


async def known_school(visit: Visit, slug: str) -> School:
    """Raises Outdated when there is no such school."""
    one = await schools.get(visit.tx, slug)
    if one is None:
        raise Outdated
    return one


async def show_school(visit: Visit, slug: str, notice: str = "") -> Screen:
    """One school: who answers, which links are out, its reports of this year."""
    await prompts.put(visit.tx, visit.chat_id, None)
    one = await known_school(visit, slug)
    year = visit.calendar.current(visit.now)[0]
    takes_part = await takes_part_in(visit, slug, year)
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.name)}</b>"]
    lines.append(f"{school_year(year)}: {'участвует' if takes_part else 'не участвует'} в Проекте")
    coordinators = await people.coordinators(visit.tx, slug)
    lines += ["", "<b>Координаторы:</b>"]
    lines += [f"• {person_line(person)}" for person in coordinators] or [
        NOBODY if takes_part else NOBODY_OUTSIDE
    ]
    rows = await _reports(visit, slug, year)
    rows += [
        (Button(f"✏️ {_short_post(person)}", school_tap("person", slug, person.id)),)
        for person in coordinators
    ]
    invite = InviteTap(act="post", role="coordinator", school=slug).pack()
    rows.append((Button("Пригласить координатора", invite),))
    out = await invites.open_invites(visit.tx, slug)
    if out:
        lines += ["", "<b>Ссылки, которые ещё не открыли:</b>"]
    for link in out:
        until = day(link.expires_at, visit.zone)
        post = f"{link.post}, " if link.post else ""
        lines.append(f"• {q(post)}действует до {until}")
        word = f"✖ Отозвать ссылку до {until}"
        rows.append((Button(word, school_tap("revoke", slug, link.id)),))
    word = "Больше не участвует" if takes_part else "Участвует в проекте"
    act = "leave" if takes_part else "take_part"
    rows.append(
        (
            Button(word, school_tap(act, slug)),
            Button("Журнал школы", JournalTap(act="sent", school=slug).pack()),
        )
    )
    rows.append(
        (
            Button("Классы и договоры", cards_tap("school", slug)),
            Button("Переименовать", school_tap("rename", slug)),
        )
    )
    rows.append((Button("← Все школы", school_tap("list")),))
    return Screen("\n".join(lines), tuple(rows))


def person_line(person: Person) -> str:
    """One account in a few words: post, and what is wrong with it."""
    post = q(person.post) if person.post else "без должности"
    if person.suspended:
        return f"{post} – доступ приостановлен"
    return post if person.reachable else f"{post} – ⚠️ бот не может написать"


def _short_post(person: Person) -> str:
    return (person.post or "координатор")[:40]


async def takes_part_in(visit: Visit, slug: str, year: str) -> bool:
    today = visit.calendar.today(visit.now)
    found = await schools.participants(visit.tx, year, board.candidates(visit), today)
    return slug in {one.slug for one in found}


async def _reports(visit: Visit, slug: str, year: str) -> list[Row]:
    """Begun reports open as they are; the one that is due can be begun for the school."""
    begun = {one.period: one for one in await reports.of_school(visit.tx, slug) if one.year == year}
    calendar, forms = visit.calendar_of(slug), visit.passport.forms
    buttons = []
    for period in EVERY_PERIOD:
        name = forms.period(period).name
        if period in begun:
            buttons.append(Button(f"Отчёт: {name}", report_tap("show", begun[period].id)))
        elif calendar.state(year, period, visit.now) != "future":
            buttons.append(Button(f"Внести: {name}", school_tap(f"fill_{period}", slug)))
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    year, period = board.period_at_hand(visit)
    found = begun.get(period)
    if found is None or found.first_submitted_at is None:
        move = DateTap(act="pick", year=year, period=period, school=slug).pack()
        rows.append((Button("Перенести срок этой школе", move),))
    return rows


# --- one account ---------------------------------------------------------------------------------


async def show_person(visit: Visit, slug: str, person_id: int, notice: str = "") -> Screen:
    """A coordinator: hand over to a colleague, take access away or give it back."""
    person = await coordinator(visit, slug, person_id)
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(visit.school_name(slug))}</b>", person_line(person), ""]
    lines.append("«Передать коллеге» даст новую ссылку. Когда её откроют, этот доступ закроется.")
    hand = InviteTap(act="post", role="coordinator", school=slug, replaces=person_id).pack()
    act, word = ("suspend", "Приостановить доступ")
    if person.suspended:
        act, word = ("restore", "Вернуть доступ")
    rows: tuple[Row, ...] = (
        (Button("Передать коллеге", hand),),
        (Button(word, school_tap(act, slug, person_id)),),
        (Button("← Школа", school_tap("show", slug)),),
    )
    return Screen("\n".join(lines), rows)


async def coordinator(visit: Visit, slug: str, person_id: int) -> Person:
    """A coordinator of the school; raises Outdated when the account is gone or elsewhere."""
    person = await people.get(visit.tx, person_id)
    if person is None or person.role != "coordinator" or person.school != slug:
        raise Outdated("Этой учётной записи в школе больше нет. Вот что сейчас.")
    return person


async def suspend(visit: Visit, slug: str, person_id: int, *, suspended: bool) -> Screen:
    assert visit.person is not None
    person = await coordinator(visit, slug, person_id)
    if person.suspended != suspended:
        await people.suspend(visit.tx, person_id, suspended=suspended)
        await invites.revoke_all_of(visit.tx, person_id)
        act: audit.Act = "suspend" if suspended else "restore"
        await audit.add(visit.tx, act, visit.person.id, school=slug, person=person_id)
    notice = "Доступ приостановлен." if suspended else "Доступ возвращён."
    return await show_person(visit, slug, person_id, notice)


async def revoke(visit: Visit, slug: str, invite_id: int) -> Screen:
    assert visit.person is not None
    if invite_id not in {one.id for one in await invites.open_invites(visit.tx, slug)}:
        raise Outdated("Эту ссылку уже открыли или отозвали. Вот что сейчас.")
    await invites.revoke(visit.tx, invite_id)
    await audit.add(visit.tx, "revoke_invite", visit.person.id, school=slug)
    return await show_school(visit, slug, "Ссылка больше не действует.")


async def take_part(visit: Visit, slug: str, *, takes_part: bool) -> Screen:
    """From this school year on."""
    assert visit.person is not None
    await known_school(visit, slug)
    year = visit.calendar.current(visit.now)[0]
    await set_participation(visit, slug, takes_part=takes_part)
    whether = "участвует" if takes_part else "не участвует"
    return await show_school(visit, slug, f"Записано: {whether} с {school_year(year)} уч. года.")


async def set_participation(visit: Visit, slug: str, *, takes_part: bool) -> None:
    """Writes it when it changes anything."""
    year = visit.calendar.current(visit.now)[0]
    if await takes_part_in(visit, slug, year) == takes_part:
        return
    by = visit.person.id if visit.person else None
    await schools.set_participation(visit.tx, slug, year, takes_part=takes_part, by=by)
    act: audit.Act = "take_part" if takes_part else "drop_out"
    await audit.add(visit.tx, act, by, school=slug, year=year)


async def someone_joined(visit: Visit, joined: Person, invite: Invite) -> None:
    """A link was opened: colleagues and whoever made it are told."""
    about = About(joined.school, ref=joined.id)
    whom = []
    if joined.role == "coordinator":
        whom = await people.coordinators(visit.tx, joined.school)
    inviter = await people.get(visit.tx, invite.created_by) if invite.created_by else None
    if inviter is not None:
        whom.append(inviter)
    await tell(visit, "joined", whom, str(invite.id), about)
