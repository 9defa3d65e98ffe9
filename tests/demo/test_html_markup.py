from typing import Any

import pytest

from demo.telegram.html_markup import parse_html
from demo.telegram.refusals import ApiError


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b>", "a", [entity("bold", 0, 1)]),
        ("<strong>a</strong><EM>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>a</s>", "a", [entity("strikethrough", 0, 1)]),
        ("<span class='tg-spoiler'>a</span>", "a", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        ("<code>a</code>", "a", [entity("code", 0, 1)]),
        ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-python">a</code></pre>',
            "a",
            [entity("pre", 0, 1, language="python")],
        ),
        (
            '<code class="language-python"><pre>a</pre></code>',
            "a",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
        ),
        (
            '<tg-time unix="1800000000" format="f">now</tg-time>',
            "now",
            [entity("date_time", 0, 3, unix_time=1800000000, date_time_format="f")],
        ),
        ("<tg-time>now</tg-time>", "now", []),
    ],
)
def test_tags_become_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ('<a href="https://ya.ru/x?a=1&amp;b=2">a</a>', "https://ya.ru/x?a=1&b=2"),
        ("<a href='ya.ru'>a</a>", "http://ya.ru/"),
        ("<a href=ya.ru>a</a>", "http://ya.ru/"),
        ("<a>ya.ru</a>", "http://ya.ru/"),
        ('<a href="tg://resolve?domain=x">a</a>', "tg://resolve?domain=x"),
    ],
)
def test_a_link_takes_its_address_from_href_or_from_its_words(source: str, url: str) -> None:
    _, entities = parse_html(source)
    assert entities[0]["type"] == "text_link"
    assert entities[0]["url"] == url


@pytest.mark.parametrize("href", ["javascript:alert(1)", "nowhere", "https://a b.ru"])
def test_a_link_that_telegram_does_not_believe_is_lost_and_its_words_stay(href: str) -> None:
    assert parse_html(f'<a href="{href}">a</a>') == ("a", [])


def test_a_link_to_a_person_is_a_mention() -> None:
    _, entities = parse_html('<a href="tg://user?id=42">Анна</a>')
    assert entities[0]["type"] == "text_mention"
    assert entities[0]["user"]["id"] == 42


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a & b", "a & b"),
        ("a &nbsp; b", "a &nbsp; b"),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("&lt", "<"),
        ("&ltx", "&ltx"),
        ("&#1078;&#x436;", "жж"),
        ("&#0;&#xffffffff;", "&#0;&#xffffffff;"),
        ("&#xD83D;", "&#xD83D;"),
    ],
)
def test_references(source: str, text: str) -> None:
    assert parse_html(source) == (text, [])


def test_offsets_of_entities_are_utf16_units() -> None:
    text, entities = parse_html("😀я<b>👍🏽</b>")
    assert text == "😀я👍🏽"
    assert entities == [entity("bold", 3, 4)]


def test_unknown_attributes_and_empty_tags_leave_no_trace() -> None:
    assert parse_html('<b title="x" hidden>a</b><i></i>') == ("a", [entity("bold", 0, 1)])


def test_an_end_tag_without_a_name_closes_the_last_one() -> None:
    assert parse_html("<b>a</>") == ("a", [entity("bold", 0, 1)])


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("яя <школа>", 'Unsupported start tag "школа" at byte offset 5'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ("я</b>", "Unexpected end tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>я</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_complaints_are_to_the_letter(source: str, sentence: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {sentence}"
    assert refused.value.code == 400
