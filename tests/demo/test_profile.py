from typing import Any

import pytest

from demo.telegram import Person, Telegram
from demo.telegram.methods.profile import menu_of
from tests.demo.caller import Caller


def command(name: str) -> dict[str, str]:
    return {"command": name, "description": name.title()}


async def test_get_me(telegram: Telegram, caller: Caller) -> None:
    me = await caller.result("getMe")
    assert me["username"] == "demo_bot"
    assert str(me["id"]) == telegram.token.partition(":")[0]


async def test_commands_live_in_scopes_and_languages(caller: Caller, anna: Person) -> None:
    mine = {"type": "chat", "chat_id": anna.id}
    await caller.result("setMyCommands", commands=[command("start")])
    await caller.result("setMyCommands", commands=[command("form")], scope=mine)
    assert await caller.result("getMyCommands") == [command("start")]
    assert await caller.result("getMyCommands", scope=mine) == [command("form")]
    assert await caller.result("getMyCommands", language_code="ru") == []
    await caller.result("deleteMyCommands", scope=mine)
    assert await caller.result("getMyCommands", scope=mine) == []


async def test_the_narrowest_scope_shows(telegram: Telegram, caller: Caller, anna: Person) -> None:
    chat, bot = telegram.world.chats[anna.id], telegram.world.bot

    def shown() -> list[str]:
        return [one["command"] for one in menu_of(bot, chat, "ru")]

    assert shown() == []
    await caller.result("setMyCommands", commands=[command("a")])
    assert shown() == ["a"]
    private = {"type": "all_private_chats"}
    await caller.result("setMyCommands", commands=[command("b")], scope=private)
    assert shown() == ["b"]
    await caller.result("setMyCommands", commands=[command("c")], scope=private, language_code="ru")
    assert shown() == ["c"]
    mine = {"type": "chat", "chat_id": anna.id}
    await caller.result("setMyCommands", commands=[command("d")], scope=mine)
    assert shown() == ["d"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"command": "", "description": "a"}, "command must be non-empty"),
        ({"command": "a" * 33, "description": "a"}, "command length must not exceed 32"),
        ({"command": "Form", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "форма", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "a", "description": " "}, "command description must be non-empty"),
        (
            {"command": "a", "description": "a" * 257},
            "command description length must not exceed 256",
        ),
    ],
)
async def test_commands_that_are_refused(
    caller: Caller, given: dict[str, Any], sentence: str
) -> None:
    refusal = await caller.refusal("setMyCommands", commands=[given])
    assert refusal == f"400 Bad Request: {sentence}"


async def test_a_scope_of_an_unknown_chat(caller: Caller) -> None:
    refusal = await caller.refusal(
        "setMyCommands", commands=[], scope={"type": "chat", "chat_id": 999}
    )
    assert refusal == "400 Bad Request: chat not found"


async def test_descriptions(telegram: Telegram, caller: Caller) -> None:
    await caller.result("setMyDescription", description="Собирает отчёты", language_code="ru")
    await caller.result("setMyShortDescription", short_description="Отчёты")
    assert telegram.world.bot.descriptions == {"ru": "Собирает отчёты"}
    assert telegram.world.bot.short_descriptions == {"": "Отчёты"}
    assert "TOO_LONG" in await caller.refusal("setMyDescription", description="я" * 513)
    assert "TOO_LONG" in await caller.refusal("setMyShortDescription", short_description="я" * 121)


async def test_the_menu_button(telegram: Telegram, caller: Caller, anna: Person) -> None:
    await caller.result("setChatMenuButton", menu_button={"type": "commands"})
    await caller.result("setChatMenuButton", chat_id=anna.id, menu_button={"type": "default"})
    assert telegram.world.bot.menu_buttons == {
        0: {"type": "commands"},
        anna.id: {"type": "default"},
    }


async def test_too_many_commands(caller: Caller) -> None:
    commands = [command(f"c{number}") for number in range(101)]
    assert await caller.refusal("setMyCommands", commands=commands) == (
        "400 Bad Request: BOT_COMMANDS_TOO_MUCH"
    )


async def test_menus_of_groups_and_their_members(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    group = telegram.group().admit_as_member(by=anna.id)
    await caller.result("setMyCommands", commands=[command("a")], scope={"type": "all_group_chats"})
    chat = telegram.world.chats[group.id]
    assert [one["command"] for one in menu_of(telegram.world.bot, chat, None)] == ["a"]
    member = {"type": "chat_member", "chat_id": group.id, "user_id": anna.id}
    await caller.result("setMyCommands", commands=[command("b")], scope=member)
    assert await caller.result("getMyCommands", scope=member) == [command("b")]
    refusal = await caller.refusal(
        "setChatMenuButton", chat_id=group.id, menu_button={"type": "default"}
    )
    assert refusal == "400 Bad Request: chat not found"
