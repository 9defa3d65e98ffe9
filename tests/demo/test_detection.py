import pytest

from demo.telegram.detection import with_detected
from demo.telegram.utf16 import utf16_slice


def found(text: str) -> list[tuple[str, str]]:
    return [
        (entity["type"], utf16_slice(text, entity["offset"], entity["length"]))
        for entity in with_detected(text, [])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "😀 /form и /help@demo_bot.",
            [("bot_command", "/form"), ("bot_command", "/help@demo_bot")],
        ),
        ("10/12, a/b, //x", []),
        ("см. https://ya.ru/a?b=1.", [("url", "https://ya.ru/a?b=1")]),
        ("t.me/demo_bot?start=x", [("url", "t.me/demo_bot?start=x")]),
        ("имц@pk.ru a.b@pk.ru", [("email", "a.b@pk.ru")]),
        ("@anna, @a", [("mention", "@anna")]),
        ("#медицина #10 #10а", [("hashtag", "#медицина"), ("hashtag", "#10а")]),
        ("просто слова", []),
    ],
)
def test_what_telegram_finds(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_nothing_is_found_inside_code_and_links() -> None:
    code = {"type": "code", "offset": 0, "length": 5}
    assert with_detected("/form", [code]) == [code]


def test_bold_commands_are_still_commands() -> None:
    bold = {"type": "bold", "offset": 0, "length": 5}
    assert len(with_detected("/form", [bold])) == 2
