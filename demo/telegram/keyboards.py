"""Keyboards: what the server accepts, and in which words it refuses the rest."""

from demo.telegram import limits
from demo.telegram.model import ChatKind, Json
from demo.telegram.refusals import ApiError, bad_request

# In the order in which the server looks: the first action that it finds wins.
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)
_MAY_BE_EMPTY = {"switch_inline_query", "switch_inline_query_current_chat", "disabled"}
_STYLES = {"", "default", "primary", "danger", "success"}
_LINKS = ("http://", "https://", "tg://", "ton://")


def read_inline(markup: Json, *, strict: bool) -> Json | None:
    """The inline keyboard of a markup as Telegram gives it back; none when it has no buttons."""
    rows = [[_inline_button(button, strict=strict) for button in row] for row in _rows(markup)]
    kept = [shown for row in rows if (shown := [button for button in row if button])]
    if sum(map(len, kept)) > limits.INLINE_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def read_reply(markup: Json, chat_kind: ChatKind) -> Json | None:
    """A keyboard in place of the phone's own, a request to reply, or the removal of both."""
    if chat_kind == "channel":
        raise bad_request("inline keyboard expected")
    for row in markup.get("keyboard", ()):
        for button in row:
            if isinstance(button, dict):
                _check_style(button, "keyboard button")
    return markup


def is_inline(markup: Json) -> bool:
    return bool(markup.get("inline_keyboard")) or not any(
        markup.get(key) for key in ("keyboard", "remove_keyboard", "force_reply")
    )


def wide_rows(markup: Json) -> list[int]:
    """Widths of rows in which a phone would cut the labels."""
    return [len(row) for row in _rows(markup) if len(row) > limits.INLINE_ROW]


def _rows(markup: Json) -> list[list[Json]]:
    rows = markup.get("inline_keyboard") or []
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    return rows


def _unreadable(sentence: str, kind: str = "inline keyboard button") -> ApiError:
    return bad_request(f"can't parse {kind}: {sentence}")


def _inline_button(button: Json, *, strict: bool) -> Json | None:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    _check_style(button, "inline keyboard button")
    present = [name for name in _ACTIONS if _has_action(button, name)]
    if not present:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    text = button.get("text", "")
    if strict and len(present) > 1:
        raise _unreadable(f"strict: one action is allowed, found {', '.join(present)}")
    if strict and not text:
        raise _unreadable("strict: a button without text is dropped by Telegram in silence")
    if not text:
        return None
    action = present[0]
    if action == "callback_data" and len(button[action].encode()) > limits.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_link(button[action])
    if action == "copy_text" and not 0 < len(button[action]["text"]) <= limits.COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    kept: Json = {"text": text, action: button[action]}
    kept |= {name: button[name] for name in ("style", "icon_custom_emoji_id") if button.get(name)}
    return kept


def _has_action(button: Json, name: str) -> bool:
    if name in _MAY_BE_EMPTY:
        return name in button
    return bool(button.get(name))


def _check_style(button: Json, kind: str) -> None:
    if str(button.get("style", "")).lower() not in _STYLES:
        raise _unreadable("invalid button style specified", kind)


def _check_link(url: str) -> None:
    address = url if "://" in url else f"http://{url}"
    complaint = ""
    if not address.startswith(_LINKS):
        complaint = "Unsupported URL protocol"
    elif address.startswith("http") and "." not in address.partition("://")[2].partition("/")[0]:
        complaint = "Wrong HTTP URL"
    if complaint:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {complaint}")
