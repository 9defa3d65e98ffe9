"""The answer to a press on a button: its wheel turns until then."""

from demo.telegram.core import Core
from demo.telegram.limits import CALLBACK_ANSWER, CALLBACK_TOAST
from demo.telegram.methods.request import Request
from demo.telegram.model import Toast
from demo.telegram.refusals import QUERY_TOO_OLD, bad_request


def answer_callback_query(core: Core, request: Request) -> bool:
    callback = core.world.callbacks.get(request.text("callback_query_id"))
    if callback is None or callback.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    if core.now() - callback.at > CALLBACK_ANSWER.total_seconds():
        raise bad_request(QUERY_TOO_OLD)
    text = request.text("text")
    if len(text) > CALLBACK_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = Toast(text, request.flag("show_alert"), request.text("url") or None)
    if text:
        core.world.toasts.setdefault(callback.user_id, []).append(callback.answer)
    core.changes.wake()
    return True
