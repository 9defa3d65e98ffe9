"""How Telegram says no. The sentences are Telegram's own, to the letter: bots match on them."""

from typing import Any

# Sources of the wording: tdlib/telegram-bot-api (Client.cpp) and tdlib/td, read in 2026.
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
TERMINATED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class ApiError(Exception):
    """A call that Telegram refuses: an HTTP status, a sentence, sometimes parameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ConnectionDropped(ConnectionError):  # noqa: N818 - reads as what happened, not as a class
    """The connection went away before an answer came: whether the call took effect is unknown."""


def bad_request(sentence: str, **parameters: Any) -> ApiError:
    return ApiError(400, f"Bad Request: {sentence}", **parameters)


def forbidden(sentence: str) -> ApiError:
    return ApiError(403, f"Forbidden: {sentence}")


def conflict(sentence: str) -> ApiError:
    return ApiError(409, sentence)


def too_many_requests(retry_after: int) -> ApiError:
    sentence = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, sentence, retry_after=retry_after)


def too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")


def not_built(method: str) -> ApiError:
    """Said loudly, so that the use of something outside this small Telegram is noticed."""
    return ApiError(501, f"Not Implemented: this small Telegram has no {method}")
