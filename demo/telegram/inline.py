"""Inline mode, the people's side: a query after the bot's name, results to choose from.

The choice is sent by the person, marked «via @bot». Chats between two people are not built: the
query is typed in the person's chat with the bot, or in a room.
"""

from demo.telegram import limits
from demo.telegram.core import Core
from demo.telegram.model import Chat, InlineQuery, InlineResult, Message
from demo.telegram.payloads import message_json, user_json
from demo.telegram.rendering import sent_html
from demo.telegram.transcript import Button, buttons_of
from demo.telegram.world import World

_WRITERS = {"channel": {"creator", "administrator"}}
_MEMBERS = {"creator", "administrator", "member"}


class NoSuchResultError(LookupError):
    """The bot offered no such result, or more than one, or nothing at all."""


class Suggestion:
    """One result as the person sees it, and the message that it would send."""

    def __init__(self, result: InlineResult) -> None:
        self._result = result

    def __repr__(self) -> str:
        return f"<result {self.id}: {self.title!r}>"

    @property
    def id(self) -> str:
        return self._result.id

    @property
    def title(self) -> str:
        return self._result.title

    @property
    def description(self) -> str:
        return self._result.description

    @property
    def text(self) -> str:
        return self._result.text

    @property
    def html(self) -> str:
        return sent_html(self._result.text, self._result.entities)

    @property
    def buttons(self) -> list[list[Button]]:
        return buttons_of(self._result.markup)

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]


def ask(core: Core, user_id: int, query: str, chat_id: int, offset: str = "") -> InlineQuery:
    """The bot is asked, unless the server still holds its answer to the same query."""
    world = core.world
    asked = InlineQuery(
        world.query_id(), user_id, chat_id, query[: limits.INLINE_QUERY], core.now(), offset
    )
    world.inline_queries[asked.id] = asked
    for whose in (user_id, 0):
        until, answer = world.inline_cache.get((whose, asked.query, offset), (0.0, None))
        if answer is not None and core.now() < until:
            asked.answer, asked.from_cache = answer, True
            return asked
    chat = world.chats[chat_id]
    payload = {
        "id": asked.id,
        "from": user_json(world.users[user_id]),
        "query": asked.query,
        "offset": offset,
        "chat_type": "sender" if chat_id == user_id else chat.kind,
    }
    core.queue.put("inline_query", payload)
    return asked


def last_asked(world: World, user_id: int) -> InlineQuery | None:
    queries = reversed(world.inline_queries.values())
    return next((query for query in queries if query.user_id == user_id), None)


def own_query(world: World, user_id: int, query_id: str) -> InlineQuery | None:
    asked = world.inline_queries.get(query_id)
    return asked if asked is not None and asked.user_id == user_id else None


def results_of(asked: InlineQuery | None) -> tuple[InlineResult, ...]:
    """Empty, too, while the bot has not answered."""
    return asked.answer.results if asked is not None and asked.answer is not None else ()


def titled(asked: InlineQuery | None, title: str) -> InlineResult:
    results = results_of(asked)
    exact = [one for one in results if one.title == title]
    found = exact or [one for one in results if title in one.title]
    if len(found) != 1:
        raise NoSuchResultError(f"{title!r} among {[one.title for one in results]}")
    return found[0]


def numbered(asked: InlineQuery | None, result_id: str) -> InlineResult:
    for one in results_of(asked):
        if one.id == result_id:
            return one
    raise NoSuchResultError(result_id)


def choose(core: Core, asked: InlineQuery | None, result: InlineResult) -> Message:
    """Sends the result's message where the query was typed; the bot may be told."""
    assert asked is not None  # a result is found in a query only
    world = core.world
    chat = world.chats[asked.chat_id]
    _check_may_write(chat, asked.user_id)
    message = core.add_message(
        chat,
        sender_id=None if chat.kind == "channel" else asked.user_id,
        from_bot=False,
        text=result.text,
        entities=result.entities,
        markup=result.markup,
        via_bot=True,
    )
    chosen = {
        "result_id": result.id,
        "from": user_json(world.users[asked.user_id]),
        "query": asked.query,
    }
    if result.markup is not None:  # only such a message may be changed later
        message.inline_id = chosen["inline_message_id"] = f"inline-{world.query_id()}"
    core.queue.put("chosen_inline_result", chosen)
    if chat.kind == "private":
        chat.started = True
    if chat.kind == "private" or chat.bot_status in {"administrator", "member"}:
        kind = "channel_post" if chat.kind == "channel" else "message"
        core.queue.put(kind, message_json(world, message))
    return message


def _check_may_write(chat: Chat, user_id: int) -> None:
    if chat.kind == "private":
        if chat.blocked:
            raise RuntimeError("the bot is blocked: unblock it first")
    elif chat.members.get(user_id) not in _WRITERS.get(chat.kind, _MEMBERS):
        raise PermissionError(f"this person does not write in {chat.title!r}")
