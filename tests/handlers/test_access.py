"""Who may do what: every command and every kind of button, tried by every role."""

import ast
import itertools
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from demo.telegram import Person
from demo.telegram.methods.profile import menu_of
from handlers.access import COMMANDS, menu
from handlers.form.callbacks import CardTap, GoTap, ListTap, PeriodTap, Tap
from handlers.form.classes import ClassTap
from handlers.form.review import DoubtTap, mark
from handlers.router import routing
from handlers.start import StayTap
from passport.doubts import doubts
from passport.values import Number, Slot
from storage.people import Role
from tests.world import World, shown

ROOT = Path(__file__).parents[2]
ROLES: tuple[Role | None, ...] = (None, "coordinator", "methodist", "manager")
REFUSAL = "Такой команды для вас нет. Что я умею: /help"
OUTDATED = "Эта кнопка устарела. Вот что сейчас."
# A sentence of the screen that a command shows.
SCREENS: dict[tuple[str, Role | None], str] = {
    ("form", "coordinator"): "Отчёт: ",
    ("reports", "coordinator"): "Отчёты за 2026/27 уч. год",
    ("school", "coordinator"): "Классы и группы, 2026/27",
    ("export", "coordinator"): "Форма школы за этот учебный год.",
    ("start", None): "откройте ссылку-приглашение",
    ("start", "coordinator"): "Отчёт заполняется здесь",
    ("start", "methodist"): "Вы вошли как методист ИМЦ",
    ("start", "manager"): "Вы вошли как руководитель УО",
    ("help", None): "по одноразовой ссылке",
    ("help", "coordinator"): "Как заполнять",
    ("stop", None): "О вас ничего не хранится",
    ("stop", "coordinator"): "Удалить вашу учётную запись (Школа № 24)?",
}
BY_COMMAND = {"privacy": "Что хранит бот", "help": "Школы раз в четверть", "stop": "Удалить вашу"}
# All that belongs to schools and accounts; not prompts, which say what a chat shows.
TABLES = (
    *("people", "invites", "classes", "class_subjects", "reports", "submissions"),
    *("answers", "answer_log", "doubt_answers"),
)
# Every kind of button, with acts that would change or show most; {report} is of school 24.
BUTTONS: dict[str, tuple[str, ...]] = {
    "f1": (
        "f1:none:{report}:r3:0:0:0",
        "f1:row:{report}:r5:0:0:0",
        "f1:clear:{report}:r1:{class_id}:0:{revision}",
        "f1:ask:{report}:r1:{class_id}:0:{revision}",
        "f1:later:{report}:r1:{class_id}:0:0",
    ),
    "c1": ("c1:card:{report}:", "c1:excel:{report}:", "c1:review:{report}:", "c1:part:{report}:1"),
    "p1": ("p1:2026-2027:II",),
    "y1": ("y1:2026-2027",),
    "g1": ("g1:form", "g1:reports"),
    "k1": (
        "k1:close:{report}:{class_id}:0",
        "k1:closed:{report}:{class_id}:0",
        "k1:drop:{report}:{class_id}:{subject_id}",
        "k1:add:{report}:0:0",
    ),
    "d1": ("d1:send:{report}::{mark}", "d1:say:{report}:V1:{mark}"),
    "s1": ("s1:move:1", "s1:home:0"),
}
OF_A_REPORT = ("f1", "c1", "k1", "d1")


def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def school_24(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Without what another school may open for itself: its own report of a period."""
    return rows | {"reports": [row for row in rows["reports"] if row[1] == "s24"]}


async def visitor(world: World, role: Role | None, school: str = "s24") -> Person:
    if role == "coordinator":
        return await world.coordinator(school)
    if role is not None:
        return await world.staff(role)
    person = world.telegram.person(name="Прохожий")
    person.start()
    await world.pump()
    return person


def all_buttons() -> set[str]:
    """The prefixes of all callback data that the bot's handlers define."""
    assert routing() is not None
    found, kinds = set(), list(CallbackData.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("handlers."):
            found.add(kind.__prefix__)
    return found


@pytest.mark.parametrize(("command", "role"), [(one, role) for one in COMMANDS for role in ROLES])
async def test_a_command_shows_its_screen_to_whom_it_is_for(
    world: World, command: str, role: Role | None
) -> None:
    await world.give_classes("s24", "Химия")
    person = await visitor(world, role)
    before = everything(world)
    told = len(person.chat.history)
    await world.say(person, f"/{command}")
    said = "\n".join(one.text for one in person.chat.history[told:] if one.from_bot)
    allowed = role in COMMANDS[command][1]
    if allowed:
        assert REFUSAL not in said
        assert SCREENS.get((command, role), BY_COMMAND.get(command, "—")) in said
    else:
        assert REFUSAL in said
        assert everything(world) == before
    if command == "export" and allowed:
        assert person.chat.from_bot[-1].document is not None
    if command not in ("form", "school"):  # these two begin the report that they show
        assert everything(world) == before


@pytest.mark.parametrize("role", ROLES)
async def test_the_menu_is_the_table(world: World, role: Role | None) -> None:
    person = await visitor(world, role)
    chat = world.telegram.world.chats[person.id]
    shown_menu = menu_of(world.telegram.world.bot, chat, "ru")
    assert [one["command"] for one in shown_menu] == [
        name for name, (_, roles) in COMMANDS.items() if role in roles
    ]
    assert [(one["command"], one["description"]) for one in shown_menu] == list(menu(role))
    assert len(shown_menu) < len(COMMANDS) or role == "coordinator"


async def test_the_menu_follows_the_role(world: World) -> None:
    person = await visitor(world, "coordinator")
    await world.say(person, "/stop")
    await world.press(person, "Удалить")
    chat = world.telegram.world.chats[person.id]
    commands = [one["command"] for one in menu_of(world.telegram.world.bot, chat, "ru")]
    assert commands == ["start", "help", "privacy", "stop"]


def test_every_kind_of_button_is_tried() -> None:
    assert all_buttons() == set(BUTTONS)
    kinds = (Tap, CardTap, PeriodTap, ListTap, GoTap, ClassTap, DoubtTap, StayTap)
    for kind in kinds:
        for data in BUTTONS[kind.__prefix__]:
            numbers = dict.fromkeys(("report", "class_id", "subject_id", "revision", "mark"), 1)
            kind.unpack(data.format_map(numbers))


@pytest.mark.parametrize(("prefix", "role"), [(one, role) for one in BUTTONS for role in ROLES])
async def test_a_button_of_another_school_moves_nothing(
    world: World, prefix: str, role: Role | None
) -> None:
    """Valid data of school 24's report, pressed by somebody who is not of school 24."""
    class_id = await world.give_classes("s24", "Химия")
    owner = await world.coordinator("s24")
    for label in ("Отчёты школы", "II четверть", "Продолжить"):
        await world.press(owner, label)
    await world.say(owner, "24")
    filling = (await world.form_year()).fillings["II"]
    slot = Slot("r1", class_id)
    assert filling.sheet.answers[slot] == Number(Decimal(24))
    numbers = {
        "report": filling.report.id,
        "class_id": class_id,
        "subject_id": filling.sheet.classes[0].subjects[0].id,
        "revision": filling.revision(slot),
        "mark": mark(*doubts(filling.sheet)),
    }
    person = await visitor(world, role, "s33")
    assert person.last is not None
    before = school_24(everything(world))
    for data in BUTTONS[prefix]:
        told = len(person.chat.history)
        press = person.forge_callback(data.format_map(numbers), person.last)
        await world.pump()
        assert press.answered
        assert school_24(everything(world)) == before, data
        said = "\n".join(one.text for one in person.chat.history[told - 1 :] if one.from_bot)
        assert "Школа № 24" not in said
        assert "24 чел" not in said
        if role != "coordinator" and prefix != "s1":
            assert OUTDATED in said
        elif prefix in OF_A_REPORT:
            assert "Это отчёт другой школы: у вас нет к нему доступа." in said
        else:
            assert said
    assert "Средний балл" in shown(owner)


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
