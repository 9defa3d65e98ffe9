"""What the bot says about itself: its name, menus of commands, descriptions."""

from demo.telegram import limits
from demo.telegram.core import Core
from demo.telegram.methods.request import Request
from demo.telegram.methods.targets import named_chat
from demo.telegram.model import Bot, Chat, Json
from demo.telegram.payloads import user_json
from demo.telegram.refusals import bad_request

_DEFAULT_MENU: Json = {"type": "commands"}


def get_me(core: Core, _request: Request) -> Json:
    return user_json(core.world.bot.user) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(core: Core, request: Request) -> bool:
    commands = request.objects("commands") or []
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _key(core, request)
    core.world.bot.commands[key] = [_command(command) for command in commands]
    core.changes.tell("bot")
    return True


def get_my_commands(core: Core, request: Request) -> list[Json]:
    return core.world.bot.commands.get(_key(core, request), [])


def delete_my_commands(core: Core, request: Request) -> bool:
    core.world.bot.commands.pop(_key(core, request), None)
    core.changes.tell("bot")
    return True


def set_my_description(core: Core, request: Request) -> bool:
    text = request.text("description")
    if len(text) > limits.BOT_DESCRIPTION:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    core.world.bot.descriptions[request.text("language_code")] = text
    return True


def set_my_short_description(core: Core, request: Request) -> bool:
    text = request.text("short_description")
    if len(text) > limits.BOT_SHORT_DESCRIPTION:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    core.world.bot.short_descriptions[request.text("language_code")] = text
    return True


def set_chat_menu_button(core: Core, request: Request) -> bool:
    chat_id = request.number("chat_id")
    if chat_id and named_chat(core, request).kind != "private":
        raise bad_request("chat not found")
    core.world.bot.menu_buttons[chat_id] = request.object("menu_button") or _DEFAULT_MENU
    return True


def menu_of(bot: Bot, chat: Chat, language: str | None) -> list[Json]:
    """The commands that this chat shows: the narrowest scope that was set wins."""
    scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    if chat.kind != "private":
        scopes = [f"chat:{chat.id}", "all_group_chats", "default"]
    for scope in scopes:
        for code in (language or "", ""):
            if commands := bot.commands.get((scope, code)):
                return commands
    return []


def _key(core: Core, request: Request) -> tuple[str, str]:
    scope = request.object("scope") or {"type": "default"}
    name = str(scope.get("type", ""))
    if "chat_id" in scope:
        chat = named_chat(core, Request(request.method, {"chat_id": scope["chat_id"]}, {}))
        name += f":{chat.id}"
        if "user_id" in scope:
            name += f":{scope['user_id']}"
    return name, request.text("language_code")


def _command(command: Json) -> Json:
    name = str(command.get("command", "")).strip().removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > limits.COMMAND:
        raise bad_request(f"command length must not exceed {limits.COMMAND}")
    if not all(
        char.isascii() and (char.islower() or char.isdigit() or char == "_") for char in name
    ):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > limits.COMMAND_DESCRIPTION:
        size = limits.COMMAND_DESCRIPTION
        raise bad_request(f"command description length must not exceed {size}")
    return {"command": name, "description": description}
