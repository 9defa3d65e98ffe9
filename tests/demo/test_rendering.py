import pytest

from demo.telegram.entities import read_message
from demo.telegram.rendering import page_html, sent_html


@pytest.mark.parametrize(
    "source",
    [
        "a &lt;b&gt; &amp;",
        "<b>😀<i>a</i></b> c",
        '<pre><code class="language-python">x</code></pre>',
        "<blockquote expandable>a</blockquote>",
        "<tg-spoiler>a</tg-spoiler><u>b</u><s>c</s><code>d</code>",
        '<a href="https://ya.ru/?a=1&amp;b=2">a</a>',
        '<a href="tg://user?id=42">a</a>',
        "a\nb",
    ],
)
def test_what_was_sent_reads_as_it_was_sent(source: str) -> None:
    assert sent_html(*read_message(source, "HTML", None)) == source


def test_the_page_marks_what_was_found() -> None:
    html = page_html(*read_message("/form a@pk.ru https://ya.ru", "", None))
    assert '<span class="bot-command">/form</span>' in html
    assert '<a href="mailto:a@pk.ru"' in html
    assert '<a href="https://ya.ru" target="_blank" rel="noopener noreferrer">' in html


def test_an_assertion_sees_only_formatting() -> None:
    assert sent_html(*read_message("/form <b>a</b>", "HTML", None)) == "/form <b>a</b>"


def test_everything_else_is_escaped() -> None:
    assert page_html(*read_message('<script>"', "", None)) == "&lt;script&gt;&quot;"


def test_a_link_of_another_scheme_is_only_words() -> None:
    sneaky = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert page_html("a", (sneaky,)) == "a"


def test_an_attribute_cannot_be_left() -> None:
    sneaky = {"type": "text_link", "offset": 0, "length": 1, "url": 'https://x.ru/"onload="'}
    assert '"onload=' not in page_html("a", (sneaky,))


def test_crossing_entities_are_cut_so_that_tags_nest() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    italic = {"type": "italic", "offset": 1, "length": 2}
    assert sent_html("abc", (bold, italic)) == "<b>a<i>b</i></b>c"


def test_the_page_has_its_own_marks() -> None:
    source = "<blockquote expandable>a</blockquote><tg-spoiler>b</tg-spoiler> ya.ru @anna #школа"
    html = page_html(*read_message(source, "HTML", None))
    assert '<blockquote class="expandable">a</blockquote>' in html
    assert '<span class="tg-spoiler">b</span>' in html
    assert '<a href="http://ya.ru"' in html
    assert '<span class="mention">@anna</span>' in html
    assert '<span class="hashtag">#школа</span>' in html


def test_a_block_without_a_language_and_an_entity_of_no_tag() -> None:
    emoji = {"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "1"}
    assert sent_html("a", (emoji,)) == "a"
    assert sent_html(*read_message("<pre>a</pre>", "HTML", None)) == "<pre>a</pre>"
