"""Who may do what: every command, every kind of button and every deep link, tried by every role."""

import ast
import itertools
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import BotCommand, BotCommandScopeChat

from demo.telegram import Person
from demo.telegram.methods.profile import menu_of
from exports.reading.form_file import ReadCell, ReadForm
from handlers.access import COMMANDS, RIGHTS, menu
from handlers.form.review import mark
from handlers.importing.applying import forms_read
from handlers.router import routing
from handlers.visit import Actor
from passport.doubts import doubts
from passport.values import Number, Slot
from storage import contracts, imports, invites, partners, people, posts
from storage.contracts import ContractDraft
from tests.clock import local
from tests.world import OWNER, World, shown

ROOT = Path(__file__).parents[2]
ACTORS: tuple[Actor | None, ...] = (None, "coordinator", "methodist", "manager", "owner")
STAFF: tuple[Actor | None, ...] = ("methodist", "manager", "owner")
MANAGERS: tuple[Actor | None, ...] = ("manager", "owner")
NAMES = tuple(dict.fromkeys(name for name, _, _ in COMMANDS))
REFUSAL = "Такой команды для вас нет. Что я умею: /help"
OUTDATED = "Эта кнопка устарела. Вот что сейчас."
ANOTHER_CARD = "Это данные другой школы: у вас нет к ним доступа."
ANOTHERS = "Это отчёт другой школы: у вас нет к нему доступа."
BOARD = "Отчёты: II четверть, 2026/27 уч. год"
# A sentence of the screen that a command shows; who is not named is refused.
SCREENS: dict[str, dict[Actor | None, str]] = {
    "form": {"coordinator": "Отчёт: "},
    "reports": {"coordinator": "Отчёты за 2026/27 уч. год", **dict.fromkeys(STAFF, BOARD)},
    "school": {"coordinator": "Классы и группы, 2026/27"},
    "export": {
        "coordinator": "Форма школы за этот учебный год.",
        **dict.fromkeys(STAFF, "Выгрузки в Excel, 2026/27"),
    },
    "indicators": {
        "coordinator": "Вклад в показатели",
        **dict.fromkeys(STAFF, "Показатели · 2026/27"),
    },
    "import": {"coordinator": "Загрузить файл", **dict.fromkeys(STAFF, "Загрузить файл")},
    "risks": dict.fromkeys(STAFF, "Риски Проекта на 12.01.2027"),
    "tasks": dict.fromkeys(STAFF, "Задачи Проекта на 12.01.2027"),
    "brief": {
        "coordinator": "Школа № 24 на 12.01.2027",
        **dict.fromkeys(STAFF, "Состояние Проекта на 12.01.2027"),
    },
    "schools": dict.fromkeys(STAFF, "Школы Проекта, 2026/27"),
    "deadlines": dict.fromkeys(STAFF, "Сроки, 2026/27"),
    "invite": dict.fromkeys(STAFF, "Координатора какой школы"),
    "staff": dict.fromkeys(MANAGERS, "Методисты и руководители"),
    "classes": dict.fromkeys(ACTORS, "Предпрофессиональные классы"),
    "plan": dict.fromkeys(STAFF, "План мероприятий · на 12.01.2027"),
    "campaign": dict.fromkeys(MANAGERS, "Приёмная кампания лета 2027"),
    "start": {
        None: "откройте ссылку-приглашение",
        "coordinator": "Отчёт заполняется здесь",
        "methodist": "Вы вошли как методист ИМЦ",
        **dict.fromkeys(MANAGERS, "Вы вошли как руководитель УО"),
    },
    "help": {
        None: "по одноразовой ссылке",
        "coordinator": "Как заполнять",
        **dict.fromkeys(STAFF, "Сбор отчётов"),
    },
    "privacy": dict.fromkeys(ACTORS, "Что хранит бот"),
    "stop": {None: "О вас ничего не хранится", **dict.fromkeys(ACTORS[1:], "Удалить вас из бота")},
}
# All that belongs to schools and accounts; not prompts, which say what a chat shows.
TABLES = (
    *("people", "invites", "classes", "class_subjects", "reports", "submissions"),
    *("answers", "answer_log", "doubt_answers", "returns", "return_slots", "participation"),
    *("partners", "contracts", "contract_schools", "class_partners", "card_log", "city_facts"),
    *("indicator_values", "imports", "schools", "campaigns", "posts", "plan_marks"),
    *("risk_thresholds", "risk_lights"),
    *("deadline_moves", "confirmed_years", "time_requests", "snoozes", "outbox", "audit"),
)
# Every kind of button, with acts that would change or show most; {report} is of school 24.
BUTTONS: dict[str, tuple[str, ...]] = {
    "f1": (
        "f1:none:{report}:r3:0:0:0",
        "f1:row:{report}:r5:0:0:0",
        "f1:clear:{report}:r1:{class_id}:0:{revision}",
        "f1:ask:{report}:r1:{class_id}:0:{revision}",
        "f1:later:{report}:r1:{class_id}:0:0",
        "f1:stay:{report}:r1:{class_id}:0:{revision}",
    ),
    "c1": ("c1:card:{report}:", "c1:excel:{report}:", "c1:review:{report}:", "c1:part:{report}:1"),
    "k1": (
        "k1:close:{report}:{class_id}:0",
        "k1:closed:{report}:{class_id}:0",
        "k1:drop:{report}:{class_id}:{subject_id}",
        "k1:add:{report}:0:0",
    ),
    "d1": ("d1:send:{report}::{mark}", "d1:say:{report}:V1:{mark}"),
    "p1": ("p1:2026-2027:II",),
    "y1": ("y1:2026-2027",),
    "g1": ("g1:form", "g1:reports"),
    "n1": ("n1:go:2026-2027:II", "n1:tomorrow:2026-2027:II"),
    "t1": ("t1:ask:{report}::0", "t1:why:{report}:2027-01-18:0"),
    "s1": ("s1:move:1", "s1:home:0"),
    "b1": (
        "b1:show:2026-2027:II::0",
        "b1:nudge:2026-2027:II::0",
        "b1:accept:2026-2027:II::0",
        "b1:periods:2026-2027:II::0",
    ),
    "v1": (
        "v1:show:{report}:0:",
        "v1:part:{report}:0:1",
        "v1:nudge:{report}:0:",
        "v1:fill:{report}:0:",
        "v1:excel:{report}:0:",
        "v1:accept:{report}:1:",
        "v1:return:{report}:1:",
        "v1:send_back:{report}:1:",
        "v1:reopen:{report}:1:",
    ),
    "w1": ("w1:{report}:1:r1:{class_id}:0",),
    "h1": (
        "h1:list::0",
        "h1:others::0",
        "h1:board::0",
        "h1:show:s24:0",
        "h1:drop_out:s24:0",
        "h1:person:s24:{owner}",
        "h1:suspend:s24:{owner}",
        "h1:fill_II:s24:0",
    ),
    "j1": (
        "j1:list:2026-2027:II:::0",
        "j1:pick:2026-2027:II:::0",
        "j1:day:2026-2027:II::2027-01-18:0",
        "j1:set:2026-2027:II::2027-01-18:0",
        "j1:set:2026-2027:II:s24:2027-01-19:0",
        "j1:confirm:2026-2027:II:::0",
    ),
    "a1": ("a1:grant:{request}", "a1:refuse:{request}"),
    "i1": ("i1:post:coordinator:s24:0:0", "i1:make:coordinator:s24:0:0"),
    "l1": ("l1:sent::0", "l1:acts:s24:0"),
    "m1": ("m1:off",),
    "o1": (
        "o1:school:s24:2026-2027:0",
        "o1:contracts:s24::0",
        "o1:add_class:s24:2026-2027:0",
        "o1:add_contract:s24::0",
        "o1:fine:s24:2026-2027:0",
        "o1:contracts_fine:s24::0",
    ),
    "o2": (
        "o2:show:{class_id}::0:0",
        "o2:ask:{class_id}:capacity:0:0",
        "o2:pick:{class_id}:mode:0:0",
        "o2:tick:{class_id}:partners:{partner}:0",
        "o2:drop:{class_id}:advanced_subjects:{subject_id}:0",
        "o2:clear:{class_id}:capacity:0:0",
        "o2:mine:{class_id}:capacity:0:0",
        "o2:fine:{class_id}::0:0",
        "o2:closed:{class_id}::0:0",
    ),
    "o3": (
        "o3:show:{contract}:::0",
        "o3:ask:{contract}:valid_until::0",
        "o3:clear:{contract}:ended_on::0",
        "o3:pick:{contract}:load:1:0",
        "o3:fine:{contract}:::0",
        "o3:school:{contract}::s40:0",
        "o3:mine:{contract}:valid_until::0",
        "o3:remove:{contract}:::0",
        "o3:removed:{contract}:::0",
    ),
    "o4": (
        "o4:list:0:0:0",
        "o4:show:{partner}:0:0",
        "o4:type:{partner}:1:0",
        "o4:rename:{partner}:0:0",
        "o4:merge:{partner}:0:0",
        "o4:into:{partner}:{other}:0",
        "o4:merged:{partner}:{other}:0",
    ),
    "o5": (
        "o5:show:s24:2026-2027:0:0",
        "o5:fine:s24:2026-2027:0:0",
        "o5:seats:s24:2026-2027:{class_id}:0",
        "o5:mine:::{class_id}:0",
    ),
    "q1": (
        "q1:year:2026-2027::0",
        "q1:years:2026-2027::0",
        "q1:one:2026-2027:pupils:0",
        "q1:parts:2026-2027:contracts:0",
        "q1:fixed:2026-2027:contracts:0",
        "q1:fix:2026-2027:contracts:0",
        "q1:chart:2026-2027:pupils:0",
        "q1:schools:2026-2027::0",
        "q1:school:2026-2027:s24:0",
        "q1:settings:2026-2027::0",
        "q1:count:2026-2027:all_schools:0",
        "q1:teachers:2026-2027:all:0",
    ),
    "b2": ("b2:show:s24", "b2:xlsx:s24", "b2:docx:s24"),
    "b3": (
        "b3:list::0",
        "b3:task:4:0",
        "b3:rows:filled:0",
        "b3:rows:contracts:0",
        "b3:money::0",
    ),
    "r3": (
        "r3:list:::0",
        "r3:risk:1::0",
        "r3:rows:card_stale::0",
        "r3:thresholds:1::0",
        "r3:choose:card_stale::0",
        "r3:threshold:card_stale:days:0",
        "r3:usual:card_stale:days:0",
        "r3:grants:::0",
        "r3:no_grants:2026-2027::0",
    ),
    "x1": ("x1:years:2026-2027", "x1:report:2026-2027", "x1:history:2026-2027"),
    "z1": (
        "z1:show:::0:",
        "z1:sections:::0:",
        "z1:sides:::0:",
        "z1:history:::0:",
        "z1:settings:::0:",
        "z1:summer:off::0:",
        "z1:funding:yes::0:",
        "z1:card:4.3:2026-09-01:0:",
        "z1:mark:4.3:2026-09-01:0:",
        "z1:today:4.3:2026-09-01:0:",
        "z1:unlinked:4.3:2026-09-01:0:2027-01-12",
        "z1:withdraw:4.3:2026-09-01:1:",
        "z1:withdrawn:4.3:2026-09-01:1:",
    ),
    "u1": (
        "u1:show:{import}:0",
        "u1:changes:{import}:0",
        "u1:problems:{import}:0",
        "u1:apply:{import}:{import_mark}",
        "u1:undo:{import}:0",
        "u1:drop:{import}:0",
    ),
    "e1": ("e1:list:0", "e1:revoke:0"),
    "r1": (
        "r1:tracks::0::",
        "r1:track:inzhenernaia:0::",
        "r1:schools::0::",
        "r1:school:s24:0::",
        "r1:seats::0::",
        "r1:modes::0::",
        "r1:mode:1:0::",
        "r1:class:{class_id}:0::",
        "r1:topic::0::",
        "r1:topic:exams:0::.s24",
    ),
    "r2": ("r2:on:all:", "r2:on:school:s24", "r2:list::", "r2:off:all:", "r2:off_all::"),
    "p2": (
        "p2:show:{campaign_post}:0:",
        "p2:twin:{campaign_post}:0:",
        "p2:now:{campaign_post}:1:",
        "p2:change:{campaign_post}:1:",
        "p2:replace:{campaign_post}:1:",
        "p2:cancelled:{campaign_post}:1:",
        "p2:day:{campaign_post}:1:2027-06-02",
    ),
    "p3": (
        "p3:show::",
        "p3:dates:2027-2028:",
        "p3:day:2027-2028:opens.2027-05-25",
        "p3:occasion:2027-2028:open",
        "p3:announce:2027-2028:",
        "p3:announce_now:2027-2028:",
        "p3:note:2027-2028:",
        "p3:book:2027-2028:",
        "p3:last_year:2027-2028:",
    ),
}
OF_EVERYBODY = ("r1", "r2")  # open classes: see tests/scenarios/parents
# Of managers and the owner alone; a methodist is told what a stranger is.
OF_MANAGERS = ("p2", "p3")
OF_A_REPORT = ("f1", "c1", "k1", "d1", "t1")
OF_A_CARD = ("o1", "o2", "o3", "o5", "u1", "b2")
OWN = ("p1", "y1", "g1", "n1", "t1")
COLLECT = (
    *OF_MANAGERS,
    "b1",
    "v1",
    "w1",
    "h1",
    "j1",
    "a1",
    "i1",
    "l1",
    "m1",
    "e1",
    "o4",
    "q1",
    "r3",
    "b3",
    "x1",
    "z1",
)
ONLY_MANAGERS = (
    "e1:list:0",
    "e1:revoke:0",
    "e1:suspend:{owner}",
    "e1:restore:{owner}",
    "e1:invite_methodist:0",
    "e1:invite_manager:0",
)


def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def school_24(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Without what another school may do for itself: its own report, its own quiet mornings."""
    reports = [row for row in rows["reports"] if row[1] == "s24"]
    return rows | {"reports": reports, "snoozes": []}


async def visitor(world: World, actor: Actor | None, school: str = "s24") -> Person:
    match actor:
        case "coordinator":
            return await world.coordinator(school)
        case "methodist" | "manager":
            return await world.staff(actor)
    person = world.telegram.person(id=OWNER if actor == "owner" else None, name="Прохожий")
    person.start()
    await world.pump()
    return person


def all_buttons() -> dict[str, type[CallbackData]]:
    """All callback data that the bot's handlers define, by prefix."""
    assert routing() is not None
    found, kinds = {}, list(CallbackData.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("handlers."):
            found[kind.__prefix__] = kind
    return found


@pytest.mark.parametrize(("command", "actor"), [(one, who) for one in NAMES for who in ACTORS])
async def test_a_command_shows_its_screen_to_whom_it_is_for(
    world: World, command: str, actor: Actor | None
) -> None:
    await world.give_classes("s24", "Химия")
    person = await visitor(world, actor)
    before = everything(world)
    told = len(person.chat.history)
    await world.say(person, f"/{command}")
    said = "\n".join(one.text for one in person.chat.history[told:] if one.from_bot)
    allowed = any(actor in actors for name, _, actors in COMMANDS if name == command)
    assert allowed == (actor in SCREENS[command])
    if allowed:
        assert REFUSAL not in said
        assert SCREENS[command][actor] in said
    else:
        assert REFUSAL in said
        assert everything(world) == before
    if command in ("export", "import") and actor == "coordinator":
        assert any(one.document is not None for one in person.chat.from_bot[-2:])
    if command != "form":  # it begins the report that it shows
        assert everything(world) == before


@pytest.mark.parametrize("actor", ACTORS)
async def test_the_menu_is_the_table(world: World, actor: Actor | None) -> None:
    person = await visitor(world, actor)
    chat = world.telegram.world.chats[person.id]
    shown_menu = menu_of(world.telegram.world.bot, chat, "ru")
    names = [one["command"] for one in shown_menu]
    assert names == [name for name, _, actors in COMMANDS if actor in actors]
    assert len(names) == len(set(names))
    assert [(one["command"], one["description"]) for one in shown_menu] == list(menu(actor))
    assert set(names) == {name for name, screens in SCREENS.items() if actor in screens}


async def test_the_menu_follows_the_role(world: World) -> None:
    person = await visitor(world, "coordinator")
    await world.say(person, "/stop")
    await world.press(person, "Удалить")
    chat = world.telegram.world.chats[person.id]
    commands = [one["command"] for one in menu_of(world.telegram.world.bot, chat, "ru")]
    assert commands == ["classes", "start", "help", "privacy", "stop"]


async def test_start_brings_the_commands_of_a_newer_bot(world: World) -> None:
    person = await visitor(world, "methodist")
    chat = world.telegram.world.chats[person.id]
    old = BotCommand(command="start", description="На главный экран")
    await world.app.bot.set_my_commands([old], BotCommandScopeChat(chat_id=person.id))
    assert len(menu_of(world.telegram.world.bot, chat, "ru")) == 1
    await world.say(person, "/start")
    shown_menu = menu_of(world.telegram.world.bot, chat, "ru")
    assert [one["command"] for one in shown_menu] == [name for name, _ in menu("methodist")]
    await world.press(person, "Состояние Проекта")
    assert shown(person).startswith("Состояние Проекта на")


def test_every_kind_of_button_is_tried() -> None:
    kinds = all_buttons()
    assert set(kinds) == set(BUTTONS)
    words = ("report", "class_id", "subject_id", "revision", "mark", "owner", "request")
    cards = ("partner", "other", "contract", "import", "import_mark", "campaign_post")
    numbers = dict.fromkeys(words + cards, 1)
    for prefix, datas in BUTTONS.items():
        for data in datas:
            kinds[prefix].unpack(data.format_map(numbers))
    for data in ONLY_MANAGERS:
        kinds[data[:2]].unpack(data.format_map(numbers))


def test_every_right_is_somebodys_and_none_is_everybodys() -> None:
    for actors in RIGHTS.values():
        assert actors
        assert None not in actors


async def scene(world: World) -> tuple[Person, dict[str, int]]:
    """School 24 has answered one question of the second quarter; it asks for more time, too."""
    class_id = await world.give_classes("s24", "Химия")
    owner = await world.coordinator("s24")
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(owner, label)
    await world.say(owner, "24")
    filling = (await world.form_year()).fillings["II"]
    slot = Slot("r1", class_id)
    assert filling.sheet.answers[slot] == Number(Decimal(24))
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, owner.id)
    assert account is not None
    return owner, {
        "report": filling.report.id,
        "class_id": class_id,
        "subject_id": filling.sheet.classes[0].subjects[0].id,
        "revision": filling.revision(slot),
        "mark": mark(*doubts(filling.sheet)),
        "owner": account.id,
        "request": 1,
        **await _cards(world),
    }


async def _cards(world: World) -> dict[str, int]:
    """A contract of school 24, a file that somebody of it has sent; a draft of a post."""
    async with world.app.database.write() as tx:
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        other = await partners.add(tx, "Рыбный порт", "industry", None)
        draft = ContractDraft(partner, "1", date(2026, 9, 1), None)
        contract = await contracts.add(tx, draft, ["s24"], None)
        cell = ReadCell("II", "r6", "", Number(Decimal(7)), 40)
        read = forms_read.dump_json(ReadForm(24, "2026-2027", (cell,))).decode()
        number = await imports.add(tx, "form", read, None, school="s24", year="2026-2027")
        post = await posts.propose(tx, "2027-2028", "open", local(2027, 6, 1, 10))
        assert post is not None
    return {
        "partner": partner.id,
        "other": other.id,
        "contract": contract.id,
        "import": number,
        "import_mark": 0,
        "campaign_post": post,
    }


async def pressed(world: World, person: Person, data: str) -> str:
    """What the bot says to a made-up button."""
    assert person.last is not None
    told = len(person.chat.history)
    press = person.forge_callback(data, person.last)
    await world.pump()
    assert press.answered
    return "\n".join(one.text for one in person.chat.history[told - 1 :] if one.from_bot)


@pytest.mark.parametrize(
    ("prefix", "actor"), [(one, who) for one in BUTTONS for who in (None, "coordinator")]
)
async def test_a_button_of_another_school_moves_nothing(
    world: World, prefix: str, actor: Actor | None
) -> None:
    """Valid data of school 24 or of staff, pressed by a stranger and by school 33."""
    owner, numbers = await scene(world)
    person = await visitor(world, actor, "s33")
    before = school_24(everything(world))
    for data in BUTTONS[prefix]:
        said = await pressed(world, person, data.format_map(numbers))
        assert school_24(everything(world)) == before, data
        if prefix in OF_EVERYBODY:
            assert OUTDATED not in said, data
            continue
        assert "Школа № 24" not in said
        assert "24 чел" not in said
        if prefix == "s1":
            continue
        if actor is None or prefix in COLLECT:
            assert OUTDATED in said, data
        elif prefix in OF_A_REPORT:
            assert ANOTHERS in said, data
        elif prefix in OF_A_CARD:
            assert ANOTHER_CARD in said, data
        else:
            assert said
    assert "Средний балл" in shown(owner)


@pytest.mark.parametrize(("prefix", "actor"), [(one, who) for one in BUTTONS for who in STAFF])
async def test_staff_have_their_own_buttons_and_those_of_the_form(
    world: World, prefix: str, actor: Actor
) -> None:
    """What begins with «my school» is of coordinators; staff reach a report by its number."""
    _, numbers = await scene(world)
    person = await visitor(world, actor)
    for data in BUTTONS[prefix]:
        if prefix == "s1":
            continue
        said = await pressed(world, person, data.format_map(numbers))
        if prefix in OF_MANAGERS:
            assert (OUTDATED in said) == (actor == "methodist"), data
        if prefix in OWN:
            assert OUTDATED in said, data
        assert ANOTHERS not in said, data
        assert "это моя ошибка" not in said, data


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("data", ONLY_MANAGERS)
async def test_accounts_of_staff_are_the_managers_business(
    world: World, data: str, actor: Actor | None
) -> None:
    _, numbers = await scene(world)
    numbers["owner"] = await _another_methodist(world)
    person = await visitor(world, actor, "s33")
    before = everything(world)
    said = await pressed(world, person, data.format_map(numbers))
    if actor in MANAGERS:
        assert OUTDATED not in said
        return
    assert everything(world) == before
    assert OUTDATED in said


async def _another_methodist(world: World) -> int:
    other = await world.staff("methodist")
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, other.id)
    assert account is not None
    return account.id


async def test_nobody_takes_the_owners_access_away(world: World) -> None:
    owner = await visitor(world, "owner")
    manager = await world.staff("manager")
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, owner.id)
    assert account is not None
    said = await pressed(world, manager, f"e1:suspend:{account.id}")
    assert "Этот доступ приостановить нельзя" in said
    await world.say(owner, "/staff")
    assert "Методисты и руководители" in shown(owner)


async def test_a_suspended_account_may_do_nothing_but_leave(world: World) -> None:
    owner, numbers = await scene(world)
    async with world.app.database.write() as tx:
        await people.suspend(tx, numbers["owner"], suspended=True)
    before = everything(world)
    for data in itertools.chain(*BUTTONS.values()):
        if data.startswith(("s1", *OF_EVERYBODY)):
            continue
        assert OUTDATED in await pressed(world, owner, data.format_map(numbers)), data
    for command in ("form", "reports", "school", "export"):
        await world.say(owner, f"/{command}")
        assert owner.last is not None
        assert "Ваш доступ приостановлен" in owner.last.text
    assert everything(world) == before
    await world.say(owner, "/stop")
    await world.press(owner, "Удалить")
    async with world.app.database.read() as tx:
        assert await people.by_telegram_id(tx, owner.id) is None


# Payloads of t.me/bot?start=…; {token} is a fresh invite of a role.
LINKS = ("coordinator", "methodist", "manager", "i_guessed", "classes", "track_x", "school_s24", "")


def role_of(link: str) -> people.Role:
    roles: tuple[people.Role, ...] = ("coordinator", "methodist", "manager")
    return next(one for one in roles if one == link)


@pytest.mark.parametrize(("link", "actor"), [(one, who) for one in LINKS for who in ACTORS])
async def test_a_deep_link_gives_what_its_invite_says_and_no_more(
    world: World, link: str, actor: Actor | None
) -> None:
    person = await visitor(world, actor, "s33")
    payload = link
    if link in ("coordinator", "methodist", "manager"):
        async with world.app.database.write() as tx:
            school = "s24" if link == "coordinator" else None
            payload = await invites.create(tx, role_of(link), school)
    before = everything(world)
    person.start(payload or None)
    await world.pump()
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, person.id)
    role = "manager" if actor == "owner" else actor
    if payload == link:  # no invite: nobody's account changes
        assert everything(world) == before
        assert (account.role if account else None) == role
    elif role is None or role == link == "methodist" or role == link == "manager":
        assert account is not None
        assert account.role == link
    else:  # who has an account is asked first
        assert everything(world) == before
        assert "По этой ссылке будете" in shown(person)


def test_nothing_imports_main() -> None:
    """The composition is started from there; whoever needs a part of it imports the part."""
    found = []
    folders = ("bot", "handlers", "passport", "storage", "reminders", "exports", "demo", "tests")
    for path in itertools.chain(*((ROOT / name).rglob("*.py") for name in folders)):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            found += [str(path) for name in names if name.partition(".")[0] == "main"]
    assert found == []
