import pytest

from demo.telegram.entities import read_caption, read_message, read_typed
from demo.telegram.refusals import ApiError


def refusal(text: str, mode: str = "HTML") -> str:
    with pytest.raises(ApiError) as refused:
        read_message(text, mode, None)
    return refused.value.description


def test_empty_and_blank_texts() -> None:
    assert refusal("") == "Bad Request: message text is empty"
    assert refusal(" \n ") == "Bad Request: text must be non-empty"
    assert refusal("<b> </b>") == "Bad Request: text must be non-empty"
    assert refusal("\u200b") == "Bad Request: text must be non-empty"


def test_the_limit_is_in_code_points_after_parsing() -> None:
    assert len(read_message("😀" * 4096, "HTML", None)[0]) == 4096
    assert len(read_message(f"<b>{'я' * 4096}</b>", "HTML", None)[0]) == 4096
    assert refusal("я" * 4097) == "Bad Request: message is too long"


def test_the_raw_limit_is_in_bytes_before_parsing() -> None:
    assert refusal("<b></b>" * 4700) == "Bad Request: text is too long"
    assert refusal("я" * 16_385) == "Bad Request: text is too long"


def test_captions() -> None:
    assert read_caption("", "HTML", None) == ("", ())
    assert len(read_caption("😀" * 1024, "HTML", None)[0]) == 1024
    with pytest.raises(ApiError, match="message caption is too long"):
        read_caption("я" * 1025, "HTML", None)


def test_parse_modes() -> None:
    assert read_message("<b>a</b>", "", None) == ("<b>a</b>", ())
    assert read_message("<b>a</b>", "html", None)[0] == "a"
    assert refusal("a", "BBCode") == "Bad Request: unsupported parse_mode"
    with pytest.raises(ApiError) as refused:
        read_message("a", "MarkdownV2", None)
    assert refused.value.code == 501


def test_entities_can_be_given_ready() -> None:
    given = [{"type": "bold", "offset": 0, "length": 1}]
    assert read_message("ab", "", given)[1] == tuple(given)


def test_blank_ends_are_cut_and_entities_follow() -> None:
    text, entities = read_message("\n  a <b>b </b>  \n", "HTML", None)
    assert text == "a b"
    assert entities == ({"type": "bold", "offset": 2, "length": 1},)


def test_a_blank_start_inside_an_entity_stays() -> None:
    assert read_message("<b> a</b>", "HTML", None)[0] == " a"


def test_control_characters_become_spaces_and_carriage_returns_vanish() -> None:
    text, entities = read_message("a\tb\r\n<b>c</b>", "HTML", None)
    assert text == "a b\nc"
    assert entities == ({"type": "bold", "offset": 4, "length": 1},)


def test_touching_pieces_of_one_kind_become_one() -> None:
    _, entities = read_message("<b>a</b><b>b</b><i>c</i>", "HTML", None)
    assert [(one["type"], one["length"]) for one in entities] == [("bold", 2), ("italic", 1)]


def test_nothing_is_formatted_inside_code() -> None:
    _, entities = read_message("<code>a<b>b</b></code>", "HTML", None)
    assert [one["type"] for one in entities] == ["code"]


def test_outer_entities_come_first() -> None:
    _, entities = read_message("<b><i>a</i>b</b>", "HTML", None)
    assert [one["type"] for one in entities] == ["bold", "italic"]


def test_at_most_a_hundred_entities_are_kept() -> None:
    source = "".join(f"<b>{number}</b> " for number in range(150))
    assert len(read_message(source, "HTML", None)[1]) == 100


def test_what_people_type_is_not_markup() -> None:
    text, entities = read_typed("/start <b>")
    assert text == "/start <b>"
    assert entities == ({"type": "bot_command", "offset": 0, "length": 6},)
