from typing import Any

import pytest

from demo.telegram.keyboards import read_inline, read_reply, wide_rows
from demo.telegram.refusals import ApiError
from tests.demo.caller import button, keyboard


def refusal(markup: dict[str, Any], *, strict: bool = True) -> str:
    with pytest.raises(ApiError) as refused:
        read_inline(markup, strict=strict)
    return refused.value.description


PREFIX = "Bad Request: can't parse inline keyboard button: "


def test_a_keyboard_comes_back_as_it_was() -> None:
    markup = keyboard(
        [button("A", "a") | {"style": "danger"}], [{"text": "B", "url": "https://a.ru"}]
    )
    assert read_inline(markup, strict=True) == markup


def test_no_buttons_no_keyboard() -> None:
    assert read_inline(keyboard(), strict=True) is None
    assert read_inline({}, strict=True) is None


def test_a_button_without_an_action() -> None:
    sentence = "Text buttons are unallowed in the inline keyboard"
    assert refusal(keyboard([{"text": "A"}])) == PREFIX + sentence
    assert refusal(keyboard([button("A", "")])) == PREFIX + sentence


def test_data_of_64_bytes_and_not_one_more() -> None:
    assert read_inline(keyboard([button("A", "я" * 32)]), strict=True)
    assert refusal(keyboard([button("A", "я" * 32 + "a")])) == "Bad Request: BUTTON_DATA_INVALID"


def test_two_actions_are_refused_in_strict_mode_and_the_first_wins_otherwise() -> None:
    both = keyboard([button("A", "a") | {"url": "https://a.ru"}])
    assert refusal(both) == f"{PREFIX}strict: one action is allowed, found url, callback_data"
    assert read_inline(both, strict=False) == keyboard([{"text": "A", "url": "https://a.ru"}])


def test_a_button_without_text() -> None:
    assert refusal(keyboard([button("", "a")])).startswith(f"{PREFIX}strict: ")
    assert read_inline(keyboard([button("", "a")]), strict=False) is None


def test_styles() -> None:
    for style in ("danger", "success", "primary"):
        assert read_inline(keyboard([button("A", "a") | {"style": style}]), strict=True)
    pink = keyboard([button("A", "a") | {"style": "pink"}])
    assert refusal(pink) == f"{PREFIX}invalid button style specified"


def test_links() -> None:
    nowhere = keyboard([{"text": "A", "url": "http://nowhere"}])
    sentence = "inline keyboard button URL 'http://nowhere' is invalid: Wrong HTTP URL"
    assert refusal(nowhere) == f"Bad Request: {sentence}"
    ftp = keyboard([{"text": "A", "url": "ftp://a.ru"}])
    assert refusal(ftp).endswith("is invalid: Unsupported URL protocol")
    assert read_inline(keyboard([{"text": "A", "url": "t.me/x"}]), strict=True)


def test_a_hundred_buttons_and_not_one_more() -> None:
    rows = [[button("A", "a")] * 8] * 12
    assert read_inline(keyboard(*rows, [button("A", "a")] * 4), strict=True)
    too_many = keyboard(*rows, [button("A", "a")] * 5)
    assert refusal(too_many) == "Bad Request: reply markup is too long"


def test_wide_rows_are_told() -> None:
    assert wide_rows(keyboard([button("A", "a")] * 9, [button("A", "a")] * 8)) == [9]


def test_actions_that_may_be_empty() -> None:
    markup = keyboard([{"text": "A", "switch_inline_query": ""}, {"text": "B", "disabled": {}}])
    assert read_inline(markup, strict=True) == markup


def test_text_to_copy() -> None:
    assert read_inline(keyboard([{"text": "A", "copy_text": {"text": "x" * 256}}]), strict=True)
    long = keyboard([{"text": "A", "copy_text": {"text": "x" * 257}}])
    assert refusal(long) == "Bad Request: BUTTON_COPY_TEXT_INVALID"


def test_rows_must_be_rows() -> None:
    assert "must be an Array of Arrays" in refusal({"inline_keyboard": [button("A", "a")]})
    assert (
        refusal({"inline_keyboard": [["A"]]}) == f"{PREFIX}InlineKeyboardButton must be an Object"
    )


def test_no_reply_keyboard_in_a_channel() -> None:
    markup = {"keyboard": [[{"text": "A"}]]}
    assert read_reply(markup, "private") == markup
    with pytest.raises(ApiError, match="inline keyboard expected"):
        read_reply(markup, "channel")
    with pytest.raises(ApiError, match="can't parse keyboard button: invalid button style"):
        read_reply({"keyboard": [[{"text": "A", "style": "pink"}]]}, "private")
