"""Make spec.json anew from a machine-readable description of the Bot API.

    python -m demo.telegram.spec_extract path/to/schema.json

The description is the one that aiogram keeps in its source distribution (.butcher/schema). Kept are
names, types and required flags of what this Telegram carries out, and the names of all the rest, so
that a method that is not built can be told from one that does not exist.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

BUILT = (
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendDocument",
    "sendPhoto",
    "editMessageText",
    "editMessageReplyMarkup",
    "editMessageCaption",
    "deleteMessage",
    "deleteMessages",
    "answerCallbackQuery",
    "answerInlineQuery",
    "sendChatAction",
    "getFile",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "getChat",
    "getChatMember",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
    "pinChatMessage",
    "unpinChatMessage",
)
# Kept as «any object»: huge, and nothing of them is carried out here.
OPAQUE = {
    "InlineQueryResult",
    "InputMessageContent",
    "InputRichBlock",
    "InputRichMessageMedia",
    "ChatAdministratorRights",
}
# Types that the description leaves empty because they are one of several.
ONE_OF = {
    "BotCommandScope": (
        "BotCommandScopeDefault or BotCommandScopeAllPrivateChats or BotCommandScopeAllGroupChats "
        "or BotCommandScopeAllChatAdministrators or BotCommandScopeChat "
        "or BotCommandScopeChatAdministrators or BotCommandScopeChatMember"
    ),
    "MenuButton": "MenuButtonCommands or MenuButtonWebApp or MenuButtonDefault",
}
# Read by hand, once it is known which of the opaque ones they are.
ALSO = ("InlineQueryResultArticle", "InputTextMessageContent")
TARGET = Path(__file__).with_name("spec.json")

Fields = dict[str, str]


def extract(schema: dict[str, Any]) -> dict[str, Any]:
    known = {item["name"]: item for group in schema["items"] for item in group["children"]}
    methods = {name: _fields(known[name]) for name in BUILT}
    types: dict[str, Fields | str] = {}
    todo = [name for name in ALSO if name in known]
    todo += [name for fields in methods.values() for name in _named(fields, known)]
    while todo:
        name = todo.pop()
        if name in types or name == "InputFile":
            continue
        if name in OPAQUE:
            types[name] = "Object"
        elif name in ONE_OF:
            types[name] = ONE_OF[name]
            todo += _named({"": ONE_OF[name]}, known)
        else:
            fields = types[name] = _fields(known[name])
            todo += _named(fields, known)
    others = [name for name in known if name[0].islower() and name not in methods]
    return {
        "version": schema["api"]["version"],
        "methods": methods,
        "types": {name: types[name] for name in sorted(types)},
        "others": sorted(others),
    }


def _fields(item: dict[str, Any]) -> Fields:
    """Name to type; a name that ends in «!» is required."""
    return {
        field["name"] + "!" * field["required"]: field["type"].replace("Float number", "Float")
        for field in item["annotations"]
    }


def _named(fields: Fields, known: dict[str, Any]) -> list[str]:
    words = re.findall(r"[A-Z]\w+", " ".join(fields.values()))
    return [word for word in words if word in known]


def written(spec: dict[str, Any]) -> str:
    """JSON with one method or type a line, so that a change reads well."""

    def one_line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def lines(items: dict[str, Any]) -> str:
        return ",\n".join(f'"{name}":{one_line(value)}' for name, value in items.items())

    return (
        f'{{"version":{one_line(spec["version"])},\n"methods":{{\n{lines(spec["methods"])}\n}},\n'
        f'"types":{{\n{lines(spec["types"])}\n}},\n"others":{one_line(spec["others"])}}}\n'
    )


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text())
    TARGET.write_text(written(extract(source)))
