"""A text with entities as HTML: for a page (links live) or for an assertion (formatting only).

Everything that is not an entity is escaped, and a link is made only of a scheme that opens a page,
a mailbox or Telegram itself.
"""

from html import escape

from demo.telegram.model import Json
from demo.telegram.utf16 import utf16_slice

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_PAGE_ONLY = {"url", "email", "mention", "hashtag", "bot_command", "cashtag", "phone_number"}
_SCHEMES = ("http://", "https://", "tg://", "mailto:")


def page_html(text: str, entities: tuple[Json, ...]) -> str:
    """HTML for the chat page: commands, mentions and bare links are marked too."""
    return _Renderer(text, page=True).render(entities)


def sent_html(text: str, entities: tuple[Json, ...]) -> str:
    """HTML as a bot could have sent it: what was found by itself is plain text."""
    formatting = tuple(entity for entity in entities if entity["type"] not in _PAGE_ONLY)
    return _Renderer(text, page=False).render(formatting)


class _Renderer:
    def __init__(self, text: str, *, page: bool) -> None:
        self.text = text
        self.units = text.encode("utf-16-le")
        self.page = page

    def render(self, entities: tuple[Json, ...]) -> str:
        if not entities:
            return self._escape(0, len(self.units) // 2)
        pieces: list[str] = []
        at = 0
        stack: list[tuple[int, str]] = []  # where each open entity ends, and its closing tag
        for entity in entities:
            begin = entity["offset"]
            at = self._close_until(begin, at, stack, pieces)
            pieces.append(self._escape(at, begin))
            at = begin
            end = begin + entity["length"]
            if stack:  # an entity that crosses its neighbour's end is cut there: tags must nest
                end = min(end, stack[-1][0])
            opening, closing = self._tags(entity)
            pieces.append(opening)
            stack.append((end, closing))
        size = len(self.units) // 2
        at = self._close_until(size, at, stack, pieces)
        pieces.append(self._escape(at, size))
        return "".join(pieces)

    def _close_until(
        self, place: int, at: int, stack: list[tuple[int, str]], pieces: list[str]
    ) -> int:
        while stack and stack[-1][0] <= place:
            end, closing = stack.pop()
            pieces.append(self._escape(at, end) + closing)
            at = end
        return at

    def _escape(self, begin: int, end: int) -> str:
        piece = self.units[2 * begin : 2 * end].decode("utf-16-le", "replace")
        return escape(piece, quote=self.page)

    def _tags(self, entity: Json) -> tuple[str, str]:
        kind = entity["type"]
        if kind == "expandable_blockquote" and self.page:
            return '<blockquote class="expandable">', "</blockquote>"
        if kind in _TAGS:
            return _TAGS[kind]
        if kind == "pre":
            return self._pre(entity)
        if kind == "spoiler":
            tag = 'span class="tg-spoiler"' if self.page else "tg-spoiler"
            return f"<{tag}>", f"</{tag.partition(' ')[0]}>"
        if kind == "text_mention":
            return self._link(f"tg://user?id={entity['user']['id']}")
        if kind in {"text_link", "url", "email"}:
            return self._link(entity.get("url") or self._address(entity))
        if self.page and kind in {"mention", "hashtag", "bot_command"}:
            return f'<span class="{kind.replace("_", "-")}">', "</span>"
        return "", ""

    def _pre(self, entity: Json) -> tuple[str, str]:
        if language := entity.get("language"):
            return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
        return "<pre>", "</pre>"

    def _address(self, entity: Json) -> str:
        words = utf16_slice(self.text, entity["offset"], entity["length"])
        if entity["type"] == "email":
            return f"mailto:{words}"
        return words if "://" in words else f"http://{words}"

    def _link(self, address: str) -> tuple[str, str]:
        if not address.startswith(_SCHEMES):
            return "", ""
        extra = ' target="_blank" rel="noopener noreferrer"' if self.page else ""
        return f'<a href="{escape(address)}"{extra}>', "</a>"
