"""The answer to a query that somebody types after the bot's name."""

import re
from datetime import timedelta

from demo.telegram import keyboards, limits
from demo.telegram.core import Core
from demo.telegram.entities import read_message
from demo.telegram.methods.request import Request
from demo.telegram.model import InlineAnswer, InlineResult, Json
from demo.telegram.refusals import QUERY_TOO_OLD, bad_request, not_built
from demo.telegram.spec import bot_api

_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]*")


def answer_inline_query(core: Core, request: Request) -> bool:
    """Sentences and their order are TDLib's (InlineQueriesManager), then the server's."""
    raw = request.objects("results") or []
    if len(raw) > limits.INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    button = _button(request.object("button"))
    results = tuple(_result(core, request, one, place) for place, one in enumerate(raw))
    query = core.world.inline_queries.get(request.text("inline_query_id"))
    late = query is not None and core.now() - query.at > limits.INLINE_ANSWER.total_seconds()
    if query is None or late or query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    offset = request.text("next_offset")
    if len(offset.encode()) > limits.INLINE_ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    if len({one.id for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    query.results, query.answer = raw, InlineAnswer(results, button, offset)
    whose = query.user_id if request.flag("is_personal") else 0
    until = core.now() + _cached(request).total_seconds()
    core.world.inline_cache[whose, query.query, query.offset] = until, query.answer
    core.changes.wake()
    return True


def _cached(request: Request) -> timedelta:
    """How long the server answers the same query without asking the bot."""
    usual = int(limits.INLINE_CACHED.total_seconds())
    wanted = timedelta(seconds=request.number("cache_time", usual))
    return min(max(wanted, timedelta()), limits.INLINE_CACHED_AT_MOST)


def _button(button: Json | None) -> Json | None:
    if not button:
        return None
    if button.get("web_app"):
        raise not_built("web_app in answerInlineQuery")
    if "start_parameter" not in button:
        raise bad_request("can't parse InlineQueryResultsButton: button must have a type")
    parameter = button["start_parameter"]
    if not parameter:
        raise bad_request("can't use empty start_parameter")
    if len(parameter) > limits.START_PARAMETER:
        raise bad_request("too long start_parameter specified")
    if not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("unallowed characters in start_parameter are used")
    return button


def _result(core: Core, request: Request, raw: Json, place: int) -> InlineResult:
    kind = str(raw.get("type", "")) if isinstance(raw, dict) else ""
    if kind.lower() != "article":
        raise not_built(f"inline result of type {kind!r}")
    path = f"results[{place}]"
    article = _read(core, request, "InlineQueryResultArticle", raw, path)
    said = article.get("input_message_content") or {}
    if "message_text" not in said:
        raise not_built(f"inline result that sends {', '.join(said) or 'nothing'}")
    content = _read(core, request, "InputTextMessageContent", said, f"{path}.input_message_content")
    text, entities = read_message(
        content["message_text"], content.get("parse_mode", ""), content.get("entities")
    )
    markup = keyboards.read_inline(article.get("reply_markup") or {}, strict=core.strict)
    if not article.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    number = article.get("id") or ""
    if not number:
        raise bad_request("RESULT_ID_EMPTY")
    if len(number.encode()) > limits.INLINE_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    return InlineResult(
        number, article["title"], article.get("description", ""), text, entities, markup
    )


def _read(core: Core, request: Request, kind: str, raw: Json, path: str) -> Json:
    """Checked to the letter, as the rest of a call is before it comes here."""
    reading = bot_api().read_object(kind, raw, path)
    if core.strict and reading.problems:
        problems = core.world.strict_violations
        problems += [f"{request.method}: {problem}" for problem in reading.problems]
        raise bad_request(f"strict: {reading.problems[0]} in {request.method}")
    return reading.values
