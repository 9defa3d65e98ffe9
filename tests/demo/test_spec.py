import json
from typing import Any

import pytest

from demo.telegram import Person, Telegram, UploadedFile
from demo.telegram.spec import bot_api
from tests.demo.caller import Caller, button, keyboard

NO_FILES: frozenset[str] = frozenset()


def read(method: str, **params: Any) -> tuple[dict[str, Any], list[str]]:
    reading = bot_api().read(method, params, NO_FILES)
    return reading.values, reading.problems


def test_the_description_is_of_the_version_that_aiogram_speaks() -> None:
    import aiogram

    assert bot_api().version == aiogram.__api_version__ == "10.3"


def test_names_are_found_whatever_the_case() -> None:
    assert bot_api().canonical("SENDmessage") == "sendMessage"
    assert bot_api().canonical("sendDice") == "sendDice"
    assert bot_api().canonical("sendHorse") is None


def test_strings_of_a_form_are_decoded() -> None:
    markup = keyboard([button("A", "a")])
    values, problems = read(
        "sendMessage",
        chat_id="101",
        text="24",
        disable_notification="true",
        reply_markup=json.dumps(markup),
    )
    assert problems == []
    assert values == {
        "chat_id": 101,
        "text": "24",
        "disable_notification": True,
        "reply_markup": markup,
    }


def test_values_of_json_are_taken_as_they_are() -> None:
    values, problems = read("sendMessage", chat_id="@uo", text="a", protect_content=False)
    assert problems == []
    assert values["chat_id"] == "@uo"


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"txt": "a"}, 'parameter "txt" is unknown'),
        ({"text": 24}, '"text" must be String, not int'),
        ({"message_thread_id": "x"}, '"message_thread_id" must be Integer, not str'),
        ({"message_thread_id": True}, '"message_thread_id" must be Integer, not bool'),
        ({"disable_notification": "maybe"}, '"disable_notification" must be Boolean, not str'),
        ({"reply_markup": "{"}, '"reply_markup" is not JSON'),
        ({"entities": {}}, '"entities" must be Array of MessageEntity, not dict'),
        (
            {"reply_markup": keyboard([{"text": "A", "calback_data": "a"}])},
            '"reply_markup.inline_keyboard[0][0].calback_data" is unknown in InlineKeyboardButton',
        ),
        (
            {"reply_markup": keyboard([{"callback_data": "a"}])},
            '"reply_markup.inline_keyboard[0][0].text" is required in InlineKeyboardButton',
        ),
        (
            {"reply_parameters": {"message_id": "7"}},
            '"reply_parameters.message_id" must be Integer, not str',
        ),
        (
            {"link_preview_options": []},
            '"link_preview_options" must be LinkPreviewOptions, not list',
        ),
    ],
)
def test_problems_are_named_by_the_path(params: dict[str, Any], problem: str) -> None:
    assert read("sendMessage", **params)[1] == [problem]


def test_scopes_are_one_of_several() -> None:
    scope = {"type": "chat", "chat_id": 101}
    assert read("setMyCommands", commands=[], scope=scope) == (
        {"commands": [], "scope": scope},
        [],
    )
    assert read("setMyCommands", commands=[], scope={"type": "chat", "chat": 1})[1]


def test_nulls_and_empty_numbers_are_absent() -> None:
    assert read("sendMessage", text=None, chat_id="") == ({}, [])


def test_files_must_come_along() -> None:
    spec = bot_api()
    params = {"chat_id": 1, "certificate": "attach://x", "url": "https://a.ru"}
    problems = spec.read("setWebhook", params, NO_FILES).problems
    assert '"certificate" points to a file that was not sent: attach://x' in problems
    direct = spec.read("sendDocument", {"chat_id": 1}, frozenset({"document"}))
    assert direct.values["document"] == "attach://document"
    assert direct.missing == []


async def test_violations_are_refused_and_remembered(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    refusal = await caller.refusal("sendMessage", chat_id=anna.id, text="a", parse_mod="HTML")
    assert refusal == '400 Bad Request: strict: parameter "parse_mod" is unknown in sendMessage'
    assert telegram.strict_violations == ['sendMessage: parameter "parse_mod" is unknown']
    assert anna.last is None


async def test_what_is_missing_is_told_in_telegrams_words(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    refusal = await caller.refusal("sendMessage", chat_id=anna.id)
    assert refusal == "400 Bad Request: message text is empty"
    assert telegram.strict_violations == ['sendMessage: parameter "text" is required']
    assert await caller.refusal("answerInlineQuery", inline_query_id="1") == (
        '400 Bad Request: strict: parameter "results" is required in answerInlineQuery'
    )


async def test_a_lenient_telegram_ignores_what_it_does_not_know(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    telegram.strict = False
    file = UploadedFile("a.txt", b"a")
    assert await caller.result("sendDocument", chat_id=anna.id, document=file, colour="red")
    assert telegram.strict_violations == []
